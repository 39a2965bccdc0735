"""What counts as right, what is wrong, and what is told of it: small texts against the demo study."""

import random
import unicodedata

import pytest

from qda.acts import perform
from qda.coding import material
from qda.coding.quotations import Written, check
from qda.coding.quotations.findings import summary
from qda.errors import KnownError
from qda.models import Project

from .conftest import said

RIGHT = (
    "„Ohne Protokoll gibt’s mich nicht.“ (B, Abs. 36)",
    "„ohne Protokoll gibt's mich nicht“ (Interview B, Absatz 36)",
    "“Ohne Protokoll gibt’s mich nicht” (B: 36)",
    '"Ohne Protokoll gibt’s mich nicht" (Interview B, §36)',
    "»Ohne Protokoll gibt’s mich nicht« (vgl. B, Abs. 35–36)",
    "«Ohne Protokoll gibt’s mich nicht» (I B, Abs. 36; Hervorhebung d. Verf.)",
    "„Ohne Pro\u00adtokoll gibt’s\u00a0mich nicht“ (B,\u00a0Abs.\u00a036)",
    "„Ohne Proto- koll gibt’s mich nicht“ (B, Abs. 36)",
    "„Also ich sag […]: Ohne Protokoll gibt’s mich nicht.“ (B, Abs. 36)",
    "„Also ich sag (...) Ohne Protokoll gibt’s mich nicht.“ (B, Abs. 36)",
    "„Also [er] sag[t] immer: Ohne Protokoll gibt’s mich [sic] nicht.“ (B, Abs. 36)",
    "„[O]hne Protokoll gibt’s mich nicht“ (B, Abs. 36)",
    "„Nee. Ich schütz mich mit Regeln. Das ist was anderes.“ (B, Abs. 38)",
    "„Nee. Ich schütz mich mit Regeln. (3) Das ist was anderes.“ (B, Abs. 38)",
    "„da steht viermal hintereinander ‚wird geprüft‘, das kann ich kopieren“ (B, Abs. 32)",
    "In Interview B (Abs. 36) heißt es: „Ohne Protokoll gibt’s mich nicht“.",
    "Sie sagt (B, Abs. 36): „Ohne Protokoll gibt’s mich nicht“.",
    "„Ohne Protokoll gibt’s mich nicht“, sagt er (B, Abs. 36).",
    "„Ohne Protokoll gibt’s mich nicht (B, Abs. 36)“.",
    "„Ohne Protokoll gibt’s mich nicht (B, Abs. 36).",
    "„Ohne Protokoll gibt’s mich nicht“ (C, Abs. 2; B, Abs. 36).",
    "„Ohne Protokoll gibt’s mich nicht“ (B, Abs. 34, 36 und 40).",
    "„Ohne Protokoll gibt’s mich nicht“ [B, Abs. 36].",
    "„Ich hab vierzig Jahr nach Fahrplan gelebt“ (Fokusgruppe G, Z. 19)",
    "Das ist der Satz („Ohne Protokoll gibt’s mich nicht“, B, Abs. 36).",
    "Das ist der Satz (B, Abs. 36: „Ohne Protokoll gibt’s mich nicht“).",
    "„Ohne Protokoll gibt’s mich nicht“ (Interview B, 15.10.2024, Abs. 36)",
    "„Ohne Protokoll gibt’s mich nicht“ (Interview mit B, männlich, 45 Jahre, Abs. 36)",
    "„Ohne Protokoll gibt’s mich nicht“ (B, 00:12:34)",
    "„Ohne Protokoll gibt’s mich nicht“ (Interview B, S. 4)",
    "„Ohne Protokoll gibt’s mich nicht“ (Interview_B: 36 - 37)",
    ",,Ohne Protokoll gibt’s mich nicht‘‘ (B, Pos. 36)",
    "'Ohne Protokoll gibt’s mich nicht' (B, para 36)",
    "“Ohne Protokoll gibt’s mich nicht“ (B, Abs.36)",
    "„I: Sie führen über Regeln? B: Nee. Ich schütz mich mit Regeln.“ (B, Abs. 37–38)",
    "Ohne Protokoll gibt’s mich nicht. Was da nicht drinsteht, das war nicht – Interview B, Abs. 36",
)


@pytest.mark.parametrize("text", RIGHT)
def test_it_is_right(one, text: str) -> None:
    finding = one(f"Hier steht es: {text}" if not text.startswith("Ohne") else Written(text, set_in=True))
    assert finding.state == "right", finding
    assert not finding.difference


