"""A part of a study as if it were the whole: some documents, cases, coders, branches of codes.

Views of the connection's own temporary schema stand before the tables: a name without a schema means them,
so that every query of every layer sees the part, and nothing refers to what is not in it. The file itself is
neither changed nor locked. What stays in and what goes out is said here and nowhere else.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

INTERVIEWER: Final = "interviewer"
# Things that a memo, a decision, an answer or a map can hang on, where a part may lack them.
_TARGETS: Final = (
    "source",
    "case_",
    "segment",
    "coding",
    "code",
    "paradigm_model",
    "placement",
    "relation",
    "evidence",
    "property",
    "property_value",
    "sensitizing_concept",
    "model_version",
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which part: GUIDs; an empty field narrows nothing.

    ``cases`` with those inside them, ``codes`` with all below them. ``interviewer``: without it passages in
    turns of interviewers are out. ``citation``, where it is given, is how passages are cited in this part.
    """

    sources: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    interviewer: bool = True
    citation: str | None = None

    @property
    def of_material(self) -> bool:
        """Whether documents or cases are out."""
        return bool(self.sources or self.cases)

    @property
    def nothing(self) -> bool:
        """Whether this is the whole study as it is."""
        return self == Narrowing()


def lay(connection: Any, wanted: Narrowing) -> None:
    """Lays the views before the tables of a fresh connection (of the driver), in one transaction."""
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("BEGIN")
    part = _Part(connection, wanted)
    for step in (part.material, part.codes, part.passages, part.theory, part.words, part.sheet, part.past):
        step()
    connection.execute("COMMIT")


