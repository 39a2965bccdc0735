"""What could go onto a map, as rows to choose from: by a few typed words over everything the study holds."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from qda.coding import codes, material, memo_queries, paradigms, theory
from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.map_related import passages_with
from qda.coding.rows import RelationRow
from qda.i18n import _
from qda.ui.axial.choices import Choice, matching
from qda.ui.memos.targets import kind_name
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.models import Project

FEW: Final = 8  # of each kind, while several kinds are shown
_MOST: Final = 120
_SHORTEST: Final = 3  # letters from which on passages are looked for
WATCHED: Final = frozenset({"code", "case_", "memo", "relation", "paradigm_model", "source"})
KINDS: Final = ("code", "case", "memo", "relation", "segment")


class Finder:
    """All that has a name, read once; :meth:`forget` after an act. Passages are looked for as one types."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._known: dict[str, list[Choice]] | None = None

    def forget(self, tables: frozenset[str]) -> None:
        """Names of these tables are read anew when next wanted."""
        if tables & WATCHED:
            self._known = None

    def found(self, typed: str, kind: str, on_map: Iterable[str]) -> list[Choice]:
        """What the words find, of one kind or (``kind`` empty) of all; what lies on the map comes last."""
        if self._known is None:
            self._known = self._read()
        here = set(on_map)
        wanted = (kind,) if kind else KINDS
        rows: list[Choice] = []
        for one in wanted:
            if one == "segment":
                found = self._passages(typed) if len(typed.strip()) >= _SHORTEST else []
            else:
                found = matching(self._known[one], typed)
            found = sorted(found, key=lambda choice: choice.key in here)
            rows += [_marked(choice, here) for choice in found[: _MOST if kind or not typed else FEW]]
        return rows[: _MOST * 2]

    def _read(self) -> dict[str, list[Choice]]:
        project = self._project
        return {
            "code": [
                Choice(
                    f"code:{row.guid}",
                    shown_name(row.name, row.origin == "in-vivo"),
                    row.colour,
                    italic=row.origin == "in-vivo",
                )
                for row in codes.codes(project)
            ],
            "case": [
                Choice(f"case:{row.guid}", row.name, detail=_("Case")) for row in material.cases(project)
            ],
            "memo": [
                Choice(f"memo:{row.guid}", row.title or _("Untitled"), detail=kind_name(row.kind))
                for row in memo_queries.memos(project)
            ],
            "relation": [_relation(row) for row in theory.relations(project)],
        }

    def _passages(self, typed: str) -> list[Choice]:
        found = passages_with(self._project, typed)
        rows = {row.guid: row for row in material.segments(self._project, guids=found)} if found else {}
        return [
            Choice(
                f"segment:{guid}",
                quoted(spoken(rows[guid])),
                quote=True,
                below=paragraphs_cited(rows[guid]),
            )
            for guid in found
            if guid in rows
        ]


def _relation(row: RelationRow) -> Choice:
    between = paradigms.relation_label(row.type, own=row.own_type)
    words = f"{row.from_name} – {between} – {row.to_name}"
    number = _("Relation {number}").format(number=row.number)
    return Choice(f"relation:{row.guid}", words, detail=number, faded=row.status == "rejected")


def _marked(choice: Choice, here: set[str]) -> Choice:
    if choice.key not in here:
        return choice
    return Choice(
        choice.key,
        choice.words,
        choice.colour,
        _("on the map"),
        choice.below,
        italic=choice.italic,
        faded=True,
        quote=choice.quote,
    )
