"""Invented transcripts in many conventions, German and English, with what stands between people in real ones.

``DOCUMENTS`` holds (name, text or paragraphs, turns as (label, first words)). The talk is invented; the
conventions are those of schools of transcription and of transcription services.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qda.exchange.raw import RawParagraph


@dataclass(frozen=True)
class Turn:
    """``who`` is an index of the convention's labels."""

    who: int
    said: tuple[str, ...]
    at: int  # seconds

    def clock(self, form: str = "h") -> str:
        minutes, seconds = divmod(self.at, 60)
        hours, rest = divmod(minutes, 60)
        if form == "s":
            return f"{minutes}:{seconds:02}"
        return f"{hours:02}:{rest:02}:{seconds:02}" if form == "h" else f"{minutes:02}:{seconds:02}"


def _talk(text: str, *, people: int = 2) -> tuple[Turn, ...]:
    """A blank line ends a turn, a line break a paragraph; speakers by their number in front."""
    turns, at = [], 4
    for block in text.strip().split("\n\n"):
        number, _blank, said = block.strip().partition(" ")
        turns.append(Turn(int(number) % people, tuple(s.strip() for s in said.split("\n")), at))
        at += 7 + len(said) // 12
    return tuple(turns)


GERMAN = _talk("""
0 Vielen Dank, dass Sie sich die Zeit nehmen. Vielleicht fangen wir vorne an: Wie sind Sie in den Verein gekommen?

1 Ja, also das war so. Meine Nachbarin hat mich mitgenommen, das muss 2009 gewesen sein.
Um 14:30: da war das erste Treffen, das weiß ich noch genau.
Und dann: nichts. Wochenlang.

0 Mhm.

1 Drei Sachen waren mir wichtig.
Erstens: die Leute müssen sich kennen.
Zweitens: es braucht einen Raum.
Drittens: ohne Geld geht es nicht.

0 Und wie ging es weiter? (...) Gab es Konflikte?

1 Er sagte: „Das machen wir nie.“ Und ich sagte: doch.
Mein Mann meinte: lass es.

0 Okay.

1 (lacht) Ja, genau. Das steht auch im Netz, http://www.verein.example/satzung, da kann man das nachlesen.
http://www.verein.example/satzung

0 Frage 3: Was würden Sie heute anders machen?

1 Hm. (3) Schwierig. Vielleicht früher fragen, also: bei der Stadt.
Datum: das müsste ich nachsehen.

0 Das Amt war damals ja eher zögerlich, oder?

1 Zögerlich ist gut [lacht]. Die haben gesagt: „Kommen Sie nächstes Jahr wieder.“
1:12 stand es am Ende in der Abstimmung, also einer dagegen.

0 Wer war das?

1 Na, der Vorsitzende selbst.

0 Und heute?

1 Heute ist das anders. Wir haben zwei Gruppen, zum Beispiel: die am Montag und die am Freitag.
Anmerkung: die am Freitag bin ich nicht mehr dabei.

0 Ah ja. Wie viele sind das?

1 So zwanzig. Manchmal: dreißig.

0 Gibt es noch etwas, das wir nicht angesprochen haben?

1 Nein. Doch: der Name. Der war ein Zufall.

0 Dann bedanke ich mich ganz herzlich.

1 Gern.
""")

ENGLISH = _talk("""
0 Thanks for joining me today. Could you tell me how you got into this line of work?

1 Sure. So, I started back in 2004, straight out of college.
Three things mattered: people, time, money.
First: people have to trust you.
Second: you need time. At 9:30: we opened, and by noon we were full.

0 Right.

1 And she said: "You can't do that." And I said: watch me.
Note: that was before the merger.

0 How did that feel?

1 Honestly? [laughs] Terrible. For example: no one called back.
https://www.example.org/about says otherwise, of course.

0 Question 4: what would you do differently?

1 Um, well, I'd ask for help. Like: really early.

0 Mm-hmm.

1 Because you don't know what you don't know, right?
The thing is: nobody tells you.

0 And the team?

1 The team was great. Monday: planning. Tuesday: calls. That sort of thing.

0 So was there ever a moment when you thought about leaving?

1 Yes. Once. (pause) It was the winter of 2011.

0 What happened?

1 We lost two people in one week.

0 I'm sorry to hear that.

1 Thank you. It was a long time ago.

0 Is there anything else you would like to add?

1 No, I think that's it. Oh, one thing: the building. It's gone now.
""")

SHORT = _talk("""
0 Sind Sie heute hier zur Schule gegangen?

1 Nein.

0 Wo denn?

1 In Nordstadt, bis zur achten Klasse.

0 Und dann?

1 Dann hier. Gewohnt haben wir: drüben.

0 Danke.

1 Bitte.
""")

