"""Many new objects at once, without the pause in which Python looks through all objects of the program.

That look lasts a tenth of a second in a program of this size, and every thread waits for it.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_blocks = 0
_usual = True


@contextmanager
def undisturbed() -> Iterator[None]:
    """What is made in the block joins the old objects without having been looked at."""
    global _blocks, _usual  # noqa: PLW0603 - there is one collector in a process
    with _lock:
        if not _blocks:
            _usual = gc.isenabled()
            gc.disable()
        _blocks += 1
    try:
        yield
    finally:
        with _lock:
            _blocks -= 1
            if not _blocks and _usual:
                gc.freeze()
                gc.unfreeze()  # to the oldest ones: together the two take no time
                gc.enable()
