"""Topics of the interview guide, speakers of one person, line numbers and templates of citation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.coding import documents, material, sheet, speakers, topics
from qda.coding.citation import checked_template, paragraphs_cited
from qda.coding.line_numbers import LineNumbers
from qda.errors import KnownError
from qda.exchange.reading import draft_from_text
from qda.models import Project

WORDS = """Datum: 1. März 2025
I: Wie hat das angefangen?
B: Also, am Anfang war ich allein.
Ganz allein, wirklich.
I: Und was hat Ihnen geholfen?
B: Die Leute aus dem Verein.
I: Mhm.
B: Und später die Stadt.
I: Was wünschen Sie sich noch?
B: Einen Raum."""


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study.qdaproj", title="Erfunden", coder="A") as made:
        documents.take_in(made, draft=draft_from_text(WORDS), title="Interview A")
        yield made


def source_of(project: Project) -> str:
    return material.sources(project)[0].guid


def said(project: Project, topic: str) -> list[str]:
    return [row.text for row in topics.answers(project, topic)]


def test_all_answers_to_a_topic_reach_to_the_turn_that_opens_the_next(project):
    source = source_of(project)
    begin = topics.add_topic(project, name="Anfang", question="Wie hat es angefangen?")
    topics.set_topic(project, source=source, paragraph="1", topic=begin)
    topics.set_topic(project, source=source, paragraph="4", topic="Hilfe")
    help_ = topics.topics(project)[1].guid
    assert said(project, begin) == ["B: Also, am Anfang war ich allein.\nGanz allein, wirklich."]
    assert said(project, help_) == [
        "B: Die Leute aus dem Verein.",
        "B: Und später die Stadt.",
        "B: Einen Raum.",
    ]
    topics.set_topic(project, source=source, paragraph="8", topic="Wünsche")
    assert said(project, help_)[-1] == "B: Und später die Stadt."
    project.undo()
    assert len(said(project, help_)) == 3


def test_a_topic_is_set_on_the_turn_that_holds_the_paragraph(project):
    source = source_of(project)
    topics.set_topic(project, source=source, paragraph="3", topic="Anfang")
    (mark,) = topics.topic_marks(project)
    assert (mark.paragraph, mark.name) == ("2", "Anfang")
    topics.clear_topic(project, source=source, paragraph="2", topic=mark.topic)
    assert topics.topic_marks(project) == []
    with pytest.raises(KnownError, match="77"):
        topics.set_topic(project, source=source, paragraph="77", topic="Anfang")


def test_questions_of_the_guide_are_found_where_they_were_asked(project):
    begin = topics.add_topic(project, name="Anfang", question="Wie hat das bei Ihnen angefangen?")
    topics.add_topic(project, name="Geld", question="Woher kommen die Mittel des Netzwerks im Haushalt?")
    assert topics.asked(project, source_of(project)) == [("1", begin)]


def test_a_document_with_topics_goes_and_comes_back(project):
    topics.set_topic(project, source=source_of(project), paragraph="1", topic="Anfang")
    documents.remove_source(project, source=source_of(project))
    assert topics.topic_marks(project) == []
    project.undo()
    assert [mark.name for mark in topics.topic_marks(project)] == ["Anfang"]


def test_the_guide_keeps_its_order(project):
    for name in ("Eins", "Zwei", "Drei"):
        topics.add_topic(project, name=name)
    topics.move_topic(project, topic=topics.topics(project)[2].guid, position=0)
    assert [row.name for row in topics.topics(project)] == ["Drei", "Eins", "Zwei"]
    topics.remove_topic(project, topic=topics.topics(project)[1].guid)
    assert [row.name for row in topics.topics(project)] == ["Drei", "Zwei"]


def test_merged_speakers_speak_with_one_label(project):
    documents.take_in(
        project,
        draft=draft_from_text("I: Ja?\nB: Ja.\nI: Und?\nBB: Nein.\nI: Gut.\nB: Doch.\nBB: Na."),
        title="B",
    )
    source = material.sources(project)[1].guid
    known = {row.label: row.guid for row in material.speakers(project, source)}
    speakers.merge_speakers(project, speaker=known["BB"], into=known["B"])
    assert [(row.label, row.turns) for row in material.speakers(project, source)] == [("I", 3), ("B", 4)]
    other = material.speakers(project, source_of(project))[0].guid
    with pytest.raises(KnownError, match="one document"):
        speakers.merge_speakers(project, speaker=other, into=known["B"])
    project.undo()
    assert {row.label for row in material.speakers(project, source)} == {"I", "B", "BB"}


def test_a_named_speaker_keeps_the_label_in_the_text(project):
    (row, _other) = material.speakers(project)
    speakers.name_speaker(project, speaker=row.guid, name="  die Interviewerin ")
    assert material.speakers(project)[0].name == "die Interviewerin"
    assert "I: Wie" in material.text(project, source_of(project))


# -- line numbers and citations -----------------------------------------------------------------------------


@given(st.text("ab c\nä😀", max_size=300), st.integers(20, 60))
def test_every_line_holds_at_most_the_measure_and_nothing_is_left_out(text, measure):
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    numbers = LineNumbers(text, spans, measure=measure)
    starts = list(numbers.starts)
    assert starts == sorted(set(starts))
    for start, stop in spans:
        own = [s for s in starts if start <= s < stop]
        assert own[0] == start
        pieces = [text[a:b] for a, b in zip(own, [*own[1:], stop], strict=True)]
        assert all(len(piece.rstrip()) <= measure for piece in pieces)
        assert [numbers.at(s) for s in own] == list(range(numbers.at(start), numbers.at(start) + len(own)))


def test_a_passage_is_cited_by_lines_of_the_study_s_measure(project):
    source = source_of(project)
    text = material.text(project, source)
    start = text.index("Die Leute")
    row = material.span_row(project, source, start, start + 9)
    assert paragraphs_cited(row) == "Interview A, para. 5"
    sheet.set_citation(project, template="{title}, Z. {lines} ({speaker})")
    row = material.span_row(project, source, start, start + 9)
    assert paragraphs_cited(row) == "Interview A, Z. 5 (B)"
    sheet.set_line_measure(project, characters=20)
    row = material.span_row(project, source, start, start + 22)
    # Two lines for each of the first two turns and the second paragraph, two for the question before.
    assert paragraphs_cited(row) == "Interview A, Z. 9–10 (B)"
    head = material.span_row(project, source, 0, 5)
    assert paragraphs_cited(head) == "Interview A, Z. 0.1 ()"


@pytest.mark.parametrize("template", ["{titel}, Abs. {paragraph}", "{title}", "{title}, {", "{} {lines}"])
def test_a_template_that_finds_no_place_is_refused(template):
    with pytest.raises(KnownError):
        checked_template(template)


def test_a_measure_out_of_range_is_refused(project):
    with pytest.raises(KnownError, match="20 to 400"):
        sheet.set_line_measure(project, characters=5)
