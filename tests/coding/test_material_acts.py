"""The sheet, documents, groups, speakers, cases with attributes, memos, properties."""

import hashlib

import pytest

from qda.coding import (
    attributes,
    cases,
    codebook,
    codes,
    documents,
    material,
    memos,
    open_coding,
    properties,
    sheet,
)
from qda.coding.memo_queries import memos as memo_rows
from qda.coding.transcript import plain_document
from qda.errors import KnownError
from qda.models import Project
from tests.coding.helpers import code, passage, span

# -- sheet --------------------------------------------------------------------------------------------------


def test_the_sheet_keeps_its_fields_and_every_version_of_the_question(project: Project) -> None:
    sheet.set_title(project, title=" Netze  am Ort ")
    sheet.set_sheet_field(project, field="own_role", value="früher selbst dabei\r\n")
    sheet.revise_question(project, text="Wie handeln sie?", reason="Beginn")
    sheet.revise_question(project, text="Unter welchen\nBedingungen?", reason="zu weit")
    row = material.project_sheet(project)
    assert (row.title, row.fields["own_role"]) == ("Netze am Ort", "früher selbst dabei\n")
    assert [(q[0], q[1]) for q in row.questions] == [
        ("Wie handeln sie?", "Beginn"),
        ("Unter welchen\nBedingungen?", "zu weit"),
    ]
    for act in (
        lambda: sheet.set_title(project, title=" "),
        lambda: sheet.revise_question(project, text=""),
        lambda: sheet.add_coder(project, name=""),
    ):
        with pytest.raises(KnownError, match="needs a name"):
            act()


def test_a_coder_is_one_person_by_name(project: Project) -> None:
    ben = sheet.add_coder(project, name="Ben")
    assert sheet.add_coder(project, name=" Ben ") == ben
    with pytest.raises(KnownError, match="Another coder is called “Ada”"):
        sheet.rename_coder(project, coder=ben, name="Ada")
    sheet.rename_coder(project, coder=ben, name="B.")
    assert [(c.name, c.current) for c in material.coders(project)] == [("Ada", True), ("B.", False)]


# -- documents ----------------------------------------------------------------------------------------------


def test_a_typed_document_is_normalised_once_and_counted(project: Project) -> None:
    source = documents.add_document(
        project, title="Notiz", text="Erste\r\nZeile 😀\n\n  \nCafe\u0301\u00ad!\0", language="en"
    )
    assert material.text(project, source) == "Erste\nZeile 😀\n\n  \nCafé!"
    (row,) = material.sources(project)
    assert (row.title, row.kind, row.language, row.paragraphs, row.turns) == (
        "Notiz",
        "field_note",
        "en",
        3,
        0,
    )
    assert row.length == len(material.text(project, source))
    assert row.sha256 == hashlib.sha256(material.text(project, source).encode()).hexdigest()
    assert [p.number for p in material.paragraphs(project, source)] == ["1", "2", "3"]
    assert material.original(project, source) is None


@pytest.mark.parametrize("words", ["", " \n\t\n ", "\ufeff\0"])
def test_an_empty_document_is_refused(project: Project, words: str) -> None:
    with pytest.raises(KnownError, match="holds no text"):
        documents.add_document(project, title="Leer", text=words)
    assert material.sources(project) == []


def test_a_file_name_that_is_no_text_is_kept_as_far_as_it_goes(project: Project) -> None:
    read = plain_document("Ein Satz")
    documents.take_in(project, draft=read, title="A\udce4", file_name="b\udcff.txt", original=b"Ein Satz")
    (row,) = material.sources(project)
    assert (row.title, row.file_name) == ("A\ufffd", "b\ufffd.txt")
    assert material.original(project, row.guid) == b"Ein Satz"


def test_documents_are_described_grouped_and_given_to_cases(
    project: Project, interview: str, group: str
) -> None:
    case = cases.add_case(project, name="Amt")
    folder = documents.add_group(project, name="Erste Welle")
    documents.rename_source(project, source=interview, title="Interview 1")
    documents.set_source_kind(project, source=interview, kind="postscript")
    documents.set_source_language(project, source=interview, language="en")
    documents.set_source_case(project, source=interview, case=case)
    documents.move_to_group(project, source=interview, group=folder)
    documents.rename_group(project, group=folder, name="Welle 1")
    row = material.sources(project)[0]
    assert (row.title, row.kind, row.language, row.case_name, row.group) == (
        "Interview 1",
        "postscript",
        "en",
        "Amt",
        folder,
    )
    assert [g.name for g in material.groups(project)] == ["Welle 1"]
    documents.remove_group(project, group=folder)
    documents.set_source_case(project, source=interview)
    row = material.sources(project)[0]
    assert (row.group, row.case, len(material.sources(project))) == (None, None, 2)


