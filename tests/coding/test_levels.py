"""The conditional/consequential matrix: codes by level, and the path from a passage outwards."""

import pytest

from qda.coding import axial, codebook, documents, evidence, levels, open_coding, relating, theory
from qda.models import Project

TEXT = "B: Ich rufe alle an. Das Land zahlt nur ein Jahr. Dann bleiben sie."


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "s.qdaproj", title="S", coder="MK", template="hajji") as made:
        yield made


class Made:
    def __init__(self, project: Project) -> None:
        self.source = documents.add_document(project, title="A", text=TEXT, kind="interview")
        names = ("halten", "anrufen", "Geld", "Gesetz", "bleiben", "Nachbarn")
        self.codes = {name: codebook.add_code(project, name=name) for name in names}
        self.model = axial.add_model(project, name="M", template="hajji", phenomenon=self.codes["halten"])
        for name, slot, level in (
            ("anrufen", "strategies", "coordinator"),
            ("Geld", "conditions", "state"),
            ("Gesetz", "conditions", "federal"),
            ("bleiben", "consequences", ""),
            ("Nachbarn", "conditions", "Nachbarschaft"),
        ):
            axial.place_code(project, model=self.model, code=self.codes[name], slot=slot, level=level)
        self.one = self.relate(project, "Geld", "anrufen", "condition_for")
        self.two = self.relate(project, "Gesetz", "Geld", "condition_for")
        self.three = self.relate(project, "anrufen", "bleiben", "leads_to")

    def relate(self, project: Project, start: str, end: str, kind: str) -> str:
        return axial.relate_codes(
            project, model=self.model, from_code=self.codes[start], to_code=self.codes[end], type=kind
        )

    def row(self, project: Project):
        return theory.models(project)[0]


@pytest.fixture
def made(project):
    return Made(project)


def names(steps) -> list[str]:
    return [step.name for step in steps]


def test_levels_go_from_the_action_outwards_and_hold_their_codes(project, made):
    rows = levels.levels(project, made.row(project))
    assert [row.key for row in rows][:2] == ["action", "coordinator"]
    held = {row.key: [one.placement.code_name for one in row.placed] for row in rows if row.placed}
    assert held == {
        "coordinator": ["anrufen"],
        "state": ["Geld"],
        "federal": ["Gesetz"],
        "Nachbarschaft": ["Nachbarn"],
        "": ["bleiben"],
    }
    assert [row.key for row in rows if row.own] == ["Nachbarschaft"]


def test_a_level_of_the_project_s_own_is_put_where_it_belongs(project, made):
    before = levels.level_keys(project)
    assert before[-1] == "Nachbarschaft"
    for _step in range(5):
        levels.move_level(project, "Nachbarschaft", -1)
    after = levels.level_keys(project)
    assert after.index("Nachbarschaft") == len(before) - 6
    levels.move_level(project, "action", -1)  # the innermost stays the innermost
    assert levels.level_keys(project) == after


def test_a_path_goes_outwards_only(project, made):
    model = made.row(project)
    steps = levels.path_outwards(project, model, [made.codes["anrufen"]])
    assert names(steps) == ["anrufen", "Geld", "Gesetz"]  # what follows lies farther in
    assert [step.distance for step in steps] == [0, 1, 2]
    assert [step.forward for step in steps] == [True, False, False]
    assert steps[1].relation is not None
    assert steps[1].relation.guid == made.one
    assert names(levels.path_outwards(project, model, [made.codes["Gesetz"]])) == ["Gesetz"]
    assert names(levels.path_outwards(project, model, [made.codes["bleiben"]])) == [
        "bleiben",
        "anrufen",
        "Geld",
        "Gesetz",
    ]


def test_a_rejected_relation_leads_nowhere(project, made):
    axial.set_relation_status(project, relation=made.two, status="rejected")
    steps = levels.path_outwards(project, made.row(project), [made.codes["anrufen"]])
    assert names(steps) == ["anrufen", "Geld"]


def test_a_path_from_a_passage_begins_with_its_codes_and_knows_what_it_is_evidence_of(project, made):
    start = TEXT.index("Ich rufe")
    stop = TEXT.index("Das Land")
    for code in ("anrufen", "Nachbarn"):
        open_coding.code_passage(project, source=made.source, start=start, stop=stop, code=made.codes[code])
    evidence.add_evidence(
        project,
        relation=made.one,
        segments=[f"{made.source}:{start}-{stop - 2}"],
        polarity="supporting",
        kind="spoken",
    )
    found = relating.codes_in(project, made.source, start + 2, start + 4)
    assert sorted(found) == sorted(made.codes[name] for name in ("anrufen", "Nachbarn"))
    assert relating.codes_in(project, made.source, stop, stop + 3) == []
    steps = levels.path_outwards(
        project, made.row(project), found, passage=(made.source, start + 2, start + 4)
    )
    assert [(step.name, step.said_here) for step in steps] == [
        ("anrufen", False),
        ("Geld", True),
        ("Gesetz", False),
        ("Nachbarn", False),
    ]
