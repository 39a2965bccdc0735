"""Conventions of writing turns and times that transcription services and schools use."""

import pytest

from qda.coding.transcript import turns, with_line_numbers, with_time_marks
from qda.exchange.drafts import draft_of
from qda.exchange.reading import draft_from_text, read_bytes

ASKED = ("Wie war das für Sie?", "Und dann?", "Wie meinen Sie das?", "Noch etwas?")
SAID = (
    "Um 8:00 Uhr ging es los: ja.",
    "Das wusste ich nicht.\nUnd dann kam noch etwas.",
    "Genau. (lacht)",
    "Mhm (3) ja",
)


def written(form: str, one: str = "I", two: str = "B", between: str = "\n") -> str:
    """Four questions and answers; {who}, {said}, {time} (hh:mm:ss) and {short} (mm:ss) are filled in."""
    rows = []
    for i, pair in enumerate(zip(ASKED, SAID, strict=True)):
        for k, said in enumerate(pair):
            short = f"{i:02}:{10 + k}"
            rows.append(
                form.format(who=(one, two)[k], said=said, time=f"00:{short}", short=short, n=2 * i + k + 1)
            )
    return between.join(rows)


CONVENTIONS = {
    "colon": (written("{who}: {said}"), "label-colon", False),
    "colon, no blank": (written("{who}:{said}"), "label-colon", False),
    "names": (written("{who}: {said}", "Interviewerin", "Frau B."), "label-colon", False),
    "Hebrew": (written("{who}: {said}", "מראיין", "נועה"), "label-colon", False),
    "f4": (written("{who}: {said} #{time}-5#"), "label-colon", True),
    "time after label": (written("{who}: [{time}] {said}", "S01", "S02", "\n\n"), "label-time", True),
    "time in label": (written("{who} ({time}): {said}"), "label-time", True),
    "time before label": (written("[{time}] {who}: {said}", "Speaker 1", "Speaker 2"), "time-label", True),
    "bare time before": (written("{short} {who}: {said}"), "time-label", True),
    "f4 before": (written("#{time}-0# {who}: {said}"), "time-label", True),
    "range before": (
        written("[{time}.120 --> {time}.900] {who}: {said}", "SPEAKER_00", "SPEAKER_01"),
        "time-label",
        True,
    ),
    "time, label, own line": (written("[{time}] {who}\n{said}", between="\n\n"), "time-label", True),
    "time, label, blank": (written("[{time}] {who} {said}"), "columns", True),
    "time on a line": (written("{time}\n{who}: {said}"), "label-colon", True),
    "bold": (written("**{who}:** {said}", between="\n\n"), "bold", False),
    "bold, colon outside": (written("**{who}**: {said}", "Anna", "Bert M."), "bold", False),
    "bold, no colon": (written("**{who}** {said}"), "bold", False),
    "bold with time": (written("**{who} [{time}]** {said}", between="\n\n"), "bold", True),
    "heading": (written("### {who}\n\n{said}", "Anna", "Bert", "\n\n"), "heading", False),
    "heading with time": (written("## {who} ({time})\n{said}", "Anna", "Bert", "\n\n"), "heading", True),
    "label line": (written("{who}\n{said}", "Interviewerin", "Frau Schmidt", "\n\n"), "label-line", False),
    "service": (written("{who}  {short}\n{said}", "Anna Test", "Speaker 2", "\n\n"), "label-time", True),
    "tab": (written("{who}\t{said}"), "table", False),
    "number and tab": (written("{n}\t{who}\t{said}"), "table", False),
    "time and tab": (written("{time}\t{who}\t{said}"), "table", True),
    "bracket": (written("[{who}] {said}", "Anna", "Bert"), "bracket", False),
    "list": (written("- {who}: {said}"), "label-colon", False),
    "sign before": (written("{who}> {said}"), "label-colon", False),
    "two dashes": (written("{who}--{said}", "DM", "KT"), "label-colon", False),
    "quotes": (written("»{who}« {said}"), "bracket", False),
    "name, time, speech": (written("{who} [{short}] {said}", "Anna", "Herr Holm"), "label-time", True),
    "time, dash, name": (written("[{time}] - {who}\n{said}", "Anna", "Bert", "\n\n"), "time-label", True),
    "gendered and numbered": (written("{who}: {said}", "Forscherin", "Schüler:in 4"), "label-colon", False),
    "unrecognised": (written("{who}: {said}", "Lw", "Sm?"), "label-colon", False),
    "letter and parenthesis": (written("{who}) {said}", "Q", "A"), "columns", False),
    "chat": (written("{time} From {who} : {said}", "Anna", "Ben O."), "time-label", True),
    "chat to all": (written("{time} From {who} to Everyone: {said}", "Anna", "Ben"), "time-label", True),
    "messenger": (written("[04/03/21, 10:{n:02}:07] {who}: {said}", "Anna", "Ben"), "label-colon", False),
    "messenger, German": (
        written("04.03.21, 10:{n:02} - {who}: {said}", "Anna", "Ben"),
        "label-colon",
        False,
    ),
    "overlaps": (written("{who}: {said} //B: mhm//"), "label-colon", False),
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_turns_are_found_with_their_speakers(name):
    text, family, timed = CONVENTIONS[name]
    draft = draft_from_text(text)
    found = turns(draft)
    assert len(found) == 8
    assert [t.speaker for t in found] == [found[0].speaker, found[1].speaker] * 4
    assert [s.role for s in draft.speakers] == ["interviewer", "respondent"]
    for turn, said in zip(found, (w for pair in zip(ASKED, SAID, strict=True) for w in pair), strict=True):
        assert said.split("\n")[-1] in draft.text[turn.start : turn.stop]
    assert len(draft.time_marks) == 8 * timed
    if family != "columns":
        assert draft.family == family


@pytest.mark.parametrize("name", [name for name, (_t, _f, timed) in CONVENTIONS.items() if timed])
def test_times_leave_the_text_and_can_be_put_back(name):
    text = CONVENTIONS[name][0]
    draft = draft_from_text(text)
    assert "00:0" not in draft.text.replace("8:00", "")
    assert "  " not in draft.text
    assert with_time_marks(draft.text, draft.time_marks).replace(" ", "") == text.replace(" ", "")
    assert all(mark.written in text for mark in draft.time_marks)


@pytest.mark.parametrize("name", [n for n, (_t, _f, timed) in CONVENTIONS.items() if timed and n != "f4"])
def test_a_turn_knows_when_it_begins(name):
    expected = [(60 * i + 10 + k) * 1000 for i in range(4) for k in range(2)]
    times = [t.time_ms for t in turns(draft_from_text(CONVENTIONS[name][0]))]
    assert times == ([t + 120 for t in expected] if name == "range before" else expected)


def test_a_time_at_the_end_of_a_turn_begins_the_next_one():
    assert [t.time_ms for t in turns(draft_from_text(CONVENTIONS["f4"][0]))][:3] == [None, 10_500, 11_500]


def test_numbered_lines_of_gat_keep_their_blanks_and_continue_the_turn():
    text = (
        "01   I:   ja äh was ham sie denn da gemacht\n02        an dem tag\n"
        "03   B:   (1.2) also ich bin dann\n"
        "04        (-) los\n05   I:   mhm\n06   B:   ja\n07   I:   und WIE war das\n08   B:   schön"
    )
    draft = draft_from_text(text)
    found = turns(draft)
    assert draft.text == "\n".join(line[5:] for line in text.split("\n"))
    assert draft.numbered
    assert [p.number for p in draft.paragraphs] == list("12345678")
    assert with_line_numbers(draft.text, draft.paragraphs) == text
    assert [t.speaker for t in found] == ["I", "B"] * 3
    assert draft.text[found[0].start : found[0].stop].startswith("I:   ja")
    assert [p.speaker for p in draft.paragraphs[:4]] == ["I", "I", "B", "B"]


def test_two_labels_of_one_speaker_in_a_row_are_two_turns():
    found = turns(draft_from_text("I: Ja?\nB: Eins.\nB: Zwei.\nzwei, weiter.\nI: Gut?\nB: Drei."))
    assert [t.speaker for t in found] == ["I", "B", "B", "I", "B"]
    assert [t.paragraph for t in found] == ["1", "2", "3", "5", "6"]


def test_a_head_stays_in_the_text_is_numbered_apart_and_gives_metadata():
    head = "Interview 3\nDatum: 12.3.2020\nInterviewer: A. Muster\nBefragte: Frau B.\nDauer: 00:45:12\n\n"
    draft = draft_from_text(head + "Interviewer: Wer fängt an?\nBefragte: Ich.\n" * 3)
    assert [p.number for p in draft.paragraphs][:7] == ["0.1", "0.2", "0.3", "0.4", "0.5", "1", "2"]
    assert {p.kind for p in draft.paragraphs[:5]} == {"header"}
    assert draft.header[0] == ("Datum", "12.3.2020")
    assert draft.header[-1] == ("Dauer", "00:45:12")
    assert len(turns(draft)) == 6
    assert draft.time_marks == ()


def test_front_matter_is_read_with_lists_and_nested_keys():
    text = "---\ntitle: 'It''s'\nspeakers:\n  - Anna\n  - Bert\nhistory:\n    v1:\n        date: 2021\n---\n"
    text += "\nAnna: Ja?\n\nBert: Ja.\n\nAnna: Gut?\n"
    draft = draft_of(read_bytes(text.encode(), name="a.md"))
    assert draft.header == (("title", "It's"), ("speakers", "Anna, Bert"), ("history.v1.date", "2021"))
    assert [t.speaker for t in turns(draft)] == ["Anna", "Bert", "Anna"]
    assert draft.paragraphs[0].number == "0.1"
    assert draft.text.startswith("---\ntitle")


def test_a_legend_gives_names_and_roles_and_is_no_turn():
    draft = draft_from_text(
        "- X: Interviewerin\n- P1: Lehrerin, Person 1\n- A: ein Assistent\n\n"
        "X: Ja.\nP1: Nun.\nX: Ja.\nP1: Nun.\nA: Piep."
    )
    told = {s.label: (s.role, s.name) for s in draft.speakers}
    assert told["X"] == ("interviewer", "Interviewerin")
    assert told["A"] == ("respondent", "ein Assistent")
    assert len(turns(draft)) == 5


def test_the_one_who_asks_is_the_interviewer_where_nobody_says_so():
    draft = draft_from_text("Anna: Wie?\nBert: So.\nAnna: Und?\nBert: Nun.\nAnna: Wann?\nBert: Eben, nicht?")
    assert [(s.label, s.role) for s in draft.speakers] == [("Anna", "interviewer"), ("Bert", "respondent")]


def test_a_typing_error_in_a_label_is_told_and_not_merged():
    draft = draft_from_text("Interviewer: A?\nBefragte: b\n" * 3 + "Interviewr: C?\nBefragte: d")
    assert turns(draft)[6].speaker == "Interviewr"
    assert len(draft.warnings) == 1
    assert "“Interviewr”" in draft.warnings[0]
    assert "“Interviewer”" in draft.warnings[0]


def test_people_of_one_series_are_different_people():
    text = "M: Wer?\nB1: Ich.\nB2: Nein.\nM: Gut?\nB1: Ja.\nB2: Ja.\nB3: Nur einmal.\nM: Danke?"
    draft = draft_from_text(text)
    assert [t.speaker for t in turns(draft)] == ["M", "B1", "B2", "M", "B1", "B2", "B3", "M"]
    assert draft.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Das hat drei Teile: eins, zwei, drei.\n\nZum Beispiel: das hier.\n\nUnd: ja.",
        "Feldnotiz\nDatum: 12.3.\nOrt: K.\n\nWir kamen um 8:00 Uhr.\n\n"
        "Notiz: nachfragen.\n\nDann ging es los.",
        "[00:10] I think so.\n[00:12] A man came.\n[00:15] We went home.\n" * 4,
        "Frage 1: Wie?\nFrage 2: Was?\nFrage 3: Wann?\nFrage 4: Wo?",
        "From: a@b.org\nTo: c@d.org\nSubject: Re\n\nWe came home late.\n\n" * 4,
        "1. Kasse\n\nWir haben lange gerechnet.\n\nKümmert sich: Holm\n\n" * 4,
        "**Care**\n\nDefinition: looking after\nAnchor: line 12\nRule: if explicit\n\n" * 4,
        "»Ja«, sagte er.\n\n»Nein«, sagte sie.\n\nDann gingen sie.\n\n" * 4,
        "Ja\n\nEr sagte nichts.\n\nJa\n\nSie sagte etwas.\n\nNein\n\nDann gingen sie.\n\nJa\n\nGut",
    ],
)
def test_running_text_has_no_turns(text):
    assert draft_from_text(text).family == "none"


