"""All forms of a name, and what each becomes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.coding.pseudonyms import Entry, Form, entries_of, forms_of
from qda.errors import KnownError

MUELLER = Entry("Frau Müller", "person", "Frau Weber")


def becomes(entry: Entry, *texts: str) -> dict[str, str]:
    return {form.written: form.replacement for form in forms_of(entry, texts)}


def unsure(entry: Entry, *texts: str) -> set[str]:
    return {form.written for form in forms_of(entry, texts) if not form.sure}


@pytest.mark.parametrize(
    ("written", "new"),
    [
        ("Frau Müller", "Frau Weber"),
        ("Frau Müllers", "Frau Webers"),
        ("Frau Dr. Müller", "Frau Dr. Weber"),
        ("Müllers", "Webers"),
        ("MÜLLER", "WEBER"),
        ("Mueller", "Weber"),
        ("Müller-Netzwerk", "Weber-Netzwerk"),
        ("Müller’s", "Weber’s"),
    ],
)
def test_a_form_of_a_family_name_keeps_its_ending(written: str, new: str) -> None:
    assert becomes(MUELLER, f"Und {written} hier.") == {written: new}
    assert not unsure(MUELLER, f"Und {written} hier.")


def test_a_name_inside_a_longer_word_is_offered_and_not_sure() -> None:
    assert unsure(MUELLER, "Der Müllerhof.") == {"Müllerhof"}


def test_an_article_or_a_particle_in_a_name_is_never_replaced_alone() -> None:
    said = "Der von Berg kam, und der Koch, der von uns ist, auch. Berg schwieg."
    assert becomes(Entry("von Berg", "person", "von Thal"), said) == {"von Berg": "von Thal", "Berg": "Thal"}
    assert set(becomes(Entry("der Koch", "person", "der Lind"), said)) == {"der Koch"}


def test_a_name_of_the_other_gender_is_offered_and_not_sure() -> None:
    assert unsure(MUELLER, "Herr Müller kam.") == {"Herr Müller"}


def test_a_name_that_is_a_common_word_is_sure_only_after_a_form_of_address() -> None:
    koch = Entry("Frau Koch", "person", "Frau Lind")
    assert becomes(koch, "Frau Koch sagt, der Koch kocht. ich koch.") == {
        "Frau Koch": "Frau Lind",
        "Koch": "Lind",
    }
    assert unsure(koch, "Frau Koch sagt, der Koch kocht.") == {"Koch"}


def test_parts_of_a_full_name_become_the_same_parts() -> None:
    anna = Entry("Anna Müller", "person", "Eva Weber")
    assert becomes(anna, "Anna Müller, Anna, Müllers, A. Müller") == {
        "Anna Müller": "Eva Weber",
        "A. Müller": "E. Weber",
        "Müllers": "Webers",
        "Anna": "Eva",
    }


def test_initials_are_not_sure() -> None:
    assert unsure(Entry("Anna Müller", "person", "Eva Weber"), "Das war A. M. selbst.") == {"A. M."}


def test_a_description_swallows_the_form_of_address_that_the_name_has() -> None:
    leader = Entry("Frau Brenneke", "person", "[Leiterin Pool]")
    assert becomes(leader, "Frau Brenneke, Frau Dr. Brenneke und Brenneke") == {
        "Frau Dr. Brenneke": "[Leiterin Pool]",
        "Frau Brenneke": "[Leiterin Pool]",
        "Brenneke": "[Leiterin Pool]",
    }


def test_a_name_given_without_address_leaves_it_in_the_text() -> None:
    assert becomes(Entry("Karimov", "person", "Demir"), "mit Herrn Karimov") == {
        "Herrn Karimov": "Herrn Demir"
    }


def test_before_a_description_the_form_of_address_stays_and_a_doctorate_goes() -> None:
    mayor = Entry("Terlinden", "person", "[Bürgermeister]")
    assert becomes(mayor, "zum Dr. Terlinden, Herrn Dr. Terlinden") == {
        "Herrn Dr. Terlinden": "Herrn [Bürgermeister]",
        "Dr. Terlinden": "[Bürgermeister]",
    }


def test_genitives_of_a_name_on_s_get_an_apostrophe() -> None:
    assert becomes(Entry("Karimov", "person", "Haas"), "Karimovs Verein")["Karimovs"] == "Haas’"


def test_adjectives_of_places_are_made_of_the_new_place() -> None:
    lindau = Entry("Wiesenlohe", "place", "Lindau")
    assert becomes(lindau, "der Wiesenloher Friedhof, Wiesenlohes Rathaus, die Wiesenloherin") == {
        "Wiesenloherin": "Lindauerin",
        "Wiesenloher": "Lindauer",
        "Wiesenlohes": "Lindaus",
    }
    assert becomes(Entry("Göttingen", "place", "Lindau"), "das Göttinger Amt")["Göttinger"] == "Lindauer"


def test_a_place_of_two_words_is_declined() -> None:
    obere = Entry("Untere Ahlen", "place", "Obere Leine")
    assert becomes(obere, "in der Unteren Ahlen, Landkreis Untere Ahlen") == {
        "Landkreis Untere Ahlen": "Landkreis Obere Leine",
        "Unteren Ahlen": "Oberen Leine",
    }


def test_a_coarse_place_takes_the_case_that_the_preposition_asks_for() -> None:
    town = Entry("Lindenau", "place", "eine Stadt mit knapp 40.000 Einwohnern", coarse=True)
    assert becomes(town, "In Lindenau. Nach Lindenau, durch Lindenau; nach Lindenau") == {
        "In Lindenau": "In einer Stadt mit knapp 40.000 Einwohnern",
        "Nach Lindenau": "In eine Stadt mit knapp 40.000 Einwohnern",
        "nach Lindenau": "in eine Stadt mit knapp 40.000 Einwohnern",
        "durch Lindenau": "durch eine Stadt mit knapp 40.000 Einwohnern",
    }


def test_accents_and_hyphens_may_be_left_off() -> None:
    entry = Entry("Öztan-Weiß", "person", "Yildiz")
    assert set(becomes(entry, "Oztan Weiss, Oeztan-Weiß und Öztan‑Weiss")) == {
        "Oztan Weiss",
        "Oeztan-Weiß",
        "Öztan‑Weiss",
    }


def test_what_a_person_wrote_for_a_form_stays() -> None:
    entry = Entry("Lindenau", "place", "Berg", (Form("Lindenauer", "Leute aus Berg"),))
    assert becomes(entry, "Die Lindenauer in Lindenau") == {
        "Lindenauer": "Leute aus Berg",
        "Lindenau": "Berg",
    }


NAMES = st.sampled_from(("Brenneke", "Öztan-Weiß", "Karaçelik", "van der Lohe", "Zabel", "Ümit Ak", "Łukasz"))
ENDINGS = st.sampled_from(("", "s", "ens", "-Netzwerk", "’s", "isch"))
TITLES = st.sampled_from(("", "Frau ", "Herrn ", "Herr Dr. ", "die ", "Bürgermeister "))


@settings(max_examples=150, deadline=None)
@given(NAMES, TITLES, ENDINGS, st.sampled_from((str, str.upper, str.lower)), st.text("ab .,(„“", max_size=5))
def test_every_occurrence_of_a_name_is_part_of_a_form(name, title, ending, case, around) -> None:
    written = case(name) + ending
    text = f"{around} {title}{written}, {around}"
    forms = forms_of(Entry(name, "person", "[P]"), [text])
    assert any(written in form.written and form.written in text for form in forms)
    assert all(form.replacement != form.written for form in forms)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        "{}",
        "[1]",
        '[{"clear": "A"}]',
        '[{"clear": "A", "replacement": "B", "kind": "x"}]',
        "[" * 9999,
    ],
)
def test_a_list_of_names_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(KnownError):
        entries_of(written)
