"""Candidates for evidence: by nearness and cue words, what may contradict first; none left out."""

import random
from datetime import timedelta

import pytest

from qda.coding import axial, cases, codes, documents, evidence, material, open_coding
from qda.coding.candidates import Candidate, candidates, reason
from qda.coding.cues import AGAINST, JOINING, cue_words, cues_in, kinds_in
from qda.coding.positions import normalise
from qda.coding.relation_queue import waiting
from qda.coding.transcript import ParagraphDraft, SpeakerDraft, TranscriptDraft
from qda.errors import KnownError
from qda.i18n import use_language
from qda.models import Project
from tests.coding.helpers import code, named, passage

# Lines that begin with "+" go on with the turn before.
TALK = """I: Wie kam es dazu?
B: Der Landrat stand hinter uns. Die Ämter kamen dann.
+ Das war gut.
+ Alle Ämter waren da.
I: Und später?
B: Der Landrat blieb weg, aber das machte mir Sorgen.
I: Was fehlte?
B: Die Runde wurde kleiner.
I: Und heute?
B: Heute ist der Landrat fort. Ich weiß es auch nicht."""


def talk(words: str, language: str = "de") -> TranscriptDraft:
    text, _offsets = normalise(words.replace("\n+ ", "\n"))
    paragraphs, at, label = [], 0, ""
    for number, (line, written) in enumerate(zip(text.split("\n"), words.split("\n"), strict=True), 1):
        goes_on = written.startswith("+ ")
        if not goes_on:
            label = line.partition(": ")[0]
        begin = at if goes_on else at + len(label) + 2
        paragraphs.append(ParagraphDraft(at, at + len(line), begin, label, not goes_on, "text", str(number)))
        at += len(line) + 1
    speakers = (SpeakerDraft("I", "interviewer", ""), SpeakerDraft("B", "respondent", ""))
    return TranscriptDraft(text, tuple(paragraphs), speakers, (), (), "txt", "utf-8", "label", language, ())


def take_in(project: Project, title: str, words: str = TALK) -> str:
    """A document of a case of its own."""
    source = documents.take_in(project, draft=talk(words), title=title)
    documents.set_source_case(project, source=source, case=cases.add_case(project, name=f"Fall {title}"))
    return source


@pytest.fixture
def study(project: Project) -> tuple[Project, str, str]:
    """Support from the top furthers attendance: one relation, one case with codings."""
    source = take_in(project, "A")
    code(project, source, "Der Landrat stand hinter uns.", "Rückhalt")
    code(project, source, "Die Ämter kamen dann.", "Teilnahme")
    code(project, source, "Alle Ämter waren da.", "Teilnahme > alle")
    code(project, source, "Der Landrat blieb weg", "Rückhalt")
    code(project, source, "Die Runde wurde kleiner.", "Teilnahme")
    code(project, source, "Heute ist der Landrat fort. Ich weiß es auch nicht.", "Rückhalt")
    return project, relate(project, "Rückhalt", "Teilnahme"), source


def relate(project: Project, start: str, end: str) -> str:
    model = axial.add_model(project, name="M", phenomenon=named(project, start))
    ends = {"from_code": named(project, start), "to_code": named(project, end)}
    return axial.relate_codes(project, model=model, type="furthers", **ends)


def told(one: Candidate) -> tuple[str, str, str, bool]:
    return one.segment.text, one.other.text if one.other else "", one.near, one.may_contradict


def test_what_may_contradict_comes_first_then_the_nearest(study):
    project, relation, _source = study
    found = candidates(project, relation=relation)
    assert [told(one) for one in found.rows] == [
        ("Der Landrat blieb weg", "Alle Ämter waren da.", "turns", True),
        ("Heute ist der Landrat fort. Ich weiß es auch nicht.", "Die Runde wurde kleiner.", "turns", True),
        ("Der Landrat stand hinter uns.", "Die Ämter kamen dann.", "paragraph", False),
    ]
    assert (found.total, found.against) == (3, 2)
    assert [(one.name, one.count, one.against) for one in found.by_case] == [("Fall A", 3, 2)]


