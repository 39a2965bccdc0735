"""What a reader hands over beside the words keeps its place while the text changes under it."""

import pytest

from qda.coding.transcript import turns, with_line_numbers, with_time_marks
from qda.exchange.drafts import draft_of
from qda.exchange.raw import RawComment, RawDocument, RawMark, RawParagraph, RawStyle
from qda.exchange.reading import draft_from_text


def document(*paragraphs: RawParagraph, comments: tuple[RawComment, ...] = (), header=(), format="docx"):
    return RawDocument("a.docx", format, "", b"", paragraphs, comments, header=header)


def styled(text: str, *words: str, kind="bold", **more) -> RawParagraph:
    return RawParagraph(
        text, styles=tuple(RawStyle(text.index(w), text.index(w) + len(w), kind) for w in words), **more
    )


TALK = (RawParagraph("I: Und dann?"), RawParagraph("B: Nichts."), RawParagraph("I: Gut?"))


def test_a_style_follows_the_words_when_times_and_soft_signs_go():
    draft = draft_of(
        document(
            styled("I: [00:00:05] Das war\u00ad wirk\u00adlich se\u0301hr lang.", "wirk\u00adlich"),
            styled("B: ja [00:00:09] genau so", "genau", kind="italic"),
            *TALK,
        )
    )
    assert [(draft.text[s.start : s.stop], s.kind) for s in draft.styles] == [
        ("wirklich", "bold"),
        ("genau", "italic"),
    ]


def test_runs_of_one_style_that_touch_are_one_and_empty_ones_go():
    runs = (RawStyle(3, 5, "bold"), RawStyle(5, 8, "bold"), RawStyle(3, 8, "italic"), RawStyle(9, 10, "bold"))
    draft = draft_of(document(RawParagraph("I: genau \u00ad", styles=runs), *TALK))
    assert [(draft.text[s.start : s.stop], s.kind) for s in draft.styles] == [
        ("genau", "bold"),
        ("genau", "italic"),
    ]


def test_a_comment_stands_on_its_words_or_on_its_paragraph():
    first = "I: ja [00:00:05] genau"
    draft = draft_of(
        document(
            RawParagraph(first),
            RawParagraph(""),
            *TALK,
            comments=(
                RawComment("A", "words", 0, 0, first.index("genau"), len(first), "2024-05-01"),
                RawComment("A", "time", 0, 0, 6, 16),
                RawComment("A", "two", 0, 2, 3, 6),
                RawComment("A", "far", 99, 99, 500, 500),
            ),
        )
    )
    on = {c.text: draft.text[c.start : c.stop] for c in draft.comments}
    assert on == {"words": "genau", "time": "I: ja genau", "two": "ja genau\n\nI: Und", "far": "I: Gut?"}
    assert draft.comments[0].date == "2024-05-01"


def test_a_note_belongs_to_no_speaker_and_the_turn_goes_on_after_it():
    note = RawParagraph("B: leise", note=True)
    draft = draft_of(document(*TALK[:2], note, RawParagraph("Und weiter."), *TALK[:2], TALK[2]))
    kinds = {draft.text[p.start : p.stop]: (p.kind, p.speaker, p.opens_turn) for p in draft.paragraphs}
    assert kinds["B: leise"] == ("note", None, False)
    assert kinds["Und weiter."] == ("text", "B", False)
    found = turns(draft)
    assert len(found) == 5
    assert draft.text[found[1].start : found[1].stop].endswith("Und weiter.")


def test_headings_have_levels_and_rows_outside_of_talk_are_rows():
    draft = draft_of(
        document(
            RawParagraph("Erster Teil", heading=2),
            RawParagraph("Ein Satz, der nichts erzählt."),
            RawParagraph("Jahr\tZahl", row=True),
            RawParagraph("1998\t20", row=True),
        )
    )
    assert [(p.kind, p.level) for p in draft.paragraphs] == [
        ("heading", 2),
        ("text", 0),
        ("row", 0),
        ("row", 0),
    ]


