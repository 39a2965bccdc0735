"""The rules that guess names: by titles, first names, places, institutions, labels, repeated capitals."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from qda.coding.pseudonyms.entries import NameKind
from qda.coding.pseudonyms.evidence import Usage, is_noun, spoken_languages
from qda.coding.pseudonyms.readings import Reading
from qda.coding.pseudonyms.words import Words, words
from qda.i18n import N_

_CAP: Final = r"[^\W\d_a-zäöüß](?:[^\W\d_]|[-’'](?=[^\W\d_]))+"
_BLANK: Final = "[ \u00a0]+"
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>()\"“”„]+", re.IGNORECASE)
_PHONE: Final = re.compile(
    r"(?<![\d.,:#\-/])(?:\+\d{1,3}[ /-]?|0)\d{2,5}[ /-]\d{3,}(?:[ -]?\d{2,})*(?![\d.,:])"
)
_NUMERIC_DATE: Final = re.compile(
    r"(?<![\d.])(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d.])"
)
_QUOTED: Final = '[„“"‚»«]([^„“”"\n‚‘»«]{3,50})[“”"‘«»]'
_INITIALS: Final = re.compile(r"[A-ZÄÖÜ]{2,3}|(?:[A-ZÄÖÜ]\. ?){2}")

TITLE: Final = N_("after a form of address or a title")
OFFICE: Final = N_("after an office")
FIRST: Final = N_("a first name")
LABEL: Final = N_("a speaker's label")
HEADER: Final = N_("in the header")
PLACE: Final = N_("after a word for a place")
ENDING: Final = N_("ends like a place")
WHERE: Final = N_("after a preposition of place, never with an article")
STREET: Final = N_("a street or square")
INSTITUTION: Final = N_("an institution")
ACRONYM: Final = N_("an abbreviation in capitals")
OFFICE_PLACE: Final = N_("an office with its place")
PROJECT: Final = N_("a name in quotation marks")
DATE: Final = N_("a date")
CONTACT: Final = N_("an address or a number")
CAPITALS: Final = N_("a capital in mid-sentence, never with an article")


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess: the bare name, its kind, how likely (0–1), why (English, to be translated)."""

    name: str
    kind: NameKind
    weight: float
    reason: str


def guesses(texts: Sequence[Reading], found: Usage) -> list[Guess]:
    """All guesses over the texts; one name may be guessed several times."""
    listed: list[Guess] = []
    for reading in texts:
        lists = words(reading.language)
        body = reading.text
        for rule in (_titled, _officials, _first_names, _places, _streets, _institutions, _projects):
            listed += rule(body, found, lists)
        listed += _dates_and_contacts(body, lists)
        listed += _labelled(reading, lists)
    for language in spoken_languages(texts)[:1]:
        listed += _capitals(texts, found, words(language))
    return listed


# -- persons ------------------------------------------------------------------------------------------------


def _either(listed: Iterable[str]) -> str:
    return "|".join(
        re.escape(word) + ("" if word.endswith(".") else r"\b")
        for word in sorted(listed, key=len, reverse=True)
    )


@cache
def _title_pattern(listed: tuple[str, ...], particles: tuple[str, ...]) -> re.Pattern[str]:
    titles = f"(?:{_either(listed)})"
    particle = f"(?:(?:{_either(particles)}){_BLANK})*"
    return re.compile(
        rf"(?<![\w-])(?i:{titles})(?:{_BLANK}?(?i:{titles}))*{_BLANK}?({particle}{_CAP}(?:{_BLANK}{particle}{_CAP})?)"
    )


def _name_of(written: str, found: Usage, lists: Words) -> str:
    """The name at the beginning of the capitalised words, or nothing."""
    parts = re.sub("['’]s$", "", written).split()
    first = next((part for part in parts if part[0].isupper()), "")
    if not first or first in lists.no_names or first.casefold() in lists.nouns:
        return ""
    if len(parts) > 1 and parts[-1] != first and not _second_name(first, parts[-1], found, lists):
        parts = parts[: parts.index(first) + 1]
    return " ".join(parts)


