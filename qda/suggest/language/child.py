"""The child that reads texts: it holds the language tools, so that the window neither waits nor grows.

It is asked with frames of JSON and bytes, one text after the other, and answers with a packed Doc and the
forms of the words. It ends when its parent does, and may open no connection.
"""

import io
import json
import os
import socket
import struct
import sys
import time
from typing import IO, Any, Final

_HEAD: Final = struct.Struct(">I")
_INTERNET: Final = (socket.AF_INET, socket.AF_INET6)
_NETWORK: Final = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "urllib.Request")
Stream = IO[bytes] | io.RawIOBase


def send(stream: Stream, head: dict[str, Any], data: bytes = b"") -> None:
    """Sends a head, and bytes behind it."""
    words = json.dumps(head | {"size": len(data)}).encode("ascii")
    rest = memoryview(_HEAD.pack(len(words)) + words + data)
    while rest:
        rest = rest[stream.write(rest) or 0 :]


def receive(stream: Stream) -> tuple[dict[str, Any], bytes]:
    """The next head with its bytes.

    :raises EOFError: the other side is gone.
    """
    (size,) = _HEAD.unpack(_exactly(stream, _HEAD.size))
    head: dict[str, Any] = json.loads(_exactly(stream, size))
    return head, _exactly(stream, head["size"])


def _exactly(stream: Stream, size: int) -> bytes:
    buffer = bytearray()
    while len(buffer) < size:
        piece = stream.read(size - len(buffer))
        if not piece:
            raise EOFError
        buffer += piece
    return bytes(buffer)


def main() -> None:
    """Answers until the parent closes the pipe."""
    requests, answers = io.FileIO(os.dup(0), "rb"), io.FileIO(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(silent, stream)
    sys.addaudithook(_refuse)
    began = time.process_time()
    from qda.suggest.language.docs import forms, packed
    from qda.suggest.language.quiet import spacy
    from qda.suggest.language.tools import tools

    spacy()

    send(answers, {"kind": "ready", "seconds": time.process_time() - began})
    while True:
        try:
            request, data = receive(requests)
        except EOFError:
            return
        began = time.process_time()
        found = tools(request["language"])
        loaded = time.process_time()
        head: dict[str, Any] = {"name": found.name, "loading": loaded - began}
        if request["kind"] == "name":
            send(answers, head)
            continue
        doc = found.read(data.decode(), [(start, stop) for start, stop in request["labels"]])
        content = packed(doc)
        head |= {"forms": forms(doc), "seconds": time.process_time() - loaded}
        send(answers, head, content)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _NETWORK or (event == "socket.__new__" and arguments[1] in _INTERNET):
        msg = f"not while reading a text: {event}"
        raise PermissionError(msg)


if __name__ == "__main__":
    main()