GROUP = _talk(
    """
0 Willkommen zu unserer Runde. Wer möchte anfangen?

1 Ich mache mal den Anfang. Bei uns in der Straße ist es ruhig.

2 Bei uns nicht.

3 Kommt darauf an: wochentags ja.

1 Stimmt.

4 Also ich wohne seit zwanzig Jahren hier, und es war noch nie so laut.

0 Was meinen Sie mit laut?

4 Die Autos. Die Busse.
Erstens: die Busse. Zweitens: die Autos.

5 Mhm, ja, das stimmt.

6 Ich sehe das anders.

0 Wie denn?

6 Es war früher lauter. Um 6:00 Uhr kam der Milchwagen.

7 (lacht) Der Milchwagen!

8 Den kenne ich auch noch.

2 Ich nicht.

0 Sie sind ja später gekommen, oder?

2 Ja, 1998.

5 Ich bin 1999 gekommen.

3 Und ich 2001.

0 Gut. Kommen wir zum Park.

1 Der Park ist schön.

7 Finde ich auch.

6 Naja.

4 Es fehlt Licht.

0 Danke Ihnen allen.
""",
    people=9,
)

HEAD_DE = """Transkript Interview 7

Datum: 12.03.2021
Ort: Gemeindehaus
Dauer: 00:48:12
Interviewerin: Eva Muster
Befragte: Frau K.
Transkription: nach Dresing/Pehl
"""
LEGEND_DE = """Legende
I: Interviewerin
B: Befragte
(.) kurze Pause
(lacht) Lachen
"""
HEAD_EN = """Interview with Participant 4
Date: March 3, 2022
Location: Zoom
Duration: 48 minutes
Interviewer: Jane Sample
Participant: P4
"""

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
        head="Episode 12: On buildings\nPublished: 2021-05-04\n\nIn this episode Jane talks to Rob about how buildings learn and what it means to lose one of them.\n",
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

PLAIN = {
    "field note": "Feldnotiz, Gemeindehaus\nDatum: 3.5.2021\nWetter: Regen\n\n14:00: Ankunft. Die Tür steht offen.\n14:10: Zwei Frauen tragen Stühle.\n14:25: Der Vorsitzende kommt.\n\nEindruck: alle kennen sich. Notiz: Grundriss zeichnen.\n\nReflexion: Ich war zu nah dran.\n",
    "monologue": "\n\n".join(" ".join(t.said) for t in GERMAN if t.who == 1),
    "monologue with times": "\n".join(f"[{t.clock()}] {' '.join(t.said)}" for t in ENGLISH if t.who == 1),
    "guide": "Leitfaden\n\nBlock 1: Einstieg\nFrage 1: Wie sind Sie zum Verein gekommen?\nFrage 2: Was war wichtig?\n\nBlock 2: Konflikte\nFrage 3: Gab es Streit?\nNachfrage: Mit wem?\nFrage 4: Wie endete er?\nNachfrage: Warum?\n",
    "minutes": "Protokoll der Sitzung\nDatum: 4.4.2020\nAnwesend: Holm, Krause, Muster\n\nTOP 1: Begrüßung\nDie Vorsitzende begrüßt.\nTOP 2: Haushalt\nDer Haushalt wird beschlossen.\nBeschluss: einstimmig\nTOP 3: Verschiedenes\nNichts.\nBeschluss: keiner\n",
    "diary": "Montag\nHeute war nichts.\n\nDienstag\nWieder nichts.\n\nMittwoch\nEs regnet.\n\nDonnerstag\nSonne.\n\nFreitag\nFrei.\n",
    "plan of a week": "Montag: frei\nDienstag: Schule\nMittwoch: Sport\nDonnerstag: Schule\nFreitag: frei\n",
    "list": "1. Stühle\n2. Tische\n3. Lampen\n4. Kaffee\n5. Tassen\n6. Löffel\n7. Zucker\n",
    "questionnaire": "Name: K.\nAlter: 54\nBeruf: Lehrerin\nKinder: zwei\nWohnort: Nordstadt\nSeit: 1998\n",
    "article": "Der Verein wurde 1998 gegründet. Er hatte drei Ziele: Begegnung, Bildung, Beratung.\n\nDie Vorsitzende sagt: „Wir haben viel erreicht.“\n\nDas Ergebnis: zwanzig Gruppen.\n",
    "verses": "1:1 Im Anfang war der Raum.\n1:2 Und der Raum war leer.\n1:3 Da kamen Leute.\n1:4 Und sie blieben.\n",
}
