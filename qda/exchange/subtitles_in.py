"""Subtitles (WebVTT, SRT): cues with times become paragraphs with speakers.

Neighbouring cues of one speaker are joined to one paragraph. Each cue's time stays as a mark at the place
where it begins: its ``ms`` is exact, ``written`` is ``[hh:mm:ss]``. A long turn is parted at pauses, and
about every 120 words at the end of a sentence. A speaker is told by a voice tag (``<v Name>``), or by
``Name:`` or ``[Name]`` before the words, where such names recur; a cue that names nobody goes on with the
speaker before it. Captions that roll (each cue repeats the line before) are read once.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, Literal

from qda.errors import KnownError
from qda.exchange import cue_names
from qda.exchange.raw import RawComment, RawMark, RawParagraph
from qda.exchange.text_in import decode
from qda.i18n import _

PAUSE: Final = 4_000  # ms of silence that part a long turn
WORDS: Final = 120  # from here on the next end of a sentence parts it,
MOST_WORDS: Final = 200  # from here on the next cue, where nothing ends a sentence
_CLOCK: Final = r"(?:\d{1,4}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,6})?"
_TIMING: Final = re.compile(rf"\s*+({_CLOCK})\s*+-{{1,2}}>\s*+({_CLOCK})(?:\s.*+)?")
_PARTS: Final = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:[.,](\d+))?")
_SKIPPED: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_PAIR: Final = re.compile(r"([A-Za-z][\w -]{0,30}):\s*(\S.*)")
_TAG: Final = re.compile(
    r"<(/?)(v|c|i|b|u|s|ruby|rt|lang|font|em|strong|span)(?:\.[^\s<>]*+)?(?:\s([^<>]*+))?>|<[\d:.,]++>|\{\\[^{}\\]*+\}",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"[.!?…][\"”’“»«)\]]*$")


@dataclass(frozen=True, slots=True)
class SubtitleContent:
    """What the reader found; ``format`` is vtt or srt."""

    format: Literal["vtt", "srt"]
    encoding: str
    paragraphs: tuple[RawParagraph, ...]
    comments: tuple[RawComment, ...] = ()
    warnings: tuple[str, ...] = ()
    header: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Cue:
    """Times in milliseconds, and its lines as written."""

    start: int
    stop: int
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that still grows."""

    voice: str = ""
    label: int = 0
    text: str = ""
    marks: list[RawMark] = field(default_factory=list)
    words: int = 0

    def add(self, start: int, words: str) -> None:
        """One more cue."""
        if self.text and not self.text.endswith(" "):
            self.text += " "
        self.marks.append(RawMark(len(self.text), start, written(start)))
        self.text += words
        self.words += words.count(" ") + 1


def kind_of_subtitles(text: str) -> Literal["vtt", "srt", ""]:
    """What ``text`` is, by its first lines; empty for no subtitles at all."""
    head = text[:4000].lstrip("\ufeff \t\r\n")
    if re.match(r"WEBVTT(?:\s|$)", head):
        return "vtt"
    lines = [line.strip() for line in head.splitlines()[:4] if line.strip()]
    first = lines[1:2] if lines and lines[0].isdigit() else lines[:1]
    return "srt" if first and _TIMING.fullmatch(first[0]) else ""


def read_subtitles(data: bytes, *, encoding: str | None = None) -> SubtitleContent:
    """The paragraphs of a WebVTT or SRT file.

    :raises KnownError: it holds no cues, or none with words.
    """
    decoded = decode(data, encoding=encoding)
    text = decoded.text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    vtt = text.lstrip().startswith("WEBVTT")
    found = _Blocks(vtt=vtt)
    found.read(text.split("\n"))
    if not found.cues:
        raise KnownError(_("The file holds no subtitles: no line in it tells a time."))
    paragraphs = tuple(_joined(_utterances(_unrolled([_stripped(cue) for cue in found.cues]))))
    if not paragraphs:
        raise KnownError(_("The file holds no text."))
    warnings: tuple[str, ...] = ()
    if not decoded.sure:
        warnings = (_("The encoding was guessed: {name}.").format(name=decoded.encoding),)
    return SubtitleContent(
        "vtt" if vtt else "srt", decoded.encoding, paragraphs, (), warnings, tuple(found.header)
    )


