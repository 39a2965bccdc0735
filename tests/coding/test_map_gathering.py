"""Several things on a map in one act: with their arrows, around a thing, off again; copies; what is found."""

import pytest

from qda.coding import axial, cases, code_maps, codebook, map_gathering, material, memos
from qda.coding.map_related import passages_with, related
from qda.coding.map_things import relations_between, things
from qda.errors import KnownError
from qda.models import Project
from tests.coding.helpers import passage
from tests.coding.test_inquiry import Theory, sound


@pytest.fixture
def made(project: Project, interview: str) -> Theory:
    return Theory(project, interview)


@pytest.fixture
def chart(project: Project) -> str:
    return code_maps.new_map(project, name="Skizze")


def on(project: Project, chart: str) -> code_maps.MapRow:
    row = code_maps.code_map(project, chart)
    assert row is not None
    return row


def test_a_relation_brings_its_codes_and_its_arrow_in_one_step(
    project: Project, made: Theory, chart: str
) -> None:
    map_gathering.gather_on_map(project, map=chart, targets=[f"relation:{made.relation}"], xs=[100], ys=[40])
    row = on(project, chart)
    assert {(item.kind, item.target) for item in row.items} == {("code", made.feasts), ("code", made.trust)}
    (line,) = row.lines
    ends = {item.guid: item.target for item in row.items}
    assert (ends[line.start], ends[line.end]) == (made.feasts, made.trust)
    assert (line.relation, line.directed) == (made.relation, True)
    sound(project)
    project.undo()
    assert on(project, chart).items == ()
    project.redo()
    assert len(on(project, chart).lines) == 1


def test_what_is_there_already_stays_where_it_is(project: Project, made: Theory, chart: str) -> None:
    code_maps.put_on_map(project, map=chart, target=f"code:{made.trust}", x=7, y=8)
    for _time in range(2):
        map_gathering.gather_on_map(
            project, map=chart, targets=[f"relation:{made.relation}"], xs=[300], ys=[40]
        )
    row = on(project, chart)
    places = {item.target: (item.x, item.y) for item in row.items}
    assert places == {made.trust: (7, 8), made.feasts: (300, 40)}
    assert len(row.lines) == 1


def test_things_around_one_are_joined_to_it_by_plain_lines(
    project: Project, made: Theory, chart: str
) -> None:
    middle = code_maps.put_on_map(project, map=chart, target=f"code:{made.trust}")
    targets = [f"case:{made.case}", f"code:{made.lack}"]
    for _time in range(2):  # the second time changes nothing
        map_gathering.gather_on_map(
            project, map=chart, targets=targets, xs=[0, 9], ys=[0, 9], around=middle, labels=["", "filed"]
        )
    row = on(project, chart)
    assert len(row.items) == 3
    assert [(line.start, line.label, line.directed, line.relation) for line in row.lines] == [
        (middle, "", False, None),
        (middle, "filed", False, None),
    ]
    sound(project)


def test_several_things_and_lines_go_in_one_step_and_come_back(
    project: Project, made: Theory, chart: str
) -> None:
    here = passage(project, made.source, "Und heute")
    targets = [f"segment:{here}", f"code:{made.trust}", f"code:{made.lack}"]
    map_gathering.gather_on_map(project, map=chart, targets=targets, xs=[0, 1, 2], ys=[0, 1, 2])
    items = [item.guid for item in on(project, chart).items]
    code_maps.draw_line(project, start=items[0], end=items[1])
    line = code_maps.draw_line(project, start=items[1], end=items[2])
    map_gathering.clear_off_map(project, map=chart, items=items[:1], lines=[line])
    row = on(project, chart)
    assert ([item.guid for item in row.items], row.lines) == (items[1:], ())
    sound(project)  # the passage has gone with the thing: nothing else needs it
    project.undo()
    assert (len(on(project, chart).items), len(on(project, chart).lines)) == (3, 2)
    with pytest.raises(KnownError):
        map_gathering.clear_off_map(project, map=chart)
    other = code_maps.new_map(project, name="Andere")
    with pytest.raises(KnownError, match="another map"):
        map_gathering.clear_off_map(project, map=other, items=items[:1])
    with pytest.raises(KnownError, match="another map"):
        map_gathering.clear_off_map(project, map=other, lines=[line])


def test_a_copy_of_a_map_goes_its_own_way(project: Project, made: Theory, chart: str) -> None:
    map_gathering.gather_on_map(project, map=chart, targets=[f"relation:{made.relation}"], xs=[5], ys=[6])
    code_maps.put_on_map(project, map=chart, text="und dann?", x=1, y=2)
    copy = map_gathering.duplicate_map(project, map=chart, name="Zweite")
    mine, theirs = on(project, copy), on(project, chart)
    assert [(i.kind, i.target, i.text, i.x, i.y) for i in mine.items] == [
        (i.kind, i.target, i.text, i.x, i.y) for i in theirs.items
    ]
    assert [line.relation for line in mine.lines] == [made.relation]
    map_gathering.clear_off_map(project, map=copy, items=[item.guid for item in mine.items])
    assert len(on(project, chart).items) == 3
    assert [(row.name, row.items) for row in code_maps.map_names(project)] == [("Skizze", 3), ("Zweite", 0)]
    sound(project)


