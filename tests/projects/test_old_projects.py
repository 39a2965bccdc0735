"""A project file of every released version opens for ever, with what was in it."""

import shutil
from pathlib import Path

import pytest

from qda.coding import (
    analyses,
    code_maps,
    codes,
    comparison_cells,
    concepts,
    material,
    memo_piles,
    memo_queries,
    model_versions,
    pencil,
    piles,
    question_answers,
    quick_codes,
    reading,
    sampling,
    saturation_judgements,
    saved_queries,
    search,
    search_all,
    suggestion_events,
    templates,
    theory,
)
from qda.models import Project

FILES = sorted(Path(__file__).parent.glob("v*.qdaproj"))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def opened(request: pytest.FixtureRequest, tmp_path: Path):
    path = tmp_path / "study.qdaproj"
    shutil.copy(request.param, path)
    with Project.open(path) as project:
        yield project


def test_there_is_a_file_of_the_present_version() -> None:
    from qda.models.engines import SCHEMA_VERSION

    assert f"v{SCHEMA_VERSION}" in {path.stem for path in FILES}


def test_the_file_is_sound(opened: Project) -> None:
    assert opened.check() == []


def test_material_is_as_it_was(opened: Project) -> None:
    (source,) = material.sources(opened)
    assert (source.title, source.paragraphs, source.turns, source.case_name) == (
        "Interview A",
        5,
        5,
        "Koordinatorin A",
    )
    assert source.header == (("Datum", "1. März 2025"),)
    assert [t.time_ms for t in material.turns(opened)] == [None, 12_000, None, None, None]
    assert "😀" in material.text(opened, source.guid)
    assert material.original(opened, source.guid).decode().startswith("I: Wie begann")
    assert [c.attributes for c in material.cases(opened)] == [{"Alter": "47"}]


def test_codes_stand_where_they_stood(opened: Project) -> None:
    (source,) = material.sources(opened)
    text = material.text(opened, source.guid)
    found = [(mark.name, text[mark.start : mark.stop]) for mark in codes.marks(opened, source.guid)]
    assert found == [
        ("Alleinstehen", "allein da 😀"),
        ("Mittellosigkeit", "ohne Geld und ohne Auftrag"),
        ("Feste feiern", "Straßenfeste gemacht"),
        ("Zuschauen", "zugeschaut"),
        ("Vertrauen", "Vertrauen"),
    ]


def test_the_theory_is_as_it_was(opened: Project) -> None:
    (relation,) = theory.relations(opened)
    assert (relation.type, relation.supporting) == ("furthers", 1)
    assert theory.counter_searches(opened)[0].note == "in A gesucht"
    assert [c.words for c in relation.conditions] == ["Vertrauen · Dauer: lang"]
    assert theory.core(opened).name == "Vertrauen"
    assert [p.code_name for p in theory.placements(opened)] == ["Alleinstehen"]
    assert theory.story(opened, "story_line").startswith("[Vertrauen](code:")
    assert [m.private for m in memo_queries.memos(opened)] == [True, False]


def test_the_desk_is_as_it_was_from_its_version_on(opened: Project, request: pytest.FixtureRequest) -> None:
    version = int(request.node.callspec.id.removeprefix("v"))
    (source,) = material.sources(opened)
    states = [turn.state for turn in reading.turn_states(opened, source.guid)]
    if version < 3:
        assert states == ["unread", "coded", "coded", "unread", "coded"]
        assert (pencil.pencils(opened), concepts.concepts(opened), piles.piles(opened)) == ([], [], [])
        return
    assert states == ["read", "coded", "coded", "uncoded", "coded"]
    assert [mark.note for mark in pencil.pencils(opened)] == ["wer?"]
    first, second = concepts.concepts(opened)
    assert (first.name, first.code_name, second.code) == ("Soziales Kapital", "Soziales Kapital", None)
    assert quick_codes.quick_codes(opened) == {1: first.code}
    assert [(p.name, p.x, [c.code for c in p.codes]) for p in piles.piles(opened)] == [
        ("Mittel", 30, [first.code])
    ]
    assert [q.spec["query"]["words"] for q in saved_queries.saved_queries(opened)] == ["Vertrauen"]
    assert [len(pile.memos) for pile in memo_piles.memo_piles(opened)] == [1]
    assert material.project_sheet(opened).hide_frequencies


def test_the_growth_of_the_theory_is_as_it_was_from_its_version_on(
    opened: Project, request: pytest.FixtureRequest
) -> None:
    version = int(request.node.callspec.id.removeprefix("v"))
    (case,) = material.cases(opened)
    (relation,) = theory.relations(opened)
    assert case.starting
    if version < 4:
        assert (sampling.decisions(opened), code_maps.maps(opened)) == ([], [])
        assert [search.case for search in theory.counter_searches(opened)] == [None]
        assert [(placed.x, placed.y) for placed in theory.placements(opened)] == [(None, None)]
        return
    assert [search.case for search in theory.counter_searches(opened)] == [None, case.guid]
    assert len(theory.passed_candidates(opened, relation.guid)) == 1
    assert [(placed.x, placed.y) for placed in theory.placements(opened)] == [(40, -12)]
    (version_row,) = model_versions.versions(opened)
    assert (version_row.name, version_row.placements, version_row.relations) == ("vor Fall B", 1, 1)
    assert model_versions.versions_differ(opened, version_row.guid).empty
    assert [row.name for row in templates.templates(opened)] == ["Eigenes"]
    (decision,) = sampling.decisions(opened)
    assert (decision.outcome, [t.name for t in decision.targets]) == ("refused", ["Koordinatorin A"])
    assert [row.state for row in saturation_judgements.judgements(opened)] == ["provisional"]
    (cell,) = comparison_cells.cells(opened).values()
    assert (cell.body, bool(cell.segment)) == ("wächst langsam", True)
    assert [row.body for row in question_answers.answers(opened)] == ["eine Lücke"]
    (chart,) = code_maps.maps(opened)
    assert ([item.text for item in chart.items], len(chart.lines)) == (["", "und dann?"], 1)


def test_what_was_read_in_the_text_is_kept_from_its_version_on(
    opened: Project, request: pytest.FixtureRequest
) -> None:
    version = int(request.node.callspec.id.removeprefix("v"))
    (row,) = analyses.readable(opened)
    assert analyses.kept(opened, row, "invented") == (None if version < 5 else b"words")
    hits = search_all.found(opened, search_all.Query("kommen", forms=True))
    assert [hit.paragraph for hit in hits] == ([] if version < 5 else ["3"])


def test_what_was_proposed_is_kept_from_its_version_on(
    opened: Project, request: pytest.FixtureRequest
) -> None:
    version = int(request.node.callspec.id.removeprefix("v"))
    found = [(row.kind, row.name, row.outcome) for row in suggestion_events.events(opened)]
    kept = [("code", "Vertrauen", "taken"), ("new", "Leute gewinnen", "passed")]
    assert found == (kept if version >= 6 else [])


def test_it_can_be_searched(opened: Project) -> None:
    assert [hit.paragraph for hit in search.search(opened, "strassenfeste")] == ["3"]


def test_the_history_can_still_be_undone(opened: Project) -> None:
    steps = 0
    while opened.undo_label() is not None:
        opened.undo()
        steps += 1
    assert steps > 20
    assert material.sources(opened) == []
    assert codes.codes(opened) == []