def test_each_candidate_says_its_reason(study):
    project, relation, source = study
    with use_language("en"):
        reasons = [reason(one) for one in candidates(project, relation=relation).rows]
    assert reasons == [
        "“Rückhalt” · “alle”: 2 turns apart; “aber” (contrast)",
        "“Rückhalt” · “Teilnahme”: 2 turns apart; “nicht” (negation)",
        "“Rückhalt” · “Teilnahme”: in one paragraph",
    ]
    cue = candidates(project, relation=relation).rows[0].cues[0]
    assert material.text(project, source)[cue.start : cue.stop] == "aber"


def test_fewer_turns_reach_less_far_and_codes_below_count_at_will(study):
    project, relation, _source = study
    near = candidates(project, relation=relation, turns=0, with_children=False)
    assert [told(one)[:3] for one in near.rows] == [
        ("Der Landrat blieb weg", "", "cue"),
        ("Der Landrat stand hinter uns.", "Die Ämter kamen dann.", "paragraph"),
    ]


def test_evidence_and_what_was_passed_over_are_not_offered_again(study):
    project, relation, source = study
    both = [passage(project, source, words) for words in ("Der Landrat blieb weg", "Alle Ämter waren da.")]
    evidence.add_evidence(project, relation=relation, segments=both, polarity="contradicting")
    left = candidates(project, relation=relation)
    assert [one.segment.text for one in left.rows] == [
        "Heute ist der Landrat fort. Ich weiß es auch nicht.",
        "Der Landrat stand hinter uns.",
    ]
    passed = candidates(project, relation=relation, passed=left.rows[0].segments)
    assert [one.segment.text for one in passed.rows] == ["Der Landrat stand hinter uns."]
    for segment in left.rows[0].segments:
        evidence.pass_candidate(project, relation=relation, segment=segment)
    assert candidates(project, relation=relation).rows == passed.rows


def test_a_code_alone_may_contradict_in_a_case_for_which_the_relation_is_claimed(study):
    project, relation, source = study

    def of(relation: str) -> list[tuple[str, str]]:
        rows = candidates(project, relation=relation, turns=1).rows
        return [(one.segment.text, one.near) for one in rows if one.near in ("alone", "cue")]

    assert of(relation) == [("Der Landrat blieb weg", "cue")]
    first = [passage(project, source, "Der Landrat stand hinter uns.")]
    evidence.add_evidence(project, relation=relation, segments=first, polarity="supporting")
    assert of(relation) == [
        ("Der Landrat blieb weg", "alone"),
        ("Heute ist der Landrat fort. Ich weiß es auch nicht.", "alone"),
    ]
    with use_language("en"):
        told_ = reason(candidates(project, relation=relation, turns=1).rows[1])
    assert told_.startswith(
        "“Rückhalt” without “Teilnahme” near, in a case for which the relation is claimed"
    )


def test_one_passage_under_both_codes_is_one_candidate(study):
    project, relation, source = study
    code(project, source, "Die Ämter kamen dann.", "Rückhalt")
    found = [one for one in candidates(project, relation=relation).rows if one.near == "segment"]
    assert [(one.segment.text, one.bears, one.other) for one in found] == [
        ("Die Ämter kamen dann.", "both", None)
    ]


def test_a_code_below_the_other_end_stands_for_itself_alone(study):
    project, _relation, _source = study
    inner = relate(project, "Teilnahme", "alle")
    found = candidates(project, relation=inner)
    assert not [one for one in found.rows if one.bears == "both"]
    assert ("Die Ämter kamen dann.", "Alle Ämter waren da.", "turn") in [told(one)[:3] for one in found.rows]


