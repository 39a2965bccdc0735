"""Reading foreign files in a child process: what a damaged or hostile file does, it does there.

One child serves a whole import. It is started with the first file (while the parent reads that file from
the disk) and replaced after a failure. A file may take 512 MB and 30 seconds; what goes beyond, and what
brings the child down, is told in one sentence, and the next file is read in a new child.
"""

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

from qda.coding.transcript import TranscriptDraft
from qda.errors import KnownError
from qda.exchange import wire
from qda.exchange.disk import file_bytes
from qda.exchange.tables_in import Table
from qda.exchange.undisturbed import undisturbed
from qda.i18n import _, language, spelling

MEMORY: Final = 512 << 20  # bytes beside what the child has at its start
SECONDS: Final = 30.0  # a file
_START_SECONDS: Final = 120.0  # a slow machine may take long to import everything
_STEP: Final = 0.2  # seconds between two looks at the child's memory, where the system keeps no limit
_ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "MALLOC_ARENA_MAX")
# The package is found where the parent has it, also when it is not installed, and nothing else there is.
_BEGIN: Final = (
    "import sys; sys.path.insert(0, sys.argv[2]); import qda; del sys.path[0]; "
    "from {module} import main; main(int(sys.argv[1]))"
)

End = Literal["time", "memory", "crash"]


class CancelledError(KnownError):
    """The person stopped the import."""

    def __init__(self) -> None:
        super().__init__(_("The import was stopped. Nothing was changed."))


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that has been read and waits to be stored, or the sentence that says why not.

    ``families`` are other ways to find turns in it, with their scores, the best first. ``bug`` is the
    traceback where a reader failed as it never should. A survey or other table is no draft but a ``table``.
    """

    path: Path
    draft: TranscriptDraft | None
    original: bytes = field(repr=False)
    error: str | None = None
    families: tuple[tuple[str, float], ...] = ()
    sha256: str = ""
    bug: str = field(default="", repr=False)
    table: Table | None = None


class Reader:
    """Reads files in a child of its own. A context manager; one at a time asks, anyone may cancel.

    :param memory: bytes a file may take.
    :param seconds: how long a file may take.
    :param module: what runs in the child.
    """

    def __init__(
        self, *, memory: int = MEMORY, seconds: float = SECONDS, module: str = "qda.exchange.worker"
    ) -> None:
        self._memory = memory
        self._seconds = seconds
        self._module = module
        self._watched = sys.platform != "linux"
        self._child: _Child | None = None
        self._lock = threading.Lock()
        self._cancelled = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.end()

    def cancel(self) -> None:
        """Stops at once, from any thread: the file that is being read, and all further ones.

        ``read`` raises :class:`CancelledError` from now on.
        """
        with self._lock:
            self._cancelled = True
            if self._child is not None:
                self._child.kill()

    # -- reading ---------------------------------------------------------------------------------------------

    def read(self, path: Path | str, *, family: str | None = None, encoding: str | None = None) -> ReadFile:
        """Reads a file; one that cannot be read gives its sentence. ``family`` and ``encoding`` fix both.

        :raises CancelledError: somebody stopped it.
        :raises KnownError: no child can be started on this machine.
        """
        path = Path(path)
        self._running()  # starts while the file comes from the disk
        try:
            data = file_bytes(path)
        except KnownError as problem:
            return ReadFile(path, None, b"", problem.sentence)
        return self.read_bytes(data, path=path, family=family, encoding=encoding)

    def read_bytes(
        self, data: bytes, *, path: Path | str, family: str | None = None, encoding: str | None = None
    ) -> ReadFile:
        """As :meth:`read`, for bytes that are there already; ``path`` names them."""
        return self._drafted(Path(path), data, hashlib.sha256(data).hexdigest(), family, encoding)

    def again(self, file: ReadFile, *, family: str | None = None, encoding: str | None = None) -> ReadFile:
        """The same file with another family or encoding: at once where the child still has it at hand."""
        return self._drafted(file.path, file.original, file.sha256, family, encoding, known=True)

    def _drafted(
        self,
        path: Path,
        data: bytes,
        sha256: str,
        family: str | None,
        encoding: str | None,
        *,
        known: bool = False,
    ) -> ReadFile:
        request = {
            "name": path.name.encode("utf-8", "replace").decode(),
            "sha256": sha256,
            "encoding": encoding,
            "family": family,
            "language": language(),
            "spelling": spelling(),
            "seconds": self._seconds,
        }
        while True:
            child = self._running()
            fresh, child.used = not child.used, True
            try:
                answer = self._asked(child, request, None if known else data)
            except _Ended as ended:
                self._let_go(child)
                if ended.why == "memory" and not fresh:
                    continue  # what earlier files left behind may have been too much
                return ReadFile(path, None, data, _sentence(ended.why, path.name), (), sha256)
            if answer.head["kind"] != "need":
                return answer.file(path, data, sha256)
            known = False

    def _asked(self, child: "_Child", request: dict[str, Any], data: bytes | None) -> "_Answer":
        with self._guarded(child, self._seconds):
            wire.send(child.requests, request | {"size": -1 if data is None else len(data)})
            if data is not None:
                wire.send_bytes(child.requests, data)
            head = wire.receive(child.answers)
            if head.get("kind") == "memory":
                raise _Ended("memory")
            if head.get("kind") not in ("draft", "table", "error", "bug", "need"):
                raise wire.GarbledError
            with undisturbed():
                draft = wire.receive_draft(child.answers, head) if head["kind"] == "draft" else None
                table = wire.receive_table(child.answers, head) if head["kind"] == "table" else None
            return _Answer(head, draft, table)

    # -- the child -------------------------------------------------------------------------------------------

    def _running(self) -> "_Child":
        with self._lock:
            if self._cancelled:
                raise CancelledError
            if self._child is None:
                self._child = _Child(self._module, self._memory)
            return self._child

    def _let_go(self, child: "_Child") -> None:
        with self._lock:
            if self._child is child:
                self._child = None
        child.kill()
        child.end()

    @contextmanager
    def _guarded(self, child: "_Child", seconds: float) -> Iterator[None]:
        """The block talks to the child; whatever ends that is one of the known ends."""
        if not child.ready:
            self._await(child)
        guard = _Guard(child, seconds, self._memory if self._watched else None)
        guard.start()
        try:
            yield
        except (OSError, EOFError, wire.GarbledError) as problem:
            if self._cancelled:
                raise CancelledError from problem
            raise _Ended(guard.why or "crash") from problem
        finally:
            guard.stop()

    def _await(self, child: "_Child") -> None:
        guard = _Guard(child, _START_SECONDS, None)
        guard.start()
        try:
            wire.receive(child.answers)
        except (OSError, EOFError, wire.GarbledError) as problem:
            if self._cancelled:
                raise CancelledError from problem
            self._let_go(child)
            raise KnownError(
                _("The part of the program that reads files cannot be started. Nothing was changed.")
            ) from problem
        finally:
            guard.stop()
        child.ready = True
        child.baseline = resident(child.process) if self._watched else 0


class _Ended(Exception):  # noqa: N818 - no error that leaves this module
    """The child is of no use any more."""

    def __init__(self, why: End) -> None:
        super().__init__(why)
        self.why: End = why


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the child said, looked at."""

    head: dict[str, Any]
    draft: TranscriptDraft | None
    table: Table | None

    def file(self, path: Path, data: bytes, sha256: str) -> ReadFile:
        if self.draft is not None:
            return ReadFile(path, self.draft, data, None, wire.scores(self.head.get("families")), sha256)
        if self.table is not None:
            return ReadFile(path, None, data, None, (), sha256, "", self.table)
        if self.head["kind"] == "error":
            return ReadFile(path, None, data, str(self.head.get("sentence")), (), sha256)
        sentence = _(
            "{name} could not be read: a fault in the program ({kind}). Please report it with the file."
        )
        named = sentence.format(name=path.name, kind=self.head.get("name"))
        return ReadFile(path, None, data, named, (), sha256, str(self.head.get("trace")))


