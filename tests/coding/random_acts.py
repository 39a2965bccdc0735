"""Random acts: any row of the action table with arguments that may fit, done, undone, redone, reopened."""

import json
import random
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from qda import acts
from qda.acts import Act, Parameter
from qda.coding import documents
from qda.coding.positions import normalise
from qda.coding.references import TARGET_KINDS, TARGET_TABLES
from qda.coding.selective import CORE_QUESTIONS
from qda.coding.transcript import ParagraphDraft, SpeakerDraft, TimeMarkDraft, TranscriptDraft
from qda.errors import KnownError
from qda.models import Project
from tests.coding.watching import Watcher, agreement

NAMES = (
    "Vertrauen", "Anerkennung", "Mittel > Zeit", "Straße", "allein da 😀", "Ökologie", "Ämter", "Rolle", "  ",
    "Sprachkurs", "Netz", "Haltung > Geduld", "Weg", "a\nb", "R1", "Interview 1", "Ziel\0", "\ud800x",
)  # fmt: skip
SPEECH = (
    "Ja, also am Anfang war das schwer.", "Wir hatten kein Geld 😀 und keine Leute.", "Die Straße war leer…",
    "Und dann kam Vertrauen.", "Nein. Überhaupt nicht!", "Sprachkurse für alle, 3 Jahre lang.", "Mhm.",
)  # fmt: skip
SLOTS = ("conditions", "strategies", "consequences", "context", "own:Rolle", "Rolle")
TEMPLATES = ("hajji", "strauss-corbin", "corbin-strauss-2015", "free", "content-analysis", "none")
# What takes much away is done less often, or the others would find nothing.
GREEDY = dict.fromkeys(
    (
        "remove-model",
        "remove-relation",
        "remove-source",
        "remove-code",
        "remove-evidence",
        "remove-pile",
        "pile-to-category",
        "merge-several",
        "remove-memo-pile",
        "remove-sampling",
        "remove-map",
        "take-off-map",
        "clear-off-map",
        "remove-template",
        "remove-version",
        "remove-case",
        "remove-query",
        "remove-memo",
    ),
    2,
)
# What the others need is done more often.
OFTEN = {"put-on-map": 0.25, "new-map": 0.5, "new-pile": 0.5, "pile-code": 0.5, "pile-to-category": 1}
# Two codings of one code that overlap or touch.
MEETING = """
SELECT a.guid, b.guid FROM coding a JOIN segment s ON s.id = a.segment_id
JOIN coding b ON b.code_id = a.code_id AND b.coder_id = a.coder_id AND b.id <> a.id
JOIN segment t ON t.id = b.segment_id AND t.source_id = s.source_id
WHERE s.start <= t.start AND t.start <= s.stop + 1
"""
ON_PILES = """
SELECT memo_pile.guid, memo.guid FROM memo_pile_entry JOIN memo ON memo.id = memo_id
JOIN memo_pile ON memo_pile.id = pile_id
"""
SPEAKERS = "SELECT a.guid, b.guid FROM speaker a JOIN speaker b ON b.source_id = a.source_id AND b.id <> a.id"
PILED = "SELECT DISTINCT pile.guid FROM pile JOIN pile_code ON pile_id = pile.id"
# A place on each of two properties.
PLACES = """
SELECT p.guid, v.value, q.guid, q.pole_from FROM property_value v JOIN property p ON p.id = v.property_id
JOIN property q ON q.id <> p.id WHERE q.pole_from <> ''
"""
# The first blank inside a coded passage.
BLANKS = """
SELECT * FROM (
    SELECT coding.guid AS coding, s.start + instr(substr(text, s.start + 2), ' ') AS at, s.start, s.stop
FROM coding JOIN segment s ON s.id = segment_id JOIN source ON source.id = s.source_id)
WHERE at > start AND at < stop - 1
"""
# Two things of one map.
ON_MAPS = "SELECT a.guid, b.guid FROM map_item a JOIN map_item b ON b.map_id = a.map_id AND b.id <> a.id"
ON_A_MAP = "SELECT code_map.guid, map_item.guid FROM map_item JOIN code_map ON code_map.id = map_id"
AIMS = """
SELECT d.guid, t.target_table, t.target_guid FROM sampling_target t
JOIN sampling_decision d ON d.id = t.decision_id
"""
UNUSED_TEMPLATES = """
SELECT guid FROM user_template WHERE 'own:' || guid NOT IN (SELECT template FROM paradigm_model)
"""
MADE_OF_OWN = "SELECT guid FROM user_template WHERE 'own:' || guid IN (SELECT template FROM paradigm_model)"
OWN_SPECS = tuple(
    json.dumps(
        {
            "slots": [
                {"key": "phenomenon", "role": "phenomenon", "name": "Phänomen"},
                *({"key": key, "role": "own", "name": key.title()} for key in keys),
            ]
        }
    )
    for keys in (("conditions", "turns"), ("conditions",), ("turns", "strategies"))
)
CELL_ROWS = {"slot": "model_slot", "code": "code", "property": "property"}
IMPORT = "import"  # no row of the table: an importer hands the draft over
TEXTS: dict[str, tuple[str, ...]] = {
    "level": ("", "coordinator", "Stadt", "town", "own level"),
    "addressee": ("", "network", "Projekte", "own"),
    "template": TEMPLATES,
    "slot": SLOTS,
    "value": ("", "hoch", "niedrig", "47", "lang"),
    "place": ("", "hoch", "niedrig", "lang"),
    "row": ("hoch", "niedrig", "lang"),
    "column": ("hoch", "niedrig", "lang"),
    "own_type": ("", "erlaubt"),
    "date": ("", "1.3.2025", "2025-03-02", "gestern"),
    "delete_by": ("", "31.12.2030", "03/2030"),
    "missing": ("k. A.", "-99"),
    "paragraph": ("1", "2", "3", "4", "0.1", "1a"),
    "speaker": ("I", "B", "C", "Frau B"),
    "words": ("Geld", "war", "Straße", "Und", "Ja"),
    "by": ("", "Mittel 😀", "al\nso", "Straßen"),
    "spec": (
        '{"version": 1, "query": {"type": "text", "words": "Geld"}}',
        '{"version": 1, "query": {"type": "code", "code": "CODE"}}',
        '{"version": 1, "query": {"type": "role", "role": "respondent"}}',
        "nonsense",
    ),
    "key": ("1", "3", "14", "process.sample", ""),
}


