"""What would be replaced, hit by hit, before anything is."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, select

from qda.coding.pseudonyms.entries import Entry, Form, NameKind
from qda.coding.pseudonyms.fields import PATHS, field_texts
from qda.coding.pseudonyms.forms import BORDER_LEFT, BORDER_RIGHT, with_forms
from qda.i18n import _
from qda.models import Project
from qda.models.material import Paragraph, Source

AROUND: Final = 90  # characters of context on each side
# The target of a reference in a story, and GUIDs anywhere, are no words.
_NO_WORDS: Final = re.compile(
    r"\]\((?:code|relation|case|segment):[^()\n]*\)|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a form stands. ``entry`` counts the entries that were asked for, from 0.

    ``start``–``stop`` are code points of the text at ``table``, ``guid``, ``field``, ``path``. ``source`` is
    the document, ``paragraph`` its number; both are empty elsewhere. ``before`` and ``after`` are context.
    """

    entry: int
    kind: NameKind
    table: str
    guid: str
    field: str
    path: tuple[int | str, ...]
    start: int
    stop: int
    written: str
    replacement: str
    before: str
    after: str
    place: str
    source: str = ""
    paragraph: str = ""
    accepted: bool = True


def complete(
    project: Project, entries: Iterable[Entry], sources: Collection[str] | None = None
) -> tuple[Entry, ...]:
    """The entries with every form that occurs in the project (or in these documents)."""
    texts = [text.text for text in _texts(project, sources)]
    return tuple(with_forms(entry, texts) for entry in entries)


