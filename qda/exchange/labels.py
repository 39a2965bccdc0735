"""Speaker labels: what can be one, what a legend says of it, which role it has, what is a typing error."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.transcript import Role, SpeakerDraft
from qda.exchange.language import word_set

MAX_WORDS: Final = 4
_CODE: Final = re.compile(
    r"(?:[A-ZÄÖÜ]{1,4}\.?[ _-]?\d{0,3}[a-z]?|[IB][a-z]\d{0,2}"
    r"|(?:speaker|sprecher(?:in)?|person|participant|respondent|interviewer(?:in)?|befragte[r]?|moderator(?:in)?"
    r"|interviewee|teilnehmer(?:in)?|proband(?:in)?|sp|spk|id|tn|ip)[ _-]?(?:\d{1,3}|[a-z])?)",
)
_CODE_ANY_CASE: Final = re.compile(_CODE.pattern, re.IGNORECASE)
_SHOUTED_WORD: Final = re.compile(r"[A-ZÄÖÜ]{4}")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:prof|dr|mr|mrs|ms|mx|dipl|ing|med|phil|hr|fr|st|jr|sr|geb|abg|vors|präs|bgm|min|hon|sen|rep|gov"
    r"|gen|col|capt|lt|sgt|rev|mme|mlle|sra|srta|dra|dott|sig|int|mod|bef|resp|part|stud|sus|tn|sp)|\b\w)\.",
    re.IGNORECASE,
)
_SENTENCE_SIGN: Final = re.compile(r"[.,;!?…\"„“”«»=]|\s[-–]\s")
_SUFFIX: Final = re.compile(r"\s*\([^()]{1,30}\)$")
_GENDERED: Final = re.compile(r"[*:_](?:innen|in|r|n|INNEN|IN|R|N)(?= ?\d*$)")
_NUMBERED_PART: Final = re.compile(
    r"(?:frage|question|teil|part|kapitel|chapter|abschnitt|section|nr|no|thema|topic|punkt|item|step|schritt|abs"
    r"|absatz|zeile|line|seite|page|abb|tab|block|aufgabe|version|phase|figure|table)\.?\s*\d+\w?",
    re.IGNORECASE,
)
_TURNED_NAME: Final = re.compile(
    r"[A-ZÄÖÜ][^\W\d_]*(?:['’-][^\W\d_]+)*, [A-ZÄÖÜ][\w'’.-]+(?: [A-ZÄÖÜ][\w'’.-]+)?"
)
_WITH_PLACE: Final = re.compile(
    r"(?:[A-ZÄÖÜ][\w'’.-]* ){1,3}[A-ZÄÖÜ][\w'’.-]+, [A-ZÄÖÜ][\w'’.&-]*(?: [A-ZÄÖÜ][\w-]*){0,3}"
)
_NEVER_CODES: Final = frozenset(
    ("OK", "PS", "JA", "NEIN", "NO", "YES", "TOP", "DEF", "VGL", "HIER", "DORT", "HEUTE")
)
_SMALL_WORDS: Final = word_set("von van der de di da la le del zu zur und and & of the al el bin für")
# Keys of headers and turns of phrase before a colon: no speakers, however often they come.
HEADER_KEYS: Final = word_set(
    """
    datum date dauer duration länge length ort place location zeit time uhrzeit beginn ende start end thema
    topic titel title autor author projekt project interviewpartner interviewpartnerin gesprächspartner
    gesprächspartnerin aufnahme recording datei file dateiname filename transkription transcription
    transkript transcript transkribiert transkribiert_von transcribed_by transcript_by regeln rules sprache
    language anmerkung anmerkungen bemerkung bemerkungen hinweis hinweise notiz notizen note notes kommentar
    comment quelle source alter age geschlecht gender beruf profession occupation codename pseudonym code
    tags speakers speaker_names participants teilnehmer anwesend media url link version status type typ
    acronym publisher history legende legend zeichen interviewnummer interview_nr nummer number
    kontext context setting atmosphäre postskript postscript photos fotos bild image abstract
    zusammenfassung summary keywords schlagwörter inhalt contents layout parent date_of_interview
    interviewdatum interviewdauer interviewort zeitpunkt from to subject sent cc bcc von an betreff gesendet
    zuständig verantwortlich frist deadline termin responsible ankerbeispiel anker anchor kodierregel
    abgrenzung regel rule
    """
)
_PHRASES: Final = word_set(
    """
    zum_beispiel z.b also ja nein und oder aber so dann doch genau okay ok mhm hm ähm well yes no yeah right
    like and but for_example e.g i.e d.h das_heißt that_is http https ftp mailto wichtig erstens zweitens
    drittens first second third fazit ps vgl siehe see cf ergebnis example beispiel examples beispiele gut
    klar sure fine super perfekt todo warning methodology usage installation license overview features
    um ab bis seit gegen so er es sie wir ihr du ich man da na ne tja nun ach oh ah eh at by he she it
    they we you there here this that now today hier heute gestern damals später früher dort nur eben halt
    viertens fünftens sechstens fourth fifth finally schließlich zuletzt außerdem weiter next meanwhile montag
    dienstag mittwoch donnerstag freitag samstag sonntag monday tuesday wednesday thursday friday saturday
    sunday pro contra kontra vorteil vorteile nachteil nachteile advantages disadvantages punkt these
    argument problem lösung solution grund gründe reason ziel ziele goal idee idea eindruck reflexion
    beobachtung nachfrage beschluss top begründung def definition motto titelzeile ende_der_aufnahme
    end_of_recording
    """
)
_GESTURES: Final = re.compile(
    r"(?:lach\w*|laugh\w*|pause\w*|unv\w*|unclear|inaudible|crosstalk|unverst\w*|schweig\w*|seufz\w*|räusper\w*|husten?|"
    r"stille|silence|musik|music|sic|applau\w*|atmet.*|überlegt|störung|anm\w*|name|ort|stadt)",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"interview(?!ee|t|p)|interwiever|moderat|forsch|research|\bhost\b|facilitat|frage|question",
    re.IGNORECASE,
)
_ANSWERS: Final = re.compile(
    r"interviewee|interviewt|interviewp|befragt|respond|particip|teilnehm|proband|erzähl|(?<!ver)antwort|answer|informant|guest"
    r"|gast\b|expert",
    re.IGNORECASE,
)
_ASKS_ALONE: Final = re.compile(r"I|IV|INT|Int|I\d|Q|MOD|Mod")
_LEFT_OUT: Final = re.compile(
    r"break|werbung|jingle|musik|music|ad|sponsor|pause|unterbrechung|announcer", re.IGNORECASE
)
_KEY: Final = r"(?:[A-ZÄÖÜ]\w{0,3}\d{0,2}|[A-ZÄÖÜ][\w.-]+(?: \d+| [A-ZÄÖÜ][\w.-]+)?)"
_PAIR: Final = re.compile(rf"\s*({_KEY})\s*(=|:|\s[–-]\s)\s*([^,;=:()]{{2,70}}?)\s*(?:[,;/]|$)")
_BULLET: Final = re.compile(r"^\s*(?:[-*•–]\s+)?")
_BULLETED: Final = re.compile(r"\s*[-*•–]\s+\**([A-ZÄÖÜ]{1,3}\d{0,2})\**\s*[:=]\**\s*([^.!?]{2,70}?)\s*")
_ROLE_WORD: Final = re.compile(
    r"interview|interwiever|befragt|moderat|respond|particip|teilnehm|proband|student|person\b|sprecher|speaker"
    r"|erzähl|forsch|research|informant|expert|gast\b|guest",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """``I: Interviewer``: a label and what it stands for."""

    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A rare label that is one stroke away from a frequent one: perhaps a typing error."""

    label: str
    count: int
    like: str