LEFT_ALONE = (
    "Von „Netzwerken“ ist die Rede.",
    "„Ohne Protokoll gibt’s mich nicht“ (Müller 2019: 34).",
    "„Ohne Protokoll gibt’s mich nicht“ (vgl. Strauss/Corbin 1996, S. 12).",
    "„Die Gemeinde regelt ihre Angelegenheiten“ (Art. 28 Abs. 2 GG).",
    "„Ohne Protokoll gibt’s mich nicht“ (vgl. Kap. 3, Abs. 2).",
    "Es waren „viele“ (n = 12) und „wenige“ (siehe Abb. 3).",
)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_is_left_alone(found, text: str) -> None:
    assert found(text) == []


def test_what_differs_is_told_word_by_word_with_the_right_text(one) -> None:
    finding = one("„Was dort nicht drinsteht, das war nicht“ (B, Abs. 36)")
    assert finding.state == "text"
    assert [(piece.kind, piece.text) for piece in finding.difference] == [
        ("same", "Was"),
        ("gone", "da"),
        ("new", "dort"),
        ("same", "nicht drinsteht, das war nicht"),
    ]
    assert finding.expected == "Was da nicht drinsteht, das war nicht"


def test_another_case_of_a_letter_inside_is_another_text(one) -> None:
    assert one("„Also Ich sag immer: Ohne Protokoll“ (B, Abs. 36)").state == "text"


def test_words_left_out_without_a_sign_are_missing(one) -> None:
    finding = one("„Ruhe. ich sag immer: Ohne Protokoll gibt’s mich nicht.“ (B, Abs. 36)")
    assert [(piece.kind, piece.text) for piece in finding.difference if piece.kind != "same"] == [
        ("gone", "Also")
    ]


def test_a_wrong_place_is_told_with_the_right_one_in_the_same_manner(one) -> None:
    for written, right in (
        ("(B, Abs. 12)", "(B, Abs. 36)"),
        ("(vgl. B: 12)", "(vgl. B: 36)"),
        ("(Interview B, §§ 12–14)", "(Interview B, §§ 36)"),
        ("(C, Abs. 36)", "(Interview B, Abs. 36)"),
    ):
        finding = one(f"Es heißt „Ohne Protokoll gibt’s mich nicht“ {written}.")
        assert (finding.state, finding.right) == ("place", right)


def test_a_passage_that_goes_on_behind_the_cited_paragraph_is_cited_too_short(one) -> None:
    text = "„Sie führen über Regeln? Nee. Ich schütz mich mit Regeln.“"
    assert one(f"{text} (B, Abs. 37)").right == "(B, Abs. 37–38)"
    assert one(f"{text} (B, Abs. 37 f.)").state == "right"
    assert one(f"{text} (B, Abs. 37–38)").state == "right"


def test_other_words_at_another_place_are_both_told(one) -> None:
    words = "Was dort nicht drinsteht, das war nicht, und da kann mir hinterher auch keiner kommen"
    assert one(f"„{words}“ (C, Abs. 16)").states == ("text", "place")


def test_an_invented_quotation_stands_nowhere(one) -> None:
    finding = one("„Der Landrat hat uns immer die Tür aufgehalten“ (B, Abs. 36)")
    assert (finding.state, finding.source, finding.right) == ("missing", "", "")


def test_a_document_that_the_study_does_not_have_is_unknown(one) -> None:
    assert one("„Bei uns läuft alles anders“ (Interview K, Abs. 3)").state == "unknown"
    finding = one("„Ohne Protokoll gibt’s mich nicht“ (Interview K, Abs. 3)")
    assert (finding.state, finding.title, finding.right) == (
        "unknown",
        "Interview B",
        "(Interview B, Abs. 36)",
    )


def test_without_consent_even_the_right_words_are_wrong(one) -> None:
    finding = one("„Meine Freundin hat gefragt, und, was ist das so für ein Job.“ (F, Abs. 8)")
    assert (finding.state, finding.consent) == ("consent", "no")
    uncited = one("Sie sagt „Meine Freundin hat gefragt, und, was ist das so für ein Job.“")
    assert uncited.state == "consent"


