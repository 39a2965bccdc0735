"""Coding passages: new and known codes, in vivo, comments, moving, resizing, removing."""

import pytest

from qda.coding import codebook, codes, evidence, material, memos, open_coding, selective
from qda.coding import theory as theories
from qda.coding.axial import add_model, relate_codes
from qda.coding.memo_queries import memos as memo_rows
from qda.errors import KnownError
from qda.models import Project
from tests.coding.helpers import code, coded, named, passage, span, tree


def test_coding_makes_the_code_and_its_parents(project: Project, interview: str) -> None:
    code(project, interview, "allein da 😀", "Lage > Alleinstehen > am Anfang")
    assert tree(project) == ["Lage", "Lage > Alleinstehen", "Lage > Alleinstehen > am Anfang"]
    assert coded(project) == [("allein da 😀", "am Anfang")]


def test_a_known_name_is_the_known_code_wherever_it_stands(project: Project, interview: str) -> None:
    code(project, interview, "allein", "Lage > Alleinstehen")
    code(project, interview, "ohne Geld", "Alleinstehen")
    assert tree(project) == ["Lage", "Lage > Alleinstehen"]


def test_a_name_that_two_codes_bear_is_refused(project: Project, interview: str) -> None:
    codebook.add_code(project, name="Geld", parent=codebook.add_code(project, name="A"))
    codebook.add_code(project, name="Geld", parent=codebook.add_code(project, name="B"))
    with pytest.raises(KnownError, match="Several codes are called “Geld”"):
        code(project, interview, "ohne Geld", "Geld")
    code(project, interview, "ohne Geld", "B > Geld")
    assert [(c.path, c.codings) for c in codes.codes(project) if c.codings] == [("B > Geld", 1)]


def test_a_code_without_a_name_is_refused(project: Project, interview: str) -> None:
    for nothing in ("", "  ", " > ", "\0"):
        with pytest.raises(KnownError, match="needs a name"):
            code(project, interview, "allein", nothing)
    assert (tree(project), material.segments(project)) == ([], [])


@pytest.mark.parametrize(("start", "stop"), [(-1, 4), (4, 4), (9, 3), (0, 10_000)])
def test_what_is_no_passage_is_refused(project: Project, interview: str, start: int, stop: int) -> None:
    with pytest.raises(KnownError, match="is no passage of “Interview A”"):
        open_coding.code_passage(project, source=interview, start=start, stop=stop, code="A")
    assert tree(project) == []


def test_the_same_coding_twice_is_one_and_keeps_both_comments(project: Project, interview: str) -> None:
    first = code(project, interview, "allein", "A", comment="eins")
    assert code(project, interview, "allein", "A", comment="zwei") == first
    assert code(project, interview, "allein", "A", comment="eins") == first
    (row,) = codes.codings(project)
    assert row.comment == "eins\nzwei"


def test_two_coders_code_the_same_passage_each_for_themselves(project: Project, interview: str) -> None:
    code(project, interview, "allein", "A")
    code(project, interview, "allein", "A", coder="Ben")
    assert [row.coder for row in codes.codings(project)] == ["Ada", "Ben"]
    assert len(material.segments(project)) == 1
    assert [c.name for c in material.coders(project)] == ["Ada", "Ben"]


def test_in_vivo_takes_the_speakers_words_and_remembers_where(project: Project, interview: str) -> None:
    open_coding.code_in_vivo(project, **span(project, interview, "ohne Geld und ohne Auftrag."))
    (row,) = codes.codes(project)
    assert (row.name, row.origin) == ("ohne Geld und ohne Auftrag", "in-vivo")
    assert material.segment(project, row.in_vivo).text == "ohne Geld und ohne Auftrag."


def test_the_same_words_again_are_the_same_in_vivo_code(project: Project, interview: str) -> None:
    text = material.text(project, interview)
    for start in (text.index("ohne"), text.rindex("ohne")):
        open_coding.code_in_vivo(project, source=interview, start=start, stop=start + 4)
    assert [(c.name, c.codings) for c in codes.codes(project)] == [("ohne", 2)]


def test_in_vivo_goes_below_its_parent_and_over_paragraphs(project: Project, interview: str) -> None:
    top = codebook.add_code(project, name="Lage")
    text = material.text(project, interview)
    start, stop = text.index("ohne Auftrag"), text.index("Dann kamen") + 4
    open_coding.code_in_vivo(project, source=interview, start=start, stop=stop, parent=top)
    assert tree(project)[1] == "Lage > ohne Auftrag. B: Dann"


