"""Pseudonyms in a report: the names of a key are replaced in everything that it prints.

A study keeps no clear names: they stand in the key, an encrypted file of its own. Once its passphrase was
given it stays open for the time the program runs; the passphrase itself is kept nowhere.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qda.errors import KnownError
from qda.i18n import _, ngettext, use_language
from qda.reports.model import Figure, Line, Report, Transcript, note

if TYPE_CHECKING:
    from qda.coding.pseudonyms import Entry
    from qda.coding.pseudonyms.plan import Replacer

# Fields that are no words for people.
_NO_WORDS: Final = frozenset(
    (
        *("language", "anchor", "link", "guid", "colour", "align", "kind", "record", "template"),
        *("placeholder", "margin", "created"),
    )
)
_TAG: Final = re.compile(r"<[^>]*>")
_opened: dict[Path, "tuple[Entry, ...]"] = {}


def unlock(path: str | Path, passphrase: str) -> int:
    """Opens a key for the reports of this run of the program; how many names it holds.

    :raises KnownError: there is no such file, or the passphrase is another one.
    """
    from qda.coding.pseudonyms.keys import read_key, with_suffix

    full = with_suffix(Path(path)).resolve()
    _opened[full] = read_key(full, passphrase)
    return len(_opened[full])


def is_unlocked(path: str | Path) -> bool:
    """Whether the key has been opened."""
    from qda.coding.pseudonyms.keys import with_suffix

    return with_suffix(Path(path)).resolve() in _opened


def _entries(path: str) -> "tuple[Entry, ...]":
    from qda.coding.pseudonyms.keys import PASSPHRASE, with_suffix

    full = with_suffix(Path(path)).resolve()
    if full not in _opened:
        if not full.exists():
            raise KnownError(_("There is no file “{name}”.").format(name=full.name), path=full)
        if not os.environ.get(PASSPHRASE):
            raise KnownError(
                _("The key “{name}” is locked: give its passphrase, or make the report without it.").format(
                    name=full.name
                ),
                path=full,
            )
        unlock(full, os.environ[PASSPHRASE])
    return _opened[full]


def with_pseudonyms(report: Report, key: str) -> Report:
    """The report with the names of a key replaced, in texts, tables, headings and remarks.

    Pictures cannot be changed: one in which a name stands is left out, and said to be.

    :raises KnownError: the key is locked, or there is none.
    """
    from qda.coding.pseudonyms.plan import Replacer

    work = _Work(Replacer(_entries(key), list(_words(report))))
    done: Report = work.on(report)
    with use_language(report.language):
        fact = _("Names are replaced by pseudonyms.")
    return replace(done, facts=(*done.facts, fact), withheld=(*done.withheld, *work.told()))


def _words(value: Any) -> Iterator[str]:
    """Every text of the report that people can read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif isinstance(value, Figure):
        yield from (value.caption, value.alt, _drawn(value))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NO_WORDS:
                yield from _words(getattr(value, field.name))


def _drawn(figure: Figure) -> str:
    """The words in a picture, as far as they can be read."""
    return unescape(_TAG.sub(" ", figure.svg.decode("utf-8", "replace")))


class _Work:
    """Goes through a report once and counts what it cannot do."""

    def __init__(self, replacer: "Replacer") -> None:
        self._replacer = replacer
        self.left = 0
        self.pictures = 0

    def on(self, value: Any) -> Any:
        """The same value with pseudonyms."""
        if isinstance(value, str):
            done = self._replacer(value)
            self.left += done.left
            return done.text
        if isinstance(value, tuple):
            return tuple(self.on(one) for one in value)
        if isinstance(value, Figure):
            return self._figure(value)
        if isinstance(value, Line):
            return self._line(value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        return self._fields(value, self.on)

    def _fields(self, value: Any, change: Callable[[Any], Any]) -> Any:
        new = {
            field.name: change(old)
            for field in fields(value)
            if field.name not in _NO_WORDS and isinstance(old := getattr(value, field.name), str | tuple)
        }
        changed = {name: one for name, one in new.items() if one != getattr(value, name)}
        if changed and isinstance(value, Transcript):
            changed["record"] = ""  # the way back would look for the words that are no more
        return replace(value, **changed) if changed else value

    def _figure(self, figure: Figure) -> Any:
        if not self._replacer("\n".join((figure.caption, figure.alt, _drawn(figure)))).places:
            return figure
        self.pictures += 1
        words = _("A picture is left out here: names stand in it ({caption}).")
        return note(words.format(caption=self._replacer(figure.caption).text))

    def _line(self, line: Line) -> Line:
        done = self._replacer(line.text)
        self.left += done.left
        if not done.places:
            return replace(line, label=self.on(line.label), instead=self.on(line.instead))
        return replace(
            line,
            label=self.on(line.label),
            instead=self.on(line.instead),
            text=done.text,
            spans=tuple(
                replace(one, start=done.moved(one.start), stop=done.moved(one.stop)) for one in line.spans
            ),
            numbers=tuple((done.moved(place), number) for place, number in line.numbers),
        )

    def told(self) -> tuple[str, ...]:
        """What was left, for who makes the report."""
        lines = []
        if self.left:
            words = ngettext(
                "{n} word was left that may be a name or something else.",
                "{n} words were left that may be names or something else.",
                self.left,
            )
            lines.append(words.format(n=self.left))
        if self.pictures:
            words = ngettext(
                "{n} picture is left out: names stand in it.",
                "{n} pictures are left out: names stand in them.",
                self.pictures,
            )
            lines.append(words.format(n=self.pictures))
        return tuple(lines)
