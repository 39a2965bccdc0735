"""Cue words where they join clauses, and where they only look like it; the sentences are invented."""

import pytest

from qda.suggest.cues.clauses import clauses
from qda.suggest.cues.hints import found_in
from qda.suggest.cues.lexicon import lexicon
from qda.suggest.language.tools import of_tier

GERMAN = [
    ("Weil das Amt zu hat, warten wir.", "causal"),
    ("Aufgrund der Lage warten wir.", "causal"),
    ("Das liegt daran, dass keiner fragt.", "causal"),
    ("Das liegt an der Stadt.", "causal"),
    ("Das liegt nicht an der Stadt.", ""),
    ("Ich gehe nicht hin, denn das Amt hat zu.", "causal"),
    ("Was haben Sie denn gemacht?", ""),
    ("Das ist mehr denn je ein Problem.", ""),
    ("Da er keine Zeit hatte, ging ich allein.", "causal"),
    ("Da hinten steht der Schrank.", ""),
    ("Da waren alle müde.", ""),
    ("Ich war da, als er kam.", ""),
    ("Wenn der Bürgermeister winkt, da springen die.", "context consequence"),
    ("Wir kamen weiter, dadurch dass wir telefonierten.", "causal"),
    ("Dadurch, dass man sich oft sah, wuchs das Vertrauen.", "causal"),
    ("Dadurch wurde es besser.", "consequence"),
    ("Das kommt daher, dass keiner fragt.", "causal"),
    ("Obwohl es regnet, kommen alle.", "intervening"),
    ("Trotz des Regens kamen alle.", "intervening"),
    ("Es fehlt an Räumen.", "intervening"),
    ("Dank der Kirche hatten wir einen Raum.", "intervening"),
    ("Vielen Dank für das Gespräch.", ""),
    ("Um die Vereine zu gewinnen, bin ich hingefahren.", "strategy"),
    ("Ich fahre hin, um die Leute einzuladen.", "strategy"),
    ("Um zehn kam der Hausmeister.", ""),
    ("Es geht um Geld, und wir haben zu zahlen.", ""),
    ("Ich rufe an, damit die Leute kommen.", "strategy"),
    ("Damit war es gut.", ""),
    ("Er hat den Schlüssel und kommt damit herein.", ""),
    ("Ich erwarte nicht, damit Zeit zu sparen.", ""),
    ("Um es noch mal zu sagen, wir warten.", ""),
    ("Wir sorgen dafür, dass alle kommen.", "strategy"),
    ("Darauf haben wir nicht geachtet.", ""),
    ("Ich gewinne sie, indem ich hinfahre.", "strategy"),
    ("Wir haben es immer wieder versucht.", "strategy"),
    ("Dann hat er alle an einen Tisch geholt.", "strategy"),
    ("Das führt dazu, dass keiner kommt.", "consequence"),
    ("Das hat dazu geführt, dass keiner kommt.", "consequence"),
    ("Der Raum war zu, so dass wir draußen saßen.", "consequence"),
    ("Der Raum war zu, sodass wir draußen saßen.", "consequence"),
    ("Das ist so, dass wir draußen sitzen.", ""),
    ("Seitdem kommt keiner mehr.", "consequence"),
    ("Seitdem der Neue da ist, kommt keiner mehr.", "context"),
    ("Deshalb rufe ich an.", "consequence"),
    ("Deshalb, weil keiner fragt, rufe ich an.", "causal"),
    ("Darum rufe ich an.", "consequence"),
    ("Es geht darum, wer zahlt.", ""),
    ("Also wir haben das gemacht.", ""),
    ("Also gut.", ""),
    ("Wir haben also das Amt gefragt.", ""),
    ("Also haben wir das selbst gemacht.", "consequence"),
    ("Wenn die Stadt ruft, kommen alle.", "context"),
    ("Wenn ich ehrlich bin, war das nichts.", ""),
    ("Ja, wenn ich das wüsste.", ""),
    ("Was passiert, wenn Sie gehen?", ""),
    ("Während der Sitzung ruft keiner an.", "context"),
    ("Weil / ich weiß nicht.", ""),
]
ENGLISH = [
    ("We stayed because the office was closed.", "causal"),
    ("Because of the office we stayed.", "causal"),
    ("We stayed because ... oh, never mind.", ""),
    ("Since we have no money, we ask the church.", "causal"),
    ("I have lived here since I was a child.", ""),
    ("It's been years since they came.", ""),
    ("Since then nobody comes.", "consequence"),
    ("As there was no money, we asked the church.", "causal"),
    ("As I said, we asked.", ""),
    ("As far as I know, we asked.", ""),
    ("She works as a nurse.", ""),
    ("As a result of the cuts nobody came.", "causal"),
    ("As a result nobody came.", "consequence"),
    ("Even though it rained, they came.", "intervening"),
    ("They came although it rained.", "intervening"),
    ("Although I do remember a concert.", ""),
    ("It was nice though.", ""),
    ("It looked as though it rained.", ""),
    ("Despite the rain they came.", "intervening"),
    ("We went there in order to meet them.", "strategy"),
    ("We tried to find a room.", "strategy"),
    ("We managed to find a room.", "strategy"),
    ("Did you try to find a room?", ""),
    ("We reached them by visiting their homes.", "strategy"),
    ("We stood by the door.", ""),
    ("We wrote it down so that we could remember.", "strategy"),
    ("The bus was late, so that we got there at noon.", "consequence"),
    ("So that was the end of it.", ""),
    ("The room was closed, so we sat outside.", "consequence"),
    ("So I think that's fine.", ""),
    ("It was so nice.", ""),
    ("So what do you do?", ""),
    ("That's why we asked the church.", "consequence"),
    ("Therefore we asked the church.", "consequence"),
    ("When the town calls, everybody comes.", "context"),
    ("When I was born, we lived there.", ""),
    ("If the town calls, everybody comes.", "context"),
    ("I don't know if they come.", ""),
    ("As if they cared.", ""),
    ("While we met, nobody called.", "context"),
]