def _sentence(why: End, name: str) -> str:
    if why == "time":
        return _("{name} took too long to be read and was left out.").format(name=name)
    if why == "memory":
        return _("{name} needs more memory than a document may take and was left out.").format(name=name)
    return _("{name} is damaged in a way that stops its reader, and was left out.").format(name=name)


class _Child:
    """The process with the ends of its two pipes, unbuffered."""

    def __init__(self, module: str, memory: int) -> None:
        package = Path(__file__).resolve().parents[2]
        code = _BEGIN.format(module=module)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-c", code, str(memory), str(package)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if sys.stderr is not None else subprocess.DEVNULL,
            bufsize=0,
            cwd=Path(sys.executable).anchor or None,
            env={**os.environ, **dict.fromkeys(_ONE_THREAD, "1")},
            start_new_session=True,  # Ctrl+C in the terminal is the parent's matter
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.requests: Any = self.process.stdin
        self.answers: Any = self.process.stdout
        self.ready = self.used = False
        self.baseline = 0  # bytes

    def kill(self) -> None:
        with suppress(OSError):
            self.process.kill()

    def end(self) -> None:
        """Closes the pipes, upon which the child ends by itself, and waits for it."""
        with suppress(OSError):
            self.requests.close()
        try:
            self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()
        self.answers.close()


class _Guard(threading.Thread):
    """Kills a child that takes too long, or (where the system keeps no limit) too much memory."""

    def __init__(self, child: _Child, seconds: float, memory: int | None) -> None:
        super().__init__(name="guard of the reading child", daemon=True)
        self.why: End | None = None
        self._child = child
        self._until = time.monotonic() + seconds
        self._memory = memory
        self._over = threading.Event()

    def stop(self) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while True:
            left = self._until - time.monotonic()
            step = left if self._memory is None else min(left, _STEP)
            if self._over.wait(max(step, 0)):
                return
            if (
                self._memory is not None
                and resident(self._child.process) > self._child.baseline + self._memory
            ):
                self.why = "memory"
            elif time.monotonic() >= self._until:
                self.why = "time"
            if self.why is not None:
                self._child.kill()
                return


def resident(process: "subprocess.Popen[bytes]") -> int:
    """Bytes of memory that a process holds; 0 where the system does not say."""
    if sys.platform == "win32":
        return _resident_windows(process)
    with suppress(OSError, ValueError, IndexError):
        if sys.platform == "linux":
            pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1]
            return int(pages) * os.sysconf("SC_PAGE_SIZE")
        call: Sequence[str] = ("ps", "-o", "rss=", "-p", str(process.pid))
        return int(subprocess.run(call, capture_output=True, check=False, timeout=5).stdout) * 1024
    return 0


def _resident_windows(process: "subprocess.Popen[bytes]") -> int:
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", ctypes.c_uint32),
            ("faults", ctypes.c_uint32),
            *((f"part{n}", ctypes.c_size_t) for n in range(8)),
        )

    counters = Counters()
    counters.size = ctypes.sizeof(counters)
    library: Any = getattr(ctypes, "windll")  # noqa: B009 - there is none elsewhere
    ask = library.kernel32.K32GetProcessMemoryInfo
    ask.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32)
    handle = int(getattr(process, "_handle"))  # noqa: B009
    # The parts: peak and present working set, four quotas, pagefile usage and its peak.
    return int(counters.part6) if ask(handle, ctypes.byref(counters), counters.size) else 0
