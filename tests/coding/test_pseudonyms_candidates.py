"""Candidates for names in the invented study and in small invented texts."""

from pathlib import Path

import pytest

from qda.coding.pseudonyms import Candidate, Reading, candidates, proposal
from qda.exchange.reading import read_transcript
from qda.resources import path

PERSONS = {"Pfrängle", "Terlinden", "Öztan-Weiss", "Karaçelik", "Menssing", "Brackhoff"}
PLACES = {"Moorstetten", "Untere Ahlen", "Gerbergasse", "Wiesenlohe", "Mühlstraße"}
# Those of the further interviews; “Herr Vier-Tage” is what a clerk is called there.
FURTHER = {
    "Ahlenbrück", "Brosamer", "Dudek", "Ellerbruch", "Gerlinde Schaab", "Gesa Wiechert", "Haile", "Heinz",
    "Hensel", "Hepp", "Hollbach", "Holtkötter", "Jonas", "Koch", "Lohfink", "Lückerath", "Ndiaye-Rothmund",
    "Olszewski", "Palaverbaum e. V.", "Quellmalz", "Rahimi", "Seilergasse", "Sivanathan", "Stavenhagen",
    "Steinhafen",
    "Szymoniak", "Tadesse", "Tiedgen", "Vier-Tage", "Volk", "Wenz", "Weyrauch", "Zinn",
}  # fmt: skip
NAMES = PERSONS | PLACES | FURTHER
MOST_NOISE = 9


@pytest.fixture(scope="module")
def of_the_demo() -> tuple[Candidate, ...]:
    texts = []
    for file in sorted(path("demo", "raw").iterdir()):
        draft = read_transcript(file)
        labels = tuple(s.label for s in draft.speakers)
        texts.append(Reading(f"source:{file.name}", file.stem, draft.text, "de", labels, draft.header))
    return candidates(texts)


def found(*texts: str, language: str = "de", **more: tuple[str, ...]) -> dict[str, str]:
    """Clear name → kind."""
    listed = [Reading(f"source:{n}", "T", text, language, **more) for n, text in enumerate(texts)]
    return {row.clear: row.kind for row in candidates(listed)}


def bare(row: Candidate) -> str:
    return row.clear.removeprefix("Frau ").removeprefix("Herr ").removeprefix("Dr. ")


def test_every_clear_name_of_the_demo_is_a_candidate_of_its_kind(of_the_demo: tuple[Candidate, ...]) -> None:
    kinds = {bare(row): row.kind for row in of_the_demo}
    assert {name for name in PERSONS if kinds.get(name) == "person"} == PERSONS
    assert {name for name in PLACES if kinds.get(name) == "place"} == PLACES
    assert kinds.keys() >= FURTHER


def test_the_demo_gives_few_candidates_that_are_no_names(of_the_demo: tuple[Candidate, ...]) -> None:
    noise = [
        row.clear for row in of_the_demo if bare(row) not in NAMES | {"MK", "Aleppo"} and row.kind != "date"
    ]
    assert len(noise) <= MOST_NOISE, noise


def test_a_candidate_counts_all_its_forms_with_their_places(of_the_demo: tuple[Candidate, ...]) -> None:
    row = next(row for row in of_the_demo if bare(row) == "Moorstetten")
    assert {"Moorstetten", "Moorstettener", "Moorstettens"} <= dict(row.forms).keys()
    assert row.count == sum(count for _form, count in row.forms)
    for spot in row.spots:
        assert "Moorstetten" in spot.written and spot.start < spot.stop


def test_whoever_is_mostly_addressed_is_listed_with_the_form_of_address(
    of_the_demo: tuple[Candidate, ...],
) -> None:
    assert "Frau Menssing" in {row.clear for row in of_the_demo}


def test_names_stand_before_dates_and_doubtful_words(of_the_demo: tuple[Candidate, ...]) -> None:
    assert [row.weight for row in of_the_demo] == sorted((row.weight for row in of_the_demo), reverse=True)
    assert {bare(row) for row in of_the_demo[:30]} <= NAMES