def test_turns_and_roles_follow_the_speakers(project: Project, interview: str) -> None:
    assert [(t.speaker, t.role) for t in material.turns(project, interview)][:2] == [
        ("I", "interviewer"),
        ("B", "respondent"),
    ]
    speaker = next(s for s in material.speakers(project, interview) if s.label == "B")
    assert speaker.turns == 3
    documents.set_speaker_role(project, speaker=speaker.guid, role="left_out")
    code(project, interview, "allein", "A")
    assert [s.role for s in material.speakers(project)] == ["interviewer", "left_out"]
    assert codes.codings(project)[0].segment.role == "left_out"


# -- cases --------------------------------------------------------------------------------------------------


def test_a_case_stands_inside_another_once(project: Project) -> None:
    town = cases.add_case(project, name="Stadt")
    person = cases.add_case(project, name="Person", parent=town)
    with pytest.raises(KnownError, match="once, not deeper"):
        cases.add_case(project, name="zu tief", parent=person)
    assert [(c.name, c.parent) for c in material.cases(project)] == [("Stadt", None), ("Person", town)]
    cases.remove_case(project, case=town)
    assert [(c.name, c.parent) for c in material.cases(project)] == [("Person", None)]


def test_attributes_are_words_and_empty_means_missing(project: Project) -> None:
    case, other = (cases.add_case(project, name=name) for name in "AB")
    attributes.set_attribute(project, case=case, name="Alter", value="007")
    attributes.set_attribute(project, case=other, name="Alter", value="NA")
    attributes.set_attribute(project, case=other, name="nie", value="")
    assert [c.attributes for c in material.cases(project)] == [{"Alter": "007"}, {"Alter": "NA"}]
    attributes.set_attribute(project, case=case, name="Alter", value=" ")
    assert [c.attributes for c in material.cases(project)] == [{}, {"Alter": "NA"}]


def test_in_a_focus_group_each_speaker_can_be_a_case(project: Project, group: str) -> None:
    own = cases.add_case(project, name="Anna")
    of_all = cases.add_case(project, name="Gruppe")
    documents.set_source_case(project, source=group, case=of_all)
    speaker = next(s for s in material.speakers(project, group) if s.label == "A")
    documents.set_speaker_case(project, speaker=speaker.guid, case=own)
    code(project, group, "Geduld", "Hilfe")
    code(project, group, "Tempo", "Hilfe")
    assert [(r.segment.speaker, r.segment.case_name) for r in codes.codings(project)] == [
        ("A", "Anna"),
        ("B", "Gruppe"),
    ]
    counts = codes.counts_by_case(project)[codes.codes(project)[0].guid]
    assert counts.by_case == {own: 1, of_all: 1}
    assert counts.by_source == {group: 2}
    assert [(c.name, c.sources) for c in material.cases(project)] == [
        ("Anna", (group,)),
        ("Gruppe", (group,)),
    ]


def test_a_removed_case_lets_documents_speakers_and_memos_stay(project: Project, group: str) -> None:
    case = cases.add_case(project, name="Anna")
    cases.describe_case(project, case=case, text="Seit 2015 dabei.")
    cases.rename_case(project, case=case, name="Anna K.")
    attributes.set_attribute(project, case=case, name="Alter", value="50")
    documents.set_source_case(project, source=group, case=case)
    speaker = material.speakers(project, group)[1].guid
    documents.set_speaker_case(project, speaker=speaker, case=case)
    memos.write_memo(project, kind="portrait", title="Anna", target=f"case:{case}")
    cases.remove_case(project, case=case)
    assert (material.cases(project), material.sources(project)[0].case) == ([], None)
    assert [m.links for m in memo_rows(project)] == [()]
    project.undo()
    (row,) = material.cases(project)
    assert (row.name, row.description, row.sources, row.attributes) == (
        "Anna K.",
        "Seit 2015 dabei.",
        (group,),
        {"Alter": "50"},
    )
    assert memo_rows(project)[0].link_names == ("Anna K.",)


# -- memos --------------------------------------------------------------------------------------------------


