"""A reading child that does what the name of a file says: what real files do to it only with luck."""

import os
import time

from qda.exchange import reading, worker

honest = reading.read_bytes


def read_bytes(data: bytes, *, name: str, encoding: str | None = None):
    if name.startswith("crash"):
        os.abort()
    if name.startswith("sleep"):
        time.sleep(60)
    if name.startswith("eat"):
        eaten = []
        while True:
            eaten.append(bytearray(b"x" * 10_000_000))
    if name.startswith("bug"):
        raise IndexError(name)
    if name.startswith("chatter"):
        os.write(1, b"words of a library")
        os.write(2, b"more of them")
    if name.startswith("write"):
        raise_unless_refused(lambda: open("/tmp/qda-was-here", "w"))  # noqa: SIM115, PTH123
        raise_unless_refused(lambda: os.mkdir("/tmp/qda-was-here"))  # noqa: PTH102
        raise_unless_refused(lambda: os.system("touch /tmp/qda-was-here"))
    if name.startswith("call"):
        import socket

        raise_unless_refused(lambda: socket.socket(socket.AF_INET))
        raise_unless_refused(lambda: socket.getaddrinfo("example.org", 80))
    if name.startswith("garble"):
        os.write(int(os.environ["QDA_ANSWERS"]), b"J\x00\x00\x00\x02[]")
    return honest(data, name=name, encoding=encoding)


def raise_unless_refused(act) -> None:
    try:
        act()
    except PermissionError:
        return
    raise AssertionError("it was not refused")


def pipes():
    requests, answers = PIPES()
    os.environ["QDA_ANSWERS"] = str(answers.fileno())
    return requests, answers


PIPES = worker._pipes


def main(memory: int) -> None:
    reading.read_bytes = read_bytes
    worker._pipes = pipes
    worker.main(memory)