def test_german_nouns_after_an_article_are_no_candidates() -> None:
    text = "B: Der Antrag war fertig. Ein Antrag, sag ich. Und im Verein haben wir das Konzept gelesen."
    assert found(text) == {}


@pytest.mark.parametrize(
    ("text", "clear", "kind"),
    [
        ("B: Dann kam Herr Brinkhorst dazu.", "Herr Brinkhorst", "person"),
        ("B: Da war der Herr Nachbar und Frau von Wiesental.", "Frau von Wiesental", "person"),
        ("B: Das hat Bürgermeisterin Zabel gesagt.", "Zabel", "person"),
        ("B: Und da kam Swantje Olufsen herein, und Ingrid Olufsen auch.", "Ingrid Olufsen", "person"),
        ("B: Wir wohnen im Landkreis Grauberg.", "Grauberg", "place"),
        ("B: Ich bin nach Niederklaffen gezogen, in Niederklaffen ist es schön.", "Niederklaffen", "place"),
        ("B: Treffpunkt ist die Lerchengasse, hinten.", "Lerchengasse", "place"),
        ("B: Das war am Rosenplatz 4.", "Rosenplatz", "place"),
        ("B: Der Ostwind Kultur e. V. hat das gemacht.", "Ostwind Kultur e. V.", "institution"),
        ("B: Bei uns im Projekt „Brücken bauen“ war das so.", "Brücken bauen", "project"),
        ("B: Das war am 12. März 2015.", "12. März 2015", "date"),
        ("B: Schreiben Sie an amt@grauberg.example, bitte.", "amt@grauberg.example", "other"),
        ("B: Rufen Sie 06123 445566 an.", "06123 445566", "other"),
    ],
)
def test_a_rule_finds_its_name(text: str, clear: str, kind: str) -> None:
    assert found(text).get(clear) == kind


def test_a_speakers_label_that_is_a_name_is_a_candidate_and_a_role_is_none() -> None:
    rows = found("Ja.\nKlausner: Ja, Klausner.", labels=("Interviewerin", "B1", "Klausner"))
    assert rows == {"Klausner": "person"}


def test_the_interviewer_named_in_the_header_is_a_candidate() -> None:
    texts = [
        Reading(
            "source:1",
            "T",
            "Interviewerin: Hella Brandis\nB: Ja.",
            "de",
            (),
            (("Interviewerin", "Hella Brandis"),),
        )
    ]
    assert [row.clear for row in candidates(texts)] == ["Hella Brandis"]


def test_english_names_are_capitals_in_mid_sentence() -> None:
    rows = found(
        "We went to Harrowfield with Mrs Peverell and then Tilda said no. In Harrowfield nobody came.",
        language="en",
    )
    assert rows["Mrs Peverell"] == "person"
    assert "Harrowfield" in rows and "Tilda" in rows
    assert "We" not in rows


def test_what_is_decided_already_is_no_candidate_again() -> None:
    texts = [Reading("source:1", "T", "B: Frau Brinkhorst und Herr Zabel.")]
    rows = candidates(texts, known=("Frau Brinkhorst",))
    assert [row.clear for row in rows] == ["Herr Zabel"]


def test_a_language_tool_can_propose_more() -> None:
    more = Candidate("Quax", "other", (("Quax", 1),), (), "model", 0.9)
    texts = [Reading("source:1", "T", "B: Frau Brinkhorst sagt Quax.")]
    rows = candidates(texts, proposers=[lambda given: [more] if list(given) == texts else []])
    assert [row.clear for row in rows] == ["Frau Brinkhorst", "Quax"]


def test_a_placeholder_keeps_the_form_of_address() -> None:
    assert proposal("person", 2, clear="Frau Dr. Menssing") == "Frau [Person 2]"
    assert proposal("place", 1, clear="Kreis Walmrode") == "[Place 1]"


def test_real_transcripts_give_a_list_that_a_person_can_read(shared: Path) -> None:
    files = sorted((shared / "data" / "de" / "divekit").glob("*.md"))
    texts = [Reading(f"source:{f.name}", f.stem, read_transcript(f).text) for f in files]
    rows = candidates(texts)
    assert 0 < len(rows) <= 60
    assert sum(row.weight >= 0.6 for row in rows) <= 25
