"""The forms of a query: JSON as it is kept, what a person types, the sentence that is read."""

from datetime import UTC, datetime

import pytest

from qda.coding import attributes, cases, codebook, correcting, documents, memos, open_coding
from qda.coding.retrieval import (
    QueryError,
    find,
    found_segments,
    from_json,
    parse,
    sentence,
    store,
    to_json,
    validate,
    with_code,
    written,
)
from qda.coding.retrieval import spec as q
from qda.errors import AmbiguousError, KnownError
from qda.i18n import use_language
from tests.coding.retrieval.naive import Built
from tests.coding.retrieval.test_worked_examples import EXAMPLES, PLAN


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    made = Built(PLAN, tmp_path_factory.mktemp("forms") / "study.qdaproj")
    yield made
    made.close()


@pytest.mark.parametrize("typed", EXAMPLES)
def test_a_query_comes_back_from_json_and_from_its_written_form(built, typed):
    query = parse(built.project, typed)
    assert from_json(to_json(query)) == query
    assert parse(built.project, written(built.project, query)) == query


BROKEN = (
    "",
    "{",
    "[]",
    '{"version": 1}',
    '{"query": {"type": "code", "code": "x"}}',
    '{"version": true, "query": {"type": "code", "code": "x"}}',
    '{"version": 2, "query": {"type": "code", "code": "x"}}',
    '{"version": 1, "query": 5}',
    '{"version": 1, "query": {"type": "colour"}}',
    '{"version": 1, "query": {"type": ["code"]}}',
    '{"version": 1, "query": {"type": "code"}}',
    '{"version": 1, "query": {"type": "code", "code": "  "}}',
    '{"version": 1, "query": {"type": "code", "code": "x", "with_children": 1}}',
    '{"version": 1, "query": {"type": "code", "code": "x", "colour": 1}}',
    '{"version": 1, "query": {"type": "role", "role": "boss"}}',
    '{"version": 1, "query": {"type": "date", "since": "2025-13-01"}}',
    '{"version": 1, "query": {"type": "date", "since": "20250101"}}',
    '{"version": 1, "query": {"type": "attribute", "name": "a", "operator": "like", "value": "b"}}',
    '{"version": 1, "query": {"type": "or", "of": []}}',
    '{"version": 1, "query": {"type": "and", "of": "x"}}',
    '{"version": 1, "query": {"type": "not", "what": null}}',
    '{"version": 1, "query": {"type": "near", "left": {"type": "code", "code": "x"}}}',
    '{"version": 1, "query": '
    '{"type": "near", "left": {"type": "role", "role": "respondent"}, '
    '"right": {"type": "role", "role": "respondent"}, "paragraphs": -1}}',
    '{"version": 1, "query": ' + '{"type": "not", "what": ' * 60 + "1" + "}" * 61,
    '{"version": 1, "query": ' + '{"type": "not", "what": ' * 100_000,
)


@pytest.mark.parametrize("form", BROKEN, ids=range(len(BROKEN)))
def test_a_form_that_is_no_query_is_refused_in_a_sentence(form):
    with pytest.raises(KnownError) as told:
        from_json(form)
    assert told.value.sentence.endswith(".")


def test_what_is_stored_is_complete():
    given = {"version": 1, "query": {"type": "code", "code": "x"}}
    assert validate(given) == {"version": 1, "query": {"type": "code", "code": "x", "with_children": False}}


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("", 0),
        ("   ", 3),
        ("Vertrauen and", 13),
        ("Vertrauen Konflikt", 10),
        ("Vertrauen near", 14),
        ("and Vertrauen", 0),
        ("(Vertrauen or Konflikt", 0),
        ("Vertrauen)", 9),
        ("Vertrauen and Treue", 14),
        ("Vertrauen and case:Nirgends", 14),
        ('Vertrauen and "offen', 14),
        ("Vertrauen and colour:red", 14),
        ("Vertrauen and role:boss", 14),
        ("Vertrauen and date:gestern", 14),
        ("Vertrauen and attribute:Alter", 14),
        ("Vertrauen and attribute:Größe>3", 14),
        ("Vertrauen and case:", 14),
        ("not " * 50 + "Vertrauen", 80),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(built, typed, place):
    with pytest.raises(QueryError) as told:
        parse(built.project, typed)
    assert told.value.place == place
    assert f" {place + 1}:" in told.value.sentence


def test_a_name_that_means_two_codes_is_refused_with_both(project):
    for top in ("Stadt", "Land"):
        codebook.add_code(project, name="Geld", parent=codebook.add_code(project, name=top))
    with pytest.raises(AmbiguousError) as told:
        parse(project, "Geld")
    assert len(told.value.candidates) == 2
    assert written(project, parse(project, '"Land > Geld"')) == '"Land > Geld"'


def test_names_that_look_like_the_language_stand_in_quotation_marks(project):
    for name in ("und", "near", "followed", "A, B", "C++", 'das "Wir"', "x:y", "(leer)", "Plus+", "5,5"):
        guid = codebook.add_code(project, name=name)
        for query in (q.Code(guid), q.Code(guid, with_children=True)):
            assert parse(project, written(project, query)) == query
    assert parse(project, "Plus+") == parse(project, '"Plus+"')
    assert parse(project, "„A, B“+") == parse(project, "“A, B”+")


