"""Reading foreign files in a child process: what a damaged or hostile file does, it does there.

One child serves a whole import. It is started with the first file (while the parent reads that file from
the disk) and replaced after a failure. A file may take 512 MB and 30 seconds; what goes beyond, and what
brings the child down, is told in one sentence, and the next file is read in a new child.
"""

import hashlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from qda.child_process import Child, ChildEnded, ChildOwner, End
from qda.coding.transcript import TranscriptDraft
from qda.errors import KnownError
from qda.exchange import wire
from qda.exchange.disk import file_bytes
from qda.exchange.tables_in import Table
from qda.exchange.undisturbed import undisturbed
from qda.i18n import _, language, spelling

MEMORY: Final = 512 << 20  # bytes beside what the child has at its start
SECONDS: Final = 30.0  # a file


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


class Reader(ChildOwner):
    """Reads files in a child of its own. A context manager; one at a time asks, anyone may cancel.

    After :meth:`cancel`, ``read`` raises :class:`CancelledError`.

    :param memory: bytes a file may take.
    :param seconds: how long a file may take.
    :param module: what runs in the child.
    """

    broken = (OSError, EOFError, wire.GarbledError)

    def __init__(
        self, *, memory: int = MEMORY, seconds: float = SECONDS, module: str = "qda.exchange.worker"
    ) -> None:
        super().__init__(module, (memory,))
        self._memory = memory
        self._seconds = seconds
        self._watched = sys.platform != "linux"

    def _greet(self, child: Child) -> None:
        wire.receive(child.answers)

    def _stopped(self) -> Exception:
        return CancelledError()

    def _no_start(self) -> Exception:
        return KnownError(
            _("The part of the program that reads files cannot be started. Nothing was changed.")
        )

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
            except ChildEnded as ended:
                self._let_go(child)
                if ended.why == "memory" and not fresh:
                    continue  # what earlier files left behind may have been too much
                return ReadFile(path, None, data, _sentence(ended.why, path.name), (), sha256)
            if answer.head["kind"] != "need":
                return answer.file(path, data, sha256)
            known = False

    def _asked(self, child: Child, request: dict[str, Any], data: bytes | None) -> "_Answer":
        with self._guarded(child, self._seconds, self._memory):
            wire.send(child.requests, request | {"size": -1 if data is None else len(data)})
            if data is not None:
                wire.send_bytes(child.requests, data)
            head = wire.receive(child.answers)
            if head.get("kind") == "memory":
                raise ChildEnded("memory")
            if head.get("kind") not in ("draft", "table", "error", "bug", "need"):
                raise wire.GarbledError
            with undisturbed():
                draft = wire.receive_draft(child.answers, head) if head["kind"] == "draft" else None
                table = wire.receive_table(child.answers, head) if head["kind"] == "table" else None
            return _Answer(head, draft, table)


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
