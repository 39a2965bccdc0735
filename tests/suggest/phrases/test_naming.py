"""What is proposed for a passage of a study, and what never is."""

import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.coding import codebook, concepts, material, open_coding
from qda.suggest.language.analysing import analyse_here
from qda.suggest.phrases.naming import names_for

TALK = (
    "I: Wie führen Sie die Netzwerkkonferenz, und wer baut da Vertrauen auf?\n"
    "B: Ähm, ich schütze mich mit Regeln 😀. (lacht) Das Netzwerk bin ja ich, „auf kleiner Flamme“.\n"
    "I: Und die Sprachkurse?\n"
    "B: Die haben wir / später gefeiert, wie so ein Geburtstag. [Ort 2] war weit. Kurzer Dienstweg."
)


def whole(project, source, limit=20):
    return names_for(project, source, 0, len(material.text(project, source)), limit)


def test_the_first_five_are_given_best_first(asking, project):
    source = asking.taken(TALK)
    found = names_for(project, source, 0, len(material.text(project, source)))
    assert len(found) == 5
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_the_words_of_the_interviewer_are_never_proposed(asking, project):
    source = asking.taken(TALK)
    text = material.text(project, source)
    for one in whole(project, source):
        assert "Netzwerkkonferenz" not in one.name
        assert "Vertrauen" not in one.name
        assert "Sprachkurs" not in one.name
    assert names_for(project, source, 0, text.index("\n")) == ()


def test_a_kept_doc_gives_the_same_as_lines_that_are_read_here(asking, project):
    source = asking.taken(TALK)
    before = [(one.name, one.kind, one.span) for one in whole(project, source)]
    analyse_here(project)
    # How rare words are is known only now, so the order may be another.
    after = [(one.name, one.kind, one.span) for one in whole(project, source)]
    assert {one for one in before if one[1] == "in-vivo"} == {one for one in after if one[1] == "in-vivo"}


def test_how_rare_words_are_is_known_as_soon_as_the_texts_are_read(asking, project):
    from qda.suggest.phrases.study import rarity

    asking.taken("I: Und?\nB: Der Brunnen war zu, und der Garten war leer.")
    assert rarity(project, "de").total == 0
    analyse_here(project)
    assert rarity(project, "de").total > 10


def test_a_corrected_text_is_read_anew(asking, project):
    from qda.coding import correcting

    source = asking.taken(TALK)
    analyse_here(project)
    assert any("Dienstweg" in one.name for one in whole(project, source))
    start = material.text(project, source).index("Dienstweg")
    correcting.correct_text(project, source=source, start=start, stop=start + 9, text="Waldpfad")
    names = [one.name for one in whole(project, source)]
    assert any("Waldpfad" in name for name in names)
    assert not any("Dienstweg" in name for name in names)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_spans_are_places_of_the_text_within_the_passage(asking, project, data):
    if not asking.count:
        asking.taken(TALK)
        analyse_here(project)
    (source,) = (row.guid for row in material.sources(project))
    text = material.text(project, source)
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    for one in names_for(project, source, start, stop, 20):
        assert start <= one.span.start < one.span.stop <= stop
        if one.kind == "in-vivo":
            assert text[one.span.start : one.span.stop] == one.name
            assert "\n" not in one.name


def test_sensitizing_concepts_and_names_near_them_are_never_proposed(asking, project):
    source = asking.taken(TALK)
    assert "sich mit Regeln schützen" in [one.name for one in whole(project, source)]
    assert "Kurzer Dienstweg" in [one.name for one in whole(project, source)]
    concepts.add_concept(project, name="Regeln > Sich mit Regeln schützen")
    concepts.add_concept(project, name="kurze Dienstwege")
    found = [one.name for one in whole(project, source)]
    assert "sich mit Regeln schützen" not in found
    assert not any("Dienstweg" in name for name in found)


def test_a_code_that_nearly_has_the_name_is_offered_instead(asking, project):
    source = asking.taken(TALK)
    code = codebook.add_code(project, name="kurze Dienstwege")
    one = next(one for one in whole(project, source) if one.name == "Kurzer Dienstweg")
    assert one.existing is not None
    assert (one.existing.guid, one.existing.name) == (code, "kurze Dienstwege")
    codebook.rename_code(project, code=code, name="ganz anders")
    one = next(one for one in whole(project, source) if one.name == "Kurzer Dienstweg")
    assert one.existing is None


def test_a_code_that_the_passage_has_is_left_out(asking, project):
    source = asking.taken(TALK)
    text = material.text(project, source)
    start = text.index("Kurzer Dienstweg")
    open_coding.code_passage(project, source=source, start=start, stop=start + 16, code="kurzer Dienstweg")
    assert not any("Dienstweg" in one.name for one in whole(project, source))
    project.undo()
    assert any("Dienstweg" in one.name for one in whole(project, source))


def test_no_two_names_offer_the_same_code(asking, project):
    codebook.add_code(project, name="Schlüssel")
    found = asking.names("Der Schlüssel. Die Schlüssel, die vielen Schlüssel, lagen im Schrank.")
    offered = [one.existing.guid for one in found if one.existing is not None]
    assert len(offered) == len(set(offered))


def test_a_language_without_tools_has_no_names(asking, project):
    from qda.coding import documents

    source = asking.taken("B: Le réseau c’est moi.")
    documents.set_source_language(project, source=source, language="fr")
    assert whole(project, source) == ()


def test_no_socket_is_opened(asking, project, monkeypatch):
    def refuse(*_args, **_rest):
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    source = asking.taken(TALK)
    assert whole(project, source)


def test_better_than_taking_the_first_noun(tmp_path):
    from tests.bench import phrases

    titles = ["Interview A"]
    with phrases.project_of(tmp_path, titles) as made:
        codes = [one for one in phrases.made(made, titles) if not one.in_vivo]
        ours = sum(phrases.hits(one, phrases.asked(made, one, 1))["head"] > 0 for one in codes)
        base = sum(phrases.hits(one, phrases.first_nouns(made, one, 1))["head"] > 0 for one in codes)
    assert ours > base


@pytest.mark.parametrize("tier", ["hanta", "simplemma"])
def test_every_tier_finds_the_plain_cases(asking, monkeypatch, tier):
    from qda.suggest.language.tools import of_tier
    from qda.suggest.phrases import study

    monkeypatch.setattr(study, "tools", lambda language: of_tier(language, tier))
    found = {one.name for one in asking.names("Ich kann nicht loslassen, das Netzwerk bin ja ich.")}
    assert {"nicht loslassen können", "das Netzwerk bin ja ich"} <= found
