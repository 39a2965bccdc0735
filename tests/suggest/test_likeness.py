"""Passages that are alike in their words: for a relation's candidates, and for a code in other texts."""

import pytest

from qda.coding import axial, codes, documents, evidence, material, open_coding, properties
from qda.coding.candidates import candidates, reason
from qda.exchange.reading import draft_from_text
from qda.i18n import use_language
from qda.suggest import elsewhere as module
from qda.suggest.elsewhere import elsewhere
from qda.suggest.language.analysing import analyse_here
from qda.suggest.likeness import TextLikeness

KNOWN = """I: Wie war das mit dem Landrat?
B: Der Landrat hat persönlich im Bürgerhaus angerufen, und die Ämter kamen dann alle zum Netzwerktreffen.
I: Und sonst?
B: Beim Kochen im Gemeindesaal feiern alle zusammen, das ist schön und laut.
B: Der Landrat rief wieder persönlich an, im Bürgerhaus saßen die Ämter schon beim Netzwerktreffen."""
OTHER = """I: Und hier?
B: Die Feuerwehr hat einen neuen Wagen bekommen, der steht jetzt in der Halle am Rand.
B: Der Landrat kam nie ins Bürgerhaus, und beim Netzwerktreffen saß von den Ämtern am Ende keiner.
B: Zum Netzwerktreffen im Bürgerhaus sind die Ämter gekommen, weil der Landrat persönlich da war.
B: Gesungen wird hier sonntags, mit Orgel und mit Trompete, da kommen viele Leute."""


def line(project, source: str, begins: str) -> tuple[int, int]:
    row = next(
        row
        for row in material.paragraphs(project, source)
        if material.text(project, source)[row.label_stop : row.stop].startswith(begins)
    )
    return row.label_stop, row.stop


def code(project, source: str, begins: str, name: str) -> str:
    start, stop = line(project, source, begins)
    return open_coding.code_passage(project, source=source, start=start, stop=stop, code=name)


@pytest.fixture
def study(project):
    first = documents.take_in(project, draft=draft_from_text(KNOWN), title="A")
    second = documents.take_in(project, draft=draft_from_text(OTHER), title="B")
    for begins in ("Der Landrat hat", "Der Landrat rief"):
        code(project, first, begins, "Rückhalt")
    return project, first, second


def guid(project, name: str) -> str:
    return next(row.guid for row in codes.codes(project) if row.name == name)


def texts(project, name: str) -> list[tuple[str, bool]]:
    found = elsewhere(project, guid(project, name), TextLikeness(project))
    return [(one.segment.text[:20], one.may_contradict) for one in found.rows]


def test_passages_elsewhere_like_those_of_a_code_and_what_may_contradict_first(study):
    project, _first, _second = study
    analyse_here(project)
    assert texts(project, "Rückhalt") == [("Der Landrat kam nie ", True), ("Zum Netzwerktreffen ", False)]


def test_each_says_why_with_the_cue_word_and_the_shared_words(study):
    project, _first, second = study
    analyse_here(project)
    found = elsewhere(project, guid(project, "Rückhalt"), TextLikeness(project))
    with use_language("en"):
        told = module.reason(found.rows[0])
    cues, _semicolon, like = told.partition("; like A, para. ")
    assert cues in {"“nie”; “keiner”", "“nie”"}
    # of words that are equally telling the first by the alphabet
    assert set(like.partition(": ")[2].split(" · ")) <= {
        "amt",
        "bürger·haus",
        "land·rat",
        "netz·werk·treffen",
        "sitzen",
    }
    text = material.text(project, second)
    assert all(text[start:stop].strip() for start, stop in found.rows[0].marks)


def test_what_has_the_code_or_was_not_read_is_not_offered(study):
    project, _first, second = study
    assert texts(project, "Rückhalt") == []
    assert elsewhere(project, guid(project, "Rückhalt"), TextLikeness(project)).unread == 2
    analyse_here(project)
    code(project, second, "Der Landrat kam nie", "Rückhalt")
    assert [words for words, _against in texts(project, "Rückhalt")] == ["Zum Netzwerktreffen "]


def test_another_value_on_a_property_of_the_code_may_contradict(study):
    project, first, second = study
    analyse_here(project)
    prop = properties.add_property(
        project, code=guid(project, "Rückhalt"), name="Weg", pole_from="mündlich", pole_to="schriftlich"
    )
    for source, begins, value in (
        (first, "Der Landrat hat", "mündlich"),
        (second, "Zum Netzwerktreffen", "schriftlich"),
    ):
        start, stop = line(project, source, begins)
        code(project, source, begins, "Treffen")
        properties.set_property_value(project, property=prop, segment=f"{source}:{start}-{stop}", value=value)
    found = elsewhere(project, guid(project, "Rückhalt"), TextLikeness(project))
    one = next(row for row in found.rows if row.segment.text.startswith("Zum"))
    assert one.may_contradict
    with use_language("en"):
        assert module.reason(one).startswith("Weg: schriftlich, elsewhere mündlich; like A")


def test_candidates_of_a_relation_are_ordered_by_their_likeness_to_the_evidence(study):
    project, first, second = study
    model = axial.add_model(project, name="M", phenomenon=guid(project, "Rückhalt"))
    for begins in ("Die Feuerwehr", "Zum Netzwerktreffen"):
        code(project, second, begins, "Rückhalt")
        code(project, second, begins, "Teilnahme")
    ends = {"from_code": guid(project, "Rückhalt"), "to_code": guid(project, "Teilnahme")}
    relation = axial.relate_codes(project, model=model, type="furthers", **ends)
    start, stop = line(project, first, "Der Landrat hat")
    evidence.add_evidence(
        project, relation=relation, segments=[f"{first}:{start}-{stop}"], polarity="supporting"
    )

    def order(like) -> list[str]:
        rows = candidates(project, relation=relation, turns=0, alone=False, like=like).rows
        return [row.segment.text[:13] for row in rows]

    like = TextLikeness(project)
    plain = order(None)
    assert order(like) == plain == ["Die Feuerwehr", "Zum Netzwerkt"]  # texts are not read yet
    analyse_here(project)
    assert order(like) == ["Zum Netzwerkt", "Die Feuerwehr"]
    rows = candidates(project, relation=relation, turns=0, alone=False, like=like).rows
    with use_language("en"):
        assert "like A, para. " in reason(rows[0])
    assert rows[0].words


def test_a_corrected_text_is_compared_as_it_is_now(study):
    from qda.coding import correcting
    from qda.models.splicing import Hunk

    project, _first, second = study
    analyse_here(project)
    like = TextLikeness(project)
    project.subscribe(like.heard)
    code_ = guid(project, "Rückhalt")
    assert len(elsewhere(project, code_, like).rows) == 2
    words = "Zum Netzwerktreffen im Bürgerhaus sind die Ämter gekommen, weil der Landrat persönlich da war."
    start = material.text(project, second).index(words)
    correcting.correct(
        project,
        source=second,
        hunks=[Hunk(start, words, "Sie hat am Sonntag lange geschlafen, sonst nichts.")],
        label="x",
    )
    analyse_here(project)
    assert len(elsewhere(project, code_, like).rows) == 1
