"""Search in all texts, names and paths of references, citation in both languages."""

import random

import pytest

from qda.acts import ACTS, act, perform
from qda.coding import cases, citation, codebook, codes, documents, material, memos, properties
from qda.coding.axial import add_model, relate_codes
from qda.coding.references import resolve, resolve_or_keep
from qda.coding.search import Folded, find_in, search
from qda.errors import AmbiguousError, KnownError, UsageError
from qda.i18n import set_language, use_language
from qda.models import Project
from qda.models.search_index import normalised
from tests.coding.helpers import code, named, passage, span


def found(project: Project, query: str) -> list[str]:
    """The words that a query finds, as they stand in the text."""
    return [material.text(project, hit.source)[hit.start : hit.stop] for hit in search(project, query)]


# -- search -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("STRASSENFESTE", ["Straßenfeste"]),
        ("straßenfest", ["Straßenfest"]),
        ("förderung", ["Förderung"]),
        ("foerderung", ["Förderung"]),
        ("forderung", ["Förderung"]),
        ("enfest", ["enfest"]),  # a part of a compound
        ("sache", ["sache"]),
        ("😀", ["😀"]),
        ("da 😀, ohne", ["da 😀, ohne"]),
        ("es", ["es", "es"]),  # in Straßenfeste, and trägt es
        ("ß", ["ß"]),
        ("heute", ["heute", "Heute"]),
        ("geld und ohne", ["Geld und ohne"]),
        ("nirgends", []),
        ("", []),
        ("   ", []),
        ("\ud800", []),
    ],
)
def test_a_query_finds_its_words(project: Project, interview: str, query: str, words: list[str]) -> None:
    assert found(project, query) == words


def test_labels_of_speakers_are_not_searched(project: Project, interview: str) -> None:
    assert all(hit.text[:2] not in ("I:", "B:") for hit in search(project, "an"))
    assert found(project, "B:") == []


@pytest.mark.parametrize(
    "query",
    [
        *('"Geld" AND "Weg"', "Geld OR Weg", "Geld*", "norm:Geld", "NEAR(Geld Weg)", '"', '""', "^Geld", "("),
        *("'; DROP TABLE code; --", "Geld -Weg", "%", "_", "\\", ".*", "[a-z]"),
    ],
)
def test_signs_of_a_query_language_are_letters_like_others(project: Project, query: str) -> None:
    documents.add_document(project, title="A", text="Geld und Weg, sonst nichts")
    documents.add_document(project, title="B", text=f"Da steht {query} so im Text")
    assert [(h.title, h.text[h.start : h.stop]) for h in search(project, query)] == [("B", query)]


def test_neue_is_not_found_in_neu_and_mueller_is_found_in_its_umlaut(project: Project) -> None:
    documents.add_document(
        project, title="A", text="Die neu Zugezogenen und die neue Frau Müller-Haeuser, Herr Muller"
    )
    assert found(project, "neue") == ["neue"]
    assert found(project, "Mueller") == ["Müller"]
    assert found(project, "muller-haeuser") == ["Müller-Haeuser"]
    assert found(project, "neue Frau Mueller-Haeuser") == ["neue Frau Müller-Haeuser"]


def test_hits_come_in_the_order_of_documents_and_places(project: Project, interview: str, group: str) -> None:
    hits = search(project, "hilf")
    assert [(h.title, h.paragraph) for h in hits] == [("Gruppe", "1"), ("Gruppe", "2")]
    assert [h.title for h in search(project, "mir")] == ["Gruppe", "Gruppe"]
    assert len(search(project, "e", limit=3)) == 3


def test_search_follows_import_undo_and_removal(project: Project) -> None:
    source = documents.add_document(project, title="A", text="Sprachkurskonzept")
    assert found(project, "kurs") == ["kurs"]
    documents.remove_source(project, source=source)
    assert found(project, "kurs") == []
    project.undo()
    assert found(project, "kurs") == ["kurs"]


