"""Rich Text Format as a stream of tokens, without a thought to what they mean.

The stream is read once, by place and without recursion; a group can be skipped whole, its pictures and
binary parts included.
"""

import re
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?[0-9]{1,10})? ?"  # control word, number
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\([^a-zA-Z])"  # control sign
    rb"|([{}])"
    rb"|([^\\{}\r\n]+)",
)
_OF_A_GROUP: Final = re.compile(rb"\\bin([0-9]{1,10}) ?|\\.|([{}])", re.DOTALL)


class Token(NamedTuple):
    """One token; exactly one of its fields is set (``number`` goes with ``word``)."""

    word: str = ""
    number: int | None = None
    byte: int = -1
    sign: str = ""
    brace: str = ""
    text: bytes = b""


class Tokens:
    """The tokens of ``data``, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def next(self) -> Token | None:
        """The next token, None at the end; line ends of the file mean nothing and are left out."""
        data = self._data
        while True:
            found = _TOKEN.match(data, self._at)
            if found is not None:
                break
            if self._at >= len(data):
                return None
            self._at += 1  # a line end, or a backslash at the very end
        self._at = found.end()
        kind = found.lastindex or 0
        if kind == 6:
            return Token(text=found[6])
        if kind <= 2:
            number = None if found[2] is None else int(found[2])
            return Token(word=found[1].decode("ascii"), number=number)
        if kind == 3:
            return Token(byte=int(found[3], 16))
        mark = found[kind].decode("latin-1")
        return Token(sign=mark) if kind == 4 else Token(brace=mark)

    def skip_group(self) -> None:
        """Goes on before the brace that closes the present group."""
        depth = 0
        while (found := _OF_A_GROUP.search(self._data, self._at)) is not None:
            if found[2] == b"}" and not depth:
                self._at = found.start()
                return
            self._at = found.end()
            if found[1] is not None:
                self.skip_bytes(int(found[1]))
            elif found[2] is not None:
                depth += 1 if found[2] == b"{" else -1
        self._at = len(self._data)

    def skip_bytes(self, count: int) -> None:
        """Leaves out so many raw bytes, at most to the end."""
        self._at = min(self._at + max(count, 0), len(self._data))

    def skip_exactly(self, text: bytes) -> None:
        """Leaves out ``text`` if it comes next."""
        if self._data.startswith(text, self._at):
            self._at += len(text)