def test_not_binds_closest_then_relations_then_and_then_or(built):
    a, b, c = (q.Code(built.codes[n]) for n in (0, 1, 5))
    read = parse(built.project, "Vertrauen or Konflikt and not Frage near(3) Vertrauen")
    assert read == q.Or((a, q.And((b, q.Not(q.Near(c, a, 3))))))


def test_a_query_is_read_as_a_sentence(built):
    query = parse(built.project, "Vertrauen near(2) Konflikt and role:respondent and case:B and not Mittel+")
    assert (
        sentence(built.project, query)
        == "*Vertrauen* near *Konflikt* (2 paragraphs), only respondents, case B, not *Mittel* with subcodes"
    )
    query = parse(built.project, "coder:Ada and (Frage or Konflikt within Konflikt) and date:2025-01")
    assert (
        sentence(built.project, query)
        == "(*Frage* or *Konflikt* within *Konflikt*), coded by Ada, coded from 2025-01-01 to 2025-01-31"
    )
    with use_language("de"):
        assert "1.1.2025" in sentence(built.project, query)
    assert sentence(built.project, q.And(())) == "all coded passages"
    query = parse(built.project, "not role:interviewer and not kind:interview and not Frage near Konflikt")
    assert (
        sentence(built.project, query)
        == "without interviewers, without interviews, not (*Frage* near *Konflikt* (1 paragraph))"
    )


def test_a_code_that_is_gone_is_said_to_be_and_a_merged_one_is_replaced(project):
    source = documents.add_document(project, title="Notiz", text="Hier stand Vertrauen.", language="de")
    kept = codebook.add_code(project, name="Vertrauen")
    gone = codebook.add_code(project, name="Zutrauen")
    segment = open_coding.code_passage(project, source=source, start=11, stop=20, code=gone)
    query = q.And((q.Not(q.Code(kept)), q.Near(q.Code(gone), q.Or((q.Code(gone), q.Text("x"))))))
    codebook.merge_codes(project, code=gone, into=kept)
    assert "(gone)" in sentence(project, query)
    with pytest.raises(KnownError):
        find(project, query)
    replaced = with_code(query, gone, kept)
    assert gone not in str(to_json(replaced))
    assert find(project, q.Code(kept)).total == 1
    assert segment


def test_a_result_follows_every_act_and_its_undo(project):
    source = documents.add_document(
        project, title="Notiz", text="Hier stand Vertrauen. Und hier.", language="de"
    )
    code = codebook.add_code(project, name="Vertrauen")
    totals = [find(project, q.Code(code)).total]
    open_coding.code_passage(project, source=source, start=11, stop=20, code=code)
    totals.append(find(project, q.Code(code)).total)
    with pytest.raises(RuntimeError), project.unit("two") as session:
        open_coding.code_passage(project, source=source, start=0, stop=4, code=code)
        totals.append(find(project, q.Code(code)).total)
        raise RuntimeError
    assert session is not None
    totals.append(find(project, q.Code(code)).total)
    project.undo()
    totals.append(find(project, q.Code(code)).total)
    assert totals == [0, 1, 2, 1, 0]


def test_the_codings_of_a_day_are_those_of_the_day_where_the_program_runs(project):
    source = documents.add_document(project, title="Notiz", text="Hier stand Vertrauen.", language="de")
    moment = datetime(2025, 6, 1, 23, 59, 59, tzinfo=UTC)
    project.clock = lambda: moment
    open_coding.code_passage(project, source=source, start=0, stop=4, code="Ort")
    day = moment.astimezone().date().isoformat()
    assert find(project, q.Date(day, day)).total == 1
    assert find(project, q.Date(until="2025-05-30")).total == 0


def test_all_segments_of_a_result_are_named_beyond_a_page(built):
    query = parse(built.project, "Vertrauen or Konflikt")
    page = find(built.project, query)
    assert found_segments(built.project, query) == [row.segment.guid for row in page.rows]
    assert len(find(built.project, query, limit=3).rows) == 3


def test_a_study_without_anything_answers_with_nothing(project):
    for query in (q.And(()), q.Text("x"), q.Role("respondent"), q.SameTurn(q.And(()), q.And(()))):
        assert find(project, query).total == 0


def test_what_a_query_looks_at_is_read_anew_when_it_changes_and_only_then(project):
    source = documents.add_document(project, title="Notiz", text="Hier stand Vertrauen.", language="de")
    open_coding.code_passage(project, source=source, start=0, stop=4, code="Ort")
    case = cases.add_case(project, name="A")
    query = q.And((q.Case(case), q.Not(q.Kind("interview"))))

    def asked():
        return find(project, query).total

    assert asked() == 0
    documents.set_source_case(project, source=source, case=case)
    assert asked() == 1
    documents.set_source_kind(project, source=source, kind="interview")
    assert asked() == 0
    project.undo()
    assert asked() == 1
    attributes.set_attribute(project, case=case, name="Ort", value="Stadt")
    query = q.Attribute("Ort", "=", "stadt")
    assert asked() == 1
    attributes.set_attribute(project, case=case, name="Ort", value="Land")
    assert asked() == 0
    query = q.Text("Da")
    assert asked() == 0
    correcting.correct_text(project, source=source, start=0, stop=4, text="Da")
    assert asked() == 1
    with project.read() as db:
        before = store.loaded(project, db).passages
    memos.write_memo(project, kind="diary", title="Heute")
    with project.read() as db:
        assert store.loaded(project, db).passages is before
