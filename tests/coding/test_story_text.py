"""The text of a story, taken apart and put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.coding.story_text import (
    KINDS,
    Plain,
    Reference,
    compose,
    parse,
    quotation_agrees,
    reference,
    retargeted,
    words_of,
)

GUID = "0b9e4b9e-3a35-4b7c-9f0a-2f6f2d3f9a11"


def test_references_and_the_text_between_them_are_told_apart():
    parts = parse(f"Sie [ruft an](code:{GUID}), weil [R3](relation:3) gilt.")
    assert parts == (
        Plain("Sie "),
        Reference("ruft an", "code", GUID, f"[ruft an](code:{GUID})"),
        Plain(", weil "),
        Reference("R3", "relation", "3", "[R3](relation:3)"),
        Plain(" gilt."),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known(kind):
    assert parse(f"[x]({kind}:1)")[0].kind == kind


def test_brackets_inside_words_belong_to_them():
    (part,) = parse(f"[Da hat [Name] gefragt […]](segment:{GUID})")
    assert (part.words, part.target) == ("Da hat [Name] gefragt […]", GUID)


def test_a_single_bracket_is_written_with_a_backslash():
    made = reference("halb ] offen", "code", GUID)
    assert parse(made.written) == (made,)
    assert parse(f"vorn [ {made.written}")[1] == made


def test_a_name_with_round_brackets_is_a_target():
    (part,) = parse("[so](code:Zuständigkeit (Kreis))")
    assert part.target == "Zuständigkeit (Kreis)"


@pytest.mark.parametrize(
    "text",
    [
        "[Seite](https://example.org)",
        "[x](source:1)",
        "kein Anfang](code:1)",
        "[kein Ende](code:1",
        "[leer](code:)",
        "[über\nzwei Absätze](code:1)",
        "eckig [wie] immer (so)",
    ],
)
def test_what_is_no_reference_stays_text(text):
    assert parse(text) == (Plain(text),)


@given(st.text(alphabet="[]()\\ab:1\n code", max_size=60) | st.text(max_size=40))
def test_nothing_is_lost(body):
    assert compose(parse(body)) == body


@given(st.text(alphabet=st.characters(exclude_characters="\n\\", exclude_categories=("Cs",))))
def test_any_words_come_back_from_a_reference(words):
    made = reference(words, "code", GUID)
    assert parse(f"a {made.written} b") == (Plain("a "), made, Plain(" b"))


def test_targets_can_be_exchanged_and_words_read():
    body = "Sie [ruft an](code:Pflege), siehe [R3](relation:3)."
    assert retargeted(body, lambda kind, name: f"{kind}-{name}") == (
        "Sie [ruft an](code:code-Pflege), siehe [R3](relation:relation-3)."
    )
    assert words_of(body) == "Sie ruft an, siehe R3."


SOURCE = "Da hat, ähm, Frau Demir gesagt: (lacht) Blumen kriegen wir jedes Jahr, einen Raum nie. (3) So."


@pytest.mark.parametrize(
    "quotation",
    [
        "Blumen kriegen wir jedes Jahr, einen Raum nie.",
        "„Blumen kriegen wir […] einen Raum nie“",
        "blumen kriegen wir [...] nie",
        "Da hat [Name] gesagt: Blumen",
        "Da hat Frau Demir gesagt",
        "einen Raum nie. So",
    ],
)
def test_a_quotation_with_the_words_of_its_source_agrees(quotation):
    assert quotation_agrees(quotation, SOURCE)


@pytest.mark.parametrize(
    "quotation",
    [
        "Blumen bekommen wir jedes Jahr",
        "einen Raum nie […] Blumen kriegen wir",
        "Blumen kriegen wir einen Raum nie",
        "Da hat [Name] Blumen",
        "",
        "[…]",
    ],
)
def test_a_quotation_with_other_words_differs(quotation):
    assert not quotation_agrees(quotation, SOURCE)
