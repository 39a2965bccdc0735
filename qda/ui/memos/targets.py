"""What memos hang on: words for the kinds, what is in hand now, and the way to where it stands."""

from typing import TYPE_CHECKING, Final

from qda.errors import KnownError
from qda.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.coding.memos import MemoKind
    from qda.coding.rows import SegmentRow
    from qda.models import Project
    from qda.ui.desk import Desk

KINDS: Final[tuple[tuple[str, str, str], ...]] = (
    ("code", N_("Code notes"), N_("Code note")),
    ("theoretical", N_("Theoretical notes"), N_("Theoretical note")),
    ("operational", N_("Planning notes"), N_("Planning note")),
    ("portrait", N_("Case portraits"), N_("Case portrait")),
    ("workshop", N_("Workshop"), N_("Workshop memo")),
    ("literature", N_("Literature"), N_("Literature memo")),
    ("reflection", N_("Reflection"), N_("Reflection")),
    ("diary", N_("Research diary"), N_("Entry of the research diary")),
)
_TARGETS: Final = {
    "code": N_("Code"),
    "case": N_("Case"),
    "source": N_("Document"),
    "segment": N_("Passage"),
    "passage": N_("Passage"),
    "coding": N_("Coding"),
    "memo": N_("Memo"),
    "model": N_("Model"),
    "placement": N_("Placement"),
    "relation": N_("Relation"),
    "evidence": N_("Evidence"),
    "property": N_("Property"),
    "concept": N_("Sensitizing concept"),
    "decision": N_("Sampling decision"),
    "version": N_("Version of a model"),
    "map": N_("Map"),
    "project": N_("Study"),
}
_KIND_FOR: Final = {
    "concept": "literature",
    "decision": "operational",
    "code": "code",
    "case": "portrait",
    "project": "diary",
    "": "diary",
}


def kind_name(kind: str) -> str:
    """A memo type, one of it."""
    return next((_(one) for key, _many, one in KINDS if key == kind), kind)


def target_word(target: str) -> str:
    """What sort of thing a target is."""
    return _(_TARGETS.get(target.partition(":")[0], ""))


def fitting_kind(target: str) -> str:
    """The memo type to begin with for this target."""
    return _KIND_FOR.get(target.partition(":")[0], "theoretical")


def target_in_hand(desk: "Desk") -> str:
    """What a memo would hang on now: the selection, else the coding, the code, the document; else nothing."""
    if desk.span is not None:
        source, start, stop = desk.span
        return f"passage:{source}:{start}-{stop}"
    for kind, guid in (("coding", desk.coding), ("code", desk.code), ("source", desk.source)):
        if guid:
            return f"{kind}:{guid}"
    return ""


def write_memo_on(
    project: "Project", *, kind: "MemoKind", title: str, body: str, private: bool, target: str
) -> str:
    """Writes a memo; a passage it hangs on ("passage:SOURCE:START-STOP") becomes a segment with it."""
    from qda.coding.memos import write_memo
    from qda.coding.segments import passage

    what, _colon, written = target.partition(":")
    if what != "passage":
        return write_memo(project, kind=kind, title=title, body=body, private=private, target=target or None)
    with project.unit(_("New memo “{title}”").format(title=title or _("Untitled"))):
        segment = passage(project, written)
        return write_memo(
            project, kind=kind, title=title, body=body, private=private, target=f"segment:{segment.guid}"
        )


def name_of(project: "Project", target: str) -> str:
    """How a person calls a target that no memo hangs on yet."""
    from qda.coding.citation import paragraphs_cited
    from qda.coding.material import span_row
    from qda.coding.memo_queries import target_names
    from qda.coding.references import TARGET_TABLES, passage_span

    what, _colon, guid = target.partition(":")
    if what == "passage":
        span = passage_span(guid)
        return paragraphs_cited(span_row(project, *span)) if span else ""
    with project.read() as db:
        pair = (TARGET_TABLES[what], guid)
        return target_names(db, [pair]).get(pair, "")


def quote_of(project: "Project", targets: tuple[str, ...]) -> tuple[str, str]:
    """The words of the first passage among targets and where they stand; empty where there is none."""
    from qda.coding.citation import paragraphs_cited, quoted, spoken

    row = next(passages_of(project, targets), None)
    return (quoted(spoken(row)), paragraphs_cited(row)) if row is not None else ("", "")


def passages_of(project: "Project", targets: tuple[str, ...]) -> "Iterator[SegmentRow]":
    """The passages among targets; what is gone is left out."""
    from qda.coding.material import span_row
    from qda.coding.references import passage_span

    for target in targets:
        what, _colon, guid = target.partition(":")
        try:
            if what == "passage" and (span := passage_span(guid)) is not None:
                yield span_row(project, *span)
            elif what in ("segment", "coding"):
                yield passage_of(project, target)
        except KnownError:
            continue


def passage_of(project: "Project", target: str) -> "SegmentRow":
    """The passage of a segment or a coding.

    :raises KnownError: it is gone.
    """
    from qda.coding.codes import codings
    from qda.coding.material import segment

    what, _colon, guid = target.partition(":")
    if what == "segment":
        return segment(project, guid)
    found = codings(project, guids=[guid])
    if not found:
        raise KnownError(_("What this hangs on is no longer there."))
    return found[0].segment


def go_to(desk: "Desk", target: str) -> None:
    """Shows what a target names, where it stands."""
    what, _colon, guid = target.partition(":")
    if what in ("segment", "coding"):
        try:
            row = passage_of(desk.project, target)
        except KnownError as problem:
            desk.refused.emit(problem.sentence)
            return
        desk.source_wanted.emit(row.source, row.start, row.stop)
    elif what == "passage":
        source, _colon, span = guid.rpartition(":")
        start, _dash, stop = span.partition("-")
        desk.source_wanted.emit(source, int(start), int(stop))
    elif what == "source":
        desk.source_wanted.emit(guid, -1, -1)
    elif what == "concept":
        desk.command_wanted.emit("sensitizing-concepts")
    elif what == "decision":
        desk.command_wanted.emit("sampling")
        desk.decision_chosen.emit(guid)
    elif what == "map":
        desk.command_wanted.emit("code-maps")
    elif what == "memo":
        desk.memo_wanted.emit(guid, "")
    elif (place := _PLACES.get(what)) is not None:
        workspace, signal = place
        desk.workspace_wanted.emit(workspace)
        if signal:
            getattr(desk, signal).emit(guid)


_PLACES: Final = {
    "code": ("open", "code_chosen"),
    "property": ("open", ""),
    "case": ("material", "case_chosen"),
    "project": ("material", ""),
    "relation": ("axial", "relation_chosen"),
    "model": ("axial", ""),
    "version": ("axial", ""),
    "placement": ("axial", ""),
    "evidence": ("axial", ""),
}