def test_pages_and_cases_follow_the_same_order(study):
    project, relation, _source = study
    other = take_in(project, "B")
    code(project, other, "Der Landrat stand hinter uns.", "Rückhalt")
    code(project, other, "Die Ämter kamen dann.", "Teilnahme")
    every = candidates(project, relation=relation)
    assert [one.segment.case_name for one in every.rows][-3:] == ["Fall A", "Fall A", "Fall B"]
    paged = [candidates(project, relation=relation, offset=at, limit=2).rows for at in (0, 2)]
    assert [one for page in paged for one in page] == list(every.rows)
    case = material.cases(project)[1].guid
    assert [one.segment.case_name for one in candidates(project, relation=relation, case=case).rows] == [
        "Fall B"
    ]


def test_a_relation_that_is_gone_is_told(project):
    with pytest.raises(KnownError):
        candidates(project, relation="nothing")


# -- against a naive reference ------------------------------------------------------------------------------


def _level(project: Project, one: codes.CodingRow, other: codes.CodingRow, turns: int) -> tuple[int, int]:
    """How near two passages are, by the words of the method: level (6: not near) and turns between."""
    a, b = one.segment, other.segment
    if a.source != b.source:
        return 6, 0
    numbers: dict[str, int] = {}
    turn = -1
    for line in material.paragraphs(project, a.source):
        turn += line.opens_turn
        numbers[line.number] = turn
    apart = max(
        numbers[b.paragraph] - numbers[a.last_paragraph], numbers[a.paragraph] - numbers[b.last_paragraph], 0
    )
    if a.start < b.stop and b.start < a.stop:
        return 0, apart
    if int(a.paragraph) <= int(b.last_paragraph) and int(b.paragraph) <= int(a.last_paragraph):
        return 1, apart
    if apart == 0:
        return 2, 0
    return (3, apart) if apart <= turns else (6, 0)


@pytest.mark.parametrize("seed", range(6))
def test_the_same_passages_are_near_as_in_a_search_pair_by_pair(project, seed):
    chance = random.Random(seed)
    words = ["aber", "weil", "nicht", "wenn", "obwohl", "Amt", "Runde", "kam", "ging", "Leute", "Geld"]
    for title in "AB":
        lines = [
            f"{chance.choice(('I: ', 'B: ', '+ ')) if n else 'I: '}{' '.join(chance.choices(words, k=8))}"
            for n in range(14)
        ]
        source = take_in(project, title, "\n".join(lines))
        length = len(material.text(project, source))
        for _n in range(14):
            start = chance.randrange(length - 30)
            name = chance.choice(("X", "Y", "X > x", "Z"))
            open_coding.code_passage(
                project, source=source, start=start, stop=start + chance.randint(3, 30), code=name
            )
    relation, turns = relate(project, "X", "Y"), chance.randint(0, 3)
    rows = codes.codings(project)
    x = [one for one in rows if one.code_name in ("X", "x")]
    y = [one for one in rows if one.code_name == "Y"]
    wanted: dict[str, tuple[int, int]] = {}
    for some, others in ((x, y), (y, x)):
        for one in some:
            best = min((_level(project, one, other, turns) for other in others), default=(6, 0))
            wanted[one.segment.guid] = min(best, wanted.get(one.segment.guid, (6, 0)))
    near = {guid for guid, (level, _apart) in wanted.items() if level < 6}
    found = candidates(project, relation=relation, turns=turns, limit=1000)
    levels = ("segment", "paragraph", "turn", "turns")
    shown: set[str] = set()
    for one in found.rows:
        if one.near in levels:
            assert (levels.index(one.near), one.turns) == wanted[one.segment.guid]
            shown.update(one.segments)
    assert shown == near
    single = {one.segment.guid for one in found.rows if one.near == "cue"}
    cued = {
        one.segment.guid for one in (*x, *y) if one.segment.guid not in near and _cued(project, one.segment)
    }
    assert single == cued
    assert len({one.segment.guid for one in found.rows}) == len(found.rows)
    assert [one.may_contradict for one in found.rows] == sorted(
        (one.may_contradict for one in found.rows), reverse=True
    )
    for one in found.rows:
        assert one.may_contradict == any(cue.kind in AGAINST for cue in one.cues)