def test_a_line_is_turned_and_becomes_a_relation(project: Project, made: Theory, chart: str) -> None:
    first = code_maps.put_on_map(project, map=chart, target=f"code:{made.trust}")
    last = code_maps.put_on_map(project, map=chart, target=f"code:{made.feasts}")
    line = code_maps.draw_line(project, start=first, end=last)
    code_maps.turn_line(project, line=line)
    code_maps.change_line(project, line=line, relation=made.relation, directed=True)
    (row,) = on(project, chart).lines
    assert (row.start, row.end, row.relation, row.directed) == (last, first, made.relation, True)
    axial.remove_relation(project, relation=made.relation)
    assert on(project, chart).lines == ()
    sound(project)


@pytest.mark.parametrize("kind", ["code", "case", "memo", "relation"])
def test_what_is_removed_from_the_study_leaves_the_map_and_comes_back(
    project: Project, made: Theory, chart: str, kind: str
) -> None:
    memo = memos.write_memo(project, kind="theoretical", title="Idee", body="Vielleicht.")
    other = cases.add_case(project, name="C")
    targets = {
        "code": (made.lack, lambda: codebook.remove_code(project, code=made.lack)),
        "case": (other, lambda: cases.remove_case(project, case=other)),
        "memo": (memo, lambda: memos.remove_memo(project, memo=memo)),
        "relation": (made.relation, lambda: axial.remove_relation(project, relation=made.relation)),
    }
    guid, remove = targets[kind]
    thing = code_maps.put_on_map(project, map=chart, target=f"{kind}:{guid}")
    words = code_maps.put_on_map(project, map=chart, text="hier", x=50)
    code_maps.draw_line(project, start=thing, end=words)
    remove()
    row = on(project, chart)
    assert ([item.guid for item in row.items], row.lines) == ([words], ())
    sound(project)
    project.undo()
    assert (len(on(project, chart).items), len(on(project, chart).lines)) == (2, 1)


def test_what_is_related_to_a_code_is_found_group_by_group(project: Project, made: Theory) -> None:
    below = codebook.add_code(project, name="Kleinmut", parent=made.trust)
    memo = memos.write_memo(project, kind="code", title="Zu Vertrauen", target=f"code:{made.trust}")
    codebook.choose_passage(
        project, code=made.trust, segment=passage(project, made.source, "Vertrauen"), which="typical"
    )
    here = next(row.guid for row in material.segments(project) if row.text == "Vertrauen")
    found = {(one.group, one.target) for one in related(project, "code", made.trust)}
    assert found == {
        ("relations", f"relation:{made.relation}"),
        ("below", f"code:{below}"),
        ("passages", f"segment:{here}"),
        ("cases", f"case:{made.case}"),
        ("memos", f"memo:{memo}"),
    }
    axial.set_relation_status(project, relation=made.relation, status="rejected")
    assert "relations" not in {one.group for one in related(project, "code", made.trust)}
    assert related(project, "memo", memo)[0].target == f"code:{made.trust}"
    assert ("codes", f"code:{made.trust}") in {(r.group, r.target) for r in related(project, "segment", here)}
    assert ("codes", f"code:{made.lack}") in {
        (r.group, r.target) for r in related(project, "case", made.case)
    }
    assert related(project, "source", made.source) == []


def test_words_find_the_coded_passages_they_stand_in(project: Project, made: Theory) -> None:
    feasts = passages_with(project, "Straßenf")
    assert len(feasts) == 1
    assert passages_with(project, "Und heute") == []  # coded by nobody
    assert passages_with(project, "") == []
    assert things(project, [("segment", feasts[0])])["segment", feasts[0]].words.startswith("Straßenfeste")


def test_things_carry_what_a_map_shows_of_them(project: Project, made: Theory) -> None:
    memo = memos.write_memo(project, kind="theoretical", title="Idee", body="Vielleicht.", private=True)
    wanted = [("code", made.trust), ("memo", memo), ("relation", made.relation), ("case", made.case)]
    found = things(project, [*wanted, ("code", made.relation)])
    assert set(found) == set(wanted)
    assert found["memo", memo].private
    assert found["relation", made.relation].words == "Feste nützen Ada Brenneke."
    assert found["case", made.case].name == "Ada Brenneke"
    assert [row.guid for row in relations_between(project, made.trust, made.feasts)] == [made.relation]
    assert relations_between(project, made.trust, made.lack) == []
