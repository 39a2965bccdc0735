"""Whatever the project and whatever the query: the arrays give what loops over plain lists give."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.coding.retrieval import find, from_json, parse, sentence, to_json, written
from qda.coding.retrieval import spec as q
from tests.coding.retrieval.naive import Built, Doc, Line, Naive, Plan

WORDS = ("Straße", "ja", "Müller geht", "neu", "Amt", "Vertrauen", "und")
CODES = (("A", -1), ("B", -1), ("A1", 0), ("A11", 2), ("B1", 1))
CASES = (("Stadt", -1), ("Frau K", 0), ("Dorf", -1))
ATTRIBUTES = (
    ("Alter", "number", (), ("99",)),
    ("Seit", "date", (), ()),
    ("Größe", "choice", ("klein", "mittel", "groß"), ()),
    ("Beruf", "text", (), ("k. A.",)),
)
DAYS = (date(2025, 1, 5), date(2025, 2, 1), date(2025, 3, 31))


@st.composite
def lines(draw):
    speaker = draw(st.sampled_from(("I", "B", "B", "C", "X", "")))
    words = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)))
    kind = draw(st.sampled_from(("text", "text", "note", "header"))) if not speaker else "text"
    return Line(speaker, words, draw(st.booleans()), kind)


@st.composite
def docs(draw, number):
    cases = st.integers(-1, len(CASES) - 1)
    special = draw(st.dictionaries(st.sampled_from("BC"), st.integers(0, len(CASES) - 1), max_size=1))
    return Doc(
        f"Text {number}",
        tuple(draw(st.lists(lines(), min_size=1, max_size=6))),
        draw(st.sampled_from(("interview", "field_note"))),
        draw(st.integers(-1, 0)),
        draw(cases),
        special,
    )


@st.composite
def plans(draw):
    texts = tuple(draw(docs(number)) for number in range(draw(st.integers(1, 2))))
    codings = []
    for _each in range(draw(st.integers(0, 12))):
        doc = draw(st.integers(0, len(texts) - 1))
        length = len(texts[doc].text)
        start = draw(st.integers(0, length - 1))
        stop = draw(st.integers(start + 1, min(length, start + 25)))
        code, coder = draw(st.integers(0, len(CODES) - 1)), draw(st.integers(0, 1))
        codings.append((doc, start, stop, code, coder, draw(st.sampled_from(DAYS))))
        if draw(st.booleans()):  # the same passage again
            again = draw(st.integers(0, len(CODES) - 1))
            codings.append((doc, start, stop, again, draw(st.integers(0, 1)), draw(st.sampled_from(DAYS))))
    shown = {
        0: st.sampled_from(("30", "45.5", "99")),
        1: st.sampled_from(("2024", "2025-03", "2025-03-09")),
        2: st.sampled_from(ATTRIBUTES[2][2]),
        3: st.sampled_from(("Lehrer", "Müller", "k. A.")),
    }
    values = {
        (case, at): draw(shown[at]) for case in range(len(CASES)) for at in shown if draw(st.booleans())
    }
    coders, groups = ("Ada", "Bert"), ("Erste",)
    return Plan(texts, CODES, tuple(codings), CASES, groups, coders, ATTRIBUTES, values)


class Specs:
    """Queries on what a project holds."""

    def __init__(self, built):
        self.b = built

    def leaves(self):
        values = {
            "Alter": st.sampled_from(("30", "40", "45.5")),
            "Seit": st.sampled_from(("2024", "2025", "2025-03", "2025-03-09")),
            "Größe": st.sampled_from(ATTRIBUTES[2][2]),
            "Beruf": st.sampled_from(("lehrer", "Mueller", "Maler")),
        }
        operators = st.sampled_from(q.OPERATORS)
        codes = st.builds(q.Code, st.sampled_from(self.b.codes), st.booleans())
        return st.one_of(
            codes,
            codes,
            codes,
            st.builds(q.Text, st.sampled_from(("strasse", "eu", "mueller", "JA", "amt")), st.booleans()),
            st.builds(q.Speaker, st.sampled_from(("B", "c", "name i", "nobody"))),
            st.builds(q.Role, st.sampled_from(q.ROLES)),
            st.builds(q.Case, st.sampled_from(self.b.cases), st.booleans()),
            st.sampled_from(sorted(values)).flatmap(
                lambda name: st.builds(q.Attribute, st.just(name), operators, values[name])
            ),
            st.builds(q.Coder, st.sampled_from(self.b.coders)),
            st.builds(
                q.Date, st.sampled_from(("", "2025-02-01")), st.sampled_from(("", "2025-02-01", "2025-03-01"))
            ),
            st.builds(q.Document, st.sampled_from(self.b.docs)),
            st.builds(q.Group, st.sampled_from(self.b.groups)),
            st.builds(q.Kind, st.sampled_from(("interview", "field_note"))),
        )

    def all(self):
        def deeper(inner):
            several = st.lists(inner, min_size=2, max_size=3).map(tuple)
            reach = st.integers(0, 3)
            kinds = (q.Within, q.Contains, q.Overlapping, q.SameTurn, q.Near, q.FollowedBy)
            return st.one_of(
                st.builds(lambda kind, one: kind(one, one), st.sampled_from(kinds), inner),
                st.builds(q.And, several),
                st.builds(q.Or, several),
                st.builds(q.Not, inner),
                *(st.builds(kind, inner, inner) for kind in (q.Within, q.Contains, q.SameTurn)),
                *(st.builds(kind, inner, inner) for kind in (q.SameParagraph, q.Overlapping)),
                *(st.builds(kind, inner, inner, reach) for kind in (q.Near, q.FollowedBy)),
            )

        return st.recursive(self.leaves(), deeper, max_leaves=5)


def places(built, page):
    documents = {guid: at for at, guid in enumerate(built.docs)}
    return [(documents[row.segment.source], row.segment.start, row.segment.stop) for row in page.rows]


CALM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@CALM
@given(plan=plans(), data=st.data())
def test_arrays_give_what_loops_give(plan, data):
    with tempfile.TemporaryDirectory() as folder:
        built = Built(plan, Path(folder) / "study.qdaproj")
        try:
            naive = Naive(built)
            specs = Specs(built)
            for query in data.draw(st.lists(specs.all(), min_size=10, max_size=20)):
                page = find(built.project, query)
                expected = naive.find(query)
                assert places(built, page) == expected, query
                assert page.total == len(expected)
                assert sum(case.segments for case in page.by_case) == page.total
            for query, within in data.draw(st.lists(st.tuples(specs.all(), specs.all()), min_size=3)):
                page = find(built.project, query, within=within)
                assert places(built, page) == naive.find(query, within), (query, within)
            for left, right in data.draw(st.lists(st.tuples(specs.leaves(), specs.leaves()), min_size=3)):
                query = q.Overlapping(left, right, intersection=True)
                assert places(built, find(built.project, query)) == naive.shared(query), query
        finally:
            built.close()


@CALM
@given(plan=plans(), data=st.data())
def test_a_query_comes_back_from_json_and_from_its_written_form(plan, data):
    with tempfile.TemporaryDirectory() as folder:
        built = Built(plan, Path(folder) / "study.qdaproj")
        try:
            for query in data.draw(st.lists(Specs(built).all(), min_size=10, max_size=30)):
                assert from_json(to_json(query)) == query
                assert parse(built.project, written(built.project, query)) == query
                assert sentence(built.project, query)
        finally:
            built.close()
