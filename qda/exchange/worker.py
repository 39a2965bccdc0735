"""The child that reads files: one for a whole import, started by :class:`qda.exchange.reader.Reader`.

It gets bytes and hands back drafts, and has no right to anything else: no network, nothing written, no
further program, and 512 MB beside what it has at its start. What a damaged file does to it ends with it.
"""

import faulthandler
import gc
import io
import os
import socket
import sys
import traceback
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from qda.errors import KnownError
from qda.exchange import wire
from qda.exchange.raw import RawDocument
from qda.i18n import _, set_language

_KEPT: Final = 8_000_000  # bytes of files whose paragraphs stay at hand for another family
_GRACE: Final = 20.0  # seconds after which a child whose parent is gone ends by itself
_FORBIDDEN: Final = frozenset(
    (
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"),
        *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
        *("os.startfile", "os.chmod", "os.chown", "os.kill", "shutil.rmtree", "urllib.Request"),
        *("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"),
    )
)
_TABLES: Final = (".csv", ".tsv", ".tab")
_INTERNET: Final = (socket.AF_INET, socket.AF_INET6)
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(memory: int, work: "Work | None" = None) -> None:
    """Answers until the parent closes the pipe. ``memory``: bytes beside what the start takes.

    ``work`` makes the answer to a request, :func:`_frames` unless another child is wanted.
    """
    requests, answers = _pipes()
    _warm_up()
    silent = os.open(os.devnull, os.O_WRONLY)
    confine(memory)
    os.dup2(silent, 2)  # libraries talk of damaged files; what is a bug of ours goes through the pipe
    wire.send(answers, {"kind": "ready"})
    shelf = _Shelf()
    while True:
        try:
            request = wire.receive(requests)
        except EOFError:
            return
        faulthandler.dump_traceback_later(float(request["seconds"]) + _GRACE, exit=True, file=silent)
        data = wire.receive_bytes(requests, request["size"]) if request["size"] >= 0 else None
        if not _answered(answers, request, data, shelf, work or _frames):
            return
        faulthandler.cancel_dump_traceback_later()


def _pipes() -> tuple[io.FileIO, io.FileIO]:
    """The pipes from and to the parent; what a library prints goes nowhere."""
    requests, answers = os.dup(0), os.dup(1)
    silent = os.open(os.devnull, os.O_RDWR)
    os.dup2(silent, 0)
    os.dup2(silent, 1)
    os.close(silent)
    return io.FileIO(requests, "rb"), io.FileIO(answers, "wb")


def _warm_up() -> None:
    """Imports what nearly every file needs, so that it does not count as a file's memory and time."""
    import lxml.etree  # noqa: F401

    import qda.exchange.reading  # noqa: F401

    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # a draft is made of many small parts, and nearly none is a circle


# -- limits -------------------------------------------------------------------------------------------------


def confine(memory: int) -> None:
    """From now on: no more memory than that beside the present, nothing written, no network."""
    if sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        _limit(resource.RLIMIT_AS, most)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_refuse)


def _limit(which: int, most: int) -> None:
    import resource

    _soft, hard = resource.getrlimit(which)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (most, most))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        flags = arguments[2]
        refused = isinstance(flags, int) and flags & _WRITES and arguments[0] != os.devnull
    elif event == "socket.__new__":
        refused = arguments[1] in _INTERNET
    else:
        refused = event in _FORBIDDEN
    if refused:
        msg = f"not while reading a file: {event}"
        raise PermissionError(msg)


# -- answers ------------------------------------------------------------------------------------------------


class _Shelf:
    """The last files as they were read (by digest, encoding and name), for another family."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, str], RawDocument] = OrderedDict()

    def get(self, key: tuple[str, str, str]) -> RawDocument | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: tuple[str, str, str], raw: RawDocument) -> None:
        self._kept[key] = raw
        size = sum(len(one.original) for one in self._kept.values())
        while self._kept and size > _KEPT:
            _key, gone = self._kept.popitem(last=False)
            size -= len(gone.original)

    def clear(self) -> None:
        self._kept.clear()


Work = Callable[[dict[str, Any], bytes | None, _Shelf], list[bytes]]


def _answered(
    answers: io.FileIO, request: dict[str, Any], data: bytes | None, shelf: _Shelf, work: Work
) -> bool:
    """Reads and answers; False where this child should not go on."""
    set_language(request["language"], spelling=request["spelling"])
    try:
        frames = work(request, data, shelf)
    except KnownError as problem:
        wire.send(answers, {"kind": "error", "sentence": problem.sentence})
        return True
    except MemoryError:
        shelf.clear()
        with suppress(MemoryError):
            wire.send(answers, {"kind": "memory"})
        return False
    except Exception as problem:  # noqa: BLE001 - a bug of a reader: it is told, and other files go on
        lines = traceback.format_exception(problem)
        wire.send(answers, {"kind": "bug", "name": type(problem).__name__, "trace": "".join(lines)[-8000:]})
        return True
    wire.send_frames(answers, frames)
    return True


def _frames(request: dict[str, Any], data: bytes | None, shelf: _Shelf) -> list[bytes]:
    """The answer on a file that can be read: its draft, its table, or that its bytes are needed."""
    from qda.exchange.drafts import drafted
    from qda.exchange.openings import FAMILIES
    from qda.exchange.reading import read_bytes
    from qda.exchange.tables_in import read_table

    name, encoding, family = request["name"], request["encoding"], request["family"]
    if family is not None and family not in FAMILIES:
        raise KnownError(_("There is no kind of turns called {name}.").format(name=family))
    key = request["sha256"], encoding or "", name
    raw = shelf.get(key)
    if raw is None:
        if data is None:
            return wire.no_frames()
        if _is_table(data, name, encoding):
            return wire.table_frames(read_table(data, encoding=encoding))
        raw = read_bytes(data, name=name, encoding=encoding)
        shelf.put(key, raw)
    draft, families = drafted(raw, family=family)
    return wire.frames_of(draft, {"families": [list(pair) for pair in families]})


def _is_table(data: bytes, name: str, encoding: str | None) -> bool:
    """True for a workbook, and for a csv whose rows are cut evenly: one that is not may be a transcript."""
    from qda.exchange.tables_in import looks_like_table
    from qda.exchange.text_in import decode

    if data.startswith(b"PK"):
        return b"xl/workbook.xml" in data and b"word/document.xml" not in data
    if Path(name).suffix.lower() not in _TABLES:
        return False
    return looks_like_table(decode(data, encoding=encoding).text)


if __name__ == "__main__":
    main(int(sys.argv[1]))