def written(ms: int) -> str:
    """How a time of a cue stands in the text."""
    seconds = ms // 1000
    return f"[{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}]"


# -- cues ---------------------------------------------------------------------------------------------------


class _Blocks:
    """The cues of a file, block by block; words that stand outside every cue go to the cue before them."""

    def __init__(self, *, vtt: bool) -> None:
        self.vtt = vtt
        self.cues: list[_Cue] = []
        self.header: list[tuple[str, str]] = []

    def read(self, lines: Sequence[str]) -> None:
        blocks = list(_blocks(lines))
        if self.vtt and blocks:
            self._read_head(blocks[0])
        for index, block in enumerate(blocks):
            at = next((i for i, line in enumerate(block) if "->" in line and _TIMING.fullmatch(line)), None)
            if at is not None:
                self._read_cues(block, at)
            elif self.vtt and (not index or _SKIPPED.match(block[0])):
                self._read_note(block)
            elif not self._is_number(block, blocks[index + 1 : index + 2]):
                self._stray(block)

    def _read_cues(self, block: Sequence[str], at: int) -> None:
        """A block with at least one time; blank lines between cues may be missing."""
        before = list(block[:at])
        if before and (self.vtt or before[-1].strip().isdigit()):
            before.pop()  # its number or name
        if before and not (self.vtt and (not self.cues or _SKIPPED.match(before[0]))):
            self._stray(before)
        while at < len(block):
            timing = _TIMING.fullmatch(block[at])
            end = next((i for i in range(at + 1, len(block)) if _is_timing(block[i])), len(block))
            words = list(block[at + 1 : end])
            if end < len(block) and words and words[-1].strip().isdigit():
                words.pop()
            if timing is not None:
                start = milliseconds(timing[1])
                self.cues.append(_Cue(start, max(milliseconds(timing[2]), start), tuple(words)))
            at = end

    def _is_number(self, block: Sequence[str], following: Sequence[Sequence[str]]) -> bool:
        """A cue's number that a blank line parts from its time."""
        alone = len(block) == 1 and block[0].strip().isdigit()
        return alone and bool(following) and _is_timing(following[0][0])

    def _stray(self, lines: Sequence[str]) -> None:
        if self.cues:
            last = self.cues[-1]
            self.cues[-1] = replace(last, lines=(*last.lines, *lines))

    def _read_head(self, block: Sequence[str]) -> None:
        title = block[0].strip().removeprefix("WEBVTT").strip(" \t-–:")
        if title:
            self.header.append(("title", title))
        for line in block[1:]:
            if _is_timing(line):
                break
            if (pair := _PAIR.fullmatch(line.strip())) is not None:
                self.header.append((pair[1], pair[2].strip()))

    def _read_note(self, block: Sequence[str]) -> None:
        if block[0].startswith("NOTE") and not self.cues:
            words = " ".join([block[0].removeprefix("NOTE"), *block[1:]]).split()
            if words:
                self.header.append(("note", html.unescape(" ".join(words))))


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line and not line.isspace():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_timing(line: str) -> bool:
    return "->" in line and _TIMING.fullmatch(line) is not None


def milliseconds(clock: str) -> int:
    """The time that a cue's clock tells."""
    found = _PARTS.fullmatch(clock)
    if found is None:
        msg = f"no time: {clock!r}"
        raise ValueError(msg)
    hours, minutes, seconds, rest = found.groups()
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(f"{rest or '':0<3}"[:3])


