"""``qda suggest``: codes that the study knows, for a passage or for each turn of a document."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda.command_line import output
from qda.command_line.working import reading, source_named
from qda.errors import KnownError, UsageError
from qda.i18n import _

if TYPE_CHECKING:
    from qda.models import Project

Span = tuple[int, int, str]  # start, stop, number of the paragraph


def suggest(path: Path, source: str, start: int | None, stop: int | None, *, as_json: bool) -> None:
    """Prints at most three codes for each passage.

    For one that is named, and in JSON, however little speaks for them; in the table of the turns only those
    for which something does.

    :raises UsageError: only one of start and stop was given.
    :raises KnownError: there is no such document, or no such passage in it.
    """
    if (start is None) != (stop is None):
        raise UsageError(_("Give --start and --stop together, or neither of them."))
    with reading(path) as project:
        guid = source_named(project, source)
        spans = turns(project, guid) if start is None or stop is None else [span(project, guid, start, stop)]
        found = rows(project, guid, spans, always=as_json or start is not None)
    if as_json:
        output.as_json(found)
        return
    told = [row | {"percent": round(row["score"] * 100)} for row in found]
    columns = [
        ("paragraph", _("Paragraph")),
        ("name", _("Code")),
        ("percent", "%"),
        ("strong", _("Strong")),
        ("reason", _("Why")),
    ]
    output.table(told, columns)


def span(project: "Project", source: str, start: int, stop: int) -> Span:
    """A passage as it was given.

    :raises KnownError: it is not in the text.
    """
    from qda.coding import material

    row = material.source(project, source)
    length = row.length if row else 0
    if not 0 <= start < stop <= length:
        raise KnownError(
            _("{start}–{stop} is no passage of “{title}” ({length} characters).").format(
                start=start, stop=stop, title=row.title if row else source, length=length
            )
        )
    return start, stop, material.span_row(project, source, start, stop).paragraph


def turns(project: "Project", source: str) -> list[Span]:
    """The turns of a document but the interviewer's; its paragraphs where nobody speaks."""
    from qda.coding import material

    lines = material.paragraphs(project, source)
    labels = {line.start: line.label_stop for line in lines}
    found = [
        (labels.get(turn.start, turn.start), turn.stop, turn.paragraph)
        for turn in material.turns(project, source)
        if turn.role != "interviewer"
    ]
    if not found:
        found = [(line.label_stop, line.stop, line.number) for line in lines]
    return [one for one in found if one[0] < one[1]]


def rows(project: "Project", source: str, spans: list[Span], *, always: bool) -> list[dict[str, Any]]:
    """A row for each proposal, passage by passage, the likeliest first."""
    from qda.suggest.ranking.engine import Engine
    from qda.suggest.ranking.words import sentence

    engine = Engine(project)
    ask = engine.ranked if always else engine.propose
    found = []
    for start, stop, paragraph in spans:
        for one in ask(source, start, stop):
            label = engine.index.label(one.code)
            found.append(
                {
                    "kind": "code",
                    "name": label.name if label else "",
                    "code": one.code,
                    "score": one.score,
                    "strong": one.strength == "strong",
                    "reason": sentence(project, one.reason),
                    "start": start,
                    "stop": stop,
                    "source": source,
                    "paragraph": paragraph,
                    "because": asdict(one.reason),
                    "engine": one.engine,
                    "version": one.version,
                }
            )
    return found
