"""Lives are told as they were; a model at any moment is the model that was there then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from qda.coding import axial, codebook, evidence, memos, theory
from qda.coding.codes import codings
from qda.coding.genesis import genesis
from qda.coding.genesis_model import model_life
from qda.coding.genesis_states import Moment, state_at, state_of, states_differ
from qda.coding.genesis_words import difference_lines, state_words
from qda.coding.model_states import present_state
from qda.coding.model_versions import freeze_model
from qda.coding.saturation_judgements import judge_saturation
from qda.errors import KnownError
from qda.models import Project
from tests.coding.helpers import code, named, passage

START = datetime(2024, 5, 1, 8, tzinfo=UTC)


class Days:
    """A clock that goes on by a day when it is told to."""

    def __init__(self, project: Project) -> None:
        self.now = START
        project.clock = lambda: self.now

    def next(self) -> datetime:
        """The end of the day that is over."""
        over = self.now
        self.now += timedelta(days=1)
        return over


@pytest.fixture
def days(project: Project, interview: str) -> Days:
    days = Days(project)
    for words, name in (("allein da", "Einsamkeit"), ("ohne Geld", "Not"), ("Vertrauen", "Trost")):
        code(project, interview, words, name)
    days.next()
    return days


def _acts(project: Project, interview: str) -> list[Callable[[], object]]:
    """The making of a model, one act after the other."""
    made: dict[str, str] = {}

    def keep(name: str, act: Callable[[], str]) -> Callable[[], object]:
        return lambda: made.__setitem__(name, act())

    def given(polarity: str, words: str) -> Callable[[], str]:
        return lambda: evidence.add_evidence(
            project, relation=made["R1"], segments=[passage(project, interview, words)], polarity=polarity
        )

    return [
        keep("model", lambda: axial.add_model(project, name="Alleinsein")),
        lambda: axial.set_phenomenon(project, model=made["model"], code=named(project, "Einsamkeit")),
        keep(
            "place",
            lambda: axial.place_code(
                project, model=made["model"], code=named(project, "Not"), slot="strategies", level="town"
            ),
        ),
        lambda: axial.rename_model(project, model=made["model"], name="Verlassenheit"),
        keep(
            "R1",
            lambda: axial.relate_codes(
                project,
                model=made["model"],
                from_code=named(project, "Not"),
                to_code=named(project, "Trost"),
                type="leads_to",
                statement="Not führt zu Trost",
            ),
        ),
        keep("E1", given("supporting", "ohne Geld")),
        keep("E2", given("contradicting", "allein da")),
        lambda: evidence.change_evidence(project, evidence=made["E2"], polarity="qualifying"),
        lambda: axial.set_relation_status(project, relation=made["R1"], status="modified"),
        keep(
            "C1", lambda: axial.add_condition(project, relation=made["R1"], code=named(project, "Einsamkeit"))
        ),
        lambda: evidence.note_search(project, relation=made["R1"], note="alles gelesen"),
        lambda: codebook.rename_code(project, code=named(project, "Not"), name="Armut"),
        project.undo,
        lambda: axial.turn_relation(project, relation=made["R1"]),
        lambda: evidence.remove_evidence(project, evidence=made["E1"]),
        lambda: axial.remove_condition(project, condition=made["C1"]),
        lambda: axial.remove_placement(project, placement=made["place"]),
        lambda: axial.remove_relation(project, relation=made["R1"]),
        lambda: axial.set_model_status(project, model=made["model"], status="abandoned"),
    ]


def test_the_model_at_each_moment_is_the_model_that_was_there_then(project, interview, days):
    model, seen = "", []
    for act in _acts(project, interview):
        act()
        model = model or theory.models(project)[0].guid
        seen.append((present_state(project, model), days.next()))
    assert len(set(map(repr, (state for state, _at in seen)))) > 15
    for state, moment in seen:
        assert state_at(project, model, moment) == state
    assert state_at(project, model, START) is None


def test_a_model_that_is_gone_is_still_what_it_was(project, days):
    model = axial.add_model(project, name="Alleinsein", phenomenon=named(project, "Einsamkeit"))
    state, moment = present_state(project, model), days.next()
    axial.remove_model(project, model=model)
    days.next()
    assert state_at(project, model, moment) == state
    with pytest.raises(KnownError):
        state_of(project, model, Moment())
    with pytest.raises(KnownError, match="not there"):
        state_of(project, model, Moment(at=START - timedelta(days=1)))


def test_the_difference_of_two_dates_is_told_in_words(project, interview, days):
    acts = _acts(project, interview)
    for act in acts[:6]:
        act()
    model, first = theory.models(project)[0].guid, days.next()
    for act in acts[6:11]:
        act()
    before, behind = state_of(project, model, Moment(at=first)), state_of(project, model, Moment())
    (line,) = difference_lines(project, before, behind)
    assert line.words == "R1: Not führt zu Trost"
    assert line.about == f"relation:{theory.relations(project)[0].guid}"
    assert line.details[:2] == ("State: supposed → modified", "Holds when, added: Einsamkeit")
    assert "1 qualifies" in line.details[2]
    assert "searched, found none" in line.details[2]
    assert state_words(behind)[-1] == "1 relation (1 modified)"
    assert states_differ(project, model, Moment(at=first), Moment()).relations


def test_a_version_can_stand_on_either_side(project, interview, days):
    for act in _acts(project, interview)[:5]:
        act()
    model = theory.models(project)[0].guid
    version = freeze_model(project, model=model, name="vor Fall C")
    days.next()
    axial.set_relation_status(project, relation=theory.relations(project)[0].guid, status="rejected")
    found = states_differ(project, model, Moment(version=version), Moment())
    assert [field.field for field in found.relations[0].fields] == ["status"]
    assert states_differ(project, model, Moment(), Moment(version=version)).relations


def test_the_life_of_a_model_tells_each_step_in_the_words_of_then(project, interview, days):
    for act in _acts(project, interview):
        act()
        days.next()
    model = theory.models(project)[0].guid
    steps = model_life(project, model)
    told = [(step.kind, step.words) for step in steps]
    assert told[0] == ("made", "Made: “Alleinsein”")
    assert ("named", "Renamed: “Alleinsein” became “Verlassenheit”") in told
    assert ("relation", "R1: Not → leads to → Trost") in told
    assert ("relation", "R1: Trost → leads to → Not") in told
    assert ("status", "R1: supposed → modified") in told
    assert ("condition", "R1: Holds when, added: Einsamkeit") in told
    assert ("search", "R1: searched, found none") in told
    assert ("evidence", "R1: evidence read anew: speaks against → qualifies") in told
    assert not any("Armut" in words for _kind, words in told)  # it was undone


def test_evidence_of_one_day_is_one_step_with_all_its_passages(project, interview, days):
    acts = _acts(project, interview)
    for act in acts[:7]:
        act()
    step = next(one for one in model_life(project, theory.models(project)[0].guid) if one.kind == "evidence")
    assert step.words == "R1: evidence: 1 supports · 1 speaks against"
    assert [one.text for one in step.passages] == ["ohne Geld", "allein da"]


def test_a_memo_on_a_relation_stands_at_its_time_and_says_whether_it_is_private(project, interview, days):
    for act in _acts(project, interview)[:5]:
        act()
    days.next()
    relation = theory.relations(project)[0].guid
    memos.write_memo(
        project, kind="theoretical", title="Warum", body="Weil.", target=f"relation:{relation}", private=True
    )
    last = model_life(project, theory.models(project)[0].guid)[-1]
    assert (last.kind, last.words, last.text, last.private) == ("memo", "Memo: R1 – Warum", "Weil.", True)


def test_the_genesis_of_a_category_tells_what_was_merged_into_it_and_put_below_it(project, interview, days):
    kept = named(project, "Einsamkeit")
    codebook.merge_codes(project, code=named(project, "Not"), into=kept)
    days.next()
    codebook.move_code(project, code=named(project, "Trost"), parent=kept)
    days.next()
    judge_saturation(project, code=kept, state="open", reason="Ein Fall fehlt.")
    found = genesis(project, f"code:{kept}")
    told = [(step.kind, step.words, step.parts) for step in found.steps]
    assert ("made", "Made from a passage: “Einsamkeit”", ()) in told
    assert ("made", "Made from a passage: “Not”", ("later merged into it",)) in told
    assert ("merged", "“Not” was merged into it", ()) in told
    assert ("moved", "Put below it", ("Trost",)) in told
    assert told[-1] == ("judged", "Judged: open", ())
    below = next(step for step in found.steps if step.words == "Put below it")
    assert [one.text for one in below.passages] == ["Vertrauen"]
    assert len(codings(project, code=kept)) == 2


def test_a_category_that_is_gone_is_told(project, days):
    with pytest.raises(KnownError):
        genesis(project, "code:00000000-0000-4000-8000-000000000000")
