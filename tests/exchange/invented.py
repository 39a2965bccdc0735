"""Invented transcripts in many conventions, German and English.

``TEXTS`` and ``WORD`` hold (name, text or paragraphs, turns as (label, first words)). The conventions are
those of schools of transcription and of transcription services.
"""

import re
from collections.abc import Callable, Sequence

from qda.coding.transcript import TranscriptDraft, turns
from qda.exchange.raw import RawParagraph
from tests.exchange.invented_talk import (
    ENGLISH,
    GERMAN,
    GROUP,
    HEAD_DE,
    HEAD_EN,
    HEAD_PODCAST,
    LEGEND_DE,
    SHORT,
    Turn,
)

Form = Callable[[Turn, str], str]


def _lines(
    turns: Sequence[Turn], labels: Sequence[str], form: Form, *, gap: str = "\n", inner: str = "\n"
) -> str:
    """``form`` writes label and first paragraph, further paragraphs follow plain."""
    return gap.join(inner.join((form(t, labels[t.who]), *t.said[1:])) for t in turns) + "\n"


def _truth(turns: Sequence[Turn], labels: Sequence[str]) -> list[tuple[str, str]]:
    return [(labels[t.who], t.said[0]) for t in turns]


def _text(
    name: str,
    turns: Sequence[Turn],
    labels: str,
    form: Form,
    *,
    gap: str = "\n",
    inner: str = "\n",
    head: str = "",
    foot: str = "",
) -> tuple[str, str, list[tuple[str, str]]]:
    people = labels.split("|")
    body = _lines(turns, people, form, gap=gap, inner=inner)
    return name, f"{head}\n{body}{foot}" if head else body + foot, _truth(turns, people)


