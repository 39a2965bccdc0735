"""Noun phrases as names: in a readable singular, without names of people and times."""

import pytest


@pytest.mark.parametrize(
    ("said", "name", "language"),
    [
        ("Wir haben die Migrantenorganisationen eingeladen.", "Migrantenorganisation", "de"),
        ("Der Weg war kurz. Das geht über den kurzen Weg.", "kurzer Weg", "de"),
        ("Die Zuständigkeit war eine unklare Zuständigkeit.", "unklare Zuständigkeit", "de"),
        ("Ich habe Angst vor Paragrafen.", "Angst vor Paragrafen", "de"),
        ("Dann kam der Rückzug der Vereine.", "Rückzug der Vereine", "de"),
        ("We met the community leaders.", "community leader", "en"),
        ("There were informal meetings.", "informal meeting", "en"),
        ("It was a lack of trust.", "lack of trust", "en"),
    ],
)
def test_a_noun_phrase_is_brought_to_a_readable_singular(asking, said, name, language):
    assert name in asking.of_kind("noun", said, language)


def test_a_compound_comes_before_a_plain_noun(asking):
    names = asking.of_kind("noun", "Der Tisch und die Netzwerkkonferenz waren voll.")
    assert names.index("Netzwerkkonferenz") < names.index("Tisch")


@pytest.mark.parametrize(
    "said",
    [
        "Frau Tamm holt den Schlüssel.",
        "Herr Brink und Dr. Olden hatten den Schlüssel.",
    ],
)
def test_names_of_people_are_left_out(asking, said):
    words = {word for one in asking.names(said) for word in one.name.split()}
    assert "Schlüssel" in words
    assert not words & {"Tamm", "Brink", "Olden", "Frau", "Herr", "Dr."}


def test_times_are_left_out(asking):
    assert asking.of_kind("noun", "Am Montag, im Januar, nach zwei Wochen.") == []
