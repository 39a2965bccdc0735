"""Long work that somebody watches: it tells how far it is, and ends where that person no longer wants it.

Whoever waits opens ``watched`` in the thread of the work; reports and renderers call ``step`` now and then.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watch = Callable[[int, int], bool]
"""Is told how many of how many parts are done (0 of 0: nobody knows); whether to go on."""

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


class CancelledError(Exception):
    """Nobody wants the work any more."""


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """In the block ``watch`` is told, and can end the work."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def step(done: int = 0, of: int = 0) -> None:
    """Tells how far the work is.

    :raises CancelledError: it is to end.
    """
    watch = _watch.get()
    if watch is not None and not watch(done, of):
        raise CancelledError