class _Part:
    """Works out which rows stay. Tables ``keep_…`` and ``drop_…`` hold ids, and only where something goes."""

    def __init__(self, connection: Any, wanted: Narrowing) -> None:
        self._db = connection
        self._wanted = wanted
        self._views: set[str] = set()

    # -- building blocks ----------------------------------------------------------------------------------

    def _rows(self, name: str, query: str, values: Sequence[object] = ()) -> None:
        """A set of ids."""
        self._db.execute(f"CREATE TEMP TABLE {name} (id INTEGER PRIMARY KEY)")
        self._db.execute(f"INSERT OR IGNORE INTO temp.{name} {query}", tuple(values))

    def _named(self, name: str, table: str, guids: Iterable[str]) -> None:
        listed = tuple(guids)
        marks = ", ".join("?" * len(listed))
        self._rows(name, f"SELECT id FROM main.{table} WHERE guid IN ({marks})", listed)

    def _below(self, name: str, table: str) -> None:
        """Adds everything below, in a table with ``parent_id``."""
        self._closed(name, f"SELECT t.id FROM main.{table} AS t JOIN found ON t.parent_id = found.id")

    def _above(self, name: str, table: str) -> None:
        parent = f"SELECT t.parent_id FROM main.{table} AS t JOIN found ON t.id = found.id"
        self._closed(name, f"{parent} WHERE t.parent_id IS NOT NULL")

    def _closed(self, name: str, step: str) -> None:
        self._db.execute(
            f"INSERT OR IGNORE INTO temp.{name} WITH RECURSIVE found (id) AS "
            f"(SELECT id FROM temp.{name} UNION {step}) SELECT id FROM found"
        )

    def _some(self, name: str) -> bool:
        return self._db.execute(f"SELECT 1 FROM temp.{name} LIMIT 1").fetchone() is not None

    def _view(self, table: str, *where: str, **instead: str) -> None:
        """A view before a table, of rows ``t``; ``instead`` gives columns other values."""
        if not where and not instead:
            return
        columns = [row[1] for row in self._db.execute(f"PRAGMA main.table_info({table})")]
        listed = ", ".join(f'{instead[c]} AS "{c}"' if c in instead else f't."{c}"' for c in columns)
        conditions = f" WHERE {' AND '.join(f'({one})' for one in where)}" if where else ""
        self._db.execute(f"CREATE TEMP VIEW {table} AS SELECT {listed} FROM main.{table} AS t{conditions}")
        self._views.add(table)

    # -- documents, cases ---------------------------------------------------------------------------------

    def material(self) -> None:
        """Documents with what is in them, cases with their values."""
        if not self._wanted.of_material:
            return
        self._cases_and_sources()
        self._view("source", _in("t.id", "source"), case_id=_if("t.case_id", "case"))
        self._view("case_", _in("t.id", "case"), parent_id=_if("t.parent_id", "case"), **_CONSENT)
        self._view("speaker", _in("t.id", "speaker"))
        dropped = self._some("drop_paragraph")
        inside = ("t.id NOT IN (SELECT id FROM temp.drop_paragraph)",) if dropped else ()
        self._view("paragraph", _in("t.source_id", "source"), *inside)
        self._view("time_mark", _in("t.source_id", "source"))
        self._view("turn_topic", _there("t.paragraph_id", "paragraph"))
        self._view("attribute_value", _in("t.case_id", "case"))
        self._view("cell_summary", _in("t.case_id", "case"))
        self._view("suggestion_event", "t.source_guid IN (SELECT guid FROM source)")

    def _cases_and_sources(self) -> None:
        named, cases = self._wanted.sources, self._wanted.cases
        if named:
            self._named("named_source", "source", named)
        among = "id IN (SELECT id FROM temp.named_source)" if named else "true"
        if cases:
            self._named("keep_case", "case_", cases)
            self._below("keep_case", "case_")
            own = f"{_in('case_id', 'case')} OR id IN "
            own += f"(SELECT source_id FROM main.speaker WHERE {_in('case_id', 'case')})"
            self._rows("keep_source", f"SELECT id FROM main.source WHERE {among} AND ({own})")
        else:
            self._rows("keep_source", f"SELECT id FROM main.source WHERE {among}")
            self._rows("keep_case", f"SELECT case_id FROM main.source WHERE {_in('id', 'source')}"
                       f" AND case_id IS NOT NULL UNION SELECT case_id FROM main.speaker"
                       f" WHERE {_in('source_id', 'source')} AND case_id IS NOT NULL")  # fmt: skip
            self._above("keep_case", "case_")
        whose = "coalesce(p.case_id, s.case_id)"
        foreign = f"{whose} IS NOT NULL AND NOT ({_in(whose, 'case')})"
        joined = "FROM main.speaker AS p JOIN main.source AS s ON s.id = p.source_id"
        mine = f"(coalesce(p.role, '') = '{INTERVIEWER}' OR NOT ({foreign}))"
        self._rows("keep_speaker", f"SELECT p.id {joined} WHERE {_in('s.id', 'source')} AND {mine}")
        self._rows(
            "drop_paragraph",
            "SELECT g.id FROM main.paragraph AS g JOIN main.source AS s ON s.id = g.source_id "
            f"LEFT JOIN main.speaker AS p ON p.id = g.speaker_id WHERE {_in('s.id', 'source')} "
            f"AND {foreign} AND coalesce(p.role, '') <> '{INTERVIEWER}'",
        )

    # -- codes --------------------------------------------------------------------------------------------

    def codes(self) -> None:
        """The branches with all below them; the codes above them as bare headings."""
        if not self._wanted.codes:
            return
        self._named("keep_code", "code", self._wanted.codes)
        self._below("keep_code", "code")
        self._rows("head_code", "SELECT id FROM temp.keep_code")
        self._above("head_code", "code")
        self._view("property", _in("t.code_id", "code"))
        self._view("pile_code", _in("t.code_id", "code"))
        self._view("sensitizing_concept", f"t.code_id IS NULL OR {_in('t.code_id', 'code')}")
        self._view("saturation_judgement", _in("t.code_id", "code"))
        self._view("core_category", _in("t.code_id", "code"))

    def _code_view(self) -> None:
        instead: dict[str, str] = {}
        for column in ("in_vivo_id", "typical_id", "deviating_id"):
            if "segment" in self._views:
                instead[column] = _if(f"t.{column}", "segment")
        if not self._wanted.codes:
            self._view("code", **instead)
            return
        inside = _in("t.id", "code")
        for column in ("definition", "delimitation", "anchor", "rule"):
            instead[column] = f"CASE WHEN {inside} THEN t.{column} ELSE '' END"
        for column in ("in_vivo_id", "typical_id", "deviating_id"):
            instead[column] = f"CASE WHEN {inside} THEN {instead.get(column, f't.{column}')} END"
        self._view("code", "t.id IN (SELECT id FROM temp.head_code)", **instead)

    # -- passages and what hangs on them ------------------------------------------------------------------

    def passages(self) -> None:
        """Codings, values, pencil marks; the passages on which something still hangs."""
        wanted = self._wanted
        if wanted.coders:
            self._named("keep_coder", "coder", wanted.coders)
        self._places()
        placed = self._some_places()
        where = placed("t.segment_id")
        coder = (_in("t.coder_id", "coder"),) if wanted.coders else ()
        code = (_in("t.code_id", "code"),) if wanted.codes else ()
        self._view("coding", *where, *code, *coder)
        case = (f"t.case_id IS NULL OR {_in('t.case_id', 'case')}",) if wanted.of_material else ()
        place = tuple(f"t.segment_id IS NULL OR {one}" for one in where)
        owner = ("EXISTS (SELECT 1 FROM property WHERE property.id = t.property_id)",) if wanted.codes else ()
        self._view("property_value", *place, *case, *owner, *coder)
        self._view("pencil", *where, *coder)
        strict = (_in("t.case_id", "case"),) if wanted.of_material else ()
        self._view("cell_quotation", *where, *strict)
        self._view("candidate_pass", *where)

    def _places(self) -> None:
        """The passages whose place is in the part."""
        wanted = self._wanted
        if not wanted.of_material and wanted.interviewer:
            return
        where = [_in("s.source_id", "source")] if wanted.of_material else []
        if wanted.of_material and self._some("drop_paragraph"):
            where.append(
                "NOT EXISTS (SELECT 1 FROM main.paragraph AS g WHERE g.source_id = s.source_id "
                "AND g.start < s.stop AND g.stop > s.start AND g.id IN (SELECT id FROM temp.drop_paragraph))"
            )
        if not wanted.interviewer:
            where.append(
                "coalesce((SELECT p.role FROM main.paragraph AS g "
                "LEFT JOIN main.speaker AS p ON p.id = g.speaker_id WHERE g.source_id = s.source_id "
                "AND g.start <= s.start ORDER BY g.start DESC LIMIT 1), '') "
                f"<> '{INTERVIEWER}'"
            )
        self._rows("place_segment", f"SELECT s.id FROM main.segment AS s WHERE {' AND '.join(where)}")

    def _some_places(self) -> Callable[[str], tuple[str, ...]]:
        narrowed = self._wanted.of_material or not self._wanted.interviewer
        return lambda column: (_in(column, "segment", "place"),) if narrowed else ()

    # -- the theory ---------------------------------------------------------------------------------------

    def theory(self) -> None:
        """Relations whose ends are in, their evidence as far as its passages are; then the passages."""
        if self._wanted.codes:
            self._models()
        self._evidence()
        self._segment_view()
        self._code_view()

    def _models(self) -> None:
        ends = f"{_in('from_id', 'code')} AND {_in('to_id', 'code')}"
        self._rows("keep_relation", f"SELECT id FROM main.relation WHERE {ends}")
        self._rows(
            "keep_model",
            f"SELECT id FROM main.paradigm_model WHERE {_in('phenomenon_id', 'code')} "
            f"UNION SELECT model_id FROM main.relation WHERE {_in('id', 'relation')} "
            "UNION SELECT m.model_id FROM main.placement AS p JOIN main.model_slot AS m ON m.id = p.slot_id "
            f"WHERE {_in('p.code_id', 'code')}",
        )
        self._view("paradigm_model", _in("t.id", "model"), phenomenon_id=_if("t.phenomenon_id", "code"))
        self._view("model_slot", _in("t.model_id", "model"))
        self._view("model_version", _in("t.model_id", "model"))
        self._view("placement", _in("t.code_id", "code"))
        self._view("relation", _in("t.id", "relation"))
        self._view(
            "relation_condition",
            _in("t.relation_id", "relation"),
            "t.code_id IS NULL OR t.code_id IN (SELECT id FROM temp.head_code)",
            f"t.property_id IS NULL OR {_there('t.property_id', 'property')}",
        )

    def _evidence(self) -> None:
        wanted = self._wanted
        related = (_in("t.relation_id", "relation"),) if wanted.codes else ()
        case = (f"t.case_id IS NULL OR {_in('t.case_id', 'case')}",) if wanted.of_material else ()
        self._view("counter_search", *related, *case)
        placed = self._some_places()("p.segment_id")
        if not related and not placed:
            return
        pieces = "SELECT 1 FROM main.evidence_segment AS p WHERE p.evidence_id = t.id"
        some = f"NOT EXISTS ({pieces}) OR EXISTS ({' AND '.join((pieces, *placed))})"
        chosen = " AND ".join(f"({one})" for one in (*related, some))
        self._rows("keep_evidence", f"SELECT t.id FROM main.evidence AS t WHERE {chosen}")
        self._view("evidence", _in("t.id", "evidence"))
        inside = self._some_places()("t.segment_id")
        self._view("evidence_segment", _in("t.evidence_id", "evidence"), *inside)

    def _segment_view(self) -> None:
        """Passages to which nothing of the part attaches are out, as in a study they would be gone."""
        wanted = self._wanted
        placed = self._some_places()("id")
        if not placed and not wanted.codes and not wanted.coders:
            return
        if not wanted.codes and not wanted.coders:
            self._rows("keep_segment", "SELECT id FROM temp.place_segment")
        else:
            used = " UNION ALL ".join(f"SELECT {column} FROM {table}" for table, column in self._users())
            where = f" AND {placed[0]}" if placed else ""
            self._rows("keep_segment", f"SELECT id FROM main.segment WHERE id IN ({used}){where}")
        self._view("segment", _in("t.id", "segment"))

    def _users(self) -> list[tuple[str, str]]:
        tables = ("coding", "evidence_segment", "property_value", "pencil", "cell_quotation")
        chosen = (
            "main.code WHERE id IN (SELECT id FROM temp.keep_code)" if self._wanted.codes else "main.code"
        )
        columns = ("in_vivo_id", "typical_id", "deviating_id")
        linked = (
            "(SELECT s.id AS id FROM main.memo_link AS l JOIN main.segment AS s ON s.guid = l.target_guid "
            "WHERE l.target_table = 'segment')"
        )
        return [*((t, "segment_id") for t in tables), *((chosen, c) for c in columns), (linked, "id")]

    # -- memos, decisions, answers, maps ------------------------------------------------------------------

    def words(self) -> None:
        """Memos and what else hangs on anything: out where all they hang on is out."""
        wanted = self._wanted
        missing = self._missing()
        coder = (_in("t.coder_id", "coder"),) if wanted.coders else ()
        if not missing and not coder:
            return
        linked = self._hanging("memo_link", "memo_id") if missing else ()
        chosen = " AND ".join(f"({one})" for one in (*linked, *coder))
        self._rows("keep_memo", f"SELECT t.id FROM main.memo AS t WHERE {chosen}")
        self._view("memo", _in("t.id", "memo"))
        self._view("memo_link", _in("t.memo_id", "memo"), *missing)
        self._view("memo_pile_entry", _in("t.memo_id", "memo"))
        targets = self._missing(memos=True)
        self._view("question_answer", *targets)
        self._view("map_item", *targets)
        self._view("map_line", _there("t.from_id", "map_item"), _there("t.to_id", "map_item"),
                   f"t.relation_id IS NULL OR {_there('t.relation_id', 'relation')}")  # fmt: skip
        if missing:
            self._view("sampling_decision", *self._hanging("sampling_target", "decision_id"))
            self._view("sampling_target", *missing, _there("t.decision_id", "sampling_decision"))

    def _missing(self, *, memos: bool = False) -> tuple[str, ...]:
        """That what a row ``t`` hangs on is in the part, if it can be out at all."""
        tables = [table for table in (*_TARGETS, *(("memo",) if memos else ())) if table in self._views]
        return tuple(
            f"t.target_table <> '{table}' OR t.target_guid IN (SELECT guid FROM {table})" for table in tables
        )

    def _hanging(self, links: str, column: str) -> tuple[str, ...]:
        """That a row ``t`` hangs on nothing, or on something that is in the part."""
        own = f"SELECT 1 FROM main.{links} AS k WHERE k.{column} = t.id"
        inside = " AND ".join(f"({one})" for one in self._missing()).replace("t.target_", "k.target_")
        return (f"NOT EXISTS ({own}) OR EXISTS ({own} AND {inside})",)

    # -- the sheet, the past ------------------------------------------------------------------------------

    def sheet(self) -> None:
        """How passages are cited here."""
        if self._wanted.citation is not None:
            written = self._wanted.citation.replace("'", "''")
            self._view("project_sheet", citation=f"'{written}'")

    def past(self) -> None:
        """The history without what is not in the part."""
        tables = [table for table in (*_TARGETS, "memo", "evidence_segment") if table in self._views]
        if not tables:
            return
        self._db.execute("CREATE TEMP TABLE out_of (guid TEXT PRIMARY KEY) WITHOUT ROWID")
        put = "INSERT OR IGNORE INTO temp.out_of SELECT guid FROM"
        for table in tables:
            self._db.execute(f"{put} main.{table} EXCEPT SELECT guid FROM {table}")
        for bearer, column in self._traces():
            self._db.execute(
                f"{put} main.change WHERE \"table\" = '{bearer}' AND op = 'insert' "
                f"AND json_extract(new, '$.{column}') IN (SELECT guid FROM temp.out_of)"
            )
        self._view("change", "t.guid NOT IN (SELECT guid FROM temp.out_of)")

    def _traces(self) -> Iterator[tuple[str, str]]:
        """By which references rows are known in the history that are gone by now."""
        if self._wanted.coders:
            self._db.execute(
                "INSERT INTO temp.out_of SELECT guid FROM main.coder WHERE id NOT IN "
                "(SELECT id FROM temp.keep_coder)"
            )
            yield "coding", "coder_id"
        if self._wanted.codes:
            yield "coding", "code_id"
        if self._wanted.of_material:
            yield "segment", "source_id"
        if self._wanted.of_material or not self._wanted.interviewer:
            yield "evidence_segment", "segment_id"
            yield "coding", "segment_id"


def _in(column: str, kept: str, prefix: str = "keep") -> str:
    # The sign keeps the planner from going through the set instead of the table.
    return f"+{column} IN (SELECT id FROM temp.{prefix}_{kept})"


def _if(column: str, kept: str) -> str:
    return f"CASE WHEN {_in(column, kept)} THEN {column} END"


def _there(column: str, table: str) -> str:
    return f"{column} IN (SELECT id FROM {table})"


def _held(column: str) -> str:
    above = f"(SELECT a.{column} FROM main.case_ AS a WHERE a.id = t.parent_id)"
    return f"CASE WHEN {above} = 'no' THEN 'no' ELSE t.{column} END"


# A "no" of the case above holds here, too, when that case is out.
_CONSENT: Final = {column: _held(column) for column in ("consent_quote", "consent_archive")}
