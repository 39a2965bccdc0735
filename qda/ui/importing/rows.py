"""The rows of the tables of an import: files, speakers, columns of a table."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qda.i18n import _
from qda.ui.importing.grid import Cell
from qda.ui.importing.options import case_choices
from qda.ui.importing.preview import speaker_colour
from qda.ui.importing.words import ATTRIBUTE_KINDS, COLUMN_ROLES
from qda.ui.material.words import ROLES
from qda.ui.status import locale

if TYPE_CHECKING:
    from qda.coding.documents import SpeakerDecision
    from qda.ui.importing.plan import Item, Plan

_EXAMPLE = 60  # characters


def figure(number: int) -> str:
    """A number as the window's language writes it."""
    return locale().toString(number)


def file_row(item: "Item", plan: "Plan", *, reading: bool) -> tuple[Cell, ...]:
    """A file: name, turns, case, state."""
    state, told = item.state, item.told()
    turns = figure(item.facts.turns) if item.draft is not None else "–" if state != "waiting" else ""
    document = item.document
    case = plan.case_shown(document.case) if document is not None else ""
    if state == "waiting":
        words = Cell(_("being read …") if reading else _("not read yet"), quiet=True, wrap=True)
    elif state == "refused":
        words = Cell(told, lead=_("Refused."), wrap=True)
    else:
        words = Cell(told, wrap=True, quiet=state == "known", bold=state == "check")
    return (Cell(item.path.name), Cell(turns, right=True), Cell(case or "–"), words)


def colours(item: "Item") -> dict[str, int]:
    """The colour of each label; a merged one has that of its speaker."""
    document = item.document
    if document is None:
        return {}
    into = {one.label: one.into for one in document.speakers}
    own = {one.label: speaker_colour(at) for at, one in enumerate(document.speakers)}
    found = {}
    for label in own:
        last, seen = label, {label}
        while (after := into.get(last)) and after not in seen and after in own:
            last = after
            seen.add(last)
        found[label] = own[last]
    return found


def speaker_rows(item: "Item", plan: "Plan") -> list[tuple[Cell, ...]]:
    """The speakers: label, turns, words, role, case, merged into."""
    document = item.document
    if document is None:
        return []
    likes = {like.label: like.like for like in item.draft.likes} if item.draft else {}
    counts = {one.label: one for one in item.facts.speakers}
    rows: list[tuple[Cell, ...]] = []
    for at, one in enumerate(document.speakers):
        counted = counts.get(one.label)
        name = f"{one.label} ({one.name})" if one.name else one.label
        rows.append(
            (
                Cell(name, chip=speaker_colour(at)),
                Cell(figure(counted.turns if counted else 0), right=True),
                Cell(figure(counted.words if counted else 0), right=True),
                _role_cell(one),
                _case_cell(item, plan, one),
                _merge_cell(item, plan, one, likes),
            )
        )
    return rows


def _role_cell(one: "SpeakerDecision") -> Cell:
    roles = [(key, _(words)) for key, words in ROLES]
    return Cell(dict(roles)[one.role], lambda: roles, one.role, quiet=bool(one.into))


def _case_cell(item: "Item", plan: "Plan", one: "SpeakerDecision") -> Cell:
    document = item.document
    shown = plan.case_shown(one.case)
    quiet = not shown
    if not shown and document is not None and document.case and one.role == "respondent":
        shown = plan.case_shown(document.case)

    def choices() -> list[tuple[str, str]]:
        return case_choices(item, plan, one.case, none=_("as the document"))

    return Cell(shown or "–", choices, one.case, quiet=quiet)


def _merge_cell(item: "Item", plan: "Plan", one: "SpeakerDecision", likes: Mapping[str, str]) -> Cell:
    like = likes.get(one.label, "")

    def choices() -> list[tuple[str, str]]:
        targets = plan.targets(item, one.label)
        targets.sort(key=lambda label: label != like)  # the proposed one first
        named = [(label, _proposal(label) if label == like else label) for label in targets]
        return [*named[: bool(like)], ("", _("nobody: a speaker of its own")), *named[bool(like) :]]

    shown = one.into or (_proposal(like) if like else "–")
    return Cell(shown, choices, one.into, quiet=not one.into, lead="")


def _proposal(label: str) -> str:
    return _("{label} (proposed)").format(label=label)


def column_rows(item: "Item") -> list[tuple[Cell, ...]]:
    """The columns of a table: name, an example, what it is, of which kind."""
    table = item.facts.table
    roles = [(key, _(words)) for key, words in COLUMN_ROLES]
    kinds = [(key, _(words)) for key, words in ATTRIBUTE_KINDS]
    rows: list[tuple[Cell, ...]] = []
    for at, column in enumerate(item.columns):
        cells = (row[at].strip() for row in table.rows) if table is not None else iter(())
        example = next((cell for cell in cells if cell), "")
        kind = Cell("–")
        if column.role == "attribute":
            kind = Cell(dict(kinds)[column.kind], lambda: kinds, column.kind)
        rows.append(
            (
                Cell(column.name),
                Cell(" ".join(example[: 2 * _EXAMPLE].split())[:_EXAMPLE], quiet=True),
                Cell(dict(roles)[column.role], lambda: roles, column.role),
                kind,
            )
        )
    return rows
