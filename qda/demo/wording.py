"""The words of the demo study in another language than that of its script.

The script (``acts.de``) is the study as it happened. ``acts.<language>/NN-name.json`` maps the texts of the
file ``NN-name.jsonl`` to that language, ``names.json`` the names that must be the same everywhere, and
``glosses.json`` says what codes in vivo mean: these keep the respondent's own words as their name.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from qda import acts, resources
from qda.coding.references import PATH_SEPARATOR
from qda.demo.script import Line
from qda.i18n import Language

_NAMES: Final = "names"
_GLOSSES: Final = "glosses"
_LANGUAGE_OF_THE_SCRIPT: Final = "de"
# what is no text: times, people, passages, choices
_KEPT: Final = frozenset(
    {
        *("at", "by", "phase", "act", "source", "in", "quote", "n", "files", "words", "type", "kind", "slot"),
        *("level", "status", "addressee", "part", "polarity", "relation", "date", "delete_by", "archive"),
    }
)
_KEPT_TABLES: Final = frozenset({"source", "coder", "speaker", "segment", "case_", "relation"})
_TARGET: Final = re.compile(r"([a-z]+):(.*)", re.DOTALL)
_REFERENCE: Final = re.compile(r"\]\(code:([^()]*)\)")
_NO_WORDS: Final = re.compile(r"[A-Z]|R\d+|[^\W\d_]?[\W\d_]*")
_UNSAID: Final = " .,;:!?…"  # what an in-vivo code leaves out at its ends


class Wording:
    """Says the lines of the script in ``language``; what has no translation stays as it is."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._tables: dict[str, dict[str, str]] = {}
        if language != _LANGUAGE_OF_THE_SCRIPT:
            folder = resources.path("demo", f"acts.{language}")
            self._tables = {file.stem: _table(file) for file in sorted(folder.glob("*.json"))}
        self._glosses = self._tables.pop(_GLOSSES, {})
        self._names = self._tables.pop(_NAMES, {})

    def line(self, line: Line, file: str, missing: list[str] | None = None) -> Line:
        """A line of the script's ``file`` (its stem); ``missing`` takes up the texts without translation."""
        if self.language == _LANGUAGE_OF_THE_SCRIPT:
            return line
        misses = [] if missing is None else missing

        def said(value: Any, key: str) -> Any:
            if isinstance(value, list):
                return [said(one, key) for one in value]
            if isinstance(value, dict):
                return {name: one if name in _KEPT else said(one, name) for name, one in value.items()}
            return self._text(value, key, file, misses) if isinstance(value, str) else value

        kept = _KEPT | _kept_by(str(line["act"]))
        return {key: value if key in kept else said(value, key) for key, value in line.items()}

    def gloss(self, line: Line) -> str:
        """What the words of a line that codes in vivo mean; empty where the script's language is used."""
        name = str(line.get("quote", "")).strip(_UNSAID)
        return self._glosses.get(name, "")

    def name(self, written: str) -> str:
        """A name of the script in this language."""
        return self._names.get(written, written)

    def _text(self, written: str, key: str, file: str, missing: list[str]) -> str:
        found = self._found(written, file)
        if found is not None:
            return found
        if key == "target" and (target := _TARGET.fullmatch(written)):
            kind, name = target[1], target[2]
            same = kind in ("source", "project", "case", "relation", "segment")
            return written if same else f"{kind}:{self._text(name, 'code', file, missing)}"
        if PATH_SEPARATOR in written and key in ("code", "property", "parent", "into"):
            parts = written.split(PATH_SEPARATOR)
            return PATH_SEPARATOR.join(self._text(part, key, file, missing) for part in parts)
        if not _NO_WORDS.fullmatch(written):
            missing.append(written)
        return _REFERENCE.sub(lambda found: f"](code:{self.name(found[1])})", written)

    def _found(self, written: str, file: str) -> str | None:
        tables = (self._names, self._tables.get(file, {}), *self._tables.values())
        return next((table[written] for table in tables if written in table), None)


@cache
def _kept_by(act: str) -> frozenset[str]:
    """The parameters of an act that hold a choice, a truth, or a name that is the same in every language."""
    if act in ("import", "undo", "redo"):
        return frozenset()
    return frozenset(
        p.name
        for p in acts.act(act).parameters
        if p.kind in ("choice", "bool", "int") or (p.ref is not None and p.ref.table in _KEPT_TABLES)
    )


def _table(file: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found