def _second_name(first: str, second: str, found: Usage, lists: Words) -> bool:
    """Whether a capitalised word after a name is part of it ("Anna Müller") or a noun ("Menssings Büro")."""
    if first in found.capital and found.base(first) != first:
        return False
    return first in lists.first_names and not is_noun(second, found, lists)


def _titled(text: str, found: Usage, lists: Words) -> Iterator[Guess]:
    for match in _title_pattern(lists.titles, lists.particles).finditer(text):
        name = _name_of(match[1], found, lists)
        bare = name.split()[-1] if name else ""
        if not name or bare.casefold() in {t.casefold() for t in (*lists.titles, *lists.offices)}:
            continue
        if name[0].islower() and is_noun(bare, found, lists):
            continue
        common = is_noun(bare, found, lists, used=False) and bare.casefold() not in lists.ambiguous
        yield Guess(name, "person", 0.35 if common else 1.0, TITLE)


@cache
def _office_pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_either(listed)}){_BLANK}({_CAP})(?!\w)")


def _officials(text: str, found: Usage, lists: Words) -> Iterator[Guess]:
    if not lists.offices:
        return
    offices = set(lists.offices)
    for match in _office_pattern(lists.offices).finditer(text):
        name = match[1]
        if name in offices or name in lists.titles or is_noun(name, found, lists):
            continue
        yield Guess(name, "person", 0.75, OFFICE)


def _first_names(text: str, found: Usage, lists: Words) -> Iterator[Guess]:
    for match in re.finditer(rf"(?<![\w-])({_CAP})(?:{_BLANK}({_CAP}))?", text):
        first, second = match[1], match[2]
        base = first if first in lists.first_names else first.removesuffix("s")
        if base not in lists.first_names:
            continue
        if first.casefold() in lists.ambiguous and (second is None or is_noun(second, found, lists)):
            continue
        if found.of(first).determined > found.of(first).middle // 2 and second is None:
            continue
        if second is None or is_noun(second, found, lists) or first != base:
            yield Guess(base, "person", 0.7, FIRST)
        else:
            yield Guess(f"{first} {second}", "person", 0.85, FIRST)


def _labelled(reading: Reading, lists: Words) -> Iterator[Guess]:
    for label in reading.labels:
        name = label.strip().rstrip(":").strip()
        if _looks_named(name, lists):
            yield Guess(name, "person", 0.9, LABEL)
    for key, value in reading.header:
        yield from _from_header(key.strip().rstrip(":").casefold(), value.strip(), lists)


def _looks_named(name: str, lists: Words) -> bool:
    bare = re.sub(r"[\d\s_.:()\-]+$", "", name)
    if len(bare) < 3 or not re.fullmatch(rf"{_CAP}(?:{_BLANK}\w\.?)?(?:{_BLANK}{_CAP}){{0,2}}", bare):
        return False
    return not any(part.casefold() in lists.labels for part in bare.split()) and not bare.isupper()


def _from_header(key: str, value: str, lists: Words) -> Iterator[Guess]:
    first = re.split(r"\s*[,;(/]\s*", value)[0].strip()
    if not first or len(first) > 60:
        return
    if key in lists.header_people:
        if _INITIALS.fullmatch(first):
            yield Guess(first, "person", 0.6, HEADER)
        elif _looks_named(first, lists):
            yield Guess(first, "person", 0.95, HEADER)
    elif key in lists.header_places and re.match(_CAP, first) and first.casefold() not in lists.nouns:
        yield Guess(first, "place", 0.95, HEADER)
    elif key in lists.header_institutions and re.match(_CAP, first):
        yield Guess(first, "institution", 0.6, HEADER)


# -- places -------------------------------------------------------------------------------------------------


@cache
def _place_pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({_either(listed)}){_BLANK}({_CAP}(?:{_BLANK}{_CAP})?)(?!\w)")


def _place_name(written: str, found: Usage, lists: Words) -> str:
    """ "Untere Ahlen" of two capitals where the first is an adjective; else the first, if it is no noun."""
    parts = written.split()
    if len(parts) > 1 and re.fullmatch(r".{2,}e[rn]?", parts[0]) and not is_noun(parts[1], found, lists):
        return " ".join(parts)
    return "" if is_noun(parts[0], found, lists) else parts[0]


