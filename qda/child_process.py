"""A child process that is asked through two pipes: what a text or a file does to it, it does there.

It is started with the first question, guarded while it answers (time, and memory where the system keeps no
limit), and can be ended from any thread. What is said through the pipes is the matter of those who use it.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

START_SECONDS: Final = 120.0  # a slow machine may take long to import everything
_STEP: Final = 0.2  # seconds between two looks at the child's memory, where the system keeps no limit
_ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "MALLOC_ARENA_MAX")
# The package is found where the parent has it, also when it is not installed, and nothing else there is.
_BEGIN: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); import qda; del sys.path[0]; "
    "from {module} import main; main(*(int(one) for one in sys.argv[2:]))"
)

End = Literal["time", "memory", "crash"]


class ChildEnded(Exception):  # noqa: N818 - an end, which those who asked make something of
    """The child is of no use any more."""

    def __init__(self, why: End) -> None:
        super().__init__(why)
        self.why: End = why


class Child:
    """The process with the ends of its two pipes, unbuffered. It calls ``main`` of a module."""

    def __init__(self, module: str, arguments: Sequence[int] = ()) -> None:
        package, code = Path(__file__).resolve().parents[1], _BEGIN.format(module=module)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-c", code, str(package), *map(str, arguments)],
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
        """Ends it at once."""
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


class ChildOwner:
    """Has one child at a time. A context manager; one at a time asks, anyone may cancel.

    Who derives from it says what the child's first words are, what is raised after it was cancelled, and
    what where no child can be started.
    """

    broken: tuple[type[BaseException], ...] = (OSError, EOFError)  # what tells that the child is gone

    def __init__(self, module: str, arguments: Sequence[int] = ()) -> None:
        self._module, self._arguments = module, tuple(arguments)
        self._watched = False  # whether the parent looks at the child's memory
        self._child: Child | None = None
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
        """Ends it at once, from any thread: what is being done, and all that would follow."""
        with self._lock:
            self._cancelled = True
            if self._child is not None:
                self._child.kill()

    # -- what differs ----------------------------------------------------------------------------------------

    def _greet(self, child: Child) -> None:
        """Takes the child's first words."""
        raise NotImplementedError

    def _stopped(self) -> Exception:
        """What is raised after somebody cancelled."""
        raise NotImplementedError

    def _no_start(self) -> Exception:
        """What is raised where no child can be started."""
        raise NotImplementedError

    # -- the child -------------------------------------------------------------------------------------------

    def _running(self) -> Child:
        """The child, started where there is none; it need not be ready."""
        with self._lock:
            if self._cancelled:
                raise self._stopped()
            if self._child is None:
                self._child = Child(self._module, self._arguments)
            return self._child

    def _let_go(self, child: Child) -> None:
        """The child is of no use any more; the next question starts another one."""
        with self._lock:
            if self._child is child:
                self._child = None
        child.kill()
        child.end()

    @contextmanager
    def _guarded(self, child: Child, seconds: float, memory: int | None = None) -> Iterator[None]:
        """The block talks to the child, which is killed where it takes longer or more.

        :raises ChildEnded: it is gone, for one of the known reasons.
        """
        if not child.ready:
            self._await(child)
        guard = _Guard(child, seconds, memory if self._watched else None)
        guard.start()
        try:
            yield
        except self.broken as problem:
            if self._cancelled:
                raise self._stopped() from problem
            raise ChildEnded(guard.why or "crash") from problem
        finally:
            guard.stop()

    def _await(self, child: Child) -> None:
        guard = _Guard(child, START_SECONDS, None)
        guard.start()
        try:
            self._greet(child)
        except self.broken as problem:
            if self._cancelled:
                raise self._stopped() from problem
            self._let_go(child)
            raise self._no_start() from problem
        finally:
            guard.stop()
        child.ready = True
        child.baseline = resident(child.process) if self._watched else 0


class _Guard(threading.Thread):
    """Kills a child that takes too long, or (where the system keeps no limit) too much memory."""

    def __init__(self, child: Child, seconds: float, memory: int | None) -> None:
        super().__init__(name="guard of a child", daemon=True)
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