def test_in_vivo_of_signs_alone_is_refused(project: Project, interview: str) -> None:
    with pytest.raises(KnownError, match="needs a name"):
        open_coding.code_in_vivo(project, **span(project, interview, "."))
    assert material.segments(project) == []


def test_removing_a_coding_takes_its_passage_only_if_nothing_needs_it(
    project: Project, interview: str
) -> None:
    first = code(project, interview, "allein", "A")
    second = code(project, interview, "allein", "B")
    open_coding.remove_coding(project, coding=first)
    assert [s.text for s in material.segments(project)] == ["allein"]
    open_coding.remove_coding(project, coding=second)
    assert material.segments(project) == []
    assert tree(project) == ["A", "B"]


@pytest.mark.parametrize("needed_by", ["memo", "typical", "evidence", "story", "in vivo"])
def test_a_passage_stays_while_something_needs_it(project: Project, interview: str, needed_by: str) -> None:
    coding = code(project, interview, "allein", "A")
    other = codebook.add_code(project, name="B")
    guid = material.segments(project)[0].guid
    match needed_by:
        case "memo":
            memo = memos.write_memo(project, kind="code", title="x", target=f"segment:{guid}")
        case "typical":
            codebook.choose_passage(project, code=other, which="typical", segment=guid)
        case "evidence":
            model = add_model(project, name="M", template="hajji")
            relation = relate_codes(
                project, model=model, from_code=named(project, "A"), to_code=other, type="furthers"
            )
            piece = evidence.add_evidence(project, relation=relation, segments=[guid], polarity="supporting")
        case "story":
            selective.write_story(project, kind="story_line", body=f"Sie war [allein](segment:{guid}).")
        case "in vivo":
            open_coding.code_in_vivo(project, **span(project, interview, "allein"))
            open_coding.remove_coding(project, coding=codes.codings(project)[-1].guid)
    open_coding.remove_coding(project, coding=coding)
    assert [s.guid for s in material.segments(project)] == [guid]
    match needed_by:
        case "memo":
            memos.unlink_memo(project, memo=memo, target=f"segment:{guid}")
        case "typical":
            codebook.choose_passage(project, code=other, which="typical")
        case "evidence":
            evidence.remove_evidence(project, evidence=piece)
        case "story":
            selective.write_story(project, kind="story_line", body="Sie war allein.")
        case "in vivo":
            codebook.remove_code(project, code=named(project, "allein"))
    assert material.segments(project) == []


def test_a_comment_is_kept_as_written(project: Project, interview: str) -> None:
    coding = code(project, interview, "allein", "A")
    open_coding.comment_coding(project, coding=coding, comment="  Zeile 1\r\nZeile 2\0 \n")
    assert codes.codings(project)[0].comment == "Zeile 1\nZeile 2"


def test_recoding_moves_the_coding_and_joins_an_equal_one(project: Project, interview: str) -> None:
    first = code(project, interview, "allein", "A", comment="eins")
    second = code(project, interview, "allein", "B", comment="zwei")
    memo = memos.write_memo(project, kind="code", title="x", target=f"coding:{first}")
    assert open_coding.recode(project, coding=first, code="C") == first
    assert open_coding.recode(project, coding=first, code="B") == second
    assert coded(project) == [("allein", "B")]
    assert codes.codings(project)[0].comment == "zwei\neins"
    assert [m.links for m in memo_rows(project) if m.guid == memo] == [(f"coding:{second}",)]


def test_resizing_one_of_two_codings_leaves_the_other(project: Project, interview: str) -> None:
    first = code(project, interview, "allein", "A")
    code(project, interview, "allein", "B")
    place = span(project, interview, "allein da 😀")
    open_coding.resize_coding(project, coding=first, start=place["start"], stop=place["stop"])
    assert coded(project) == [("allein", "B"), ("allein da 😀", "A")]


def test_resizing_the_only_coding_takes_what_hangs_on_the_passage_along(
    project: Project, interview: str
) -> None:
    coding = code(project, interview, "allein", "A")
    guid = material.segments(project)[0].guid
    memos.write_memo(project, kind="code", title="x", target=f"segment:{guid}")
    place = span(project, interview, "allein da 😀")
    assert (
        open_coding.resize_coding(project, coding=coding, start=place["start"], stop=place["stop"]) == coding
    )
    assert [(s.guid, s.text) for s in material.segments(project)] == [(guid, "allein da 😀")]