def test_a_memo_hangs_on_several_things_and_is_found_by_each(project: Project, interview: str) -> None:
    one, two = (codebook.add_code(project, name=name) for name in "AB")
    memo = memos.write_memo(project, kind="code", title="", body="a\r\nb", target=f"code:{one}")
    memos.link_memo(project, memo=memo, target=f"code:{two}")
    memos.link_memo(project, memo=memo, target=f"code:{two}")
    memos.link_memo(project, memo=memo, target=f"segment:{passage(project, interview, 'allein')}")
    (row,) = memo_rows(project, target=f"code:{two}")
    assert (row.title, row.body, row.coder, row.private) == ("Untitled", "a\nb", "Ada", False)
    assert row.link_names == ("A", "B", "Interview A, para. 2")
    memos.unlink_memo(project, memo=memo, target=f"code:{one}")
    assert memo_rows(project, target=f"code:{one}") == []
    memos.remove_memo(project, memo=memo)
    assert (memo_rows(project), material.segments(project)) == ([], [])


def test_a_memo_is_edited_made_private_and_of_another_type(project: Project) -> None:
    memo = memos.write_memo(project, kind="theoretical", title="Zeit", body="x")
    memos.edit_memo(project, memo=memo, body="y")
    memos.edit_memo(project, memo=memo, title=" ")
    memos.set_memo_kind(project, memo=memo, kind="diary")
    memos.set_memo_private(project, memo=memo, private=True)
    (row,) = memo_rows(project, kind="diary")
    assert (row.title, row.body, row.private) == ("Untitled", "y", True)
    assert memo_rows(project, kind="theoretical") == []


@pytest.mark.parametrize("target", ["code:00000000-0000-4000-8000-000000000000", "nothing:x", "code"])
def test_a_memo_hangs_on_what_is_there_only(project: Project, target: str) -> None:
    with pytest.raises(KnownError):
        memos.write_memo(project, kind="code", title="x", target=target)
    assert memo_rows(project) == []


# -- properties ---------------------------------------------------------------------------------------------


def test_a_property_has_poles_places_and_one_value_for_a_passage(project: Project, interview: str) -> None:
    category = codebook.add_code(project, name="Vertrauen", kind="category")
    prop = properties.add_property(
        project, code=category, name="Dauer", pole_from="kurz", pole_to="lang", places=["ein Jahr", " viele "]
    )
    where = passage(project, interview, "Vertrauen")
    value = properties.set_property_value(project, property=prop, segment=where, value="kurz")
    assert properties.set_property_value(project, property=prop, segment=where, value="lang") == value
    (row,) = codes.properties(project, category)
    assert (row.name, row.pole_from, row.pole_to, row.places) == (
        "Dauer",
        "kurz",
        "lang",
        ("ein Jahr", "viele"),
    )
    assert [(v.value, v.segment.text) for v in codes.property_values(project, prop)] == [
        ("lang", "Vertrauen")
    ]
    properties.change_property(project, property=prop, name="Zeit", places=[])
    (row,) = codes.properties(project)
    assert (row.name, row.pole_to, row.places) == ("Zeit", "lang", ())
    properties.remove_property_value(project, value=value)
    assert (codes.property_values(project), material.segments(project)) == ([], [])


def test_a_removed_property_takes_its_values_and_their_passages(project: Project, interview: str) -> None:
    category = codebook.add_code(project, name="A")
    prop = properties.add_property(project, code=category, name="Dauer")
    for words in ("allein", "Vertrauen"):
        where = passage(project, interview, words)
        properties.set_property_value(project, property=prop, segment=where, value="lang")
    open_coding.code_passage(project, **span(project, interview, "allein"), code="A")
    properties.remove_property(project, property=prop)
    assert [s.text for s in material.segments(project)] == ["allein"]
    project.undo()
    assert sorted(v.segment.text for v in codes.property_values(project)) == ["Vertrauen", "allein"]


def test_a_property_or_value_without_words_is_refused(project: Project, interview: str) -> None:
    category = codebook.add_code(project, name="A")
    with pytest.raises(KnownError, match="The property needs a name"):
        properties.add_property(project, code=category, name=" ")
    prop = properties.add_property(project, code=category, name="Dauer")
    with pytest.raises(KnownError, match="The value needs a name"):
        properties.set_property_value(
            project, property=prop, segment=passage(project, interview, "allein"), value=" "
        )
    assert material.segments(project) == []