def test_labels_and_times_that_a_format_declares_are_turns_of_their_own_family():
    one = "Anna Test: Ja. Und dann: nein."
    raw = document(
        RawParagraph(one, label=10, marks=(RawMark(11, 1200, "[00:00:01]"), RawMark(15, 4000, "[00:00:04]"))),
        RawParagraph("B: ohne Namen weiter", marks=(RawMark(0, 6000, "[00:00:06]"),)),
        RawParagraph("Bert: Gut.", label=5, marks=(RawMark(6, 9000, "[00:00:09]"),)),
        header=(("Title", "T"),),
        format="vtt",
    )
    draft = draft_of(raw)
    assert (draft.family, draft.header) == ("voices", (("Title", "T"),))
    assert [(t.speaker, t.time_ms) for t in turns(draft)] == [("Anna Test", 1200), ("Bert", 9000)]
    assert [draft.text[m.position :][:4] for m in draft.time_marks] == ["Ja. ", "Und ", "B: o", "Gut."]
    assert with_time_marks(draft.text, draft.time_marks).startswith(
        "Anna Test: [00:00:01] Ja. [00:00:04] Und"
    )
    assert draft_of(raw, family="none").family == "none"


def test_typing_errors_are_proposed_as_data():
    draft = draft_from_text("Interviewer: A?\nBefragte: b\n" * 3 + "Interviewr: C?\nBefragte: d")
    assert [(like.label, like.like, like.turns) for like in draft.likes] == [("Interviewr", "Interviewer", 1)]


GAT = """{00:12}
01   A:   und wie WAR das dann-
02        [also]
03   B:   [ja   ] äh (0.5) ja
04        ((lacht)) ich [hab     ]
05   A:                 [°mhm    ]
06   B:   (-) nix gesagt
07   A:   ja
08   B:   genau"""


def test_gat_keeps_its_blanks_pauses_and_overlaps_and_loses_its_numbers():
    draft = draft_from_text(GAT)
    assert draft.numbered
    assert draft.text.split("\n")[2:5] == [
        "     [also]",
        "B:   [ja   ] äh (0.5) ja",
        "     ((lacht)) ich [hab     ]",
    ]
    assert [p.number for p in draft.paragraphs if p.kind == "text"] == list("12345678")
    assert [t.speaker for t in turns(draft)] == ["A", "B", "A", "B", "A", "B"]
    assert with_line_numbers(draft.text, draft.paragraphs, draft.time_marks) == GAT


@pytest.mark.parametrize("start", [1, 9, 96, 120])
def test_numbers_without_zeros_in_front_keep_the_column_of_the_words(start):
    rows = ["A:  ja", "    und", "B:  nein", "A:  gut", "    (1.0)", "B:  eben", "A:  so", "B:  ja"]
    text = "\n".join(f"{start + n:>4}  {row}" for n, row in enumerate(rows))
    draft = draft_from_text(text)
    assert draft.text == "\n".join(rows)
    assert [p.number for p in draft.paragraphs] == [str(start + n) for n in range(8)]


def test_numbers_that_begin_anew_on_each_page_tell_the_page():
    page = "\n".join(f"{n:2}  {'Q.' if n % 2 else 'A.'}  ja und weiter" for n in range(1, 26))
    draft = draft_from_text(f"{page}\n\n{page}")
    numbers = [p.number for p in draft.paragraphs]
    assert (numbers[0], numbers[24], numbers[25], numbers[49]) == ("1:1", "1:25", "2:1", "2:25")
    assert len(turns(draft)) == 50


@pytest.mark.parametrize(
    "text",
    [
        "1. Stühle\n2. Tische\n3. Lampen\n4. Kaffee\n5. Tassen\n6. Löffel\n7. Zucker",
        "1998 Gründung\n1999 Umzug\n2003 Neubau\n2010 Feier\n2011 Krise\n2014 Ende\n2020 Neuanfang",
        "12 Leute kamen.\n3 gingen.\n40 blieben.\n7 sprachen.\n9 schwiegen.\n2 lachten.\n1 weinte.",
    ],
)
def test_numbers_that_belong_to_the_words_stay(text):
    draft = draft_from_text(text)
    assert not draft.numbered
    assert draft.text == text