def kinds(language: str, sentence: str) -> list[str]:
    doc = of_tier(language, "hanta").read(sentence)
    words = lexicon(language)
    assert words is not None
    return [one.kind for one in found_in(doc, words, 0, len(sentence))]


@pytest.mark.parametrize(("sentence", "wanted"), GERMAN, ids=lambda value: value[:40])
def test_a_german_cue_is_read_by_its_clause(sentence, wanted):
    assert kinds("de", sentence) == wanted.split()


@pytest.mark.parametrize(("sentence", "wanted"), ENGLISH, ids=lambda value: value[:40])
def test_an_english_cue_is_read_by_its_clause(sentence, wanted):
    assert kinds("en", sentence) == wanted.split()


def pieces(language: str, sentence: str, labels=()) -> list[str]:
    doc = of_tier(language, "hanta").read(sentence, labels)
    return [sentence[one.start : one.stop] for one in clauses(doc)]


def test_a_clause_ends_where_the_next_one_opens():
    assert pieces("de", "Ich rief an, weil keiner kam, und er lachte.") == [
        "Ich rief an",
        "weil keiner kam",
        "und er lachte",
    ]
    assert pieces("en", "We stayed because it rained and they laughed.") == [
        "We stayed",
        "because it rained",
        "and they laughed",
    ]


def test_what_has_no_verb_is_no_clause_of_its_own():
    assert pieces("de", "Im Mai, im Saal, mit Kaffee, da kamen alle.") == [
        "Im Mai, im Saal, mit Kaffee, da kamen alle"
    ]


def test_a_label_of_a_speaker_is_in_no_clause():
    assert pieces("de", "B: Wir warten. Er kommt.", [(0, 3)]) == ["Wir warten", "Er kommt"]


def test_there_is_nothing_to_say_of_an_empty_text_or_an_unknown_language():
    assert pieces("de", "") == []
    assert lexicon("fr") is None