def test_another_name_where_the_study_has_a_pseudonym_is_told_as_such(one) -> None:
    finding = one("„Und dann bin ich zum Bürgermeister, zum Dr. Wagner“ (A, Abs. 14)")
    assert finding.state == "name"
    assert ("gone", "Overbeck,") in [(piece.kind, piece.text) for piece in finding.difference]


def test_five_words_of_a_transcript_without_a_citation_are_a_hint_four_are_none(found) -> None:
    (hint,) = found("Er meint „Was da nicht drinsteht, das“.")
    assert (hint.state, hint.right) == ("hint", "(Interview B, Abs. 36)")
    assert found("Er meint „Was da nicht drinsteht“.") == []


def test_the_same_as_before_means_the_document_and_the_place_before(found) -> None:
    findings = found(
        "„Ruhe.“ (B, Abs. 36) „Seitdem schreib ich auf.“ (ebd.) „Das ist was anderes.“ (ebd., Abs. 38)",
        "„Sozial verfasst“ (Müller 2019: 3). „Ohne Protokoll gibt’s mich nicht“ (ebd.).",
    )
    assert [one.state for one in findings] == ["right", "right", "right"]


def test_two_quotations_before_one_citation_belong_to_it(found) -> None:
    both = found("Er sagt „Seitdem schreib ich auf“ und „Ohne Protokoll gibt’s mich nicht“ (B, Abs. 36).")
    assert [one.state for one in both] == ["right", "right"]
    scare = found("Die „Experten“ sagen „Ohne Protokoll gibt’s mich nicht“ (B, Abs. 36).")
    assert [one.quotation for one in scare] == ["Ohne Protokoll gibt’s mich nicht"]


def test_a_citation_in_a_footnote_counts_for_the_quotation_before_its_mark(one) -> None:
    text = "Er sagt: „Ohne Protokoll gibt’s mich nicht.“[1] Punkt."
    assert one(text, Written("[1] Interview B, Abs. 36.", note=True)).state == "right"
    assert one(text, Written("[1] Vgl. Interview B, Abs. 3.", note=True)).state == "place"


def test_a_quotation_inside_a_footnote_is_checked_there(one) -> None:
    note = "[1] Anders: „Ohne Akten gibt’s mich nicht“ (B, Abs. 36)."
    finding = one("Das ist klar.[1]", Written(note, note=True))
    assert (finding.state, finding.place.note) == ("text", True)


def test_a_block_without_marks_is_a_quotation_with_the_citation_at_its_end_behind_or_before_it(one) -> None:
    block = "Nee. Ich schütz mich mit Regeln. Das ist was anderes."
    assert one(Written(f"{block} (B, Abs. 38)", set_in=True)).state == "right"
    assert one(Written(block, set_in=True), "(B, Abs. 38)").state == "right"
    assert one("Er sagt (B, Abs. 38):", Written(block, set_in=True)).state == "right"
    assert one(Written(block.replace("mich", "sie"), set_in=True), "(B, Abs. 38)").state == "text"


def test_transcripts_in_an_appendix_are_no_quotations(found) -> None:
    talk = [
        Written(said_, set_in=True)
        for said_ in ("Ohne Protokoll gibt’s mich nicht.", "Seitdem schreib ich auf.")
    ]
    assert found(Written("Anhang", level=1), Written("A.1 Interview B", level=2), *talk) == []
    (hint,) = found(Written("3 Ergebnisse", level=1), talk[0])
    assert hint.state == "hint"


def test_many_wrong_places_are_told_to_be_counted_in_another_way(study: Project) -> None:
    texts = [f"„Ohne Protokoll gibt’s mich nicht“ (B, Abs. {number})." for number in range(1, 8)]
    assert "counted in another way" in summary(check(study, [Written(text) for text in texts]))


def test_a_dialogue_that_is_set_in_may_keep_or_lose_its_labels(one) -> None:
    talk = ("I: Sie führen über Regeln?", "B: Nee. Ich schütz mich mit Regeln. (B, Abs. 37–38)")
    assert one(*(Written(line, set_in=True) for line in talk)).state == "right"
    assert one(*(Written(line[3:], set_in=True) for line in talk)).state == "right"


def test_an_unmarked_paragraph_is_a_quotation_only_where_it_nearly_is_one(found) -> None:
    copied = (
        "Ich war mal beim Ordnungsamt, da hat ein Wirt behauptet, ich hätt ihm die Küche mündlich genehmigt."
    )
    assert [one.state for one in found(f"{copied} (B, Abs. 36)")] == ["text"]
    assert (
        found("Er war früher im Ordnungsamt und hatte Ärger mit einem Wirt um dessen Terrasse (B, Abs. 36).")
        == []
    )


