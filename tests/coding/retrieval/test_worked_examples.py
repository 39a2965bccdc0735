"""Worked examples on an invented study: what each written query gives, told by hand, and by the reference."""

import random
from datetime import date
from typing import get_args

import pytest

from qda.coding.retrieval import find, parse, spec
from qda.coding.retrieval import written as written_of
from tests.coding.retrieval.naive import Built, Doc, Line, Naive, Plan

TALK = Doc(
    "Interview A",
    (
        Line("", "Gespräch im Amt", kind="header"),
        Line("I", "Wie begann die Arbeit?"),
        Line("B", "Am Anfang stand Vertrauen, ohne Geld."),
        Line("B", "Dann kam der Streit um die Förderung.", opens=False),
        Line("", "1 Förderung des Landes", kind="note"),
        Line("B", "Der Streit dauerte.", opens=False),
        Line("I", "Und heute?"),
        Line("B", "Heute trägt das Vertrauen die Straßenfeste."),
    ),
    group=0,
    case=1,
)
GROUP = Doc(
    "Gruppe",
    (
        Line("I", "Was hilft?"),
        Line("B", "Geduld hilft, und Geld."),
        Line("C", "Mir half der Streit, er schuf Vertrauen."),
    ),
    kind="focus_group",
    case=0,
    speaker_cases={"C": 2},
)
NOTE = Doc("Notiz", (Line("", "Im Flur: Streit um Geld."), Line("", "Später Vertrauen.")), kind="field_note")
DOCS = (TALK, GROUP, NOTE)
CODES = (
    ("Vertrauen", -1),
    ("Konflikt", -1),
    ("Mittel", -1),
    ("Geld", 2),
    ("Soziale Mittel", 2),
    ("Frage", -1),
)
JANUARY, MARCH = date(2025, 1, 10), date(2025, 3, 10)
CODED = (  # document, words, code, coder, day; the words name the passage below
    (0, "Wie begann die Arbeit?", 5, 0, JANUARY),
    (0, "Am Anfang stand Vertrauen", 0, 0, JANUARY),
    (0, "Vertrauen, ohne Geld.", 3, 1, MARCH),
    (0, "Dann kam der Streit", 1, 0, JANUARY),
    (0, "Streit", 1, 1, MARCH),
    (0, "um die Förderung.", 2, 0, MARCH),
    (0, "Der Streit dauerte.", 1, 0, JANUARY),
    (0, "Und heute?", 5, 0, JANUARY),
    (0, "Vertrauen die Straßenfeste", 0, 0, MARCH),
    (0, "Vertrauen die Straßenfeste", 4, 1, MARCH),
    (0, "Vertrauen die Straßenfeste", 0, 1, MARCH),
    (1, "Geduld hilft", 4, 0, JANUARY),
    (1, "Geld.", 3, 0, JANUARY),
    (1, "Mir half der Streit, er schuf Vertrauen.", 1, 1, MARCH),
    (1, "er schuf Vertrauen.", 0, 1, MARCH),
    (2, "Streit um Geld.", 1, 0, JANUARY),
    (2, "um Geld.", 3, 0, JANUARY),
    (2, "Später Vertrauen.", 0, 0, JANUARY),
)
PLAN = Plan(
    DOCS,
    CODES,
    tuple(
        (doc, DOCS[doc].text.index(words), DOCS[doc].text.index(words) + len(words), code, coder, day)
        for doc, words, code, coder, day in CODED
    ),
    cases=(("Gemeinde", -1), ("B", 0), ("C", -1)),
    groups=("Erste Runde",),
    coders=("Ada", "Bert"),
    attributes=(
        ("Alter", "number", (), ("99",)),
        ("Größe der Stadt", "choice", ("klein", "mittel", "groß"), ()),
        ("Beginn", "date", (), ()),
        ("Beruf", "text", (), ("k. A.",)),
    ),
    values={
        (0, 0): "30",
        (1, 0): "45.5",
        (2, 0): "99",
        (0, 1): "klein",
        (2, 1): "groß",
        (1, 2): "2024-05",
        (2, 2): "2025-02-01",
        (1, 3): "Müllerin",
        (2, 3): "k. A.",
    },
)
ALL = list(dict.fromkeys(words for _doc, words, *_rest in CODED))
TRUST = [
    "Am Anfang stand Vertrauen",
    "Vertrauen die Straßenfeste",
    "er schuf Vertrauen.",
    "Später Vertrauen.",
]
RIOT = [
    "Dann kam der Streit",
    "Streit",
    "Der Streit dauerte.",
    "Mir half der Streit, er schuf Vertrauen.",
    "Streit um Geld.",
]
OF_C = ["Mir half der Streit, er schuf Vertrauen.", "er schuf Vertrauen."]
FIELD = ["Streit um Geld.", "um Geld.", "Später Vertrauen."]
IN_TALK = ALL[:9]
IN_GROUP = ["Geduld hilft", "Geld.", *OF_C]
NEAR = ["Am Anfang stand Vertrauen", "er schuf Vertrauen.", "Später Vertrauen."]
EXAMPLES = {
    # a condition
    "Vertrauen": TRUST,
    "Konflikt": RIOT,
    "Mittel": ["um die Förderung."],
    "Mittel+": [
        "Vertrauen, ohne Geld.",
        "um die Förderung.",
        "Vertrauen die Straßenfeste",
        "Geduld hilft",
        "Geld.",
        "um Geld.",
    ],
    '"Soziale Mittel"': ["Vertrauen die Straßenfeste", "Geduld hilft"],
    '"Mittel > Geld"': ["Vertrauen, ohne Geld.", "Geld.", "um Geld."],
    "text:strasse": ["Vertrauen die Straßenfeste"],
    "text:foerderung": ["um die Förderung."],
    "wort:straße": [],
    "word:geld": ["Vertrauen, ohne Geld.", "Geld.", "Streit um Geld.", "um Geld."],
    "text:geld": ["Vertrauen, ohne Geld.", "Geld.", "Streit um Geld.", "um Geld."],
    'text:"er schuf"': OF_C,
    "speaker:c": OF_C,
    'sprecher:"Name I"': ["Wie begann die Arbeit?", "Und heute?"],
    "role:interviewer": ["Wie begann die Arbeit?", "Und heute?"],
    "rolle:befragt and Vertrauen": TRUST[:3],
    "case:B": IN_TALK,
    "fall:Gemeinde": [*IN_TALK, "Geduld hilft", "Geld."],
    "nur-fall:Gemeinde": ["Geduld hilft", "Geld."],
    "case:C": OF_C,
    "document:Gruppe": IN_GROUP,
    'gruppe:"Erste Runde"': IN_TALK,
    "kind:field_note": FIELD,
    "art:gruppendiskussion": IN_GROUP,
    # attributes: what is missing never matches; an inner case takes what it has not from the outer one
    "attribute:Alter>=40": IN_TALK,
    "merkmal:Alter≠45,5": ["Geduld hilft", "Geld."],
    "attribute:Alter<45.5": ["Geduld hilft", "Geld."],
    "attribute:Alter>30": IN_TALK,
    'attribute:"Größe der Stadt"<groß': [*IN_TALK, "Geduld hilft", "Geld."],
    "attribute:Beginn>=2025": OF_C,
    "attribute:Beginn<2025": IN_TALK,
    "attribute:Alter<=99": [*IN_TALK, "Geduld hilft", "Geld."],
    'attribute:"Größe der Stadt"=klein': [*IN_TALK, "Geduld hilft", "Geld."],
    'attribute:"Größe der Stadt">klein': OF_C,
    "attribute:Beginn=2024": IN_TALK,
    "attribute:Beginn>2024": OF_C,
    "attribute:Beginn<=2025-02": [*IN_TALK, *OF_C],
    "attribute:Beruf~mueller": IN_TALK,
    "attribute:Beruf!=Lehrer": IN_TALK,
    # who and when: of the same coding
    "coder:Bert": ["Vertrauen, ohne Geld.", "Streit", "Vertrauen die Straßenfeste", *OF_C],
    "Konflikt and coder:Bert": ["Streit", "Mir half der Streit, er schuf Vertrauen."],
    "coder:Ada und Vertrauen": [TRUST[0], TRUST[1], TRUST[3]],
    "Vertrauen and not coder:Ada": ["Vertrauen die Straßenfeste", "er schuf Vertrauen."],
    "date:2025-01": [
        "Wie begann die Arbeit?",
        "Am Anfang stand Vertrauen",
        "Dann kam der Streit",
        "Der Streit dauerte.",
        "Und heute?",
        "Geduld hilft",
        "Geld.",
        *FIELD,
    ],
    "datum:10.3.2025.. and Konflikt": ["Streit", "Mir half der Streit, er schuf Vertrauen."],
    "date:..2025-02-28 and coder:Bert": [],
    # and, or, not
    'Vertrauen und "Soziale Mittel"': ["Vertrauen die Straßenfeste"],
    "Mittel oder Frage": ["Wie begann die Arbeit?", "um die Förderung.", "Und heute?"],
    "not (Vertrauen or Konflikt or Mittel+)": ["Wie begann die Arbeit?", "Und heute?"],
    "Vertrauen and nicht (Mittel+ or case:C)": ["Am Anfang stand Vertrauen", "Später Vertrauen."],
    "Vertrauen, kind:interview": TRUST[:2],
    # relations
    "Vertrauen overlapping Geld": ["Am Anfang stand Vertrauen"],
    "Geld überlappt Vertrauen": ["Vertrauen, ohne Geld."],
    "Vertrauen overlapping Mittel+": TRUST[:2],
    "Vertrauen overlapping Vertrauen": [],
    "Konflikt overlapping Konflikt": ["Dann kam der Streit", "Streit"],
    "coder:Ada overlapping coder:Bert": [
        "Am Anfang stand Vertrauen",
        "Dann kam der Streit",
        "Vertrauen die Straßenfeste",
    ],
    "Konflikt within Konflikt": ["Streit"],
    "Konflikt enthält Konflikt": ["Dann kam der Streit"],
    "Vertrauen innerhalb Konflikt": ["er schuf Vertrauen."],
    "Konflikt contains (Vertrauen or Geld)": ["Mir half der Streit, er schuf Vertrauen.", "Streit um Geld."],
    "Vertrauen near(0) Konflikt": ["er schuf Vertrauen."],
    "Vertrauen near Konflikt": ["Am Anfang stand Vertrauen", "er schuf Vertrauen.", "Später Vertrauen."],
    "Vertrauen nahe(2) Konflikt": TRUST,
    "Frage near(3) Frage": [],
    "Frage near(5) Frage": ["Wie begann die Arbeit?", "Und heute?"],
    "Vertrauen same-paragraph Geld": ["Am Anfang stand Vertrauen"],
    "Konflikt selber Absatz Geld": ["Streit um Geld."],
    "Geld within Konflikt": ["um Geld."],
    "Frage same-turn Frage": [],
    "not coder:Ada": ["Vertrauen, ohne Geld.", "Streit", "Vertrauen die Straßenfeste", *OF_C],
    "not (Vertrauen near Konflikt)": [words for words in ALL if words not in NEAR],
    "not Vertrauen near Konflikt": [words for words in ALL if words not in NEAR],
    "(not Vertrauen) near(0) Konflikt": ["Dann kam der Streit", "Streit", "um die Förderung.", "um Geld."],
    "Konflikt selber-redebeitrag Geld": [
        "Dann kam der Streit",
        "Streit",
        "Der Streit dauerte.",
        "Streit um Geld.",
    ],
    "Konflikt same turn Vertrauen": [
        "Dann kam der Streit",
        "Streit",
        "Der Streit dauerte.",
        "Mir half der Streit, er schuf Vertrauen.",
    ],
    "Frage followed-by Vertrauen": ["Wie begann die Arbeit?", "Und heute?"],
    "Vertrauen gefolgt von Konflikt": ["Am Anfang stand Vertrauen"],
    "Vertrauen followed-by(0) Konflikt": [],
    "Frage followed by(2) Konflikt": ["Wie begann die Arbeit?"],
    # put together
    "Vertrauen near(2) Konflikt and role:respondent and case:B and not Mittel+": [
        "Am Anfang stand Vertrauen"
    ],
    "(Vertrauen and coder:Bert) near Konflikt": ["er schuf Vertrauen."],
    "Vertrauen near Konflikt and coder:Bert": ["er schuf Vertrauen."],
    "Frage followed-by (Vertrauen overlapping Geld)": ["Wie begann die Arbeit?"],
    "(Konflikt and document:Notiz) or (Mittel and date:2025)": ["um die Förderung.", "Streit um Geld."],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    made = Built(PLAN, tmp_path_factory.mktemp("worked") / "study.qdaproj")
    yield made
    made.close()


@pytest.fixture(scope="module")
def naive(built):
    return Naive(built)


def test_there_are_enough_examples():
    assert len(EXAMPLES) >= 60


@pytest.mark.parametrize("written", EXAMPLES)
def test_a_query_gives_what_was_worked_out_by_hand_and_by_loops(built, naive, written):
    query = parse(built.project, written)
    page = find(built.project, query)
    assert [row.segment.text for row in page.rows] == EXAMPLES[written]
    documents = {guid: at for at, guid in enumerate(built.docs)}
    places = [(documents[row.segment.source], row.segment.start, row.segment.stop) for row in page.rows]
    assert places == naive.find(query)


def test_an_intersection_gives_only_what_both_share(built):
    page = find(built.project, parse(built.project, "Vertrauen intersecting Geld or case:C"))
    assert [row.segment.text for row in page.rows] == ["Am Anfang stand Vertrauen", *OF_C]
    page = find(built.project, parse(built.project, "role:respondent and Vertrauen schneidet Geld"))
    (row,) = page.rows
    assert (row.segment.text, row.segment.guid) == ("Vertrauen", "")


def test_a_page_counts_cases_first_and_names_the_codes_of_each_passage(built):
    page = find(built.project, parse(built.project, "Vertrauen"), offset=1, limit=2)
    assert (page.total, page.cases, page.documents) == (4, 2, 3)
    assert [(one.name, one.documents, one.segments) for one in page.by_case] == [
        ("B", 1, 2),
        ("C", 1, 1),
        ("", 1, 1),
    ]
    assert [row.segment.text for row in page.rows] == TRUST[1:3]
    assert [(code.name, code.coders) for code in page.rows[0].codes] == [
        ("Vertrauen", ("Ada", "Bert")),
        ("Soziale Mittel", ("Bert",)),
    ]
    assert (page.rows[0].segment.case_name, page.rows[0].segment.speaker) == ("B", "B")


def test_beyond_the_last_page_there_is_nothing(built):
    page = find(built.project, parse(built.project, "Vertrauen"), offset=99)
    assert (page.total, page.rows) == (4, ())


def test_every_kind_of_condition_join_and_relation_stands_among_the_examples(built):
    asked = [one for written in EXAMPLES for one in spec.walk(parse(built.project, written))]
    kinds = {type(one) for one in asked}
    assert kinds == {*get_args(spec.Leaf), *get_args(spec.Joined), *get_args(spec.Relation)}
    operators = {one.operator for one in asked if isinstance(one, spec.Attribute)}
    assert operators == set(spec.OPERATORS)
    assert {one.paragraphs for one in asked if isinstance(one, spec.Near)} >= {0, 1, 2, 3}
    flags = {(type(one), name) for one in asked for name in FLAGS if getattr(one, name, None)}
    assert {name for _kind, name in flags} == set(FLAGS)


FLAGS = ("with_children", "whole", "with_inner")


def of_order(built, order, *, falling=False):
    page = find(built.project, parse(built.project, "Konflikt"), order=order, falling=falling)
    return [row.segment.text for row in page.rows]


def test_a_result_comes_in_other_orders(built):
    by_place = of_order(built, "place")
    assert by_place == RIOT
    assert of_order(built, "place", falling=True) == RIOT[::-1]
    assert of_order(built, "document") == [RIOT[3], *RIOT[:3], RIOT[4]]  # Gruppe, Interview A, Notiz
    assert of_order(built, "document", falling=True) == [RIOT[4], *RIOT[:3], RIOT[3]]
    assert of_order(built, "case") == RIOT  # B, C, none
    assert of_order(built, "case", falling=True) == [RIOT[4], RIOT[3], *RIOT[:3]]
    assert of_order(built, "speaker") == RIOT  # B, C, nobody
    assert of_order(built, "speaker", falling=True) == [RIOT[4], RIOT[3], *RIOT[:3]]


def test_pages_of_an_order_follow_each_other(built):
    query = parse(built.project, "Konflikt")
    rows = [
        row.segment.text
        for offset in range(0, 6, 2)
        for row in find(built.project, query, order="document", offset=offset, limit=2).rows
    ]
    assert rows == of_order(built, "document")


def test_what_stands_around_a_passage_comes_along(built):
    query = parse(built.project, "Konflikt")
    own = find(built.project, query, context=0).rows
    assert (own[1].before, own[1].after) == ("Dann kam der ", " um die Förderung.")
    one = find(built.project, query, context=1).rows
    assert one[1].before == "B: Am Anfang stand Vertrauen, ohne Geld.\nDann kam der "
    assert one[1].after == " um die Förderung.\n1 Förderung des Landes"
    assert one[4].before == "Im Flur: "
    for row, passage in zip(one, RIOT, strict=True):
        words = row.before + row.segment.text + row.after
        assert passage in words
        assert words in next(doc.text for doc in DOCS if doc.title == row.segment.title)
    assert (find(built.project, query).rows[1].before, find(built.project, query).rows[1].after) == ("", "")


def drawn(built, chance, depth):
    """A query of any shape over the worked study."""
    several = [drawn(built, chance, depth - 1) for _n in range(chance.randint(2, 3))] if depth else []
    if not depth or chance.random() < 0.2:
        return chance.choice(
            [
                spec.Code(chance.choice(built.codes), chance.random() < 0.5),
                spec.Code(chance.choice(built.codes), chance.random() < 0.5),
                spec.Text(chance.choice(("geld", "streit", "strasse", "er")), chance.random() < 0.5),
                spec.Speaker(chance.choice(("B", "Name I"))),
                spec.Role(chance.choice(spec.ROLES)),
                spec.Case(chance.choice(built.cases), chance.random() < 0.5),
                spec.Attribute("Alter", chance.choice(spec.OPERATORS[:6]), chance.choice(("30", "45.5"))),
                spec.Attribute("Größe der Stadt", chance.choice(("=", "≠", "<", "≥")), "klein"),
                spec.Attribute(
                    "Beginn", chance.choice(spec.OPERATORS[:6]), chance.choice(("2024", "2025-02"))
                ),
                spec.Coder(chance.choice(built.coders)),
                spec.Date(chance.choice(("", "2025-02-01")), chance.choice(("", "2025-02-01"))),
                spec.Document(chance.choice(built.docs)),
                spec.Group(built.groups[0]),
                spec.Kind(chance.choice(spec.KINDS)),
            ]
        )
    left, right, reach = several[0], several[1], chance.randint(0, 4)
    return chance.choice(
        [
            spec.And(tuple(several)),
            spec.And(tuple(several)),
            spec.Or(tuple(several)),
            spec.Not(left),
            spec.Near(left, right, reach),
            spec.FollowedBy(left, right, reach),
            spec.Overlapping(left, right),
            spec.Within(left, right),
            spec.Contains(left, right),
            spec.SameTurn(left, right),
            spec.SameParagraph(left, right),
        ]
    )


@pytest.mark.parametrize("seed", range(40))
def test_whole_queries_drawn_at_random_give_what_loops_give(built, naive, seed):
    chance = random.Random(seed)
    documents = {guid: at for at, guid in enumerate(built.docs)}
    for _n in range(10):
        query = drawn(built, chance, chance.randint(1, 3))
        page = find(built.project, query)
        places = [(documents[row.segment.source], row.segment.start, row.segment.stop) for row in page.rows]
        assert places == naive.find(query), query
        assert parse(built.project, written_of(built.project, query)) == query