def is_code(label: str) -> bool:
    """True for I, B, S1, IP2, Speaker 3, Interviewer: what only a label looks like."""
    if _SHOUTED_WORD.fullmatch(label):
        return False
    return _CODE.fullmatch(label) is not None or (
        len(label) > 4 and _CODE_ANY_CASE.fullmatch(label) is not None
    )


def plausible(label: str, *, set_apart: bool = False) -> bool:
    """True where ``label`` can name a speaker: few words, no sentence, no key of a header.

    ``set_apart`` by bold, by a time or by a line of its own, it can be a name turned round (Muster, Eva).
    """
    bare = _GENDERED.sub("", _SUFFIX.sub("", label))
    bare = bare.removesuffix("?") if len(bare) <= 4 else bare  # Sm?: a pupil whom nobody recognised
    if _WITH_PLACE.fullmatch(bare) or (set_apart and _TURNED_NAME.fullmatch(bare)):
        return True
    if len(bare) > 1 and bare.isupper() and bare not in _NEVER_CODES and is_code(bare):
        return True
    words = bare.split()
    if not 1 <= len(words) <= MAX_WORDS or not bare[0].isalpha() or len(bare) > 40:
        return False
    if _SENTENCE_SIGN.search(_ABBREVIATION.sub("", bare)) or _NUMBERED_PART.fullmatch(bare):
        return False
    if bare[-1] == "." and bare[0].islower():  # a., b., iv.
        return False
    if "_".join(bare.lower().rstrip(".").split()) in _PHRASES or is_header_key(bare):
        return False
    return is_code(bare) or not any(_is_prose(word) for word in words[1:])