def _cued(project: Project, segment: material.SegmentRow) -> bool:
    lines = {line.number: line for line in material.paragraphs(project, segment.source)}
    low = min(segment.start, max(segment.start - 120, lines[segment.paragraph].label_stop))
    high = max(segment.stop, min(segment.stop + 120, lines[segment.last_paragraph].stop))
    found = cues_in(material.text(project, segment.source), "de", low, high)
    return any(one.kind in JOINING for one in found)


# -- cue words ----------------------------------------------------------------------------------------------


def test_cues_are_whole_words_in_any_case_and_the_longest_wins():
    text = "Aber weil’s regnet: AUF DER ANDEREN SEITE, auch wenn alles weilt, so dass, dasß; sodass"
    found = cues_in(text, "de", 0, len(text))
    assert [(one.kind, one.word) for one in found] == [
        ("contrast", "Aber"),
        ("contrast", "AUF DER ANDEREN SEITE"),
        ("concession", "auch wenn"),
        ("consequence", "so dass"),
        ("consequence", "sodass"),
    ]
    assert all(" ".join(text[one.start : one.stop].split()) == one.word for one in found)
    assert kinds_in(text, "de", 0, len(text)) == {one.kind for one in found}
    assert [one.word for one in cues_in(text, "de", 2, 3)] == ["Aber"]
    assert cues_in(text, "fr", 0, len(text)) == ()
    assert [one.word for one in cues_in("I didn’t, because", "en", 0, 17)] == ["didn’t", "because"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_lists_are_short_and_name_no_cue_twice(language):
    entries = [(first, *rest) for first, some in cue_words(language).items() for rest, _kind in some]
    assert len(entries) == len(set(entries))
    assert 40 < len(entries) < 120


# -- the queue ----------------------------------------------------------------------------------------------


def test_each_case_waits_until_there_is_evidence_or_a_search(study):
    project, relation, source = study
    other = take_in(project, "B")
    code(project, other, "Der Landrat stand hinter uns.", "Rückhalt")
    take_in(project, "C")

    def queue() -> list[tuple[str, str]]:
        return [(one.case_name, one.occurs) for one in waiting(project)]

    assert queue() == [("Fall A", "both"), ("Fall B", "from")]
    case = {one.name: one.guid for one in material.cases(project)}
    assert not [
        one for one in waiting(project, searched=[(relation, case["Fall B"])]) if one.case_name[-1] == "B"
    ]
    first = [passage(project, source, "Der Landrat stand hinter uns.")]
    evidence.add_evidence(project, relation=relation, segments=first, polarity="qualifying")
    assert queue() == [("Fall B", "from")]
    search = evidence.note_search(project, relation=relation, case=case["Fall A"])
    assert queue() == [("Fall B", "from")]
    evidence.remove_search(project, search=search)
    evidence.note_search(project, relation=relation)
    assert queue() == []
    later = project.clock() + timedelta(minutes=1)
    project.clock = lambda: later
    new = take_in(project, "D")
    code(project, new, "Alle Ämter waren da.", "Teilnahme > alle")
    assert queue() == [("Fall D", "to")]
    assert [one.case_name for one in waiting(project, with_children=False)] == []
    axial.set_relation_status(project, relation=relation, status="rejected")
    assert queue() == []


def test_relations_of_an_abandoned_model_wait_for_nothing(study):
    project, relation, _source = study
    model = waiting(project)[0].model
    axial.set_model_status(project, model=model, status="abandoned")
    assert waiting(project) == []
    assert [one.relation for one in waiting(project, relation=relation)] == [relation]
