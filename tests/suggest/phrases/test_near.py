"""Names that nearly match."""

import pytest

from qda.suggest.phrases.near import Names, nearly


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Verein", "Vereine"),
        ("Ämter", "Amt"),
        ("Aemter", "Ämter"),
        ("Strasse", "Straße"),
        ("kurzer Dienstweg", "Kurze Dienstwege"),
        ("Vertrauen aufbauen", "aufbauen, Vertrauen"),
        ("Netzwerkarbeit", "Netzwerk-Arbeit"),
        ("Netzwerkarbeit", "Arbeit im Netzwerk"),
        ("Vereinsarbeit", "Arbeit der Vereine"),
        ("building trust", "Building Trust"),
        ("community leader", "community leaders"),
        ("Unterstüzung", "Unterstützung"),
    ],
)
def test_spelling_number_case_order_and_compounds_make_no_difference(one, other):
    assert nearly(one, other)
    assert nearly(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("loslassen können", "nicht loslassen können"),
        ("befristete Stelle", "unbefristete Stelle"),
        ("aufbauen", "abbauen"),
        ("anrufen", "abrufen"),
        ("Amt", "Arm"),
        ("Vertrauen", "Misstrauen"),
        ("Vertrauen", "Vertrauen aufbauen"),
        ("Netzwerk", "Netzwerkarbeit"),
        ("mit Regeln schützen", "ohne Regeln schützen"),
        ("trust", "distrust"),
    ],
)
def test_what_means_something_else_does_not_match(one, other):
    assert not nearly(one, other)


def test_the_nearest_of_several_is_chosen():
    names = Names(["Verwaltung", "Unterstützer", "Unterstüzung", "Unterstützung"])
    assert names.nearest("die Unterstützung") == "Unterstützung"
    assert names.nearest("Vereine") is None


@pytest.mark.parametrize(
    ("name", "there"), [("Netzwerkarbeit", "Arbeit im Netzwerk"), ("Arbeit im Netzwerk", "Netzwerkarbeit")]
)
def test_a_compound_is_found_among_many(name, there):
    assert Names(["Verwaltung", "Arbeit", there, "Netzwerk"]).nearest(name) == there
