"""While a thread works, Python changes between threads more often, so that the window gets its turn soon."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_TURN: Final = 0.0005  # seconds until another thread gets its turn
_lock = threading.Lock()
_working = 0
_usual = 0.005


@contextmanager
def yielding() -> Iterator[None]:
    """In the block, threads change often: the window answers while another thread computes."""
    global _working, _usual  # noqa: PLW0603 - there is one interpreter in a process
    with _lock:
        if not _working:
            _usual = sys.getswitchinterval()
            sys.setswitchinterval(_TURN)
        _working += 1
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if not _working:
                sys.setswitchinterval(_usual)
