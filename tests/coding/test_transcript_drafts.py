"""The intermediate form: plain documents, and time marks put back."""

from hypothesis import given
from hypothesis import strategies as st

from qda.coding.transcript import TimeMarkDraft, plain_document, turns, with_time_marks


def test_a_typed_text_is_numbered_from_one_and_has_no_turns():
    draft = plain_document("Erste Notiz.\r\n\r\n  Zweite.\n \t\nDritte\u00ad.")
    assert draft.text == "Erste Notiz.\n\n  Zweite.\n \t\nDritte."
    assert [(p.number, draft.text[p.start : p.stop]) for p in draft.paragraphs] == [
        ("1", "Erste Notiz."),
        ("2", "  Zweite."),
        ("3", "Dritte."),
    ]
    assert all(p.label_stop == p.start and p.speaker is None and p.kind == "text" for p in draft.paragraphs)
    assert (draft.format, draft.family, turns(draft)) == ("typed", "none", [])


@given(st.text())
def test_every_visible_character_of_a_typed_text_lies_in_a_paragraph(text):
    draft = plain_document(text)
    inside = "".join(draft.text[p.start : p.stop] for p in draft.paragraphs)
    assert "".join(inside.split()) == "".join(draft.text.split())
    assert [p.number for p in draft.paragraphs] == [str(n) for n in range(1, len(draft.paragraphs) + 1)]


def test_marks_go_back_with_a_blank_towards_words_only():
    marks = [
        TimeMarkDraft(0, 1000, "[00:01]"),
        TimeMarkDraft(7, 2000, "[00:02]"),
        TimeMarkDraft(12, 3000, "#00:03#"),
    ]
    assert with_time_marks("I: ja, gewiss", []) == "I: ja, gewiss"
    assert with_time_marks("I: ja, genau", marks) == "[00:01] I: ja, [00:02] genau #00:03#"
    assert with_time_marks("**B** ja", [TimeMarkDraft(3, 0, "[0:00]")]) == "**B [0:00]** ja"