def _places(text: str, found: Usage, lists: Words) -> Iterator[Guess]:
    if lists.place_words:
        for match in _place_pattern(lists.place_words).finditer(text):
            name = _place_name(match[2], found, lists)
            if name and name not in lists.titles:
                saint = match[1].startswith(("S", "Bad")) and match[1] in ("Sankt", "St.", "Bad")
                yield Guess(f"{match[1]} {name}" if saint else name, "place", 0.85, PLACE)
    if lists.place_offices:
        for match in _place_pattern(lists.place_offices).finditer(text):
            name = _place_name(match[2], found, lists)
            if name and found.of(name.split()[-1]).placed:
                yield Guess(name, "place", 0.7, OFFICE_PLACE)


@cache
def _street_pattern(streets: tuple[str, ...], ways: tuple[str, ...]) -> re.Pattern[str]:
    ends, numbered = "|".join(map(re.escape, streets)), "|".join(map(re.escape, ways))
    if streets and streets[0][0].isupper():  # English: the word stands for itself
        return re.compile(rf"(?<![\w-])((?:{_CAP}{_BLANK}){{1,2}}(?:{ends}))\b")
    name = rf"(?:{_CAP}[ -])?[^\W\d_a-zäöüß][\w-]*"
    return re.compile(
        rf"(?<![\w-])({name}(?:{ends})|(?:{_CAP}[ -])?(?:S(?:traße|trasse|tr\.)|Allee|Gasse)(?={_BLANK}\d)"
        rf"|[^\W\d_a-zäöüß][\w-]*(?:{numbered})(?={_BLANK}\d))(?!\w)",
        0,
    )


def _streets(text: str, found: Usage, lists: Words) -> Iterator[Guess]:
    for match in _street_pattern(lists.streets, lists.ways).finditer(text):
        name = match[1]
        first, _blank, rest = name.partition(" ")
        if rest and (first.casefold() in lists.place_before or is_noun(first, found, lists)):
            name = rest
        if name.split()[-1].casefold() in lists.no_streets or name in lists.streets:
            continue
        yield Guess(name, "place", 0.8, STREET)


# -- institutions, projects ---------------------------------------------------------------------------------


@cache
def _institution_pattern(legal: tuple[str, ...], more: tuple[str, ...]) -> re.Pattern[str]:
    company = rf"(?:{_CAP}[ -]){{1,3}}(?:{'|'.join(map(re.escape, legal))})(?!\w)"
    return re.compile(rf"(?<![\w-])(?:{'|'.join((company, *more))})")


def _institutions(text: str, found: Usage, lists: Words) -> Iterator[Guess]:
    for match in _institution_pattern(lists.legal, lists.institution_patterns).finditer(text):
        name = match[0].strip()
        while " " in name and name.split(maxsplit=1)[0].casefold() in lists.articles:
            name = name.partition(" ")[2]
        first, last = name.split()[0], name.split()[-1]
        if " " in name and last[0].isupper() and first in ("Uni", "Universität", "Hochschule", "Klinikum"):
            if is_noun(last, found, lists):
                continue
        elif "-" in name and " " not in name:
            ahead = name.rsplit("-", 1)[0]
            if is_noun(ahead.split("-")[0], found, lists) or len(ahead) < 4:
                continue
        yield Guess(name, "institution", 0.75, INSTITUTION)
    for match in re.finditer(rf"(?<![\w-])(?:{_either(lists.known_institutions) or '(?!)'})", text):
        yield Guess(match[0], "institution", 0.4, INSTITUTION)


@cache
def _project_pattern(ahead: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)[\w-]*(?i:{_either(ahead)}):?{_BLANK}{_QUOTED}")


def _projects(text: str, _found: Usage, lists: Words) -> Iterator[Guess]:
    for match in _project_pattern(lists.projects).finditer(text):
        name = match[1].strip(" .,!?")
        if name and name[0].isupper() and len(name.split()) <= 5:
            yield Guess(name, "project", 0.8, PROJECT)