def tells_role(label: str) -> bool:
    """True where the label itself says who asks or who answers, or is a code: one alone may be enough."""
    return is_code(label) or _ASKS.search(label) is not None or _ANSWERS.search(label) is not None


def is_header_key(key: str) -> bool:
    """True for Date, Ort, Dauer …: what stands before the colon in headers."""
    return "_".join(key.lower().split()) in HEADER_KEYS


def is_gesture(label: str) -> bool:
    """True for what brackets usually hold in transcripts: laughs, pauses, gaps."""
    return _GESTURES.fullmatch(label) is not None


def legend_of(line: str) -> tuple[LegendEntry, ...]:
    """The entries of a legend line (``I: Interviewer, B: Befragte``), empty for other lines."""
    bare = _BULLET.sub("", line).strip()
    bulleted = bare != line.strip()
    bare = bare.strip("*_ ")
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    entries: list[tuple[str, str, str]] = []
    at = 0
    while at < len(bare):
        found = _PAIR.match(bare, at)
        if found is None or len(found[3].split()) > (3 if found[2] == ":" and not bulleted else 6):
            return ()
        entries.append((found[1], found[2], found[3]))
        at = found.end()
    if not entries or any(re.search(r"[.!?…]$", name) and len(name.split()) > 1 for _k, _s, name in entries):
        return ()
    named = any(_ROLE_WORD.search(name) for _key, _sign, name in entries)
    explained = len(entries) > 1 or entries[0][1] == "="
    if not named and not (explained and all(len(key) <= 4 for key, _sign, _name in entries)):
        return ()
    if any(is_header_key(key) for key, _sign, _name in entries):
        return ()
    return tuple(LegendEntry(key, name) for key, _sign, name in entries)


def bulleted_entry(line: str) -> LegendEntry | None:
    """``- A: the assistant``: an entry of a list, which is a legend only beside others that name a role."""
    found = _BULLETED.fullmatch(line)
    return LegendEntry(found[1], found[2]) if found and len(found[2].split()) <= 6 else None


