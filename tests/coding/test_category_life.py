"""The life of a category is told as it was; what was undone had no life."""

from qda.coding import codebook, cutting, memos, properties, regrouping, selective
from qda.coding.category_life import life
from qda.coding.codes import codings
from qda.models import Project
from tests.coding.helpers import code, named, passage


def _told(project: Project, guid: str) -> list[tuple[str, str]]:
    return [(event.kind, event.words) for event in life(project, guid)]


def test_a_category_tells_how_it_was_made_named_defined_and_moved(project, interview):
    code(project, interview, "allein da", "Einsamkeit")
    guid = named(project, "Einsamkeit")
    codebook.rename_code(project, code=guid, name="Alleinsein")
    codebook.set_code_kind(project, code=guid, kind="category")
    codebook.set_code_field(project, code=guid, field="definition", value="Niemand ist da.")
    codebook.set_code_field(project, code=guid, field="definition", value="Niemand hilft.")
    codebook.move_code(project, code=guid, parent=codebook.add_code(project, name="Lage"))
    found = life(project, guid)
    assert [event.kind for event in found] == ["made", "named", "kind", "defined", "defined", "moved"]
    assert found[0].segment is not None
    assert found[0].segment.text == "allein da"
    assert [event.text for event in found[3:5]] == ["Niemand ist da.", "Niemand hilft."]
    assert "Einsamkeit" in found[1].words
    assert "Alleinsein" in found[1].words
    assert "Lage" in found[5].words
    assert {event.coder for event in found} == {"Ada"}


def test_merged_codes_are_told_on_the_one_that_stayed(project, interview):
    code(project, interview, "allein da", "Einsamkeit")
    code(project, interview, "ohne Geld", "Not")
    code(project, interview, "allein da", "Verlassenheit")  # all of its codings have a twin
    code(project, interview, "Vertrauen", "Vertrauen")
    kept = named(project, "Einsamkeit")
    codebook.merge_codes(project, code=named(project, "Not"), into=kept)
    codebook.merge_codes(project, code=named(project, "Verlassenheit"), into=kept)
    codebook.remove_code(project, code=named(project, "Vertrauen"))
    merged = [words for kind, words in _told(project, kept) if kind == "merged"]
    assert len(merged) == 2
    assert "Not" in merged[0]
    assert "Verlassenheit" in merged[1]


def test_several_codes_merged_at_once_are_each_told(project, interview):
    for words, name in (("allein da", "Einsamkeit"), ("ohne Geld", "Not"), ("Vertrauen", "Trost")):
        code(project, interview, words, name)
    kept = named(project, "Einsamkeit")
    both = [named(project, "Not"), named(project, "Trost")]
    regrouping.merge_several(project, codes=both, into=kept)
    assert [kind for kind, _words in _told(project, kept)] == ["made", "merged", "merged"]


def test_passages_parted_off_are_told(project, interview):
    code(project, interview, "allein da", "Lage")
    code(project, interview, "ohne Geld", "Lage")
    guid = named(project, "Lage")
    second = codings(project, code=guid)[1].guid
    cutting.split_code(project, code=guid, codings=[second], names=["Not"])
    split = next(words for kind, words in _told(project, guid) if kind == "split")
    assert "Not" in split


def test_properties_memos_passages_and_the_core_are_told_in_their_order(project, interview):
    code(project, interview, "allein da", "Lage")
    guid = named(project, "Lage")
    prop = properties.add_property(project, code=guid, name="Dauer")
    properties.change_property(project, property=prop, name="Länge")
    where = passage(project, interview, "Vertrauen")
    codebook.choose_passage(project, code=guid, which="typical", segment=where)
    memo = memos.write_memo(project, kind="code", title="Warum", body="Weil.", target=f"code:{guid}")
    selective.choose_core(project, code=guid)
    properties.remove_property(project, property=prop)
    found = life(project, guid)
    kinds = ["made", "property", "property", "passage", "memo", "core", "property"]
    assert sorted(event.kind for event in found) == sorted(kinds)
    assert next(event.memo for event in found if event.kind == "memo") == memo
    assert next(event.segment.text for event in found if event.kind == "passage") == "Vertrauen"
    assert [event.at for event in found] == sorted(event.at for event in found)


def test_what_was_undone_is_not_told_until_it_is_redone(project, interview):
    code(project, interview, "allein da", "Lage")
    guid = named(project, "Lage")
    codebook.rename_code(project, code=guid, name="Not")
    project.undo()
    assert [kind for kind, _words in _told(project, guid)] == ["made"]
    project.redo()
    assert [kind for kind, _words in _told(project, guid)] == ["made", "named"]
    project.undo()
    assert [kind for kind, _words in _told(project, guid)] == ["made"]
