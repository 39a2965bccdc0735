"""Which sentences of a story line claim something that nothing carries yet."""

import pytest

from qda.coding.story_claims import claims, sentences
from qda.coding.story_text import heading_of, parse

R = "[hält](relation:3)"
Q = "[„Das ist kein Lob.“](segment:5)"
C = "[ruft an](code:7)"


def test_a_sentence_without_relation_and_quotation_is_a_claim():
    (claim,) = claims(f"Sie {R} alles zusammen. Der andere {C} nicht mehr. Sie sagt: {Q}")
    assert claim.words == "Der andere ruft an nicht mehr."
    assert (claim.line, claim.start, claim.stop) == (0, 25, 55)


@pytest.mark.parametrize(
    "body",
    [
        "# Geliehene Verbindlichkeit und mehr",
        "Was folgt nun daraus?",
        "Und dann.",
        f"Der Preis ist hoch und bleibt es:\n\n{Q}",
        f"{Q}.",
        "",
    ],
)
def test_headings_questions_and_what_leads_to_a_quotation_claim_nothing(body):
    assert claims(body) == ()


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Sie holt z. B. Zusagen ein. Er nicht.", 2),
        ("Am 6. Dezember kam er. Dann nicht mehr.", 2),
        ("Beide, d. h. A und B. Danach keiner.", 2),
        ("Das sagt A. B sagt es nicht.", 2),
        ("Vgl. Abs. 34 des Interviews. Und weiter.", 2),
        ("Es waren 1990. Dann 2015.", 2),
        ("„Nie.“ Das war es! Oder … doch nicht?", 3),
        (f"Sie sagt {Q} Er nicht.", 2),
        ("Es trägt [Relation 3](relation:3). Dann nicht.", 2),
        ("ohne Punkt am Ende", 1),
        ("Erst so (und anders). Dann doch.", 2),
    ],
)
def test_sentences_are_told_apart(line, count):
    assert len(sentences(line)) == count


def test_places_of_sentences_lie_in_the_line_as_it_is_read():
    body = f"Erste Zeile {C}.\n\n  Zweite 😀 Zeile. Dritte [x](case:1)."
    for sentence in sentences(body):
        words = "".join(part.words for part in parse(body.split("\n")[sentence.line]))
        assert words[sentence.start : sentence.stop] == sentence.words


@pytest.mark.parametrize(
    ("line", "level", "rest"),
    [
        ("# Titel", 1, "Titel"),
        ("## Titel", 2, "Titel"),
        ("#Titel", 0, "#Titel"),
        ("### T", 0, "### T"),
        ("# ", 0, "# "),
    ],
)
def test_a_heading_is_told_by_its_sign(line, level, rest):
    found, parts = heading_of(parse(line))
    assert (found, "".join(part.words for part in parts)) == (level, rest)


def test_a_reference_can_be_a_heading():
    level, parts = heading_of(parse(f"# {C}"))
    assert (level, [part.words for part in parts]) == (1, ["ruft an"])
