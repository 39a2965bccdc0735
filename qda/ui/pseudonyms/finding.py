"""Looking for names beside the window: candidates, hits, questions; one thread for each wish."""

import contextvars
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, overload

if TYPE_CHECKING:
    from qda.coding.pseudonyms import Candidate, Entry, Hit, Reading
    from qda.models import Project

_AT_ONCE: Final = 16  # names between two looks at whether to stop


class StoppedError(Exception):
    """The person does not want it any more."""


Tell = Callable[[int], None]  # hundredths done; raises StoppedError


class Worker:
    """Does one thing in a thread of its own; the window asks now and then what has come of it."""

    def __init__(self, work: Callable[[Tell], object]) -> None:
        self.hundredths = 0
        self.over = False
        self.result: object = None
        self.problem: Exception | None = None  # a KnownError, or a bug
        self._work = work
        self._stop = threading.Event()
        # The language of sentences belongs to the context, which a new thread would not have.
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._run,), name="names", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends soon; nobody asks for it any more."""
        self._stop.set()

    def wait(self) -> None:
        """Ends, and comes back when that has happened."""
        self._stop.set()
        self._thread.join()

    def _tell(self, hundredths: int) -> None:
        if self._stop.is_set():
            raise StoppedError
        self.hundredths = max(hundredths, self.hundredths)

    def _run(self) -> None:
        from qda.ui.yielding import yielding

        try:
            with yielding():
                self.result = self._work(self._tell)
        except StoppedError:
            pass
        except Exception as problem:  # noqa: BLE001 - handed on to the window, which tells or raises it
            self.problem = problem
        self.over = True


class _Watched(Sequence["Reading"]):
    """Texts that tell whenever one is read, so that the search can be stopped in the midst of it."""

    def __init__(self, texts: Sequence["Reading"], tell: Tell) -> None:
        self._texts, self._tell = texts, tell

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, at: int) -> "Reading": ...
    @overload
    def __getitem__(self, at: slice) -> "Sequence[Reading]": ...
    def __getitem__(self, at: int | slice) -> "Reading | Sequence[Reading]":
        return self._texts[at]

    def __iter__(self) -> "Iterator[Reading]":
        for text in self._texts:
            self._tell(0)
            yield text


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for some entries."""

    entries: "tuple[Entry, ...]"
    hits: "tuple[Hit, ...]"


def propose(
    project: "Project", sources: Collection[str] | None, known: Collection[str], tell: Tell
) -> "tuple[tuple[Candidate, ...], tuple[str, ...]]":
    """Candidates, and the pseudonyms that stand in the study already."""
    from qda.coding.pseudonyms import candidates, given, readings

    there = given(project)
    texts = readings(project, sources=sources, memos=sources is None)
    return candidates(_Watched(texts, tell), known=(*there, *known)), there


def look(
    project: "Project",
    entries: "Sequence[Entry]",
    wanting: Sequence[int],
    sources: Collection[str] | None,
    tell: Tell,
) -> Looked:
    """Hits of these names; before that the forms of those that are ``wanting`` some."""
    from qda.coding.pseudonyms import complete, hits

    whole = list(entries)
    for first in range(0, len(wanting), _AT_ONCE):
        tell(60 * first // len(wanting))
        some = wanting[first : first + _AT_ONCE]
        made = complete(project, [whole[number] for number in some], sources)
        for number, entry in zip(some, made, strict=True):
            whole[number] = entry
    tell(60)
    found = hits(project, whole, sources)
    tell(100)
    return Looked(tuple(whole), found)


def ask(
    project: "Project", entries: "Sequence[Entry]", found: "Sequence[Hit]", known: "Sequence[Entry]"
) -> tuple[str, ...]:
    """What about these names should be looked at once more; all hits count, decided or not."""
    from dataclasses import replace

    from qda.coding.pseudonyms import questions

    return questions(project, entries, [replace(hit, accepted=True) for hit in found], known=known)
