"""Proposals in a study: silence, reasons, and what an undo brings back."""

import json
import socket
from importlib.metadata import EntryPoint

import pytest

from qda.coding import codebook, codes, concepts, correcting, documents, open_coding
from qda.coding.placed_codings import placed_codings
from qda.command_line.app import run
from qda.errors import KnownError
from qda.exchange.reading import draft_from_text
from qda.suggest.language.analysing import analyse_here
from qda.suggest.ranking import proposals
from qda.suggest.ranking.engine import Engine
from qda.suggest.ranking.words import sentence

FIRST = (
    "I: Wie war das Netzwerk?\n"
    "B: Das Vertrauen wächst langsam, bei der Netzwerkkonferenz haben wir Vertrauen gebraucht.\n"
    "I: Und das Geld?\n"
    "B: Der Förderantrag war zu spät, die Fördermittel sind befristet bis Dezember.\n"
    "I: Und dann?\n"
    "B: Die Sprachkurse waren voll, die Lehrerin hat die Sprachkurse doppelt gegeben.\n"
)
SECOND = (
    "I: Und hier das Netzwerk?\n"
    "B: Ohne Vertrauen geht auf einer Netzwerkkonferenz gar nichts, Vertrauen ist alles.\n"
    "B: Die Fördermittel kommen mit dem Förderantrag, immer befristet, nie vor Dezember.\n"
    "B: Ich hab einen Hund.\n"
)
TRUST, MONEY, COURSE = "Vertrauen aufbauen", "befristete Mittel", "Sprachkurse"
FIRST_CODED = "Das Vertrauen wächst langsam"


def place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.fixture
def sources(project):
    return [
        documents.take_in(project, draft=draft_from_text(text), title=title)
        for title, text in (("Interview A", FIRST), ("Interview B", SECOND))
    ]


@pytest.fixture
def coded(project, sources):
    for words, code in (
        ("Das Vertrauen wächst langsam", TRUST),
        ("bei der Netzwerkkonferenz haben wir Vertrauen gebraucht", TRUST),
        ("Der Förderantrag war zu spät", MONEY),
        ("die Fördermittel sind befristet bis Dezember", MONEY),
        ("Die Sprachkurse waren voll", COURSE),
    ):
        start, stop = place(project_text(project, sources[0]), words)
        open_coding.code_passage(project, source=sources[0], start=start, stop=stop, code=code)
    return sources


def project_text(project, source):
    from qda.coding import material

    return material.text(project, source)


def names(project, found):
    by_guid = {row.guid: row.name for row in codes.codes(project)}
    return [by_guid[one.code] for one in found]


def asked(project, engine, source, words, limit=3):
    return engine.ranked(source, *place(project_text(project, source), words), limit)


ALIKE = "Ohne Vertrauen geht auf einer Netzwerkkonferenz gar nichts"


def test_a_like_passage_gets_the_code_and_the_reason_leads_to_it(project, coded):
    analyse_here(project)
    engine = Engine(project)
    found = asked(project, engine, coded[1], ALIKE)
    assert names(project, found)[0] == TRUST
    reason = found[0].reason
    text = project_text(project, coded[0])
    assert reason.kind == "like"
    assert (reason.source, reason.title) == (coded[0], "Interview A")
    assert text[reason.start : reason.stop] == "bei der Netzwerkkonferenz haben wir Vertrauen gebraucht"
    assert reason.segment in {one.segment for one in placed_codings(project)}
    assert "netzwerk·konferenz" in reason.words
    assert "vertrauen" in reason.words
    assert sentence(project, reason).startswith("like Interview A, para. ")


def test_a_code_that_was_given_once_is_never_proposed(project, coded):
    found = asked(project, Engine(project), coded[0], "die Lehrerin hat die Sprachkurse doppelt gegeben")
    assert COURSE not in names(project, found)


def test_a_code_that_the_passage_has_is_not_proposed_for_it(project, coded):
    engine = Engine(project)
    assert TRUST not in names(project, asked(project, engine, coded[0], "Das Vertrauen wächst langsam"))
    assert TRUST not in names(project, asked(project, engine, coded[0], "Vertrauen wächst"))


def test_a_sensitizing_concept_is_never_proposed(project, coded):
    concepts.add_concept(project, name="Vertrauen und Netzwerkkonferenz")
    known = {row.guid for row in codes.codes(project)}
    engine = Engine(project)
    assert {one.code for one in asked(project, engine, coded[1], ALIKE)} <= known
    assert engine.index.named() == known


def test_nothing_is_proposed_where_nothing_is_likely(project, coded):
    engine = Engine(project)
    start, stop = place(project_text(project, coded[1]), "Hund")
    assert engine.propose(coded[1], start, stop) == ()


def test_nothing_is_proposed_in_a_study_without_codes(project, sources):
    assert Engine(project).propose(sources[0], 0, 10) == ()


