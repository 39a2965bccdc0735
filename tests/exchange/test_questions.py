"""Interviews without any label: questions in bold or italics, answers plain."""

from pathlib import Path

import docx
import pytest

from qda.coding import material, turn_borders
from qda.coding.transcript import turns
from qda.exchange.drafts import draft_of
from qda.exchange.importing import import_files
from qda.exchange.raw import RawDocument, RawParagraph, RawStyle, StyleKind
from qda.exchange.reading import draft_from_text, read_transcript
from qda.exchange.text_out import transcript_text
from qda.models import Project

ASKED = tuple(f"And what happened in year {n}?" for n in range(9))
SAID = tuple(f"In year {n} we moved on. Why not?  Well, it was fine." for n in range(9))


def apart(text: str, kind: StyleKind) -> RawParagraph:
    return RawParagraph(text, styles=(RawStyle(0, len(text), kind),))


def talk(kind: StyleKind = "bold") -> tuple[RawParagraph, ...]:
    rows: list[RawParagraph] = [apart("Interview 4, 12 May 1991", kind)]
    for asked, said in zip(ASKED, SAID, strict=True):
        rows += apart(asked, kind), RawParagraph(said), RawParagraph("And so on.")
    rows[7:7] = apart("Oh, I see.", kind), RawParagraph("Yes.")
    return tuple(rows)


def document(*paragraphs: RawParagraph) -> RawDocument:
    return RawDocument("a.docx", "docx", "", b"", paragraphs)


@pytest.mark.parametrize("kind", ["bold", "italic", "underline"])
def test_questions_set_apart_open_turns_of_i_and_answers_those_of_b(kind):
    draft = draft_of(document(*talk(kind)))
    found = turns(draft)
    assert draft.family == "bold-questions"
    assert [t.speaker for t in found] == ["I", "B"] * 10
    assert [s.role for s in draft.speakers] == ["interviewer", "respondent"]
    assert [draft.text[t.start : t.stop] for t in found if t.speaker == "I"] == [
        *ASKED[:2],
        "Oh, I see.",
        *ASKED[2:],
    ]
    assert all(p.label_stop == p.start for p in draft.paragraphs)
    assert draft.paragraphs[0].kind == "header"


def test_stars_set_apart_as_bold_does():
    text = "\n\n".join(f"**{a}**\n\n{b}" for a, b in zip(ASKED, SAID, strict=True))
    assert [t.speaker for t in turns(draft_from_text(text))] == ["I", "B"] * 9


def test_labels_in_the_text_tell_more_than_its_looks():
    rows = []
    for asked, said in zip(ASKED, SAID, strict=True):
        rows += apart(f"Anna: {asked}", "bold"), RawParagraph(f"Bert: {said}")
    assert [s.label for s in draft_of(document(*rows)).speakers] == ["Anna", "Bert"]


@pytest.mark.parametrize(
    "heads",
    [
        ["Arrival", "The ward at night", "A talk in the kitchen", "What does it mean?"],
        ["We came to the village at noon.", "They spoke about the harvest.", "Was it planned?"],
    ],
)
def test_headings_of_field_notes_are_no_questions(heads):
    rows = []
    for n in range(16):
        rows += apart(heads[n % len(heads)], "bold"), RawParagraph("It rained. A man came and sat down.")
    assert draft_of(document(*rows)).family == "none"


def test_a_few_questions_are_no_interview_until_somebody_says_so():
    assert draft_of(document(*talk()[:7])).family == "none"
    draft = draft_of(document(*talk()[:7]), family="bold-questions")
    assert [t.speaker for t in turns(draft)] == ["I", "B"] * 2


def test_questions_of_real_interviews(shared):
    for path in sorted(shared.glob("en/western-sydney/dataset/*/*.pdf")):
        draft = read_transcript(path)
        assert draft.family == "bold-questions"
        assert len(turns(draft)) > 100
        assert {s.label: s.role for s in draft.speakers} == {"I": "interviewer", "B": "respondent"}


def test_turns_without_labels_are_kept_by_the_study_corrected_and_written(tmp_path: Path):
    written = docx.Document()
    for asked, said in zip(ASKED, SAID, strict=True):
        written.add_paragraph().add_run(asked).bold = True
        written.add_paragraph(said)
    written.save(tmp_path / "talk.docx")
    with Project.create(tmp_path / "study.qdaproj", coder="Ada") as project:
        import_files(project, [tmp_path / "talk.docx"])
        source = material.sources(project)[0].guid
        rows = material.paragraphs(project, source)
        assert [row.speaker for row in rows] == ["I", "B"] * 9
        assert all(row.opens_turn and row.label_stop == row.start for row in rows)
        turn_borders.join_turn(project, source=source, paragraph="3")
        assert [row.opens_turn for row in material.paragraphs(project, source)].count(False) == 1
        lines = [line for line in transcript_text(project, source).split("\n") if line]
        assert lines == [line for pair in zip(ASKED, SAID, strict=True) for line in pair]
