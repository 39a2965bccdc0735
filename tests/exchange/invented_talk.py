"""The talk of the invented transcripts: what people say and how, and texts that are no talk."""

from dataclasses import dataclass


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
0 Vielen Dank, dass Sie sich die Zeit nehmen. Vielleicht fangen wir vorne an: Wie kamen Sie zum Verein?

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
HEAD_PODCAST = """Episode 12: On buildings
Published: 2021-05-04

In this episode Jane talks to Rob about how buildings learn and what it means to lose one of them.
"""
PLAIN = {
    "field note": """\
Feldnotiz, Gemeindehaus
Datum: 3.5.2021
Wetter: Regen

14:00: Ankunft. Die Tür steht offen.
14:10: Zwei Frauen tragen Stühle.
14:25: Der Vorsitzende kommt.

Eindruck: alle kennen sich.
Notiz: Grundriss zeichnen.

Reflexion: Ich war zu nah dran.
""",
    "guide": """\
Leitfaden

Block 1: Einstieg
Frage 1: Wie sind Sie zum Verein gekommen?
Frage 2: Was war wichtig?

Block 2: Konflikte
Frage 3: Gab es Streit?
Nachfrage: Mit wem?
Frage 4: Wie endete er?
Nachfrage: Warum?
""",
    "minutes": """\
Protokoll der Sitzung
Datum: 4.4.2020
Anwesend: Holm, Krause, Muster

TOP 1: Begrüßung
Die Vorsitzende begrüßt.
TOP 2: Haushalt
Der Haushalt wird beschlossen.
Beschluss: einstimmig
TOP 3: Verschiedenes
Nichts.
Beschluss: keiner
""",
    "diary": """\
Montag
Heute war nichts.

Dienstag
Wieder nichts.

Mittwoch
Es regnet.

Donnerstag
Sonne.

Freitag
Frei.
""",
    "plan of a week": """\
Montag: frei
Dienstag: Schule
Mittwoch: Sport
Donnerstag: Schule
Freitag: frei
""",
    "list": """\
1. Stühle
2. Tische
3. Lampen
4. Kaffee
5. Tassen
6. Löffel
7. Zucker
""",
    "questionnaire": """\
Name: K.
Alter: 54
Beruf: Lehrerin
Kinder: zwei
Wohnort: Nordstadt
Seit: 1998
""",
    "article": """\
Der Verein wurde 1998 gegründet. Er hatte drei Ziele: Begegnung, Bildung, Beratung.

Die Vorsitzende sagt: „Wir haben viel erreicht.“

Das Ergebnis: zwanzig Gruppen.
""",
    "verses": """\
1:1 Im Anfang war der Raum.
1:2 Und der Raum war leer.
1:3 Da kamen Leute.
1:4 Und sie blieben.
""",
    "monologue": "\n\n".join(" ".join(t.said) for t in GERMAN if t.who == 1),
    "monologue with times": "\n".join(f"[{t.clock()}] {' '.join(t.said)}" for t in ENGLISH if t.who == 1),
}