def hits(
    project: Project, entries: Sequence[Entry], sources: Collection[str] | None = None
) -> tuple[Hit, ...]:
    """Every hit of the entries' forms, by place; they never overlap, the longest form goes first.

    An entry without forms gets all that occur. ``sources`` limits to these documents with their titles,
    headers and speakers; without it memos, codes, cases and all other texts are looked through too.
    """
    texts = list(_texts(project, sources))
    plain = [text.text for text in texts]
    ready = [entry if entry.forms else with_forms(entry, plain) for entry in entries]
    known = _Forms.of(ready)
    if not known.forms:
        return ()
    found: list[Hit] = []
    with project.read() as db:
        numbers = _Paragraphs(db)
        for text in texts:
            found += _hits_in(text, known, ready, numbers)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text with its pseudonyms: what was put where (places of the old text), how many are not sure."""

    text: str
    places: tuple[tuple[int, int, str], ...] = ()
    left: int = 0

    def moved(self, place: int) -> int:
        """Where a place of the old text is now; inside a name its nearer end."""
        shift = 0
        for start, stop, new in self.places:
            if place <= start:
                break
            if place < stop:
                return start + shift + (len(new) if place - start >= stop - place else 0)
            shift += len(new) - (stop - start)
        return place + shift


class Replacer:
    """Puts pseudonyms into texts that are stored nowhere; made for all texts at once.

    As in a study, what may be something else than the name is left, and counted.
    """

    def __init__(self, entries: Iterable[Entry], texts: Collection[str]) -> None:
        self._known = _Forms.of([with_forms(entry, texts) for entry in entries])

    def __call__(self, text: str) -> Replaced:
        """The text with the pseudonyms of all names that are surely names."""
        if not self._known.forms or not text:
            return Replaced(text)
        places, left, parts, at = [], 0, [], 0
        for match in self._known.pattern.finditer(text):
            _number, form = self._known.forms[match[0]]
            if not form.sure or match[0] in self._known.claimed:
                left += 1
                continue
            places.append((match.start(), match.end(), form.replacement))
            parts += [text[at : match.start()], form.replacement]
            at = match.end()
        return Replaced("".join((*parts, text[at:])), tuple(places), left)


@dataclass(frozen=True, slots=True)
class _Text:
    table: str
    guid: str
    field: str
    path: tuple[int | str, ...]
    text: str
    place: str


def _texts(project: Project, sources: Collection[str] | None) -> Iterator[_Text]:
    with project.read() as db:
        query = select(Source.guid, Source.title, Source.text).order_by(Source.position, Source.id)
        if sources is not None:
            query = query.where(Source.guid.in_(sources))
        for row in db.execute(query).all():
            yield _Text("source", row.guid, "text", (), row.text, row.title)
        for one in field_texts(db, sources=sources):
            yield _Text(one.table, one.guid, one.field, one.path, one.text, one.place)


@dataclass(frozen=True, slots=True)
class _Forms:
    """One pattern for all forms, the longest first; whose each is; those that several names claim."""

    pattern: re.Pattern[str]
    forms: dict[str, tuple[int, Form]]
    claimed: frozenset[str]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "_Forms":
        forms: dict[str, tuple[int, Form]] = {}
        claimed: set[str] = set()
        for number, entry in enumerate(entries):
            for form in entry.forms:
                known = forms.get(form.written)
                if known is not None and known[0] != number:
                    claimed.add(form.written)
                if form.written.strip() and (known is None or (form.sure and not known[1].sure)):
                    forms[form.written] = (number, form)
        longest = sorted(forms, key=lambda written: (-len(written), written))
        return cls(re.compile("|".join(map(bordered, longest))), forms, frozenset(claimed))


def bordered(written: str) -> str:
    """A pattern for a form as a word of its own."""
    left = BORDER_LEFT if written[0].isalnum() else ""
    right = BORDER_RIGHT if written[-1].isalnum() else ""
    return f"{left}{re.escape(written)}{right}"


def _hits_in(text: _Text, known: _Forms, entries: Sequence[Entry], numbers: "_Paragraphs") -> Iterator[Hit]:
    whole = text.text
    shut = [match.span() for match in _NO_WORDS.finditer(whole)] if text.field != "text" else []
    for match in known.pattern.finditer(whole):
        if any(start < match.end() and match.start() < stop for start, stop in shut):
            continue
        number, form = known.forms[match[0]]
        spoken = (text.table, text.field) == ("source", "text")
        paragraph = numbers.at(text.guid, match.start()) if spoken else ""
        before, after = _context(whole, match.start(), match.end())
        yield Hit(
            entry=number,
            kind=entries[number].kind,
            table=text.table,
            guid=text.guid,
            field=text.field,
            path=text.path,
            start=match.start(),
            stop=match.end(),
            written=match[0],
            replacement=form.replacement,
            before=before,
            after=after,
            place=_("{title}, para. {paragraph}").format(title=text.place, paragraph=paragraph)
            if spoken
            else text.place,
            source=text.guid if text.table == "source" else "",
            paragraph=paragraph,
            accepted=form.sure and match[0] not in known.claimed and (text.table, text.field) not in PATHS,
        )


def _context(whole: str, start: int, stop: int) -> tuple[str, str]:
    """The words around, of the same paragraph, cut at blanks."""
    line = whole.rfind("\n", 0, start) + 1
    end = whole.find("\n", stop)
    end = len(whole) if end < 0 else end
    before, after = whole[max(line, start - AROUND) : start], whole[stop : min(end, stop + AROUND)]
    if start - AROUND > line:
        before = f"… {before.partition(' ')[2]}"
    if stop + AROUND < end:
        after = f"{after.rpartition(' ')[0]} …"
    return before, after


class _Paragraphs:
    """Numbers of paragraphs by place, read once a document."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self.known: dict[str, tuple[list[int], list[str]]] = {}

    def at(self, source: str, place: int) -> str:
        if source not in self.known:
            rows = self.db.execute(
                select(Paragraph.start, Paragraph.number)
                .join(Source, Source.id == Paragraph.source_id)
                .where(Source.guid == source)
                .order_by(Paragraph.start)
            ).all()
            self.known[source] = ([row.start for row in rows], [row.number for row in rows])
        starts, numbers = self.known[source]
        at = bisect_right(starts, place) - 1
        return numbers[at] if 0 <= at < len(numbers) else ""


# -- what a person decides ----------------------------------------------------------------------------------


def accepted(hit: Hit, *, yes: bool = True, replacement: str | None = None) -> Hit:
    """The hit as a person decided: accepted or left, or replaced by other words."""
    return replace(hit, accepted=yes, replacement=hit.replacement if replacement is None else replacement)


def kept_entries(entries: Sequence[Entry], found: Iterable[Hit]) -> tuple[Entry, ...]:
    """The entries for the key: the forms that were replaced at least once, as they were replaced.

    A form that was left standing somewhere is not sure: a purge does not touch it unasked.
    """
    taken: dict[tuple[int, str], list[Hit]] = {}
    for hit in found:
        taken.setdefault((hit.entry, hit.written), []).append(hit)
    done = []
    for number, entry in enumerate(entries):
        forms = []
        for (owner, written), group in taken.items():
            yes = [hit for hit in group if hit.accepted]
            if owner == number and yes:
                forms.append(Form(written, yes[0].replacement, sure=len(yes) == len(group)))
        if forms:
            done.append(
                replace(entry, forms=tuple(sorted(forms, key=lambda f: (-len(f.written), f.written))))
            )
    return tuple(done)