def _unrolled(cues: Sequence["_Voices"]) -> list["_Voices"]:
    """Cues of rolling captions without the line that each repeats from the one before."""
    plain = [[line for _voice, line in cue.lines] for cue in cues]
    pairs = list(pairwise(plain))
    rolls = sum(1 for old, new in pairs if old and new and old[-1] == new[0] and len(old) + len(new) > 2)
    if len(pairs) < 4 or rolls < 0.4 * len(pairs):
        return list(cues)
    out = list(cues[:1])
    for (old, new), cue in zip(pairs, cues[1:], strict=True):
        repeated = next((n for n in range(min(len(old), len(new)), 0, -1) if old[-n:] == new[:n]), 0)
        out.append(replace(cue, lines=cue.lines[repeated:]))
    return out


# -- who speaks ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Voices:
    """A cue as lines of plain text, each with the voice that its tags tell."""

    start: int
    stop: int
    lines: tuple[tuple[str, str], ...]
    tagged: bool


@dataclass(frozen=True, slots=True)
class _Utterance:
    """What one speaker says in one cue; ``fresh`` where it may not go on in the paragraph before."""

    start: int
    stop: int
    voice: str
    text: str
    fresh: bool


def _stripped(cue: _Cue) -> _Voices:
    """The cue without tags and entities."""
    voice, tagged = "", False
    lines: list[tuple[str, str]] = []
    for line in cue.lines:
        done, piece = 0, ""
        for tag in _TAG.finditer(line):
            piece += line[done : tag.start()]
            done = tag.end()
            if (tag[2] or "").lower() == "v":
                lines.append((voice, piece))
                voice, piece = "" if tag[1] else _words(tag[3] or ""), ""
                tagged = tagged or bool(voice)
        lines.append((voice, piece + line[done:]))
    plain = ((voice, _words(piece)) for voice, piece in lines)
    return _Voices(cue.start, cue.stop, tuple((voice, piece) for voice, piece in plain if piece), tagged)


def _words(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _utterances(cues: Sequence[_Voices]) -> Iterator[_Utterance]:
    named = cue_names.Named.of([[line for _voice, line in cue.lines] for cue in cues if not cue.tagged])
    for cue in cues:
        voice, words, fresh = "", "", False
        dashes = sum(1 for _voice, line in cue.lines if cue_names.has_dash(line))
        for tagged, line in cue.lines:
            name, said = (tagged, line) if cue.tagged else named.split(line)
            begins = dashes > 1 and cue_names.has_dash(line)
            if words and ((name and name != voice) or begins):
                yield _Utterance(cue.start, cue.stop, voice, words, fresh)
                voice, words, fresh = name, said, begins
            else:
                voice, words, fresh = name or voice, f"{words} {said}".strip(), fresh or begins
        if words:
            yield _Utterance(cue.start, cue.stop, voice, words, fresh)


# -- paragraphs ---------------------------------------------------------------------------------------------


def _joined(utterances: Iterable[_Utterance]) -> Iterator[RawParagraph]:
    now = _Paragraph()
    speaker, stop = "", None
    for said in utterances:
        changes = bool(said.voice) and said.voice != speaker
        if now.text and (changes or said.fresh or _parts(now, said, stop)):
            yield _raw(now)
            now = _Paragraph()
        if changes:
            speaker = said.voice
            now.text, now.label = f"{speaker}: ", len(speaker) + 1
        now.add(said.start, said.text)
        stop = said.stop if stop is None or changes else max(stop, said.stop)
    if now.text:
        yield _raw(now)


def _parts(now: _Paragraph, said: _Utterance, stop: int | None) -> bool:
    if stop is not None and said.start - stop > PAUSE:
        return True
    return now.words >= MOST_WORDS or (now.words >= WORDS and _ENDS.search(now.text[-4:]) is not None)


def _raw(paragraph: _Paragraph) -> RawParagraph:
    return RawParagraph(paragraph.text, label=paragraph.label, marks=tuple(paragraph.marks))
