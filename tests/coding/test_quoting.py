"""Quotation marks."""

import pytest

from qda.coding.quoting import quoted


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        ("Formal war das korrekt.", "„Formal war das korrekt.“", "“Formal war das korrekt.”"),
        ("er sagt „nie“, ja", "„er sagt ‚nie‘, ja“", "“er sagt ‘nie’, ja”"),
        ('er sagt "nie", ja', "„er sagt ‚nie‘, ja“", "“er sagt ‘nie’, ja”"),
        ("“Ja ‘so’ nicht”", "„‚Ja „so“ nicht‘“", "“‘Ja “so” nicht’”"),
        ("»außen ›innen‹ außen«", None, None),
        ("„a ‚b‘ c“", "„‚a „b“ c‘“", "“‘a “b” c’”"),
        ("Wir haben’s gemacht, die Ehrenamtler’ auch", None, None),
        ("", "„“", "“”"),
    ],
)
def test_quotations_inside_a_quotation_alternate_and_apostrophes_stay(text, german, english):
    if german is None:
        assert quoted(text, "de").count("’") == text.count("’")
        return
    assert quoted(text, "de") == german
    assert quoted(text, "en") == english


def test_a_mark_without_partner_becomes_an_inner_mark():
    assert quoted("er sagte „ja und", "de") == "„er sagte ‚ja und“"
    assert quoted("nein“, sagte er", "de") == "„nein‘, sagte er“"
