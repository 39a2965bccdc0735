"""Does the acts of the script on a project."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qda import resources
from qda.acts import perform
from qda.coding import code_maps, codes, material, reading, sampling, theory
from qda.coding.references import resolve
from qda.coding.rows import ParagraphRow, PlacementRow
from qda.demo.places import Place, passage_in
from qda.demo.script import Line, lines, moment
from qda.demo.wording import Wording
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.base import now

if TYPE_CHECKING:
    from qda.exchange.reader import Reader

Told = Callable[[int, int], object]

CODER: Final = "MK"
_MEANT: Final = ": "  # a gloss is “the words”: and what they stand for
_REFERENCE: Final = re.compile(r"\]\((code|case|relation|passage):([^()]*)\)")
_PLACE: Final = frozenset({"source", "in", "quote", "n", "words"})
_SPANS: Final = frozenset({"code", "code-in-vivo"})


def ignore(_done: int, _whole: int) -> None:
    """Takes no notice of how far it is."""


class Replay:
    """Does the acts of a script on a project, each at its time, by its coder, in its phase."""

    def __init__(self, project: Project, wording: Wording | None = None, told: Told = ignore) -> None:
        self.project = project
        self._told = told
        self._wording = wording or Wording("de")
        self._texts: dict[str, tuple[str, str, list[ParagraphRow]]] = {}
        self._coders: dict[str, str] = {}
        self._current = ""
        self._reader: Reader | None = None
        self._meanings: dict[str, str] = {}  # code in vivo, its words in the study's language

    def run(self, folder: Path, *, until: str = "") -> None:
        """Does every line of every file of ``folder``, in the order of their names, in its wording.

        ``until``: only of those whose names come before it.
        """
        wanted = [file for file in sorted(folder.glob("*.jsonl")) if not until or file.name < until]
        script = [(file, *line) for file in wanted for line in lines(file)]
        try:
            for done, (file, number, line) in enumerate(script, start=1):
                self._do_told(file, number, line)
                self._told(done, len(script))
        finally:
            if self._reader is not None:
                self._reader.close()
        self._note_as_read()
        self.project.phase = ""
        self._use(CODER)
        self.project.clock = now

    def _note_as_read(self) -> None:
        """Whoever coded all this has read it; what was read is no act, so no line says it."""
        for source in material.sources(self.project):
            starts = [row.start for row in material.paragraphs(self.project, source.guid)]
            reading.mark_seen(self.project, source=source.guid, starts=starts)

    def _do_told(self, file: Path, number: int, line: Line) -> None:
        try:
            self.do(self._wording.line(line, file.stem))
        except (KnownError, ValueError, KeyError) as problem:
            told = _("{file}, line {line}: {problem}")
            told = told.format(file=file.name, line=number, problem=problem)
            raise KnownError(told, path=file) from problem

    def do(self, line: Line) -> str:
        """Does one line; the GUID that the act gives."""
        rest = dict(line)
        at, act = moment(rest.pop("at")), rest.pop("act")
        self._use(rest.pop("by"))
        self.project.clock = lambda: at
        self.project.phase = rest.pop("phase", "")
        if act in ("undo", "redo"):
            return self.project.undo() if act == "undo" else self.project.redo()
        if act == "import":
            return self._import(rest["files"])
        gloss = self._wording.gloss(rest) if act == "code-in-vivo" else ""
        if gloss:
            return self._code_in_vivo(rest, gloss)
        if act == "set-code-field" and rest["field"] == "definition":
            rest["value"] = self._glossed(rest["code"], rest["value"])
        return perform(self.project, act, self._arguments(act, rest))

    def _code_in_vivo(self, line: Line, gloss: str) -> str:
        """Codes in vivo and says what the words mean, in one entry of the history."""
        place = self._arguments("code-in-vivo", line)
        with self.project.unit(_("In-vivo code")):
            before = {code.guid for code in codes.codes(self.project)}
            made = perform(self.project, "code-in-vivo", place)
            for code in codes.codes(self.project):
                if code.guid not in before:
                    self._meanings[code.guid] = gloss.partition(_MEANT)[0]
                    said = {"code": code.guid, "field": "definition", "value": gloss}
                    perform(self.project, "set-code-field", said)
        return made

    def _glossed(self, code: str, definition: str) -> str:
        """A later definition of a code in vivo, which goes on saying what the words mean."""
        meaning = self._meanings and self._meanings.get(resolve(self.project, "code", code), "")
        said = not meaning or definition.startswith("“")
        return definition if said else f"{meaning}{_MEANT}{definition}"

    def _use(self, name: str) -> None:
        if name not in self._coders:
            self._coders[name] = resolve(self.project, "coder", name)
        if self._current != name:
            self._current = name
            self.project.use_coder(self._coders[name])

    def _import(self, names: list[str]) -> str:
        from qda.exchange.importing import import_files
        from qda.exchange.reader import Reader

        self._reader = self._reader or Reader()  # one child process for all files
        paths = [resources.path("demo", "raw", name) for name in names]
        import_files(self.project, paths, reader=self._reader)
        return ""

    # -- from what the script says to what the act takes --------------------------------------------------

    def _arguments(self, act: str, line: Line) -> Line:
        found: Line = {}
        if act in _SPANS:
            place = self._place({k: line.pop(k) for k in tuple(line) if k in _PLACE})
            found = {"source": place.source, "start": place.start, "stop": place.stop}
        readers: dict[str, Callable[[Any], Line]] = {
            "passage": lambda value: self._passage(act, value),
            "passages": lambda value: {"segments": [self._place(one).written for one in value]},
            "to": self._borders,
            "coding": lambda value: {"coding": self._coding(value)},
            "placement": lambda value: {"placement": self._placement(value)},
            "evidence": lambda value: {"evidence": self._evidence(value)},
            "decision": lambda value: {"decision": sampling.decisions(self.project)[value - 1].guid},
            "codings": lambda value: {"codings": [self._coding(one) for one in value]},
            "condition": lambda value: {"condition": self._condition(value)},
            "row": lambda value: {"row": self._row(line["row_kind"], value)},
            "start": lambda value: {"start": self._item(value)},
            "end": lambda value: {"end": self._item(value)},
            "items": lambda value: {"items": [self._item(one) for one in value]},
        }
        for key, value in line.items():
            found |= readers[key](value) if key in readers else {key: value}
        if act == "write-story":
            found["body"] = _REFERENCE.sub(self._reference, found["body"])
        return found

    def _text(self, title: str) -> tuple[str, str, list[ParagraphRow]]:
        if title not in self._texts:
            guid = resolve(self.project, "source", title)
            rows = material.paragraphs(self.project, guid)
            self._texts[title] = guid, material.text(self.project, guid), rows
        return self._texts[title]

    def _place(self, place: Line) -> Place:
        guid, text, paragraphs = self._text(place["source"])
        return Place(guid, *passage_in(text, paragraphs, place))

    def _passage(self, act: str, place: Line) -> Line:
        written = self._place(place).written
        targets = {"write-memo", "link-memo", "unlink-memo"}
        return {"target": f"segment:{written}"} if act in targets else {"segment": written}

    def _borders(self, place: Line) -> Line:
        new = self._place(place)
        return {"start": new.start, "stop": new.stop}

    def _segment(self, place: Place) -> str:
        guid = resolve(self.project, "segment", place.written)
        if guid == place.written:
            msg = f"nothing stands on the passage {place.written}"
            raise ValueError(msg)
        return guid

    def _coding(self, wanted: Line) -> str:
        place = self._place(wanted)
        for mark in codes.marks(self.project, place.source):
            same = (mark.start, mark.stop, mark.name) == (place.start, place.stop, wanted["code"])
            if same and mark.coder == wanted.get("by", CODER):
                return mark.guid
        msg = f"“{wanted['code']}” does not code “{wanted.get('quote')}”"
        raise ValueError(msg)

    def _placement(self, wanted: Line) -> str:
        model = resolve(self.project, "paradigm_model", wanted["model"])
        for row in theory.placements(self.project, model):
            if all(given == wanted.get(key, given) for key, given in _named(row).items()):
                return row.guid
        msg = f"“{wanted['code']}” is not placed"
        raise ValueError(msg)

    def _evidence(self, wanted: Line) -> str:
        relation = resolve(self.project, "relation", wanted["relation"])
        segment = self._segment(self._place(wanted["passage"]))
        for row in theory.evidence(self.project, relation):
            if segment in {s.guid for s in row.segments}:
                return row.guid
        msg = f"no evidence of {wanted['relation']} stands there"
        raise ValueError(msg)

    def _condition(self, wanted: Line) -> str:
        """A condition of a relation, by its number among them, from 1."""
        relation = resolve(self.project, "relation", wanted["relation"])
        model = resolve(self.project, "paradigm_model", wanted["model"])
        rows = {row.guid: row for row in theory.relations(self.project, model)}
        number: int = wanted["number"]
        return rows[relation].conditions[number - 1].guid

    def _row(self, kind: str, wanted: Line) -> str:
        """A row of the case comparison: a code, a property, or a slot of a model."""
        if kind == "slot":
            return resolve(self.project, "model_slot", f"{wanted['model']} > {wanted['slot']}")
        return resolve(self.project, kind, wanted[kind])

    def _item(self, wanted: Line) -> str:
        """A thing on a map, by its number in the order in which they were put there, from 1."""
        found = code_maps.code_map(self.project, resolve(self.project, "code_map", wanted["map"]))
        if found is None:
            raise KeyError(wanted["map"])
        number: int = wanted["number"]
        return found.items[number - 1].guid

    def _reference(self, found: re.Match[str]) -> str:
        kind, name = found[1], found[2]
        if kind == "passage":
            source, paragraph, quote = name.split("|", 2)
            place = self._place({"source": source, "in": paragraph, "quote": quote})
            return f"](segment:{self._segment(place)})"
        table = {"case": "case_"}.get(kind, kind)
        return f"]({kind}:{resolve(self.project, table, name)})"


def _named(row: PlacementRow) -> Line:
    return {"code": row.code_name, "slot": row.slot_key, "level": row.level, "addressee": row.addressee}
