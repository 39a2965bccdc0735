"""Reading the documents of a study with the language tools: what is not read yet, or was changed since.

:func:`analyse` does it in a child process, :func:`analyse_here` in this one (for the command line and tests).
Both keep each document as soon as it is read, tell how far they are, and can be ended after any document, the
child even in the middle of one. The order is that of the documents.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final, Protocol

from qda.child_process import START_SECONDS, Child, ChildEnded, ChildOwner
from qda.coding import analyses
from qda.coding.analyses import Readable, ToRead
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.suggest.language import child
from qda.suggest.language.tools import names

_SECONDS: Final = 60.0  # for a text, and one more for each thousand of its words
_WORD: Final = 6  # signs, about
_TRIES: Final = 25  # to keep something while another act is written
_PAUSE: Final = 0.2  # seconds between them

Tell = Callable[[int, int, str], object]


class StoppedError(KnownError):
    """Somebody ended the reading; what was read before is kept."""

    def __init__(self) -> None:
        super().__init__(_("Reading the texts was stopped. What was read before is kept."))


@dataclass(frozen=True, slots=True)
class Analysed:
    """What came of it: documents (GUIDs) that were read and kept, and those that could not be.

    ``seconds`` is the processor time of reading, ``startup`` that of loading the tools before.
    """

    read: tuple[str, ...]
    left: tuple[str, ...]
    seconds: float = 0.0
    startup: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text is kept as."""

    name: str
    data: bytes
    forms: list[tuple[str, str]]
    seconds: float


class Reading(Protocol):
    """Who reads: a child, or this process."""

    startup: float

    def name(self, language: str) -> str:
        """The name of the tools that read."""

    def read(self, language: str, words: ToRead) -> Answer | None:
        """A text; none where it brings the reader down."""


def ignore(_done: int, _whole: int, _title: str) -> None:
    """Tells nobody."""


def analyse(
    project: Project,
    sources: Collection[str] | None = None,
    tell: Tell = ignore,
    *,
    analyst: "Analyst | None" = None,
) -> Analysed:
    """Reads documents (GUIDs, or all) in a child process, as far as they are to be read.

    No child is started where there is nothing to do. ``analyst`` is one that can be ended from elsewhere.

    :raises StoppedError: it was ended.
    :raises KnownError: no child can be started.
    """
    if project.read_only or not analyses.unread(project, names(), sources):
        return Analysed((), ())
    with analyst or Analyst() as reading:
        return _analyse(project, sources, tell, reading)


def analyse_here(project: Project, sources: Collection[str] | None = None, tell: Tell = ignore) -> Analysed:
    """As :func:`analyse`, in this process. What ``tell`` raises ends it."""
    return _analyse(project, sources, tell, _Here())


def _analyse(project: Project, sources: Collection[str] | None, tell: Tell, reading: Reading) -> Analysed:
    languages = {row.language for row in analyses.unread(project, names(), sources)}
    # Their own names: a pipeline that is installed may not be one that can be loaded.
    rows = analyses.unread(project, {language: reading.name(language) for language in languages}, sources)
    read: list[str] = []
    left: list[str] = []
    seconds = 0.0
    for done, row in enumerate(rows):
        tell(done, len(rows), row.title)
        words = analyses.to_read(project, row.guid)
        if words is None:  # taken out meanwhile
            continue
        answer = reading.read(row.language, words)
        if answer is not None and _kept(project, row, answer):
            seconds += answer.seconds
            read.append(row.guid)
        else:
            left.append(row.guid)
    tell(len(rows), len(rows), "")
    return Analysed(tuple(read), tuple(left), seconds, reading.startup)


def _kept(project: Project, row: Readable, answer: Answer) -> bool:
    for _each in range(_TRIES):
        if analyses.keep(project, row, name=answer.name, data=answer.data, forms=answer.forms):
            return True
        if project.read_only:
            return False
        time.sleep(_PAUSE)
    return False


class _Here:
    """Reads in this process."""

    startup = 0.0

    def name(self, language: str) -> str:
        from qda.suggest.language.tools import tools

        return tools(language).name

    def read(self, language: str, words: ToRead) -> Answer:
        from qda.suggest.language.docs import forms, packed
        from qda.suggest.language.tools import tools

        began = time.process_time()
        found = tools(language)
        doc = found.read(words.text, words.labels)
        return Answer(found.name, packed(doc), forms(doc), time.process_time() - began)


class Analyst(ChildOwner):
    """Reads in a child of its own, started with the first question. A context manager; anyone may cancel."""

    def __init__(self) -> None:
        super().__init__("qda.suggest.language.child")
        self.startup = 0.0
        self._names: dict[str, str] = {}

    def name(self, language: str) -> str:
        """The name of the tools that the child has for a language."""
        if language not in self._names:
            try:
                head, _data = self._asked({"kind": "name", "language": language}, b"", START_SECONDS)
            except ChildEnded as problem:
                self.close()
                raise self._no_start() from problem
            self.startup += head["loading"]
            self._names[language] = head["name"]
        return self._names[language]

    def read(self, language: str, words: ToRead) -> Answer | None:
        """A text, in the child; none where that is brought down by it, or takes too long."""
        request = {"kind": "read", "language": language, "labels": words.labels}
        seconds = _SECONDS + len(words.text) / _WORD / 1000
        try:
            head, data = self._asked(request, words.text.encode(), seconds)
        except ChildEnded:
            self.close()
            return None
        forms = [(lemma, form) for lemma, form in head["forms"]]
        return Answer(head["name"], data, forms, head["seconds"])

    def _asked(self, request: dict[str, Any], data: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        running = self._running()
        with self._guarded(running, seconds):
            child.send(running.requests, request, data)
            return child.receive(running.answers)

    def _greet(self, begun: Child) -> None:
        head, _data = child.receive(begun.answers)
        self.startup += head["seconds"]

    def _stopped(self) -> Exception:
        return StoppedError()

    def _no_start(self) -> Exception:
        return KnownError(_("The language tools cannot be started. Nothing was changed."))