def test_every_act_and_every_undo_is_followed(project, coded):
    engine = Engine(project)
    stop = engine.follow()

    def ranks(one):
        return [
            [(p.code, p.score) for p in asked(project, one, coded[1], words)]
            for words in (ALIKE, "immer befristet", "Ich hab einen Hund")
        ]

    before = ranks(engine)
    start, end = place(project_text(project, coded[1]), "Vertrauen ist alles")
    open_coding.code_passage(project, source=coded[1], start=start, stop=end, code=MONEY)
    assert ranks(engine) != before
    assert ranks(engine) == ranks(Engine(project))
    project.undo()
    assert ranks(engine) == before
    guids = {row.name: row.guid for row in codes.codes(project)}
    codebook.merge_codes(project, code=guids[TRUST], into=guids[MONEY])
    assert ranks(engine) == ranks(Engine(project))
    project.undo()
    assert ranks(engine) == before
    codebook.rename_code(project, code=guids[TRUST], name="Hund")
    assert ranks(engine) == ranks(Engine(project))
    stop()
    project.undo()
    assert ranks(engine) != before


def test_texts_that_are_read_later_are_known_by_their_lemmas(project, coded):
    engine = Engine(project)
    asked(project, engine, coded[1], ALIKE)
    analyse_here(project)
    engine.texts_read()
    found = asked(project, engine, coded[1], ALIKE)
    assert found == asked(project, Engine(project), coded[1], ALIKE)
    assert "netzwerk·konferenz" in found[0].reason.words


def test_no_socket_is_opened(project, coded, monkeypatch):
    analyse_here(project)

    def refuse(*_args, **_more):
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    assert asked(project, Engine(project), coded[1], ALIKE)


# -- engines of others ------------------------------------------------------------


class Fake:
    """Proposes what was learned last."""

    name, version = "fake", "0"
    made = 0

    def __init__(self, project):
        type(self).made += 1
        self.learned = []

    def learn(self, coding):
        self.learned.append(coding)

    def forget(self, coding):
        self.learned.remove(coding)

    def propose(self, source, start, stop, limit=3):
        reason = proposals.Reason("recent")
        return (proposals.Proposal(self.learned[-1].code, 0.5, "weak", reason, self.name, self.version),)


def _installed(monkeypatch, value):
    point = EntryPoint("fake", value, proposals.GROUP)
    monkeypatch.setattr(proposals, "entry_points", lambda group: [point] if group == proposals.GROUP else [])


def test_an_engine_of_others_is_loaded_when_it_is_chosen_and_not_before(project, coded, monkeypatch):
    _installed(monkeypatch, f"{__name__}:Fake")
    monkeypatch.setattr(EntryPoint, "load", lambda self: Fake)
    before = Fake.made
    assert proposals.available() == ("qda", "fake")
    assert isinstance(proposals.suggester("qda", project), Engine)
    assert Fake.made == before
    chosen = proposals.suggester("fake", project)
    assert len(chosen.learned) == len(placed_codings(project))
    assert chosen.propose(coded[0], 0, 5)[0].engine == "fake"


def test_what_is_no_engine_is_refused(project, monkeypatch):
    _installed(monkeypatch, "json:loads")
    monkeypatch.setattr(EntryPoint, "load", lambda self: lambda project: object())
    with pytest.raises(KnownError, match="fake"):
        proposals.suggester("fake", project)
    with pytest.raises(KnownError, match="nobody"):
        proposals.suggester("nobody", project)


def test_our_own_engine_keeps_the_protocol(project):
    assert isinstance(Engine(project), proposals.Suggester)


# -- the command ------------------------------------------------------------


def test_the_command_tells_code_score_reason_and_place(project, coded, capfd):
    text = project_text(project, coded[1])
    start, stop = place(text, ALIKE)
    asked_for = [str(project.path), "Interview B", "--start", str(start), "--stop", str(stop), "--json"]
    assert run(["suggest", *asked_for]) == 0
    (first, *_rest) = json.loads(capfd.readouterr().out)
    assert {"kind", "name", "code", "score", "strong", "reason", "start", "stop"} <= first.keys()
    assert (first["kind"], first["name"], first["start"], first["stop"]) == ("code", TRUST, start, stop)


def test_the_command_goes_through_the_turns_and_leaves_the_interviewer_out(project, coded, capfd):
    assert run(["suggest", str(project.path), "Interview B", "--json"]) == 0
    text = project_text(project, coded[1])
    said = {text[one["start"] : one["stop"]] for one in json.loads(capfd.readouterr().out)}
    assert any("Vertrauen" in words for words in said)
    assert not any("Und hier" in words for words in said)


# -- acts that change more than a coding ------------------------------------------------------------


def test_corrections_new_borders_and_what_is_taken_out_are_followed_and_taken_back(project, coded):
    analyse_here(project)
    engine = Engine(project)
    engine.follow()

    def ranks(one):
        spans = [(0, 20), (40, 120), (130, 200)]
        return [[(p.code, p.score, p.reason) for p in one.ranked(coded[1], *span)] for span in spans]

    before = ranks(engine)
    text = project_text(project, coded[0])
    start, stop = place(text, "Vertrauen wächst")
    (segment,) = {o.segment for o in placed_codings(project) if (o.start, o.stop) == place(text, FIRST_CODED)}
    codes_by_name = {row.name: row.guid for row in codes.codes(project)}
    acts = (
        lambda: correcting.correct_text(
            project, source=coded[0], start=start, stop=stop, text="Misstrauen wächst in der Konferenz"
        ),
        lambda: open_coding.resize_segment(project, segment=segment, start=start, stop=stop + 20),
        lambda: codebook.remove_code(project, code=codes_by_name[MONEY]),
        lambda: documents.remove_source(project, source=coded[0]),
    )
    for act in acts:
        act()
        assert ranks(engine) == ranks(Engine(project))
        project.undo()
        assert ranks(engine) == before