def speakers(spoken: Mapping[str, Sequence[str]], legend: Mapping[str, str]) -> tuple[SpeakerDraft, ...]:
    """The speakers in order of appearance, with a guess of their roles.

    ``spoken`` holds the words of each turn by label. A legend or the label itself tells who asks; where
    neither does, it is the one with by far the largest share of questions.
    """
    named = {label: _name_of(label, legend) for label in spoken}
    roles: dict[str, Role] = {}
    for label in spoken:
        if (role := _told(label, named[label])) is not None:
            roles[label] = role
    if "interviewer" not in roles.values():
        asks = _asker({label: words for label, words in spoken.items() if label not in roles})
        if asks is not None:
            roles[asks] = "interviewer"
    return tuple(SpeakerDraft(label, roles.get(label, "respondent"), named[label]) for label in spoken)


def similar_labels(counts: Mapping[str, int]) -> tuple[Similar, ...]:
    """Rare labels one stroke away from frequent ones; B1 and B2, I and B are different people."""
    found = []
    for label, count in counts.items():
        for like, often in counts.items():
            if count <= 2 and often >= 3 * count and likely_typo(label, like):
                found.append(Similar(label, count, like))
                break
    return tuple(found)


def likely_typo(label: str, like: str) -> bool:
    """True where ``label`` is ``like`` with one stroke wrong, left out, added or swapped."""
    if label == like or one_stroke(label, like) is False:
        return False
    if re.sub(r"\d+", "#", label) == re.sub(r"\d+", "#", like):
        return False  # B1 and B2
    if label.lower() == like.lower():
        return True
    if min(len(label), len(like)) >= 4:
        return True
    shorter, longer = sorted((label, like), key=len)
    if longer == 2 * shorter:  # BB for B: a key held too long
        return True
    if len(shorter) < len(longer):  # P for P1, B1 for B11 is none
        return longer.startswith(shorter) and shorter.isalpha() and longer[-1].isdigit()
    return {shorter, longer} in ({"I", "l"}, {"I", "1"}, {"O", "0"})


def one_stroke(a: str, b: str) -> bool:
    """True at an edit distance of exactly one, a swap of neighbours included."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        swapped = a[at + 1 : at + 2] + a[at : at + 1] + a[at + 2 :]
        return a[at + 1 :] == b[at + 1 :] or swapped == b[at:]
    short, long = sorted((a, b), key=len)
    return short[at:] == long[at + 1 :]


def named(label: str) -> bool:
    """True where every word is written as names are: Anna, Frau Holm, THE CHAIR."""
    return all(word[0].isupper() or word in _SMALL_WORDS for word in _SUFFIX.sub("", label).split())


def series(label: str) -> str:
    """What the labels of one series share: ``B#`` for B1 to B9."""
    return re.sub(r"\d+", "#", label)


def _is_prose(word: str) -> bool:
    return word[0].islower() and word not in _SMALL_WORDS and len(word) > 1


def _name_of(label: str, legend: Mapping[str, str]) -> str:
    if label in legend:
        return legend[label]
    stem = label.rstrip("0123456789 ")
    return legend.get(stem, "") if stem != label else ""


def _told(label: str, name: str) -> Role | None:
    for words in (name, label):
        if not words:
            continue
        if _LEFT_OUT.fullmatch(words):
            return "left_out"
        if _ANSWERS.search(words):
            return "respondent"
        if _ASKS.search(words):
            return "interviewer"
        if words is name:
            return "respondent"
    return "interviewer" if _ASKS_ALONE.fullmatch(label) else None


def _asker(spoken: Mapping[str, Sequence[str]]) -> str | None:
    shares: dict[str, float] = {}
    for label, words in spoken.items():
        asked = sum(1 for turn in words if "?" in turn)
        if len(words) >= 2:
            shares[label] = asked / len(words)
    ranked = sorted(shares, key=lambda label: shares[label], reverse=True)
    if not ranked or shares[ranked[0]] < 0.2:
        return None
    if len(ranked) > 1 and shares[ranked[0]] < 1.3 * shares[ranked[1]]:
        return None
    return ranked[0]
