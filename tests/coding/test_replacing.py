"""A transcript replaced by a corrected file: codings are carried over, what finds no place is listed."""

import pytest

from qda.coding import cases, documents, material, memos, replacing, speakers
from qda.coding.memo_queries import memos as all_memos
from qda.coding.transcript import TranscriptDraft
from qda.errors import KnownError
from qda.exchange.reading import draft_from_text
from qda.models import Project
from tests.coding.helpers import code, coded, passage
from tests.coding.test_correcting import numbers, said, words_of

OLD = """Ort: Amt
I: Wie begann Ihre Arbeit? #00:00:05-1#
B: Am Anfang stand ich allein da 😀, ohne Geld und ohne Auftrag. #00:00:12-0#
B: Dann kamen die Strassenfeste, und mit ihnen kam Vertrauen. #00:00:20-0#
I: Und heute? #00:00:22-0#
B: Heute trägt es sich selbst. Die Förderung war nie die Hauptsache. #00:00:31-0#
"""
NEW = """Ort: Rathaus
I: Wie begann eigentlich Ihre Arbeit? #00:00:05-1#
B: Am Anfang stand ich ganz allein da 😀, ohne Geld und ohne Auftrag. #00:00:12-0#
B: Dann kamen die Straßenfeste.
I: Mhm.
B: Und mit ihnen kam Vertrauen. #00:00:21-0#
I: Und heute? #00:00:22-0#
"""


@pytest.fixture
def source(project: Project) -> str:
    return documents.take_in(project, draft=draft_from_text(OLD), title="A", original=OLD.encode())


def by(project: Project, source: str, text: str, **more: object) -> TranscriptDraft:
    draft = draft_from_text(text)
    replacing.replace(project, source=source, draft=draft, **more)  # type: ignore[arg-type]
    return draft


def test_the_text_turns_times_and_header_are_those_of_the_corrected_file(
    project: Project, source: str
) -> None:
    draft = by(project, source, NEW, original=NEW.encode(), file_name="A neu.txt")
    assert material.text(project, source) == draft.text
    row = material.source(project, source)
    assert row is not None
    assert (row.file_name, row.header) == ("A neu.txt", draft.header)
    assert [turn for turn, _number in said(project, source)] == ["I", "B", "B", "I", "B", "I"]
    times = {p.time_ms for p in material.paragraphs(project, source)}
    assert times == {None, 5100, 12000, 21000, 22000}
    assert project.check() == []


def test_codings_stay_on_their_words_and_what_found_no_place_is_in_a_memo(
    project: Project, source: str
) -> None:
    for words in ("allein da 😀, ohne Geld", "Strassenfeste", "Vertrauen", "Förderung"):
        code(project, source, words, words[:3])
    plan = replacing.plan_replacement(project, source=source, draft=draft_from_text(NEW))
    assert [passage.text for passage in plan.not_placed] == ["Förderung"]
    assert plan.carried == 3
    by(project, source, NEW)
    assert [words for words, _code in coded(project)] == [
        "allein da 😀, ohne Geld",
        "Straßenfeste",
        "Vertrauen",
    ]
    (memo,) = all_memos(project)
    assert memo.title == "Codings that found no place in the corrected transcript"
    assert (memo.kind, memo.links) == ("operational", (f"source:{source}",))
    assert memo.body == "För – para. 5: “Förderung”"
    project.undo()
    assert len(coded(project)) == 4
    assert all_memos(project) == []
    assert "Strassenfeste" in material.text(project, source)


def test_paragraphs_in_both_keep_their_numbers_and_new_ones_get_letters(
    project: Project, source: str
) -> None:
    old = words_of(project, source)
    by(project, source, NEW)
    new = words_of(project, source)
    assert new["4"] == old["4"]
    assert numbers(project, source) == ["0.1", "1", "2", "3", "3a", "3b", "4"]
    assert new["3b"] == "Und mit ihnen kam Vertrauen."


def test_speakers_keep_role_name_and_case_and_merged_labels_stay_merged(
    project: Project, source: str
) -> None:
    by(project, source, OLD.replace("B: Dann", "BB: Dann"))
    (wrong,) = (s.guid for s in material.speakers(project, source) if s.label == "BB")
    (right,) = (s.guid for s in material.speakers(project, source) if s.label == "B")
    case = cases.add_case(project, name="Fall")
    documents.set_speaker_case(project, speaker=right, case=case)
    documents.set_speaker_role(project, speaker=right, role="left_out")
    speakers.name_speaker(project, speaker=right, name="Frau B")
    speakers.merge_speakers(project, speaker=wrong, into=right)
    by(project, source, NEW.replace("B: Dann", "BB: Dann"))
    found = {s.label: (s.role, s.name, s.case) for s in material.speakers(project, source)}
    assert found == {"I": ("interviewer", "", None), "B": ("left_out", "Frau B", case)}


def test_the_same_file_changes_no_word_and_a_file_without_times_leaves_them(
    project: Project, source: str
) -> None:
    before = material.paragraphs(project, source)
    by(project, source, OLD)
    assert material.paragraphs(project, source) == before
    without = "\n".join(line.split(" #")[0] for line in OLD.splitlines())
    by(project, source, without)
    assert [p.time_ms for p in material.paragraphs(project, source)] == [p.time_ms for p in before]


def test_a_passage_that_gave_way_to_quite_other_words_is_not_carried_over(
    project: Project, source: str
) -> None:
    memos.write_memo(
        project,
        kind="theoretical",
        title="T",
        target=f"segment:{passage(project, source, 'Heute trägt es sich selbst. Die Förderung')}",
    )
    text = OLD.replace(
        "Heute trägt es sich selbst. Die Förderung war nie die Hauptsache.",
        "Ach, wissen Sie, morgen kommt der Umzug, und wir packen dann schon ganze Kisten voller Bücher.",
    )
    plan = replacing.plan_replacement(project, source=source, draft=draft_from_text(text))
    assert len(plan.not_placed) == 1
    by(project, source, text)
    assert material.segments(project, source) == []


def test_an_empty_file_replaces_nothing(project: Project, source: str) -> None:
    with pytest.raises(KnownError):
        by(project, source, "  \n")


def test_a_word_in_a_rewritten_sentence_is_not_carried_to_the_word_that_stands_in_its_place(
    project: Project, source: str
) -> None:
    code(project, source, "Strassenfeste", "Feste")
    code(project, source, "Vertrauen", "Vertrauen")
    rewritten = OLD.replace(
        "Dann kamen die Strassenfeste, und mit", "Niemand half uns damals noch viel später aus"
    )
    plan = replacing.plan_replacement(project, source=source, draft=draft_from_text(rewritten))
    assert [passage.text for passage in plan.not_placed] == ["Strassenfeste"]


def test_a_passage_does_not_swell_to_all_that_stands_behind_it(project: Project, source: str) -> None:
    code(project, source, "Heute trägt es sich selbst.", "Heute")
    between = "".join(f"\nI: Frage {n}?\nB: Ein Satz über die Sache {n}" for n in range(20))
    other = OLD.replace("Heute trägt es sich selbst", f"Heute wird{between} selbst")
    plan = replacing.plan_replacement(project, source=source, draft=draft_from_text(other))
    assert [passage.text for passage in plan.not_placed] == ["Heute trägt es sich selbst."]