def test_tiers_beside_the_words_are_no_turns_of_their_own():
    rows = "INT [v]\tUnd dann?\nINT [k]\tleise\nPAT [v]\tNichts.\nPAT [nv]\tnickt\n" * 4
    assert [t.speaker for t in turns(draft_from_text(rows))] == ["INT", "PAT"] * 4


def test_a_family_can_be_fixed_by_the_user():
    text = CONVENTIONS["colon"][0]
    assert turns(draft_from_text(text, family="none")) == []
    assert len(turns(draft_from_text(text, family="label-colon"))) == 8
    assert turns(draft_from_text(text, family="bracket")) == []


def test_times_of_day_and_pauses_stay_in_the_text():
    text = "I: Wann?\nB: Um 14:30 (kurz nach 14 Uhr), also (14:30) (3) (.) gut.\nI: Und?\nB: [lacht] ja"
    draft = draft_from_text(text)
    assert draft.text == text
    assert draft.time_marks == ()


def test_a_break_is_left_out_of_the_speakers_that_count():
    draft = draft_from_text(
        "Anna: Ja?\nBert: Ja.\nBreak: [00:10]\nAnna: Und?\nBert: Gut.\nBreak: [00:50]\nAnna: Gut?\nBert: b"
    )
    assert {s.label: s.role for s in draft.speakers}["Break"] == "left_out"