def _dates_and_contacts(text: str, lists: Words) -> Iterator[Guess]:
    months = "|".join(lists.months)
    for pattern in (
        _NUMERIC_DATE,
        re.compile(rf"\b\d{{1,2}}\.? (?:{months})(?: \d{{4}})\b|\b(?:{months}) \d{{1,2}},? \d{{4}}\b"),
    ):
        for match in pattern.finditer(text):
            yield Guess(match[0], "date", 0.45, DATE)
    for pattern in (_MAIL, _URL, _PHONE):
        for match in pattern.finditer(text):
            yield Guess(match[0].rstrip(".,;:!?"), "other", 0.95, CONTACT)


# -- capitals -----------------------------------------------------------------------------------------------


def _capitals(texts: Sequence[Reading], found: Usage, lists: Words) -> Iterator[Guess]:
    german = bool(lists.noun_ends)
    for word, use in found.capital.items():
        if len(word) < 3 or is_noun(word, found, lists) or word in lists.titles or word in lists.offices:
            continue
        if word.casefold() in lists.ambiguous:
            continue
        yield from _as_place(word, use.placed, use.middle, use.determined, lists)
        if not german:
            if use.middle:
                yield Guess(word, "other", 0.32 + 0.04 * min(use.middle, 7), CAPITALS)
        elif use.middle >= 3 and not use.determined:
            weight = (
                0.2 + 0.1 * (len(use.documents) > 1) + 0.15 * (use.genitive > 0) + 0.02 * min(use.middle, 5)
            )
            yield Guess(word, "other", weight, CAPITALS)
    if not german:
        yield from _runs(texts, found, lists)
    yield from _acronyms(texts, found, lists)


def _runs(texts: Sequence[Reading], found: Usage, lists: Words) -> Iterator[Guess]:
    """Two or three capitals together in mid-sentence ("San Francisco"), where German would have nouns."""
    counted: dict[str, int] = {}
    for reading in texts:
        for match in re.finditer(rf"(?<=[a-z,] )({_CAP}(?:{_BLANK}{_CAP}){{1,2}})(?![\w-])", reading.text):
            parts = re.sub("['’]s$", "", match[1]).split()
            if not any(is_noun(part, found, lists) or part in lists.titles for part in parts):
                name = " ".join(parts)
                counted[name] = counted.get(name, 0) + 1
    for name, count in counted.items():
        yield Guess(name, "other", min(0.5 + 0.04 * count, 0.75), CAPITALS)


def _as_place(word: str, placed: int, middle: int, determined: int, lists: Words) -> Iterator[Guess]:
    folded = word.casefold()
    if determined or folded in lists.no_places:
        return
    if word in lists.regions:
        yield Guess(word, "place", 0.3, WHERE)
        return
    end = any(folded.endswith(e) and len(folded) > len(e) + 1 for e in lists.place_ends)
    if end and not any(folded.endswith(no) for no in lists.no_places if len(no) > 5):
        yield Guess(word, "place", 0.75 if placed else 0.45, ENDING)
    elif placed and placed * 2 >= middle:
        # Plurals stand there too, without an article.
        plural = bool(lists.noun_ends) and folded.endswith(("e", "en", "n", "er", "s"))
        yield Guess(word, "place", min((0.2 if plural else 0.34) + 0.1 * (placed - 1), 0.7), WHERE)


def _acronyms(texts: Sequence[Reading], found: Usage, lists: Words) -> Iterator[Guess]:
    counted: dict[str, int] = {}
    for reading in texts:
        for match in re.finditer(r"(?<![\w-])[A-ZÄÖÜ]{2,6}(?![\w-])", reading.text):
            counted[match[0]] = counted.get(match[0], 0) + 1
    for word, count in counted.items():
        folded = word.casefold()
        stressed = folded in found.lower or word.capitalize() in found.capital
        if stressed or folded in lists.nouns or folded in lists.articles or folded in lists.labels:
            continue
        if count >= 2:
            yield Guess(word, "institution", 0.26 + 0.02 * min(count, 5), ACRONYM)
