"""Codes along the text, against loops over characters; and tables as they are looked at."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.coding import along_text, attributes, material, matrices, open_coding, sheet
from qda.coding.matrices import Wish
from tests.coding.retrieval.naive import Built, Naive
from tests.coding.retrieval.test_random_queries import plans
from tests.coding.retrieval.test_worked_examples import PLAN


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    made = Built(PLAN, tmp_path_factory.mktemp("along") / "study.qdaproj")
    yield made
    made.close()


def texts(built):
    return [material.text(built.project, source) for source in built.docs]


def below(built, code):
    """A code and all those below it."""
    rows = {one.guid: one for one in matrices_rows(built)}
    return [guid for guid, row in rows.items() if row.path == rows[code].path or _under(row, rows[code])]


def _under(row, top):
    return row.path.startswith(top.path + " > ")


def matrices_rows(built):
    return matrices.matrix(built.project, Wish()).rows


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans(), parts=st.integers(1, 12), with_children=st.booleans())
def test_curves_count_and_cover_what_loops_over_characters_find(plan, parts, with_children):
    with tempfile.TemporaryDirectory() as folder:
        built = Built(plan, Path(folder) / "study.qdaproj")
        try:
            naive, lengths = Naive(built), [len(text) for text in texts(built)]
            found = along_text.curves(built.project, parts=parts, with_children=with_children)
            for at, row in enumerate(found.rows):
                codes = below(built, row.guid) if with_children else [row.guid]
                spans = _spans(built, naive, codes)
                for part in range(parts):
                    inside = [one for one in spans if part in _touched(one, lengths, parts)]
                    assert found.counts[2, at, part] == len(inside)
                    counts, rows = along_text.part_segments(built.project, found, row.guid, part)
                    assert counts[2] == len(rows) == len(inside)
                    whole = sum(lengths) / parts
                    wanted = sum(
                        _covered([s for s in spans if s[0] == doc], length, parts, part)
                        for doc, length in enumerate(lengths)
                    )
                    assert found.share[at, part] == pytest.approx(wanted / whole if whole else 0, abs=1e-9)
        finally:
            built.close()


def _spans(built, naive, codes):
    from qda.coding.retrieval import spec as q

    found = set()
    for code in codes:
        found.update(naive.find(q.Code(code), None))
    return sorted(found)


def _touched(span, lengths, parts):
    doc, start, stop = span
    length = max(1, lengths[doc])
    found = {min(parts - 1, place * parts // length) for place in range(start, max(stop, start + 1))}
    return range(min(found), max(found) + 1)  # a text may have fewer characters than parts


def _covered(spans, length, parts, part):
    """How much of a part of one document lies in the spans; its borders need not lie between characters."""
    size, total = length / parts, 0.0
    for place in {place for _doc, start, stop in spans for place in range(start, stop)}:
        total += max(0.0, min(place + 1, (part + 1) * size) - max(place, part * size))
    return total


def test_a_portrait_holds_every_coding_in_the_order_of_the_text(built):
    found = along_text.portrait(built.project, source=built.docs[0])
    text = PLAN.docs[0].text
    assert found.length == len(text)
    places = [(tile.start, -tile.stop) for tile in found.tiles]
    assert places == sorted(places)
    riot = [text[tile.start : tile.stop] for tile in found.tiles if tile.name == "Konflikt"]
    assert riot[0] == "Dann kam der Streit"
    asked = [text[start:stop] for start, stop in found.asked]
    assert all(words.lstrip().startswith("I") for words in asked)
    assert any("Wie begann die Arbeit?" in words for words in asked)
    assert {tile.asked for tile in found.tiles if tile.name == "Frage"} == {True}


def test_a_portrait_of_a_branch_holds_the_codes_below(built):
    means = built.codes[2]
    alone = along_text.portrait(built.project, source=built.docs[0], codes=[means])
    branch = along_text.portrait(built.project, source=built.docs[0], codes=[means], with_children=True)
    assert {tile.path for tile in alone.tiles} <= {"Mittel"}
    assert "Mittel > Geld" in {tile.path for tile in branch.tiles}


def test_a_wish_comes_back_from_plain_data_and_nonsense_is_as_usual():
    wish = Wish(picture="curve", codes=("a", "b"), parts=50, with_children=True)
    assert Wish.from_data({**wish.as_data(), "codes": ["a", "b"], "sources": []}) == wish
    assert Wish.from_data({"parts": "many", "codes": 3, "unknown": 1}) == Wish()


def test_rows_are_all_codes_the_top_a_branch_or_those_chosen(built):
    def names(**more):
        return [row.name for row in matrices.matrix(built.project, Wish(**more)).rows]

    assert names() == ["Vertrauen", "Konflikt", "Mittel", "Geld", "Soziale Mittel", "Frage"]
    assert names(rows="top") == ["Vertrauen", "Konflikt", "Mittel", "Frage"]
    assert names(rows="branch", codes=(built.codes[2],)) == ["Mittel", "Geld", "Soziale Mittel"]
    assert names(rows="chosen", codes=(built.codes[2], built.codes[0], "gone")) == ["Vertrauen", "Mittel"]
    assert names(order="name")[0] == "Frage"
    by_count = matrices.matrix(built.project, Wish(order="count"))
    totals = by_count.row_totals.T.tolist()
    assert totals == sorted(totals, reverse=True)


def test_columns_by_attribute_stand_in_bands_and_those_without_an_answer_last(built):
    project = built.project
    case = next(one for one in material.cases(project) if one.name == "C")
    attributes.set_attribute(project, case=case.guid, name="Größe", value="klein")
    guid = {name: guid for guid, name in matrices.attributes_of(project)}["Größe"]
    found = matrices.matrix(project, Wish(picture="cases", columns=f"attribute:{guid}"))
    assert (found.columns[0].name, found.columns[0].band) == ("C", "klein")
    assert {one.band for one in found.columns[1:]} == {"–"}
    assert found.counts.shape[1:] == (len(found.rows), len(found.columns))
    trust = found.rows[0].guid
    listed = matrices.passages(project, found, trust, found.columns[0].guid)
    assert (listed.cases, listed.documents, listed.total) == found.cell(0, 0)
    assert len(listed.rows) == listed.total


def test_empty_rows_and_columns_can_be_left_out(built):
    whole = matrices.matrix(built.project, Wish(picture="documents"))
    less = matrices.matrix(built.project, Wish(picture="documents", empty=False))
    assert len(less.columns) <= len(whole.columns)
    assert (less.counts[2].sum(axis=0) > 0).all()
    assert (less.counts[2].sum(axis=1) > 0).all()
    assert less.counts[2].sum() == whole.counts[2].sum()


def test_where_frequencies_are_hidden_cells_show_only_whether_there_is_anything(project_of_two):
    project = project_of_two
    sheet.set_frequencies_hidden(project, hidden=True)
    found = matrices.matrix(project, Wish(picture="documents", measure="segments", order="count"))
    assert found.hidden
    assert set(found.shown.flatten().tolist()) <= {0, 1}
    assert [row.name for row in found.rows] == ["Ruhe", "Zusage"]  # not sorted by what is hidden


@pytest.fixture
def project_of_two(project):
    from qda.coding.documents import take_in
    from qda.exchange.reading import draft_from_text

    text = "B: Ruhe herrscht.\nB: Zusage um Zusage."
    source = take_in(project, draft=draft_from_text(text), title="A")
    text = material.text(project, source)
    for code, words in (("Ruhe", "Ruhe"), ("Zusage", "Zusage um"), ("Zusage", "Zusage.")):
        start = text.index(words)
        open_coding.code_passage(project, source=source, start=start, stop=start + len(words), code=code)
    return project