class UnavailableError(Exception):
    """There is nothing yet that the act could be done to."""


class Player:
    """Plays on one project file and checks every step."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.path = folder / f"random {seed}.qdaproj"
        self.project = Project.create(self.path, title="Random", language="de", coder="A")
        self.watcher = Watcher(self.path)
        self.watcher.cast_shadows()
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.log: list[str] = []
        self.states = [self._packed()]
        self.reopened = 0

    # -- the play -----------------------------------------------------------------------------------------

    def play(self, count: int) -> None:
        """Does ``count`` random acts (refused ones count too)."""
        for _number in range(count):
            self.act()
            luck = self.chance.random()
            if luck < 0.02:
                self.reopen()
            elif luck < 0.06:
                self.back_and_forth()
            elif luck < 0.07:
                self.go_back(self.chance.randint(1, 3))
        while self.project.redo_label() is not None:  # taken back last: a new act ends that
            self.act()

    def act(self) -> None:
        """One act that can be tried; of some, the one done least often (a refusal counts a little)."""
        ids = [act.id for act in acts.ACTS if not act.for_good and not act.files] + [IMPORT]
        for act_id in sorted(self.chance.sample(ids, 100), key=self._had):
            try:
                arguments = {} if act_id == IMPORT else self.arguments(acts.act(act_id))
            except UnavailableError:
                continue
            self.try_act(act_id, arguments)
            return

    def _had(self, act_id: str) -> float:
        """How often an act had its turn."""
        return self.done[act_id] * (GREEDY | OFTEN).get(act_id, 1) + self.refused[act_id] / 4

    def try_act(self, act_id: str, arguments: dict[str, Any]) -> None:
        """Does it; refused, nothing may have changed."""
        self.log.append(f"{act_id} {arguments}")
        seen, units = self.watcher.last(), self.project.unit_count()
        try:
            if act_id == IMPORT:
                self._import()
            elif self.chance.random() < 0.4:
                acts.perform(self.project, act_id, arguments)
            else:
                acts.act(act_id).function(self.project, **arguments)
        except KnownError as problem:
            self.refused[act_id] += 1
            self.log[-1] += f" -> {problem.sentence}"
            assert self.watcher.last() == seen
            assert self._packed() == self.states[-1], "a refused act changed something"
            return
        self.done[act_id] += 1
        if self.project.unit_count() > units:
            self.states.append(self._packed())
        else:
            self.same(self.states[-1])
        self.look(seen)

    def look(self, seen: tuple[int, int]) -> None:
        """The journal agrees with the triggers; nothing hangs in the air."""
        agreement(self.watcher.journal(seen[1]), self.watcher.shadow(seen[0]))
        self.watcher.check_search_index()
        assert self.watcher.faults() == []

    def back_and_forth(self) -> None:
        """Takes a few acts back and brings them to life again."""
        steps = min(self.chance.randint(1, 6), len(self.states) - 1)
        for number in range(steps):
            self.step(self.project.undo, self.states[-2 - number])
        for number in reversed(range(steps)):
            self.step(self.project.redo, self.states[-1 - number])

    def go_back(self, steps: int) -> None:
        """Takes acts back and goes on from there."""
        for _number in range(min(steps, len(self.states) - 1)):
            self.step(self.project.undo, self.states[-2])
            self.states.pop()

    def to_the_beginning_and_back(self) -> None:
        """Undoes everything and redoes everything."""
        for state in reversed(self.states[:-1]):
            self.step(self.project.undo, state)
        assert self.project.undo_label() is None
        self.reopen()
        for state in self.states[1:]:
            self.step(self.project.redo, state)
        assert self.project.redo_label() is None

    def step(self, move: Any, expected: bytes) -> None:
        """An undo or redo; the state is the expected one."""
        seen = self.watcher.last()
        self.log.append(f"{move.__name__} {move()}")
        agreement(self.watcher.journal(seen[1]), self.watcher.shadow(seen[0]))
        self.same(expected)
        self.watcher.check_search_index()

    def reopen(self) -> None:
        """Closes the project and opens it again."""
        self.watcher.close()
        self.project.close()
        assert not self.path.with_name(f"{self.path.name}-wal").exists()
        self.project = Project.open(self.path)
        self.watcher = Watcher(self.path)
        self.same(self.states[-1] if self.project.redo_label() is None else self._packed())
        self.reopened += 1

    def same(self, expected: bytes) -> None:
        """Fails with the difference."""
        actual = self._packed()
        if actual != expected:
            raise AssertionError("\n".join([*self.log[-8:], *_difference(expected, actual)]))

    def end(self) -> None:
        self.watcher.close()
        self.project.close()

    def _packed(self) -> bytes:
        return zlib.compress(self.watcher.state().encode(), 1)

    # -- arguments ----------------------------------------------------------------------------------------

    def arguments(self, act: Act) -> dict[str, Any]:
        chosen: dict[str, Any] = self._fitting(act)
        if self.chance.random() < 0.1:  # anything else must be refused, or fit as well
            chosen = {}
        for parameter in act.parameters:
            if parameter.name in chosen or (not parameter.required and self.chance.random() < 0.4):
                continue
            if parameter.many:
                count = self.chance.randint(0 if self.chance.random() < 0.1 else 1, 3)
                chosen[parameter.name] = [self.value(act, parameter, chosen) for _ in range(count)]
            else:
                chosen[parameter.name] = self.value(act, parameter, chosen)
        return chosen

    def _fitting(self, act: Act) -> dict[str, Any]:
        """Arguments that must fit each other, which chance alone hardly ever hits."""
        if act.id == "merge-codings":
            return {"codings": list(self._row(MEETING))}
        if act.id == "split-code":
            code, coding = self._row(
                "SELECT code.guid, coding.guid FROM coding JOIN code ON code.id = code_id"
            )
            return {"code": code, "codings": [coding], "names": [self.chance.choice(NAMES)]}
        if act.id == "take-memo":
            pile, memo = self._row(ON_PILES)
            return {"pile": pile, "memo": memo}
        if act.id == "unpile-code":
            (code,) = self._row("SELECT code.guid FROM pile_code JOIN code ON code.id = code_id")
            return {"code": code}
        if act.id == "set-note-done":
            (memo,) = self._row("SELECT guid FROM memo WHERE kind = 'operational'")
            return {"memo": memo}
        if act.id == "name-type":
            return dict(zip(("rows", "row", "columns", "column"), self._row(PLACES), strict=True))
        if act.id == "rename-place":
            prop, place = self._row("SELECT guid, pole_from FROM property WHERE pole_from <> ''")
            return {"property": prop, "place": place}
        if act.id == "arrange-piles":
            return {"piles": [self.row("pile")], "xs": [self.chance.randint(-9, 99)], "ys": [3]}
        return self._fitting_theory(act)

    def _fitting_theory(self, act: Act) -> dict[str, Any]:
        if act.id in ("write-summary", "choose-quotation"):
            kind = self.chance.choice(sorted(CELL_ROWS))
            part = self.chance.choice(("", "self", "town")) if kind == "slot" else ""
            return {"row_kind": kind, "row": self.row(CELL_ROWS[kind]), "part": part}
        if act.id == "split-coding":
            return dict(zip(("coding", "at"), self._row(BLANKS), strict=False))
        if act.id == "answer-on-core":
            self._row("SELECT id FROM core_category")
            return {"key": self.chance.choice([key for key, _words in CORE_QUESTIONS])}
        if act.id == "pile-to-category":
            return {"pile": self._row(PILED)[0], "name": self.chance.choice(NAMES)}
        if act.id == "write-memo" and self.chance.random() < 0.3:
            return {"kind": "operational"}
        pair = {"draw-line": (ON_MAPS, "start", "end"), "merge-speakers": (SPEAKERS, "speaker", "into")}
        if act.id in pair:
            query, *names = pair[act.id]
            return dict(zip(names, self._row(query), strict=True))
        if act.id == "remove-target":
            decision, table, guid = self._row(AIMS)
            return {"decision": decision, "target": f"{TARGET_KINDS[table]}:{guid}"}
        if act.id in ("decide-sampling", "add-target", "add-targets"):
            kind = self.chance.choice(("case", "source", "segment"))
            target = f"{kind}:{self.span() if kind == 'segment' else self.row(TARGET_TABLES[kind])}"
            return {"target": target} if act.id == "add-target" else {"targets": [target]}
        return self._fitting_template(act)

    def _fitting_template(self, act: Act) -> dict[str, Any]:
        if act.id in ("add-template", "change-template"):
            chosen = {"spec": self.chance.choice((*OWN_SPECS, "nonsense"))}
            if act.id == "change-template" and self.chance.random() < 0.7:
                (chosen["template"],) = self._row(MADE_OF_OWN)
            return chosen
        if act.id == "move-placement" and self.chance.random() < 0.7:
            return {"slot": None}  # the others often belong to another model
        if act.id == "remove-template":
            return {"template": self._row(UNUSED_TEMPLATES)[0]}
        if act.id == "add-model" and self.chance.random() < 0.3 and self.watcher.guids("user_template"):
            return {"template": f"own:{self.row('user_template')}"}
        return self._fitting_map(act)

    def _fitting_map(self, act: Act) -> dict[str, Any]:
        if act.id == "put-on-map" and self.watcher.guids("map_item"):
            return {"map": self._row(ON_A_MAP)[0]}
        if act.id == "arrange-map":
            chart, item = self._row(ON_A_MAP)
            return {"map": chart, "items": [item], "xs": [self.chance.randint(-9, 99)], "ys": [7]}
        if act.id == "clear-off-map":
            chart, item = self._row(ON_A_MAP)
            return {"map": chart, "items": [item], "lines": []}
        if act.id == "gather-on-map":
            kind = self.chance.choice(("code", "case", "relation"))
            target = f"{kind}:{self.row(TARGET_TABLES[kind])}"
            chart, item = self._row(ON_A_MAP)
            around = item if self.chance.random() < 0.5 else None
            return {"map": chart, "targets": [target], "xs": [7], "ys": [-9], "around": around}
        return {}

    def _row(self, query: str) -> tuple[Any, ...]:
        found = self.watcher.db.execute(query).fetchall()
        if not found:
            raise UnavailableError
        return tuple(self.chance.choice(found))

    def value(self, act: Act, parameter: Parameter, chosen: dict[str, Any]) -> Any:
        if parameter.kind == "choice":
            return self.chance.choice(parameter.choices)
        if parameter.kind == "bool":
            return self.chance.random() < 0.5
        if parameter.kind == "int":
            return self.number(parameter.name, chosen)
        if parameter.ref is None:
            return self.words(act, parameter.name, chosen)
        if parameter.ref.new and self.chance.random() < 0.5:
            return self.span() if parameter.ref.table == "segment" else self.chance.choice(NAMES)
        return self.reference(parameter.ref.table)

    def reference(self, table: str) -> str:
        if table == "*":
            kind = self.chance.choice(sorted(TARGET_TABLES))
            if kind == "segment" and self.chance.random() < 0.5:
                return f"segment:{self.span()}"
            return f"{kind}:{self.row(TARGET_TABLES[kind])}"
        return self.row(table)

    def row(self, table: str) -> str:
        if self.chance.random() < 0.01:
            return "00000000-0000-4000-8000-000000000000"
        guids = self.watcher.guids(table)
        if not guids:
            raise UnavailableError
        # Few of many: so that acts meet on the same things.
        return self.chance.choice(guids[-4:] if self.chance.random() < 0.5 else guids)

    def span(self) -> str:
        source = self.row("source")
        start = self.number("start", {"source": source})
        return f"{source}:{start}-{self.number('stop', {'source': source, 'start': start})}"

    def number(self, name: str, chosen: dict[str, Any]) -> int:
        if name == "start":
            length = self._length(chosen)
            return self.chance.choice(
                (0, 5, 10, self.chance.randint(0, length), length if length < 40 else 20)
            )
        if name == "stop":
            return int(chosen["start"]) + self.chance.choice((0, 5, 10, 10, 15, self.chance.randint(1, 60)))
        if name == "at":
            return self.chance.randint(-1, self._length(chosen))
        return self.chance.randint(10, 90) if name == "characters" else self.chance.randint(-1, 13)

    def _length(self, chosen: dict[str, Any]) -> int:
        row = None
        if "source" in chosen:
            row = self.watcher.one("SELECT length FROM source WHERE guid = ?", chosen["source"])
        elif "coding" in chosen:
            row = self.watcher.one(
                "SELECT length FROM coding JOIN segment ON segment.id = segment_id "
                "JOIN source ON source.id = source_id WHERE coding.guid = ?",
                chosen["coding"],
            )
        return row[0] if row else 100

    def words(self, act: Act, name: str, chosen: dict[str, Any]) -> str:
        if act.id == "place-code" and name == "slot" and self.chance.random() < 0.8:
            return self._slot(chosen["model"])
        if act.id == "set-citation":
            return self.chance.choice(("", "{title}, Z. {lines}", "{title}, Abs. {paragraph}", "{title}"))
        if act.id == "correct-text":
            return "\n".join(
                self.chance.choices((*SPEECH, "", "Geld", "e\u0301s"), k=self.chance.randint(0, 2))
            )
        if name in TEXTS:
            written = self.chance.choice(TEXTS[name])
            return written.replace("CODE", self.row("code")) if "CODE" in written else written
        if act.id == "pseudonymise":
            return self._names()
        if act.id == "add-document" and name == "text":
            return "\r\n".join(self.chance.choices((*SPEECH, "", "I: Frage?"), k=self.chance.randint(0, 6)))
        if name in ("name", "title", "names"):
            return self.chance.choice(NAMES)
        if name == "body" and act.id == "write-story":
            return self._story()
        return " ".join(self.chance.choices(SPEECH, k=self.chance.randint(0, 3)))

    def _slot(self, model: str) -> str:
        query = (
            "SELECT model_slot.guid, key, model_slot.name FROM model_slot "
            "JOIN paradigm_model m ON m.id = model_id WHERE m.guid = ?"
        )
        slots = self.watcher.db.execute(query, (model,)).fetchall()
        if not slots:
            raise UnavailableError
        return self.chance.choice(slots)[self.chance.randint(0, 1)]

    def _names(self) -> str:
        """Words that occur, as if they were names, and what stands for them."""
        clear = self.chance.sample(("Anfang", "Vertrauen", "Straße", "Frau Geld", "Leute", "Mhm"), k=2)
        new = self.chance.sample(("Lindau", "[Person 1]", "Frau Weber", "Wiese 😀", ""), k=2)
        kinds = self.chance.choices(("person", "place", "other", "none"), (4, 4, 4, 1), k=2)
        rows = [{"clear": c, "replacement": n, "kind": k} for c, n, k in zip(clear, new, kinds, strict=True)]
        return json.dumps(rows)

    def _story(self) -> str:
        kinds = [k for k in ("code", "segment", "relation", "case") if self.watcher.guids(TARGET_TABLES[k])]
        return " ".join(f"[Worte]({k}:{self.row(TARGET_TABLES[k])})" for k in kinds)

    def _import(self) -> None:
        lines, at = [], 0
        text, _offsets = normalise(
            "\n".join(f"{'IB'[n % 2]}: {s}" for n, s in enumerate(self.chance.sample(SPEECH, 4)))
        )
        for number, line in enumerate(text.split("\n"), start=1):
            lines.append(ParagraphDraft(at, at + len(line), at + 3, line[0], True, "text", str(number)))
            at += len(line) + 1
        draft = TranscriptDraft(
            text,
            tuple(lines),
            (SpeakerDraft("I", "interviewer", ""), SpeakerDraft("B", "respondent", "Frau B")),
            (TimeMarkDraft(5, 1000, "#00:00:01-0#"), TimeMarkDraft(20, 2000, "#00:00:02-0#")),
            (("Ort", "Amt"),),
            "txt",
            "utf-8",
            "label",
            "de",
            (),
        )
        documents.take_in(self.project, draft=draft, title=self.chance.choice(NAMES), original=text.encode())


def _difference(expected: bytes, actual: bytes) -> list[str]:

    def parsed(packed: bytes) -> dict[str, Any]:
        lines = zlib.decompress(packed).decode().splitlines()
        return {table: rows for line in lines for table, rows in json.loads(line).items()}

    before, after = parsed(expected), parsed(actual)
    lines = []
    for table in before:
        for guid in before[table].keys() | after[table].keys():
            old, new = before[table].get(guid), after[table].get(guid)
            if old != new:
                lines.append(f"{table} {guid}\n  expected {old}\n  found    {new}")
    return lines