def test_folding_knows_the_way_back() -> None:
    chance = random.Random(5)
    signs = "aouenrsABZ .,-ßẞäöüÄÖÜéîñçÅøŁİıΣσςſ😀👩🏽\u0301\u0308ﬁ한글가ǅ\u00adⅣ"
    for _round in range(400):
        whole = "".join(chance.choices(signs, k=chance.randint(0, 25)))
        folded = Folded(whole)
        forms, places = "", []
        for at, sign in enumerate(whole):
            small = sign.lower()
            form = small if small in "äöü" else normalised(sign)
            forms += form
            places += [at] * len(form)
        assert folded.text == forms
        assert [folded.original(at) for at in range(len(forms))] == places


def test_a_found_place_is_whole_letters() -> None:
    assert find_in("Cafe\u0301 und Straße", "cafe") == [(0, 5)]
    assert find_in("Cafe\u0301 und Straße", "strasse") == [(10, 16)]
    assert find_in("aaaa", "aa") == [(0, 2), (2, 4)]
    assert find_in("abc", "") == []


# -- references ---------------------------------------------------------------------------------------------


def test_codes_are_known_by_guid_name_path_and_end_of_path(project: Project) -> None:
    a = codebook.add_code(project, name="A")
    b = codebook.add_code(project, name="B", parent=a)
    c = codebook.add_code(project, name="C", parent=b)
    for written in (c, c.upper(), f"{{{c}}}", "C", "A > B > C", "B > C", " A >  B > C "):
        assert resolve(project, "code", written) == c
    for written in ("D", "A > C", "", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(KnownError, match="nothing called"):
            resolve(project, "code", written)
    assert resolve_or_keep(project, "code", "Neu > D") == "Neu > D"


def test_an_ambiguous_name_is_refused_with_its_candidates(project: Project) -> None:
    a, b = (codebook.add_code(project, name=name) for name in "AB")
    inner = [codebook.add_code(project, name="Geld", parent=parent) for parent in (a, b)]
    with pytest.raises(AmbiguousError) as told:
        resolve(project, "code", "Geld")
    assert told.value.candidates == (f"A > Geld ({inner[0]})", f"B > Geld ({inner[1]})")
    assert "A > Geld" in told.value.sentence
    with pytest.raises(AmbiguousError):
        resolve_or_keep(project, "code", "Geld")
    assert resolve(project, "code", "B > Geld") == inner[1]


def test_names_differing_in_case_only_are_told_apart(project: Project) -> None:
    one, two = (cases.add_case(project, name=name) for name in ("amt", "Amt"))
    assert (resolve(project, "case_", "amt"), resolve(project, "case_", "Amt")) == (one, two)
    with pytest.raises(AmbiguousError):
        resolve(project, "case_", "AMT")


def test_everything_has_a_name_of_its_kind(project: Project, interview: str, group: str) -> None:
    a, b = (codebook.add_code(project, name=name) for name in "AB")
    prop = properties.add_property(project, code=a, name="Dauer")
    model = add_model(project, name="Aufbau", template="hajji")
    relation = relate_codes(
        project, model=model, from_code=a, to_code=b, type="furthers", statement="A stützt B"
    )
    memo = memos.write_memo(project, kind="code", title="Notiz")
    assert resolve(project, "source", "interview a") == interview
    assert resolve(project, "memo", "Notiz") == memo
    assert resolve(project, "paradigm_model", "Aufbau") == model
    for written in ("Dauer", "A > Dauer"):
        assert resolve(project, "property", written) == prop
    for written in ("R1", "1", "Aufbau > R1", "A stützt B"):
        assert resolve(project, "relation", written) == relation
    speakers = {s.label: s.guid for s in material.speakers(project, group)}
    assert resolve(project, "speaker", "Gruppe: A") == speakers["A"]
    with pytest.raises(AmbiguousError):
        resolve(project, "speaker", "B")
    where = passage(project, interview, "allein")
    assert resolve(project, "segment", where) == where
    coding = code(project, interview, "allein", "A")
    segment = codes.codings(project)[0].segment.guid
    assert resolve(project, "segment", where.replace(interview, "Interview A")) == segment
    assert resolve(project, "*", "relation:R1") == f"relation:{relation}"
    assert resolve(project, "*", "source:Interview A") == f"source:{interview}"
    assert resolve(project, "*", "project:") == f"project:{material.project_sheet(project).guid}"
    assert resolve(project, "*", f"coding:{coding}") == f"coding:{coding}"
    for written in ("A", "thing:A", "coding:A"):
        with pytest.raises(KnownError):
            resolve(project, "*", written)


# -- the table of acts --------------------------------------------------------------------------------------


def test_every_act_has_a_name_help_and_parameters_that_can_be_written() -> None:
    assert len({row.id for row in ACTS}) == len(ACTS)
    for row in ACTS:
        assert row.title
        assert row.help.endswith("."), row.id
        for parameter in row.parameters:
            assert (parameter.kind == "ref") == (parameter.ref is not None)
            assert (parameter.kind == "choice") == bool(parameter.choices), (row.id, parameter.name)


def test_an_act_takes_arguments_as_a_person_writes_them(project: Project, interview: str) -> None:
    place = span(project, interview, "allein")
    perform(
        project, "code", {**place, "source": "Interview A", "start": str(place["start"]), "code": "Lage > A"}
    )
    perform(project, "add-property", {"code": "A", "name": "Dauer", "places": "kurz; lang"})
    perform(project, "write-memo", {"kind": "code", "title": "x", "private": "ja", "target": "code:Lage > A"})
    perform(project, "colour-code", {"code": "Lage", "colour": "5"})
    assert codes.properties(project)[0].places == ("kurz", "lang")
    assert codes.codes(project)[0].colour == 5
    assert perform(project, "add-code", {"name": "B", "parent": ""}) == named(project, "B")


@pytest.mark.parametrize(
    ("act_id", "written", "sentence"),
    [
        ("fly", {}, "There is no act “fly”"),
        ("add-code", {}, "“add-code” needs name"),
        ("add-code", {"name": "A", "wings": "2"}, "takes no “wings”"),
        ("add-code", {"name": "A", "kind": "bird"}, "Write one of: concept, category"),
        ("add-code", {"name": "A", "colour": "red"}, "needs a whole number"),
        ("write-memo", {"kind": "code", "title": "x", "private": "maybe"}, "is yes or no"),
    ],
)
def test_a_wrong_call_is_told_as_such(
    project: Project, act_id: str, written: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        perform(project, act_id, written)
    assert project.undo_label() is None


def test_an_act_is_found_by_its_id() -> None:
    assert act("merge-codes").function is codebook.merge_codes


# -- citation -----------------------------------------------------------------------------------------------


def test_a_passage_is_cited_in_the_language_of_the_moment(project: Project, interview: str) -> None:
    row = material.span_row(project, **span(project, interview, "Am Anfang stand ich"))
    assert citation.cited(row) == "“Am Anfang stand ich” (Interview A, para. 2)"
    text = material.text(project, interview)
    long = material.span_row(project, interview, text.index("B: Am"), text.index("Vertrauen"))
    assert citation.paragraphs_cited(long) == "Interview A, paras. 2–3"
    assert citation.spoken(long).startswith("Am Anfang stand ich allein da 😀")
    with use_language("de"):
        assert citation.quoted("Er sagte „ja“ und ging") == "„Er sagte ‚ja‘ und ging“"
    set_language("en")
    assert citation.quoted("He said “yes”") == "“He said ‘yes’”"


def test_a_citation_is_german_where_the_catalogue_is(project: Project, interview: str) -> None:
    from qda import resources

    if not resources.path("locale", "de", "LC_MESSAGES", "qda.mo").is_file():
        pytest.skip("the German catalogue is not compiled yet")
    row = material.span_row(project, **span(project, interview, "Am Anfang stand ich"))
    with use_language("de"):
        assert citation.cited(row) == "„Am Anfang stand ich“ (Interview A, Abs. 2)"
