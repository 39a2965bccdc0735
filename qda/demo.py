"""The demo study: its raw files, and the work on them replayed act by act from a script.

The script (``resources/demo/acts.<language>/*.jsonl``) holds one act a line: ``at`` (local time), ``by``
(coder), ``phase``, ``act`` and the parameters of the act. Instead of positions it names passages as
``{"source": …, "in": paragraph, "quote": exact words}``; instead of GUIDs it names codes, relations and the
rest as a person does. Every act goes through the table of acts, as one unit of the history.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

from qda import resources
from qda.acts import perform
from qda.coding import codes, material, sampling, theory
from qda.coding.references import resolve
from qda.coding.rows import ParagraphRow, PlacementRow
from qda.errors import KnownError
from qda.i18n import Language, _, use_language
from qda.models import Project
from qda.models.base import now

TITLE: Final = "Verbindlichkeit ohne Weisungsbefugnis"
CODER: Final = "MK"
TEMPLATE: Final = "hajji"
_START: Final = datetime(2024, 10, 1, 8, 55, tzinfo=timezone(timedelta(hours=2)))
_SUMMER_ENDS: Final = datetime(2024, 10, 27, 1, tzinfo=UTC)
_GAP: Final = " [...] "
_REFERENCE: Final = re.compile(r"\]\((code|case|relation|passage):([^()]*)\)")
_PLACE: Final = frozenset({"source", "in", "quote", "n", "words"})
_SPANS: Final = frozenset({"code", "code-in-vivo"})

Line = dict[str, Any]


class _ReplayedProject(Project):
    """A project whose first entry already bears the date on which the study began."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        super().__init__(path, read_only=read_only)
        self.clock = lambda: _START


@dataclass(frozen=True, slots=True)
class _Place:
    source: str
    start: int
    stop: int

    @property
    def written(self) -> str:
        return f"{self.source}:{self.start}-{self.stop}"


def languages() -> tuple[str, ...]:
    """The languages in which the demo study exists."""
    return tuple(sorted(p.suffix[1:] for p in resources.path("demo").glob("acts.*") if p.is_dir()))


def build(path: str | Path, *, language: Language = "de") -> Project:
    """Makes the demo study at ``path`` and hands it over open; the current coder is :data:`CODER`.

    :raises KnownError: the file exists, the study does not exist in this language, or a line of the script
        does not fit (the sentence names the file, the line and the quote).
    """
    if language not in languages():
        raise KnownError(_("The demo study does not exist in this language ({name}).").format(name=language))
    with use_language(language):
        project = _ReplayedProject.create(
            path, title=TITLE, language=language, template=TEMPLATE, coder=CODER
        )
        try:
            Replay(project).run(resources.path("demo", f"acts.{language}"))
        except BaseException:
            project.close()
            Path(path).unlink(missing_ok=True)
            raise
    return project


def moment(written: str) -> datetime:
    """A time of the script ("2024-10-21T09:12", German local time of that autumn) as an aware moment."""
    summer = datetime.fromisoformat(written).replace(tzinfo=timezone(timedelta(hours=2)))
    return summer if summer < _SUMMER_ENDS else summer.replace(tzinfo=timezone(timedelta(hours=1)))


def passage_in(text: str, paragraphs: list[ParagraphRow], place: Line) -> tuple[int, int]:
    """Start and stop (code points) of ``place``: "in" a paragraph ("18") or two ("18-19"), its exact "quote".

    " [...] " in the quote leaves words out between a first and a last piece; ``n`` chooses the n-th of
    equal quotes. Without a quote it is all that is spoken in the paragraph.

    :raises ValueError: the paragraph is missing, or the words are not there or not only once.
    """
    first, _dash, last = str(place["in"]).partition("-")
    known = {p.number: p for p in paragraphs}
    if first not in known or (last or first) not in known:
        msg = f"no paragraph {place['in']}"
        raise ValueError(msg)
    start, stop = known[first].label_stop, known[last or first].stop
    if "quote" not in place:
        while start < stop and text[start].isspace():
            start += 1
        return start, stop
    head, _gap, tail = str(place["quote"]).partition(_GAP)
    begin = _find(text, head, start, known[first].stop, place.get("n", 0))
    end = begin + len(head)
    if tail:
        end = _find(text, tail, max(end, known[last or first].label_stop), stop, 0) + len(tail)
    return begin, end


def _find(text: str, words: str, start: int, stop: int, number: int) -> int:
    found = [m.start() for m in re.finditer(re.escape(words), text[start:stop])]
    if not found or (len(found) > 1 and not number) or number > len(found):
        msg = f"{len(found)} × “{words}”"
        raise ValueError(msg)
    return start + found[max(number, 1) - 1]


class Replay:
    """Does the acts of a script on a project, each at its time, by its coder, in its phase."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._texts: dict[str, tuple[str, str, list[ParagraphRow]]] = {}
        self._coders: dict[str, str] = {}
        self._current = ""

    def run(self, folder: Path) -> None:
        """Does every line of every file of ``folder``, in the order of their names."""
        for file in sorted(folder.glob("*.jsonl")):
            for number, line in _lines(file):
                try:
                    self.do(line)
                except (KnownError, ValueError, KeyError) as problem:
                    told = _("{file}, line {line}: {problem}")
                    told = told.format(file=file.name, line=number, problem=problem)
                    raise KnownError(told, path=file) from problem
        self.project.phase = ""
        self._use(CODER)
        self.project.clock = now

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
        return perform(self.project, act, self._arguments(act, rest))

    def _use(self, name: str) -> None:
        if name not in self._coders:
            self._coders[name] = resolve(self.project, "coder", name)
        if self._current != name:
            self._current = name
            self.project.use_coder(self._coders[name])

    def _import(self, names: list[str]) -> str:
        from qda.exchange.importing import import_files

        import_files(self.project, [resources.path("demo", "raw", name) for name in names])
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

    def _place(self, place: Line) -> _Place:
        guid, text, paragraphs = self._text(place["source"])
        return _Place(guid, *passage_in(text, paragraphs, place))

    def _passage(self, act: str, place: Line) -> Line:
        written = self._place(place).written
        targets = {"write-memo", "link-memo", "unlink-memo"}
        return {"target": f"segment:{written}"} if act in targets else {"segment": written}

    def _borders(self, place: Line) -> Line:
        new = self._place(place)
        return {"start": new.start, "stop": new.stop}

    def _segment(self, place: _Place) -> str:
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


def _lines(file: Path) -> Iterator[tuple[int, Line]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            yield number, json.loads(line)
