"""Texts of the invented study and short ways to code in it."""

from typing import Any

from qda.coding import codes, material, open_coding
from qda.models import Project

INTERVIEW = """I: Wie begann Ihre Arbeit?
B: Am Anfang stand ich allein da 😀, ohne Geld und ohne Auftrag.
B: Dann kamen die Straßenfeste, und mit ihnen kam Vertrauen.
I: Und heute?
B: Heute trägt es sich selbst. Die Förderung war nie die Hauptsache."""
FOCUS_GROUP = """M: Was hilft?
A: Mir hilft die Geduld der anderen.
B: Mir nicht, ich brauche Tempo."""


def span(project: Project, source: str, words: str) -> dict[str, Any]:
    """Source, start and stop of the first ``words``."""
    start = material.text(project, source).index(words)
    return {"source": source, "start": start, "stop": start + len(words)}


def passage(project: Project, source: str, words: str) -> str:
    """The same as a person or script writes it: SOURCE:START-STOP."""
    found = span(project, source, words)
    return f"{source}:{found['start']}-{found['stop']}"


def code(project: Project, source: str, words: str, name: str, **more: Any) -> str:
    """Codes the first ``words``."""
    return open_coding.code_passage(project, **span(project, source, words), code=name, **more)


def tree(project: Project) -> list[str]:
    """All paths in the order of the tree."""
    return [row.path for row in codes.codes(project)]


def named(project: Project, path: str) -> str:
    """GUID of a code."""
    return next(row.guid for row in codes.codes(project) if path in (row.path, row.name))


def coded(project: Project) -> list[tuple[str, str]]:
    """Every coding as (words, code)."""
    return [(row.segment.text, row.code_name) for row in codes.codings(project)]