def test_a_coding_resized_onto_an_equal_one_becomes_that_one(project: Project, interview: str) -> None:
    short = code(project, interview, "allein", "A", comment="kurz")
    long = code(project, interview, "allein da 😀", "A", comment="lang")
    place = span(project, interview, "allein da 😀")
    assert open_coding.resize_coding(project, coding=short, start=place["start"], stop=place["stop"]) == long
    assert [(r.guid, r.comment) for r in codes.codings(project)] == [(long, "lang\nkurz")]
    assert len(material.segments(project)) == 1


def test_a_passage_resized_onto_another_joins_it_with_all_that_hangs_on_it(
    project: Project, interview: str
) -> None:
    code(project, interview, "allein", "A")
    code(project, interview, "allein da", "B")
    short, long = (s.guid for s in material.segments(project))
    model = add_model(project, name="M", template="hajji")
    relation = relate_codes(
        project, model=model, from_code=named(project, "A"), to_code=named(project, "B"), type="furthers"
    )
    evidence.add_evidence(project, relation=relation, segments=[short, long], polarity="supporting")
    codebook.choose_passage(project, code=named(project, "A"), which="typical", segment=short)
    selective.write_story(project, kind="story", body=f"[allein](segment:{short})")
    place = span(project, interview, "allein da")
    assert (
        open_coding.resize_segment(project, segment=short, start=place["start"], stop=place["stop"]) == long
    )
    assert coded(project) == [("allein da", "A"), ("allein da", "B")]
    assert [[s.guid for s in e.segments] for e in theories.evidence(project)] == [[long]]
    assert codes.codes(project)[0].typical == long
    assert theories.story(project, "story") == f"[allein](segment:{long})"


def test_resizing_out_of_the_text_is_refused(project: Project, interview: str) -> None:
    coding = code(project, interview, "allein", "A")
    with pytest.raises(KnownError, match="is no passage"):
        open_coding.resize_coding(project, coding=coding, start=5, stop=5)
    with pytest.raises(KnownError, match="is no passage"):
        open_coding.resize_segment(project, segment=material.segments(project)[0].guid, start=-3, stop=5)
    assert coded(project) == [("allein", "A")]


def test_what_is_gone_cannot_be_changed(project: Project, interview: str) -> None:
    coding = code(project, interview, "allein", "A")
    open_coding.remove_coding(project, coding=coding)
    for act in (
        lambda: open_coding.remove_coding(project, coding=coding),
        lambda: open_coding.comment_coding(project, coding=coding, comment="x"),
        lambda: open_coding.recode(project, coding=coding, code="B"),
    ):
        with pytest.raises(KnownError, match="no longer there"):
            act()
    assert tree(project) == ["A"]


def test_marks_are_the_codings_by_place_with_the_colour_shown(project: Project, interview: str) -> None:
    code(project, interview, "Vertrauen", "Ziel > Vertrauen")
    code(project, interview, "allein", "Lage")
    marks = codes.marks(project, interview)
    shown = {row.guid: row.colour for row in codes.codes(project)}
    assert [(m.name, m.colour) for m in marks] == [
        ("Lage", shown[named(project, "Lage")]),
        ("Vertrauen", shown[named(project, "Ziel")]),
    ]


def test_codings_of_a_code_come_with_or_without_those_below(project: Project, interview: str) -> None:
    code(project, interview, "allein", "A")
    code(project, interview, "Vertrauen", "A > B")
    assert [r.code_name for r in codes.codings(project, code=named(project, "A"))] == ["A"]
    assert [r.code_name for r in codes.codings(project, code=named(project, "A"), below=True)] == ["A", "B"]
    row = codes.codes(project)[0]
    assert (row.codings, row.codings_below) == (1, 2)
    assert codes.codings(project, limit=1, offset=1)[0].code_name == "B"


def test_a_passage_may_be_written_as_source_and_span(project: Project, interview: str) -> None:
    top = codebook.add_code(project, name="A")
    codebook.choose_passage(
        project, code=top, which="deviating", segment=passage(project, interview, "allein")
    )
    assert material.segment(project, codes.codes(project)[0].deviating).text == "allein"
    with pytest.raises(KnownError, match="is no passage"):
        codebook.choose_passage(project, code=top, which="typical", segment="irgendwo")