TEXTS = [
    _text(
        "f4, time at the end of the label's line",
        GERMAN,
        "I|B",
        lambda t, w: f"{w}: {t.said[0]} #{t.clock()}-5#",
    ),
    _text(
        "f4x with S1 and blank lines",
        GERMAN,
        "S1|S2",
        lambda t, w: f"{w}: {t.said[0]} #{t.clock()}-3#",
        gap="\n\n",
        head=HEAD_DE,
    ),
    _text(
        "Dresing and Pehl with a head and a legend",
        GERMAN,
        "I|B",
        lambda t, w: f"{w}: {t.said[0]}",
        gap="\n\n",
        head=HEAD_DE + LEGEND_DE,
    ),
    _text("Kuckartz: I and B7", GERMAN, "I|B7", lambda t, w: f"{w}: {t.said[0]}", gap="\n\n", inner="\n\n"),
    _text("full words", GERMAN, "Interviewerin|Befragte", lambda t, w: f"{w}: {t.said[0]}", head=HEAD_DE),
    _text("full names", GERMAN, "Eva Muster|Frau Krause-Holm", lambda t, w: f"{w}: {t.said[0]}", gap="\n\n"),
    _text("titles in names", GERMAN, "Prof. Dr. A. Muster|Dr. Krause", lambda t, w: f"{w}: {t.said[0]}"),
    _text(
        "capitals",
        ENGLISH,
        "INTERVIEWER|PARTICIPANT 4",
        lambda t, w: f"{w}: {t.said[0]}",
        gap="\n\n",
        head=HEAD_EN,
    ),
    _text("capitals with names", ENGLISH, "JANE SAMPLE|MR. O'NEIL", lambda t, w: f"{w}: {t.said[0]}"),
    _text("Q and A", ENGLISH, "Q|A", lambda t, w: f"{w}: {t.said[0]}", gap="\n\n"),
    _text("Q. and A. of a court", ENGLISH, "Q.|A.", lambda t, w: f"{w}  {t.said[0]}", gap="\n"),
    _text("court with colon", ENGLISH, "THE COURT|MS. HALE", lambda t, w: f"    {w}:  {t.said[0]}"),
    _text(
        "oral history, initials",
        ENGLISH,
        "JS|RO",
        lambda t, w: f"{w}: {t.said[0]}",
        gap="\n\n",
        inner="\n\n",
        head=HEAD_EN,
    ),
    _text("initials with TAB", ENGLISH, "JS|RO", lambda t, w: f"{w}:\t{t.said[0]}"),
    _text(
        "Otter",
        ENGLISH,
        "Jane Sample|Speaker 2",
        lambda t, w: f"{w}  {t.clock('m')}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "Otter with unknown speakers",
        ENGLISH,
        "Unknown Speaker|Speaker 1",
        lambda t, w: f"{w}  {t.clock('s')}  \n{t.said[0]}",
        gap="\n\n",
    ),
    _text("Rev", ENGLISH, "Jane Sample|Rob", lambda t, w: f"{w} ({t.clock()}):\n{t.said[0]}", gap="\n\n"),
    _text(
        "Rev, minutes",
        ENGLISH,
        "Speaker 1|Speaker 2",
        lambda t, w: f"{w} ({t.clock('m')}):\n{t.said[0]}",
        gap="\n",
    ),
    _text("Trint", ENGLISH, "Jane Sample|Rob", lambda t, w: f"[{t.clock()}] {w}: {t.said[0]}", gap="\n\n"),
    _text(
        "Trint, own lines",
        ENGLISH,
        "Jane Sample|Rob",
        lambda t, w: f"{w} [{t.clock()}]\n{t.said[0]}",
        gap="\n\n",
    ),
    _text("Descript", ENGLISH, "Jane|Rob", lambda t, w: f"[{t.clock()}] {w}: {t.said[0]}"),
    _text(
        "Descript, bold", ENGLISH, "Jane|Rob", lambda t, w: f"**{w}:** [{t.clock()}] {t.said[0]}", gap="\n\n"
    ),
    _text(
        "Teams copied",
        ENGLISH,
        "Sample, Jane|O'Neil, Rob",
        lambda t, w: f"{w}   {t.clock('m')}\n{t.said[0]}",
        gap="\n",
    ),
    _text(
        "Teams Word file",
        GERMAN,
        "Eva Muster|Holm, Anna (extern)",
        lambda t, w: f"{w}   {t.clock('s')}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "Zoom saved",
        ENGLISH,
        "Jane Sample|Rob O'Neil",
        lambda t, w: f"[{w}] {t.clock()}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "noScribe text",
        GERMAN,
        "S00|S01",
        lambda t, w: f"{w}: {t.said[0]}",
        gap="\n\n",
        head="Transkript aus noScribe\nModell: precise\n",
    ),
    _text("noScribe with times", GERMAN, "S00|S01", lambda t, w: f"{w}: [{t.clock()}] {t.said[0]}", gap="\n"),
    _text(
        "whisper with speakers",
        ENGLISH,
        "SPEAKER_00|SPEAKER_01",
        lambda t, w: f"[{t.clock()}.120 --> {t.clock()}.960] {w}: {t.said[0]}",
    ),
    _text(
        "time, label, on one line before the words",
        GERMAN,
        "Interviewer|B1",
        lambda t, w: f"{t.clock()} {w}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text("time in brackets before the label", GERMAN, "I|B", lambda t, w: f"[{t.clock()}] {w}: {t.said[0]}"),
    _text("time in parentheses behind", GERMAN, "I|B", lambda t, w: f"{w}: {t.said[0]} ({t.clock()})"),
    _text(
        "Interviewer 1 (00:12):",
        GERMAN,
        "Interviewer 1|Befragte 1",
        lambda t, w: f"{w} ({t.clock('m')}): {t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "audiotranskription, label and TAB", GERMAN, "I|B", lambda t, w: f"{w}\t{t.said[0]}\t#{t.clock()}-0#"
    ),
    _text(
        "label on its own line",
        GERMAN,
        "Interviewerin:|Frau Holm:",
        lambda t, w: f"{w}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "label on its own line, no colon",
        GERMAN,
        "Interviewerin|Frau Holm",
        lambda t, w: f"{w}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "capitals on their own line", ENGLISH, "INTERVIEWER|ROB", lambda t, w: f"{w}\n{t.said[0]}", gap="\n\n"
    ),
    _text("in brackets", ENGLISH, "Jane|Rob", lambda t, w: f"[{w}] {t.said[0]}"),
    _text("in brackets with colon", GERMAN, "I|B1", lambda t, w: f"[{w}]: {t.said[0]}"),
    _text("in parentheses", GERMAN, "I|B", lambda t, w: f"({w}) {t.said[0]}"),
    _text("in angle brackets", GERMAN, "I|B", lambda t, w: f"<{w}> {t.said[0]}"),
    _text("bold in Markdown", GERMAN, "Interviewer|Anna", lambda t, w: f"**{w}:** {t.said[0]}", gap="\n\n"),
    _text(
        "bold in Markdown, own line",
        GERMAN,
        "Interviewer|Anna",
        lambda t, w: f"**{w}**\n{t.said[0]}",
        gap="\n\n",
    ),
    _text("italic in Markdown", GERMAN, "Interviewer|Anna", lambda t, w: f"*{w}:* {t.said[0]}", gap="\n\n"),
    _text("dash behind the label", GERMAN, "I|B", lambda t, w: f"{w} – {t.said[0]}"),
    _text("dash behind names", ENGLISH, "Jane|Rob", lambda t, w: f"{w} - {t.said[0]}", gap="\n\n"),
    _text("numbers in front", GERMAN, "I|B", lambda t, w: f"{GERMAN.index(t) + 1}. {w}: {t.said[0]}"),
    _text(
        "numbers and blanks in front",
        ENGLISH,
        "Q|A",
        lambda t, w: f"{ENGLISH.index(t) + 1} {w}: {t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "podcast with host and guest",
        ENGLISH,
        "HOST|GUEST",
        lambda t, w: f"{w}: {t.said[0]}",
        gap="\n\n",
        head=HEAD_PODCAST,
    ),
    _text(
        "podcast with names and time",
        ENGLISH,
        "Jane Sample|Rob O'Neil",
        lambda t, w: f"{w} {t.clock()}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "focus group, M and numbers",
        GROUP,
        "M|B1|B2|B3|B4|B5|B6|B7|B8",
        lambda t, w: f"{w}: {t.said[0]}",
        head=HEAD_DE,
    ),
    _text(
        "focus group, names",
        GROUP,
        "Moderatorin|Anna|Bernd|Clara|Dirk|Elif|Frank|Gül|Hanna",
        lambda t, w: f"{w}: {t.said[0]}",
    ),
    _text(
        "focus group, codes",
        GROUP,
        "Mod|Tn1w|Tn2m|Tn3w|Tn4w|Tn5m|Tn6m|Tn7w|Tn8m",
        lambda t, w: f"{w}: {t.said[0]}",
        gap="\n\n",
    ),
    _text("TiQ: Am, Bf", GROUP, "Y1|Am|Bf|Cm|Df|Em|Ff|Gm|Hf", lambda t, w: f"{w}: {t.said[0]}"),
    _text("TiQ with signs", SHORT, "Y1|Af", lambda t, w: f"{w}:\t└{t.said[0]} (.) @(.)@"),
    _text("HIAT-like short codes", SHORT, "INT|PAT", lambda t, w: f"{w} [v] {t.said[0]}"),
    _text("very short", SHORT, "I|B", lambda t, w: f"{w}: {t.said[0]}"),
    _text("parliament", ENGLISH, "The Chair|Mr. O'Neil", lambda t, w: f"{w}: {t.said[0]}", gap="\n\n"),
    _text(
        "parliament, German",
        GERMAN,
        "Vorsitzende Muster|Abg. Holm",
        lambda t, w: f"{w}: {t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "with parties",
        GERMAN,
        "Eva Muster (Partei A)|Anna Holm (Partei B)",
        lambda t, w: f"{w}: {t.said[0]}",
        gap="\n\n",
    ),
    _text("list", GERMAN, "I|B", lambda t, w: f"- {w}: {t.said[0]}"),
    _text("quote signs of Markdown", GERMAN, "I|B", lambda t, w: f"> {w}: {t.said[0]}"),
    _text("headings", ENGLISH, "Jane|Rob", lambda t, w: f"## {w}\n\n{t.said[0]}", gap="\n\n"),
    _text(
        "bilingual", GERMAN[:12] + ENGLISH[:8], "Interviewer|Señora Núñez", lambda t, w: f"{w}: {t.said[0]}"
    ),
    _text("French signs", ENGLISH, "Enquêteur|Mme Dupré", lambda t, w: f"{w} : {t.said[0]}", gap="\n\n"),
    _text("lower case labels", GERMAN, "i|b", lambda t, w: f"{w}: {t.said[0]}", gap="\n\n"),
    _text("blanks for columns", GERMAN, "I|B", lambda t, w: f"{w}    {t.said[0]}"),
    _text("label padded before colon", GERMAN, "Int|Krause", lambda t, w: f"{w:<8}: {t.said[0]}"),
    _text("no blank behind the colon", GERMAN, "I|B", lambda t, w: f"{w}:{t.said[0]}"),
    _text(
        "semicolon by mistake is none",
        GERMAN,
        "I|B",
        lambda t, w: f"{w}: {t.said[0]}",
        foot="Ende der Aufnahme\n",
    ),
    _text("numbers for people", GERMAN, "P1|P2", lambda t, w: f"{w}: {t.said[0]}"),
    _text("pseudonyms with umlauts", GERMAN, "Özlem|Jörg-Uwe", lambda t, w: f"{w}: {t.said[0]}"),
    _text("time in braces and label", GERMAN, "A|B", lambda t, w: f"{{{t.clock('m')}}} {w}: {t.said[0]}"),
    _text(
        "seconds in label line",
        ENGLISH,
        "Jane|Rob",
        lambda t, w: f"{w} | {t.clock('m')}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text("time above label", GERMAN, "I|B", lambda t, w: f"{t.clock()}\n{w}: {t.said[0]}", gap="\n"),
    _text(
        "range above label",
        ENGLISH,
        "Jane|Rob",
        lambda t, w: f"{t.clock()} - {t.clock()}\n{w}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "Sonix", ENGLISH, "Jane Sample|Speaker2", lambda t, w: f"{w}: [{t.clock()}] {t.said[0]}", gap="\n\n"
    ),
    _text(
        "Happy Scribe",
        ENGLISH,
        "Speaker 1|Speaker 2",
        lambda t, w: f"{w} [{t.clock()}]: {t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "Amberscript",
        GERMAN,
        "Sprecher 1|Sprecher 2",
        lambda t, w: f"[{t.clock()}] {w}\n{t.said[0]}",
        gap="\n\n",
    ),
    _text(
        "MAXQDA paragraphs numbered",
        GERMAN,
        "I|B",
        lambda t, w: f"{w}: {t.said[0]}",
        head="Text: Interview 7\nGewichtung: 0\nPosition: 1 - 24\nCode: A\n",
    ),
]


def _numbered(
    name: str,
    turns: Sequence[Turn],
    labels: str,
    row: Callable[[str, str], str],
    *,
    width: int = 2,
    every: int = 1,
):
    """GAT: lines of few words, numbered; ``row`` writes label and words."""
    people, out = labels.split("|"), []
    for turn in turns:
        label = people[turn.who]
        for said in turn.said:
            words = said.lower().rstrip(".?!").split()
            for at in range(0, len(words), 7):
                out.append(row(label, " ".join(words[at : at + 7])))
                label = ""
    lines = [
        f"{n:0{width}}   {line}" if n % every == 0 else f"{' ' * width}   {line}"
        for n, line in enumerate(out, 1)
    ]
    return (
        name,
        "\n".join(lines) + "\n",
        [(people[t.who], " ".join(t.said[0].lower().rstrip(".?!").split()[:7])) for t in turns],
    )


TEXTS += [
    _numbered("GAT 2 with colons", GERMAN, "A|B", lambda w, s: f"{w + ':' if w else '':<5}{s}"),
    _numbered("GAT 2 with S1", GERMAN, "S1|S2", lambda w, s: f"{w + ':' if w else '':<6}{s}", width=3),
    _numbered("GAT 2 without colons", GERMAN, "AM|BK", lambda w, s: f"{w:<5}{s}"),
    _numbered("GAT 2 by TAB", GERMAN, "A|B", lambda w, s: f"{w + ':' if w else ''}\t{s}", width=1),
    _numbered(
        "GAT 2, every fifth line", GERMAN, "A|B", lambda w, s: f"{w + ':' if w else '':<5}{s}", every=5
    ),
    _numbered("GAT 2, English", ENGLISH, "INT|RO", lambda w, s: f"{w + ':' if w else '':<6}{s}", width=4),
]


def _raw(
    name: str,
    turns: Sequence[Turn],
    labels: str,
    make: Callable[[Turn, str], list[RawParagraph]],
    head: Sequence[RawParagraph] = (),
):
    people = labels.split("|")
    paragraphs = [*head, *(p for t in turns for p in make(t, people[t.who]))]
    return name, tuple(paragraphs), _truth(turns, people)


def _rest(turn: Turn) -> list[RawParagraph]:
    return [RawParagraph(said) for said in turn.said[1:]]


_HEAD = [
    RawParagraph("Interview 7", bold=11, heading=1),
    RawParagraph("Datum: 12.3.2020", bold=6),
    RawParagraph("Ort: Gemeindehaus", bold=4),
    RawParagraph(""),
]
WORD = [
    _raw(
        "Word, bold label with colon",
        GERMAN,
        "I|B",
        lambda t, w: [RawParagraph(f"{w}: {t.said[0]}", bold=len(w) + 1), *_rest(t)],
        _HEAD,
    ),
    _raw(
        "Word, bold label without colon",
        GERMAN,
        "Interviewer|Anna",
        lambda t, w: [RawParagraph(f"{w} {t.said[0]}", bold=len(w)), *_rest(t)],
        _HEAD,
    ),
    _raw(
        "Word, bold label and TAB",
        GERMAN,
        "I|B",
        lambda t, w: [RawParagraph(f"{w}\t{t.said[0]}", bold=len(w)), *_rest(t)],
    ),
    _raw(
        "Word, bold questions",
        GERMAN,
        "I|B",
        lambda t, w: [RawParagraph(s := f"{w}: {t.said[0]}", bold=0 if t.who else len(s)), *_rest(t)],
        _HEAD,
    ),
    _raw(
        "Word, label in bold on its own line",
        ENGLISH,
        "Jane Sample|Rob",
        lambda t, w: [RawParagraph(w, bold=len(w)), RawParagraph(t.said[0]), *_rest(t)],
    ),
    _raw(
        "Word, label as heading",
        ENGLISH,
        "Jane Sample|Rob",
        lambda t, w: [RawParagraph(w, heading=3), RawParagraph(t.said[0]), *_rest(t)],
    ),
    _raw(
        "Word, table of two columns",
        GERMAN,
        "I|B",
        lambda t, w: [RawParagraph(f"{w}\t" + "\n".join(t.said), row=True)],
        [RawParagraph("Sprecher\tText", row=True)],
    ),
    _raw(
        "Word, table with number and time",
        GERMAN,
        "I:|B:",
        lambda t, w: [RawParagraph(f"{t.at}\t{t.clock()}\t{w}\t" + "\n".join(t.said), row=True)],
        [RawParagraph("Nr.\tZeit\tPerson\tInhalt", row=True)],
    ),
    _raw(
        "Word, table with notes",
        GERMAN,
        "Interviewerin|Frau Holm",
        lambda t, w: [RawParagraph(f"{w}\t" + "\n".join(t.said) + "\t(–)", row=True)],
        [RawParagraph("Wer\tWas\tNotiz", row=True)],
    ),
    _raw(
        "Word, table with time behind the label",
        GERMAN,
        "I|B",
        lambda t, w: [RawParagraph(f"{w}\n{t.clock()}\t" + "\n".join(t.said), row=True)],
    ),
    _raw(
        "Word, speech by line breaks",
        GERMAN,
        "I|B",
        lambda t, w: [RawParagraph(f"{w}: " + "\n".join(t.said))],
    ),
    _raw(
        "Word, Teams: name and time bold, words below",
        ENGLISH,
        "Jane Sample|Rob O'Neil",
        lambda t, w: [RawParagraph(f"{w}   {t.clock('m')}\n" + "\n".join(t.said), bold=len(w))],
    ),
    _raw(
        "Word with notes",
        GERMAN,
        "I|B",
        lambda t, w: [
            RawParagraph(f"{w}: {t.said[0]}"),
            RawParagraph("I: siehe oben, leise", note=True),
            *_rest(t),
        ],
    ),
]


def letters(words: str) -> str:
    """The first letters that are spoken."""
    return "".join(re.findall(r"[^\W_]", words.lower()))[:20]


def heard(draft: TranscriptDraft) -> list[tuple[str, str]]:
    """Label and first words of each turn, whatever signs stand around them."""
    found = []
    for turn in turns(draft):
        spoken = [p for p in draft.paragraphs if turn.start < p.stop <= turn.stop and p.kind != "note"]
        words = (letters(draft.text[p.label_stop : p.stop]) for p in spoken)
        found.append((letters(turn.speaker), next(filter(None, words), "")))
    return found


def told(truth: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A truth in the form of :func:`heard`."""
    return [(letters(label), letters(said)) for label, said in truth]