def test_lines_are_those_of_the_study_where_a_citation_names_lines(path, tmp_path) -> None:
    copy = tmp_path / "lines.qdaproj"
    copy.write_bytes(path.read_bytes())
    with Project.open(copy) as project:
        perform(project, "set-citation", {"template": "{title}, Zeile {lines}"})
        (source,) = (row for row in material.sources(project) if row.title == "Interview B")
        at = material.text(project, source.guid).index("Ohne Protokoll")
        line = material.span_row(project, source.guid, at, at + 30).lines

        def state(citation: str) -> tuple[str, str]:
            text = f"„Ohne Protokoll gibt’s mich nicht“ ({citation})"
            (only,) = check(project, [Written(text)]).findings
            return only.state, only.right

        assert state(f"Interview B, Zeile {line}") == ("right", "")
        assert state(f"B, Z. {line}") == ("right", "")
        assert state("Interview B, Zeile 3") == ("place", f"(Interview B, Zeile {line})")
        assert state("B, Abs. 36") == ("right", "")


def test_a_check_can_be_stopped_and_changes_nothing(study: Project) -> None:
    with pytest.raises(KnownError):
        check(study, [Written("„Ruhe.“ (B, Abs. 36)")] * 3, progress=lambda _done, _all: False)
    assert study.last_change is None


def test_a_text_without_quotations_of_the_study_is_told_so(study: Project) -> None:
    assert summary(check(study, [Written("Nichts.")])).endswith("names a document of the study.")


# -- whatever is written ------------------------------------------------------------------------------------

MARKS = ("„“", "„”", "»«", "“”", '""', "«»", "‚‘")
PLACES = ("({t}, Abs. {n})", "({c}, Abs. {n})", "({c}: {n})", "[{t}, Absatz {n}]", "(vgl. {t}, §{n})")


def _varied(words: list[str], chance: random.Random) -> str:
    """The words with changes that are allowed."""
    text = " ".join(words).translate(str.maketrans("„“‚‘", "    "))
    if chance.random() < 0.4 and len(words) > 12:
        cut = chance.randint(5, len(words) - 6)
        gone = chance.randint(0, 2)
        kept = [" ".join(part) for part in (words[:cut], words[cut + gone :])]
        text = f" {chance.choice(('[…]', '[...]', '(…)'))} ".join(kept).translate(
            str.maketrans("„“‚‘", "    ")
        )
    if chance.random() < 0.3:
        text = unicodedata.normalize("NFD", text)
    if chance.random() < 0.3:
        text = text.replace("’", "'")
    if chance.random() < 0.3:
        text = text.replace(" ", "\u00a0", 2)
    if chance.random() < 0.3:
        text = text[:1].swapcase() + text[1:]
    return text.strip()


@pytest.mark.parametrize("seed", range(6))
def test_allowed_changes_stay_right_and_one_other_word_is_found(study: Project, seed: int) -> None:
    chance = random.Random(seed)
    pool = [
        (title, number, said(study, title, number).split())
        for title in ("Interview A", "Interview B", "Interview C")
        for number in map(str, range(4, 60, 2))
    ]
    pool = [one for one in pool if len(one[2]) > 8]
    paragraphs, wanted = [], []
    for _quotation in range(80):
        title, number, words = chance.choice(pool)
        count = chance.randint(6, min(30, len(words)))
        at = chance.randrange(len(words) - count + 1)
        quoted, wrong = words[at : at + count], False
        ordinary = [n for n, word in enumerate(quoted) if word.isalpha() and word.islower() and len(word) > 3]
        if ordinary and chance.random() < 0.5:
            quoted[chance.choice(ordinary)], wrong = "fahrradkeller", True
            text = " ".join(quoted).translate(str.maketrans("„“‚‘", "    "))
        else:
            text = _varied(quoted, chance)
        opening, closing = chance.choice(MARKS)
        place = chance.choice(PLACES).format(t=title, c=title[-1], n=number)
        paragraphs.append(Written(f"Man hört: {opening}{text}{closing} {place} Und weiter."))
        wanted.append("text" if wrong else "right")
    findings = {one.place.paragraph: one for one in check(study, paragraphs).findings}
    for number, state in enumerate(wanted, 1):
        assert findings[number].state == state, findings[number]
