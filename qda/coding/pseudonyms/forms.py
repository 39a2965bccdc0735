"""All forms in which a name occurs, and what each becomes.

A form is found in the texts, not made up: every word in which the name is contained, with the titles before
it. Known endings (genitive, plural, adjectives of places) are carried over to the replacement; what is only
contained in a longer word is offered, and not sure.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from qda.coding.pseudonyms.entries import Entry, Form
from qda.coding.pseudonyms.words import ambiguous, gender, place_words, titles

# A letter or digit; the underscore of file names parts words.
W: Final = r"[^\W_]"
BORDER_LEFT: Final = rf"(?<!{W})(?<!\ufffd)"
BORDER_RIGHT: Final = rf"(?!{W})"
_BLANK: Final = "[ \u00a0\u202f\t]"
_HYPHEN: Final = "[-\u2010\u2011]"
_SHORTEST_INSIDE: Final = 4  # letters of a name that is looked for inside longer words
_GENITIVE: Final = re.compile(r"e?n?s|es")
_APOSTROPHES: Final = "’'ʼ‘`´"
_ADJECTIVE: Final = re.compile(r"e?r(?:in(?:nen)?|n|s)?")
_SPELLINGS: Final = {
    "ä": "(?:ä|ae|a)", "ö": "(?:ö|oe|o)", "ü": "(?:ü|ue|u)", "ß": "(?:ß|ss)", "ı": "[ıi]", "i": "[iı]",
}  # fmt: skip
_SPELLED_OUT: Final = {"ae": "(?:ae|ä)", "oe": "(?:oe|ö)", "ue": "(?:ue|ü)", "ss": "(?:ss|ß)"}
_DATIVE: Final = {
    "eine": "einer", "ein": "einem", "einen": "einem", "die": "der", "der": "dem", "das": "dem", "den": "dem",
}  # fmt: skip
_ACCUSATIVE: Final = {"einer": "eine", "einem": "ein"}
_WITH_DATIVE: Final = ("in", "aus", "von", "bei", "zu", "nach", "seit", "mit")
_WITH_ACCUSATIVE: Final = ("durch", "um", "für", "über", "gegen", "ohne")


@dataclass(frozen=True, slots=True)
class _Core:
    """A part of a name that stands for it, as a pattern, and what it becomes."""

    pattern: str
    replacement: str
    letters: int
    sure: bool = True


def forms_of(entry: Entry, texts: Iterable[str]) -> tuple[Form, ...]:
    """All forms of the name in the texts, the longest first; those that the entry has keep their words."""
    known = {form.written: form for form in entry.forms}
    found: dict[str, Form] = {}
    look = Finder(entry)
    for text in texts:
        for match in look.matches(text):
            if match[0] not in found:
                found[match[0]] = _form(entry, match, look.cores)
    for written, form in known.items():
        found[written] = form
    if not found:
        found[entry.clear] = Form(entry.clear, entry.replacement)
    return tuple(sorted(found.values(), key=lambda f: (-len(f.written), f.written)))


def with_forms(entry: Entry, texts: Iterable[str]) -> Entry:
    """The entry with all forms that occur in the texts."""
    return replace(entry, forms=forms_of(entry, texts))


class Finder:
    """Finds every form of a name. Made once for many texts."""

    def __init__(self, entry: Entry) -> None:
        self.pattern, self.cores = _pattern(entry)
        # Looking for the bare name first is many times faster.
        self._bare = re.compile("|".join(core.pattern for core in self.cores), re.IGNORECASE)

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """The forms in a text, in order, not overlapping."""
        done = 0
        for hit in self._bare.finditer(text):
            if hit.start() < done:
                continue
            start = max(done, text.rfind("\n", 0, hit.start()) + 1)
            done = text.find("\n", hit.end())
            done = len(text) if done < 0 else done
            for match in self.pattern.finditer(text, start, done):
                if not _common(match, self.cores):
                    yield match


# -- taking a name apart ------------------------------------------------------------------------------------


def parted(name: str, kind: str) -> tuple[tuple[str, ...], str]:
    """Titles (or "district of") before a name, and the name without them."""
    before = _folded(titles() if kind == "person" else place_words() if kind == "place" else ())
    words, taken = name.split(), []
    while len(words) > 1 and words[0].casefold() in before:
        taken.append(words.pop(0))
    return tuple(taken), " ".join(words)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


def letters(words: str, *, declined: bool = False) -> str:
    """A pattern for the words in all their spellings: ü as ue, ß as ss, accents left off, any blank.

    ``declined``: the first of several words may have another ending.
    """
    text = unicodedata.normalize("NFC", words)
    parts = [part for part in re.split(r"(\s+|[-\u2010\u2011])", text) if part]
    done = []
    for number, part in enumerate(parts):
        if part.isspace():
            done.append(f"{_BLANK}+")
        elif part in "-\u2010\u2011":
            done.append(f"(?:{_HYPHEN}|{_BLANK})")
        elif declined and number == 0 and len(parts) > 1 and re.fullmatch(r".{2,}e[rnsm]?", part):
            done.append(f"{_spelled(re.sub('e[rnsm]?$', '', part))}e[rnsm]?")
        else:
            done.append(_spelled(part))
    return "".join(done)


def _spelled(word: str) -> str:
    done, at = [], 0
    while at < len(word):
        pair, letter = word[at : at + 2].casefold(), word[at]
        if pair in _SPELLED_OUT and letter.casefold() == pair[0]:
            done.append(_SPELLED_OUT[pair])
            at += 2
            continue
        done.append(_letter(letter))
        at += 1
    return "".join(done)


def _letter(letter: str) -> str:
    low = letter.lower()
    if low in _SPELLINGS:
        bare = unicodedata.normalize("NFD", low)
        composed = f"|{re.escape(bare)}" if bare != low else ""
        return f"(?:{_SPELLINGS[low]}{composed})"
    apart = unicodedata.normalize("NFD", low)
    if len(apart) > 1 and apart[0].isascii():
        return f"(?:{re.escape(low)}|{re.escape(apart)}|{apart[0]})"
    return re.escape(letter)


def _cores(entry: Entry) -> list[_Core]:
    _titles, name = parted(entry.clear, entry.kind)
    _given, wanted = parted(entry.replacement, entry.kind)
    whole = _Core(letters(name, declined=entry.kind != "person"), wanted, _count(name))
    if entry.kind == "person":
        return [whole, *_parts_of_person(name, wanted)]
    if entry.kind == "place":
        stem = re.sub(r"(?:en|e)$", "", name)
        if stem != name and len(stem) >= _SHORTEST_INSIDE:
            pattern = f"{letters(stem, declined=True)}(?=er(?:in(?:nen)?|n|s)?{BORDER_RIGHT})"
            return [whole, _Core(pattern, wanted, _count(stem))]
    return [whole]


def _count(name: str) -> int:
    return sum(letter.isalnum() for letter in name)


def _parts_of_person(name: str, wanted: str) -> list[_Core]:
    """First and last name alone, initials, the halves of a double name; never a "von" or "der" alone."""
    found: list[_Core] = []
    words = name.split()
    first_new, last_new = _first_and_last(wanted)
    first, last = words[0], words[-1]
    if len(words) > 1 and last[0].isupper():
        found.append(_Core(letters(last), last_new, _count(last)))
    if len(words) > 1 and first[0].isupper():
        short = f"{first_new[0]}. {last_new}" if first_new else wanted
        found.append(_Core(rf"{re.escape(first[0])}\.{_BLANK}?{letters(last)}", short, 5))
        found.append(_Core(letters(first), first_new or wanted, min(_count(first), 3)))
        letters_new = f"{first_new[0]}. {last_new[0]}." if first_new else wanted
        found.append(_Core(rf"{first[0]}\.{_BLANK}?{last[0]}\.", letters_new, 1, sure=False))
    halves = [half for half in re.split(_HYPHEN, last) if _count(half) >= _SHORTEST_INSIDE]
    if len(halves) > 1:
        found += [_Core(letters(half), last_new, 3) for half in halves]
    return found


def _first_and_last(wanted: str) -> tuple[str, str]:
    if wanted.startswith("[") or " " not in wanted:
        return "", wanted
    first, _blank, last = wanted.partition(" ")
    return first, last


def _pattern(entry: Entry) -> tuple[re.Pattern[str], list[_Core]]:
    cores = _cores(entry)
    titled = titles() if entry.kind == "person" else place_words() if entry.kind == "place" else ()
    address = "|".join(
        re.escape(t) + (f"{_BLANK}*" if t.endswith(".") else rf"(?:\.?{_BLANK}+)") for t in titled
    )
    before = f"(?P<title>(?:{BORDER_LEFT}(?:{address}))*)" if titled else "(?P<title>)"
    if entry.coarse and re.match(r"(?:ein|der|die|das)", entry.replacement):
        governed = "|".join((*_WITH_DATIVE, *_WITH_ACCUSATIVE))
        before = f"(?P<prep>(?:{BORDER_LEFT}(?:{governed}){_BLANK}+)?){before}"
    else:
        before = f"(?P<prep>){before}"
    alternatives = [_token(number, core) for number, core in enumerate(cores)]
    whole = f"{before}(?:{'|'.join(alternatives)}){BORDER_RIGHT}"
    return re.compile(whole, re.IGNORECASE), cores


def _token(number: int, core: _Core) -> str:
    around = f"(?:{W}+{_HYPHEN})*"
    behind = f"(?:{_HYPHEN}{W}+)*"
    genitive = f"(?:[{_APOSTROPHES}]s|s|ens|es)?"
    if core.letters >= _SHORTEST_INSIDE:
        inside = f"(?P<a{number}>{around}{W}*?)(?P<c{number}>{core.pattern})"
        return f"{BORDER_LEFT}{inside}(?P<z{number}>{W}*(?:[{_APOSTROPHES}]s)?{behind})"
    whole = f"(?P<a{number}>{around})(?P<c{number}>{core.pattern})(?P<z{number}>{genitive}{behind})"
    return f"{BORDER_LEFT}{whole}"


def _common(match: re.Match[str], cores: list[_Core]) -> bool:
    """True for an ordinary word in lower case ("weiß", "koch") without a form of address before it."""
    if match["title"]:
        return False
    number = next(n for n in range(len(cores)) if match[f"c{n}"] is not None)
    word = match[f"c{number}"]
    names = {word.casefold(), word.replace("ß", "ss")}
    return word.islower() and "-" not in match[0] and not names.isdisjoint(ambiguous())


# -- what a form becomes ------------------------------------------------------------------------------------


def _form(entry: Entry, match: re.Match[str], cores: list[_Core]) -> Form:
    number = next(n for n in range(len(cores)) if match[f"c{n}"] is not None)
    core, title = cores[number], match["title"]
    before, word, after = match[f"a{number}"], match[f"c{number}"], match[f"z{number}"]
    new, sure = _inflected(entry, core.replacement, before, word, after)
    had, _name = parted(entry.clear, entry.kind)
    wants, _new_name = parted(entry.replacement, entry.kind)
    described = entry.kind == "person" and (entry.coarse or core.replacement.startswith("["))
    address, fits = _address(title, had, wants, described=described)
    if entry.kind == "person" and not title and word.casefold() in ambiguous():
        sure = False
    if entry.clear[:1].isupper() and word[:1].islower() and not before:
        sure = False
    if match["prep"]:
        preposition, new = _governed(match["prep"], new)
        address = preposition + address
    return Form(match[0], f"{address}{new}", sure and core.sure and fits)


def _address(
    title: str, had: tuple[str, ...], wants: tuple[str, ...], *, described: bool
) -> tuple[str, bool]:
    """What stands before the replacement for the titles found, and whether they fit the name."""
    found = tuple(title.split())
    if not found:
        return "", True
    genders = {gender(found), gender(had)} - {""}
    if len(genders) > 1:
        return title, False
    if not had and not wants and described:
        # "Dr." before a description would tell more than it should; "Frau" may stay.
        return "".join(f"{word} " for word in found if gender((word,))), True
    if _folded(had) == _folded(wants):
        return title, True
    if not wants:
        return "", True
    declined = "Herrn" if "herrn" in _folded(found) else "Herr"
    return "".join(f"{declined if word == 'Herr' else word} " for word in wants), True


def _inflected(entry: Entry, new: str, before: str, word: str, after: str) -> tuple[str, bool]:
    """The replacement with the endings of what was written; False where it is only part of a word."""
    bracketed = new.startswith("[")
    ending, hyphen, rest = _split_ending(after)
    sure = True
    if not bracketed and not entry.coarse:
        new = _cased(_declined(entry, new, word), word)
    loose = before.rstrip("-\u2010\u2011") != "" and not before.endswith(("-", "\u2010", "\u2011"))
    if loose:
        sure = False
    elif ending[:1] in _APOSTROPHES and ending:
        new += ending
        ending = ""
    elif ending and _GENITIVE.fullmatch(ending.casefold()):
        new, ending = (_of(new), "") if entry.coarse else (_genitive(new, ending), "")
        sure = not entry.coarse
    elif ending and entry.kind == "place" and _ADJECTIVE.fullmatch(ending.casefold()):
        new, ending = (new, "") if bracketed or entry.coarse else (_adjective(new, ending), "")
        sure = not bracketed and not entry.coarse
    elif ending:
        sure = False
    return f"{before}{new}{ending}{hyphen}{rest}", sure


def _split_ending(after: str) -> tuple[str, str, str]:
    match = re.match(rf"((?:(?!{_HYPHEN}).)*)({_HYPHEN}?)(.*)", after, re.DOTALL)
    assert match is not None  # every part may be empty
    return match[1], match[2], match[3]


def _cased(new: str, word: str) -> str:
    if len(word) > 2 and word.isupper():
        return new.upper()
    return new.lower() if word.islower() else new


def _declined(entry: Entry, new: str, word: str) -> str:
    """The first of several words takes the ending that the name has here ("der Oberen Leine")."""
    old_first, new_first = word.split(maxsplit=1)[0], new.split(maxsplit=1)[0]
    _titles, name = parted(entry.clear, entry.kind)
    usual = name.split(maxsplit=1)[0]
    if entry.kind == "person" or old_first.casefold() == usual.casefold() or " " not in new:
        return new
    ending = re.search(r"e[rnsm]?$", old_first)
    if ending is None or not re.search(r"e[rnsm]?$", new_first):
        return new
    return re.sub(r"e[rnsm]?$", ending[0], new_first) + new[len(new_first) :]


def _genitive(new: str, ending: str) -> str:
    if new.endswith(("s", "ß", "x", "z", "S", "X", "Z")):
        return f"{new}{ending}" if ending.casefold() == "ens" else f"{new}’"
    return new + ("S" if new.isupper() and len(new) > 2 else "s")


def _adjective(new: str, ending: str) -> str:
    tail = ending[1:] if ending[:1].casefold() == "e" else ending
    if new.endswith("e"):
        return new + tail
    if new.endswith("ingen"):
        return f"{new.removesuffix('en')}e{tail}"
    return f"{new}e{tail}"


def _of(new: str) -> str:
    first, blank, rest = new.partition(" ")
    return f"von {_DATIVE.get(first, first)}{blank}{rest}"


def _governed(preposition: str, new: str) -> tuple[str, str]:
    """Preposition and description in the case it asks for ("nach Lindau": "in eine Stadt")."""
    word = preposition.strip().casefold()
    first, blank, rest = new.partition(" ")
    if word == "nach":
        return preposition.replace(preposition.strip(), "in" if preposition[0].islower() else "In"), (
            f"{_ACCUSATIVE.get(first, first)}{blank}{rest}"
        )
    if word in _WITH_DATIVE:
        return preposition, f"{_DATIVE.get(first, first)}{blank}{rest}"
    return preposition, f"{_ACCUSATIVE.get(first, first)}{blank}{rest}"
