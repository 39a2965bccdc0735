"""Turns of invented transcripts in a hundred conventions; and documents that hold none."""

import re
from collections import Counter

import pytest

from qda.coding.transcript import TranscriptDraft, turns, with_line_numbers, with_time_marks
from qda.exchange.drafts import draft_of
from qda.exchange.raw import RawDocument
from qda.exchange.reading import draft_from_text
from tests.exchange.invented import TEXTS, WORD, heard, told
from tests.exchange.invented_talk import PLAIN


def check(draft: TranscriptDraft, truth: list[tuple[str, str]]) -> None:
    wanted, found = told(truth), heard(draft)
    hits = sum((Counter(found) & Counter(wanted)).values())
    missed, wrong = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    assert hits >= 0.98 * len(wanted), f"{draft.family}: missed {list(missed)[:4]}, wrong {list(wrong)[:4]}"
    assert hits >= 0.98 * len(found), f"{draft.family}: wrong {list(wrong)[:4]}"


@pytest.mark.parametrize(("text", "truth"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_turns_of_a_text(text, truth):
    draft = draft_from_text(text)
    check(draft, truth)
    back = with_time_marks(draft.text, draft.time_marks)
    if draft.numbered:
        back = with_line_numbers(draft.text, draft.paragraphs, draft.time_marks)
        written, told = (set(re.findall(r"(?m)^ *0*(\d+)\.?\s", whole)) for whole in (back, text))
        assert told <= written
        back, text = (re.sub(r"(?m)^\s*\d+\.?\s", "", whole) for whole in (back, text))
    assert "".join(back.split()) == "".join(text.split()), "an export gives every sign back"


@pytest.mark.parametrize(("paragraphs", "truth"), [row[1:] for row in WORD], ids=[row[0] for row in WORD])
def test_turns_of_paragraphs_with_looks(paragraphs, truth):
    check(draft_of(RawDocument("a.docx", "docx", "", b"", paragraphs)), truth)


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_no_talk_has_no_turns(name):
    draft = draft_from_text(PLAIN[name])
    assert turns(draft) == []
    assert draft.family == "none"
