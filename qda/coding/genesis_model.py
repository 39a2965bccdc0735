"""The life of a model, told from the journal: slots, codes placed, relations stated, tested and changed.

Codes are called as they were called then. Acts that were undone are left out, as if they had not been. What
was done in a row (codes placed, evidence given to one relation on one day) is one step.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, select

from qda.coding import paradigms
from qda.coding.access import pairs
from qda.coding.category_life import undone_units
from qda.coding.genesis_steps import Step, StepKind, gathered, polarity_word
from qda.coding.genesis_words import counts_shown, model_status_word, status_word
from qda.coding.material import Passages
from qda.coding.references import TARGET_KINDS
from qda.coding.templates import template
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Memo, MemoLink, Property
from qda.models.journal_tables import Change, Unit
from qda.models.material import Coder

TOLD: Final = (
    "code",
    "property",
    "paradigm_model",
    "model_slot",
    "placement",
    "relation",
    "relation_condition",
    "evidence",
    "evidence_segment",
    "counter_search",
    "model_version",
)
_HANGING: Final = ("paradigm_model", "placement", "relation", "evidence")


def model_life(project: Project, model: str) -> list[Step]:
    """What happened to a model (GUID), oldest first, with the memos on it and on what it holds."""
    return gathered(model_steps(project, model), numbers=counts_shown(project))


def model_steps(project: Project, model: str) -> list[Step]:
    """The same with each code placed and each piece of evidence as a step of its own."""
    with project.read() as db:
        teller = _Teller(project, db, model)
        steps = list(teller.steps())
        passages = Passages(db).of({guid for _step, cited in steps for guid in cited})
        told = [
            replace(step, passages=tuple(passages[guid] for guid in cited if guid in passages))
            for step, cited in steps
        ]
        return sorted([*told, *teller.memos()], key=lambda step: step.at)


class _Teller:
    """Goes through the journal once; ``_known`` holds each row as it was at the change in hand."""

    def __init__(self, project: Project, db: Connection, model: str) -> None:
        self._project = project
        self._db = db
        self._model = model
        self._coders = pairs(db.execute(select(Coder.guid, Coder.name)))
        self._known: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self._born = -1  # the unit that made the model: its slots came with it
        self._before: dict[str, Any] = {}  # the row in hand before its change
        # Names of what was there before the journal begins.
        self._names = pairs(db.execute(select(Code.guid, Code.name)))
        self._properties = {
            r.guid: {"name": r.name, "code_id": r.code}
            for r in db.execute(
                select(Property.guid, Property.name, Code.guid.label("code")).join(
                    Code, Code.id == Property.code_id
                )
            )
        }

    def steps(self) -> Iterator[tuple[Step, list[str]]]:
        """All steps but the memos, in the order of the journal, each with the passages it cites."""
        tellers: dict[str, Callable[[Any], Step | None]] = {
            "paradigm_model": self._of_model,
            "model_slot": self._of_slot,
            "placement": self._of_placement,
            "relation": self._of_relation,
            "relation_condition": self._of_condition,
            "evidence": self._of_evidence,
            "counter_search": self._of_search,
            "model_version": self._of_version,
        }
        linked = self._linked()
        for row in self._changes():
            self._before = self._known[row.table].get(row.guid, {})
            self._keep(row)
            teller = tellers.get(row.table)
            step = teller(row) if teller else None
            if step is not None:
                yield step, linked.get(row.guid, [])

    def _changes(self) -> Iterator[Any]:
        undone = undone_units(self._db)
        query = (
            select(
                *(Change.unit_id, Change.op, Change.table, Change.guid, Change.field, Change.old, Change.new),
                Unit.at,
                Unit.coder,
            )
            .join(Unit, Unit.id == Change.unit_id)
            .where(Change.table.in_(TOLD), Unit.kind == "do")
            .order_by(Change.id)
        )
        for row in self._db.execute(query):
            if row.unit_id not in undone:
                yield row

    def _linked(self) -> dict[str, list[str]]:
        """The passages that evidence was given, also those that are gone."""
        found: dict[str, list[str]] = defaultdict(list)
        query = select(Change.new).where(Change.table == "evidence_segment", Change.op == "insert")
        for new in self._db.execute(query).scalars():
            if new and new["segment_id"] not in found[new["evidence_id"]]:
                found[new["evidence_id"]].append(new["segment_id"])
        return found

    def _keep(self, row: Any) -> None:
        rows = self._known[row.table]
        if row.op == "insert":
            rows[row.guid] = dict(row.new or {})
        elif row.op == "delete":
            rows[row.guid] = dict(row.old or {})
        elif row.op == "update":
            rows[row.guid] = {**rows.get(row.guid, {}), row.field: row.new}

    def _step(self, kind: StepKind, row: Any, words: str, **more: Any) -> Step:
        return Step(kind, row.at, self._coders.get(row.coder, ""), words, **more)

    def _code(self, guid: str | None) -> str:
        """What a code was called then."""
        if not guid:
            return "–"
        return str(self._known["code"].get(guid, {}).get("name") or self._names.get(guid, "–"))

    # -- the model and its slots ----------------------------------------------------------------------------

    def _of_model(self, row: Any) -> Step | None:
        if row.guid != self._model:
            return None
        one = self._known["paradigm_model"][row.guid]
        if row.op == "insert":
            self._born = row.unit_id
            words = _("Made: “{name}”").format(name=one.get("name", ""))
            phenomenon = one.get("phenomenon_id")
            told = _("Phenomenon: {name}").format(name=self._code(phenomenon))
            more = {"parts": (told,), "codes": (phenomenon,)} if phenomenon else {}
            return self._step("made", row, words, **more)
        if row.op != "update":
            return self._step("made", row, _("Model removed"))
        return self._model_changed(row)

    def _model_changed(self, row: Any) -> Step | None:
        old, new = row.old, row.new
        if row.field == "name":
            return self._step("named", row, _("Renamed: “{old}” became “{new}”").format(old=old, new=new))
        if row.field == "phenomenon_id":
            words = _("Phenomenon: {name}").format(name=self._code(new))
            parts = (_("Before: {words}").format(words=self._code(old)),) if old else ()
            about = f"code:{new}" if new else ""
            codes = tuple(guid for guid in (old, new) if guid)
            return self._step("made", row, words, parts=parts, about=about, codes=codes)
        if row.field == "status":
            words = _("State of the model: {new}").format(new=model_status_word(str(new)))
            return self._step("made", row, words)
        if row.field == "template":
            return self._step("slot", row, _("Another template"))
        return None

    def _slot(self, guid: str) -> str:
        """What a slot was called then."""
        slot = self._known["model_slot"].get(guid, {})
        if slot.get("name"):
            return str(slot["name"])
        name = self._known["paradigm_model"].get(self._model, {}).get("template", "")
        try:
            known = template(self._project, name).slot(slot.get("key", ""))
        except KnownError:
            known = None
        return str(known.name) if known else str(slot.get("key", ""))

    def _of_slot(self, row: Any) -> Step | None:
        mine = self._known["model_slot"][row.guid].get("model_id") == self._model
        if not mine or row.unit_id == self._born:
            return None
        name = self._slot(row.guid)
        if row.op == "insert":
            return self._step("slot", row, _("New slot: “{name}”").format(name=name))
        if row.op == "delete":
            return self._step("slot", row, _("Slot removed: “{name}”").format(name=name))
        if row.field == "name":
            words = _("Slot renamed: “{old}” became “{new}”").format(old=row.old or "–", new=name)
            return self._step("slot", row, words)
        return None

    def _of_placement(self, row: Any) -> Step | None:
        one = self._known["placement"][row.guid]
        slot = self._known["model_slot"].get(one.get("slot_id", ""), {})
        if slot.get("model_id") != self._model:
            return None
        name, place = self._code(one.get("code_id")), self._place(one)
        where = _where(one)
        told = f"{name} ({where})" if where else name
        more = {"about": f"code:{one.get('code_id')}", "codes": (one.get("code_id"),)}
        if row.op == "insert":
            words = _("Placed in “{slot}”").format(slot=self._slot(one["slot_id"]))
            return self._step("placed", row, words, parts=(told,), **more)
        if row.op == "delete":
            words = _("Taken out of “{slot}”").format(slot=self._slot(one["slot_id"]))
            return self._step("placed", row, words, parts=(told,), **more)
        if row.field in ("slot_id", "level", "addressee"):
            told = f"{name}: {self._place({**one, row.field: row.old})} → {place}"
            return self._step("placed", row, _("Placed elsewhere"), parts=(told,), **more)
        return None

    def _place(self, one: dict[str, Any]) -> str:
        parts = (self._slot(one.get("slot_id", "")), _where(one))
        return ", ".join(part for part in parts if part)

    # -- relations ------------------------------------------------------------------------------------------

    def _mine(self, relation: str) -> dict[str, Any] | None:
        one = self._known["relation"].get(relation, {})
        return one if one.get("model_id") == self._model else None

    def _sentence(self, one: dict[str, Any]) -> str:
        kind = paradigms.relation_label(one.get("type", ""), own=one.get("own_type", ""))
        return f"{self._code(one.get('from_id'))} → {kind} → {self._code(one.get('to_id'))}"

    def _related(self, kind: StepKind, row: Any, relation: str, words: str, **more: Any) -> Step:
        one = self._known["relation"][relation]
        codes = tuple(guid for guid in (one.get("from_id"), one.get("to_id")) if guid)
        return self._step(
            kind, row, f"R{one.get('number')}: {words}", about=f"relation:{relation}", codes=codes, **more
        )

    def _of_relation(self, row: Any) -> Step | None:
        one = self._mine(row.guid)
        if one is None:
            return None
        if row.op == "insert":
            sentence = self._sentence(one)
            status = _("State: {new}").format(new=status_word(one.get("status", "supposed")))
            return self._related(
                "relation", row, row.guid, sentence, text=one.get("statement", ""), parts=(status,)
            )
        if row.op == "delete":
            return self._related("relation", row, row.guid, _("removed"), text=one.get("statement", ""))
        return self._relation_changed(row, one)

    def _relation_changed(self, row: Any, one: dict[str, Any]) -> Step | None:
        if row.field == "status":
            words = _("{old} → {new}").format(old=status_word(row.old), new=status_word(row.new))
            return self._related("status", row, row.guid, words, text=one.get("statement", ""))
        if row.field == "statement":
            old = _("Before: {words}").format(words=row.old)
            parts = (old,) if row.old else ()
            return self._related("relation", row, row.guid, _("stated:"), text=row.new or "", parts=parts)
        if row.field in ("type", "own_type", "from_id"):
            old = _("Before: {words}").format(words=self._sentence(self._before))
            return self._related("relation", row, row.guid, self._turned(row, one), parts=(old,))
        return None

    def _turned(self, row: Any, one: dict[str, Any]) -> str:
        """The relation after a change; one that is turned round changes both ends, the second one next."""
        turned = row.field == "from_id" and row.new == one.get("to_id")
        return self._sentence({**one, "to_id": row.old} if turned else one)

    def _of_condition(self, row: Any) -> Step | None:
        one = self._known["relation_condition"][row.guid]
        relation = one.get("relation_id", "")
        stated = self._mine(relation)
        if stated is None or row.op == "update":
            return None
        told = self._condition(one)
        words = _("Holds when, added: {words}") if row.op == "insert" else _("Holds when, given up: {words}")
        text = stated.get("statement", "")
        return self._related("condition", row, relation, words.format(words=told), text=text)

    def _condition(self, one: dict[str, Any]) -> str:
        parts = [self._code(one["code_id"])] if one.get("code_id") else []
        guid = one.get("property_id") or ""
        known = self._known["property"].get(guid) or self._properties.get(guid)
        if known:
            parts.append(f"{self._code(known.get('code_id'))} · {known.get('name')}: {one.get('value', '')}")
        parts.append(one.get("text") or "")
        return " – ".join(part for part in parts if part)

    def _of_evidence(self, row: Any) -> Step | None:
        one = self._known["evidence"][row.guid]
        relation = one.get("relation_id", "")
        stated = self._mine(relation)
        if stated is None or (row.op == "update" and row.field != "polarity"):
            return None
        part = one.get("polarity", "")
        words = {"insert": _("evidence:"), "delete": _("evidence removed:")}.get(row.op)
        if words is None:
            words, part = _("evidence read anew:"), f"{polarity_word(row.old)} → {polarity_word(part)}"
        text = stated.get("statement", "")
        return self._related("evidence", row, relation, words, text=text, parts=(part,))

    def _of_search(self, row: Any) -> Step | None:
        one = self._known["counter_search"][row.guid]
        relation = one.get("relation_id", "")
        if self._mine(relation) is None or row.op == "update":
            return None
        words = _("searched, found none") if row.op == "insert" else _("“searched, found none” taken back")
        return self._related("search", row, relation, words, text=one.get("note", ""))

    def _of_version(self, row: Any) -> Step | None:
        one = self._known["model_version"][row.guid]
        if one.get("model_id") != self._model or row.op != "insert":
            return None
        words = _("Frozen as “{name}”").format(name=one.get("name", ""))
        return self._step("version", row, words, text=one.get("note", ""), version=row.guid)

    # -- memos ----------------------------------------------------------------------------------------------

    def memos(self) -> list[Step]:
        """The memos on the model, its placements, relations and evidence; after :meth:`steps`."""
        numbers = {guid: one.get("number") for guid, one in self._known["relation"].items()}
        found: dict[str, Step] = {}
        for r in self._db.execute(_hanging()):
            relation = self._relation_of(r.target_table, r.target_guid)
            if relation is None and not self._holds(r.target_table, r.target_guid):
                continue
            number = f"R{numbers[relation]}" if relation else ""
            title = r.title if number in r.title else f"{number} – {r.title}"
            found.setdefault(
                r.guid,
                Step(
                    "memo",
                    r.created,
                    r.coder,
                    _("Memo: {title}").format(title=title),
                    " ".join(r.body.split()),
                    about=f"relation:{relation}" if relation else "",
                    memo=r.guid,
                    private=r.private,
                ),
            )
        return list(found.values())

    def _relation_of(self, table: str, guid: str) -> str | None:
        """The relation of this model on which a memo hangs, by itself or by its evidence."""
        if table == "evidence":
            guid = self._known["evidence"].get(guid, {}).get("relation_id", "")
        return guid if table in ("relation", "evidence") and self._mine(guid) is not None else None

    def _holds(self, table: str, guid: str) -> bool:
        if table == "placement":
            slot = self._known["placement"].get(guid, {}).get("slot_id", "")
            return self._known["model_slot"].get(slot, {}).get("model_id") == self._model
        return TARGET_KINDS.get(table) == "model" and guid == self._model


def _where(one: dict[str, Any]) -> str:
    """Level and addressee of a placement."""
    parts = [paradigms.level_name(one["level"])] if one.get("level") else []
    parts += [paradigms.addressee_name(one["addressee"])] if one.get("addressee") else []
    return ", ".join(parts)


def _hanging() -> Any:
    return (
        select(
            *(Memo.guid, Memo.title, Memo.body, Memo.private, Memo.created),
            Coder.name.label("coder"),
            *(MemoLink.target_table, MemoLink.target_guid),
        )
        .join(MemoLink, MemoLink.memo_id == Memo.id)
        .join(Coder, Coder.id == Memo.coder_id)
        .where(MemoLink.target_table.in_(_HANGING))
        .order_by(Memo.id, MemoLink.id)
    )
