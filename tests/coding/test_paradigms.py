"""The templates of the coding paradigm."""

import pytest

from qda.coding import paradigms
from qda.errors import KnownError
from qda.i18n import use_language

IDS = ("hajji", "strauss-corbin", "corbin-strauss-2015", "free", "content-analysis")


def test_the_five_templates_are_offered_in_their_order():
    assert tuple(found.id for found in paradigms.templates()) == IDS


@pytest.mark.parametrize("name", IDS)
def test_every_slot_has_a_definition_of_one_sentence_and_a_question_in_both_languages(name):
    for slot in paradigms.template(name).slots:
        for words in (slot.definition.de, slot.definition.en):
            assert words.endswith(".")
            assert ". " not in words
        assert "?" in slot.question.de
        assert "?" in slot.question.en
        assert slot.definition.de != slot.definition.en


def test_hajji_asks_conditions_for_levels_and_consequences_for_addressees():
    slots = {slot.key: slot for slot in paradigms.template("hajji").slots}
    assert list(slots) == ["phenomenon", "conditions", "strategies", "consequences"]
    assert slots["conditions"].levels
    assert slots["consequences"].addressees
    assert not slots["strategies"].addressees


def test_strauss_and_corbin_have_six_slots_and_their_context_is_not_the_surroundings():
    found = paradigms.template("strauss-corbin")
    roles = [slot.role for slot in found.slots]
    assert roles == ["phenomenon", "condition", "context", "intervening", "strategy", "consequence"]
    context = found.slot("context")
    assert context is not None
    assert "Nicht die Umgebung" in context.definition.de
    assert "Dimensionen" in context.definition.de
    assert "Not the surroundings" in context.definition.en
    causal = found.slot("causal")
    assert causal is not None
    assert causal.question.de == "Wodurch ist es dazu gekommen?"


def test_every_paradigm_has_a_phenomenon_to_be_named_first_and_content_analysis_has_no_paradigm():
    for found in paradigms.templates():
        assert found.has_paradigm == (found.id != "content-analysis")
        assert (found.phenomenon is not None) == found.has_paradigm
        assert found.phenomenon not in found.columns


def test_only_content_analysis_speaks_of_anchor_examples_and_rules():
    with use_language("de"):
        for found in paradigms.templates():
            is_content_analysis = found.id == "content-analysis"
            assert (found.field_name("anchor") == "Ankerbeispiel") == is_content_analysis
            assert (found.field_name("delimitation") == "Abgrenzung") == (not is_content_analysis)


def test_the_names_of_the_workspaces_follow_template_and_language():
    hajji, free = paradigms.template("hajji"), paradigms.template("free")
    with use_language("de"):
        assert hajji.workspace("axial") == "Axiales Kodieren"
        assert free.workspace("axial") == "Fokussiertes Kodieren"
    with use_language("en"):
        assert hajji.workspace("axial") == "Axial coding"
        assert hajji.workspace("reports") == "Reports"


def test_levels_run_from_the_action_to_society_and_know_the_district():
    keys = [term.key for term in paradigms.levels()]
    assert keys[0] == "action"
    assert keys[-1] == "society"
    assert keys.index("town") < keys.index("district") < keys.index("state")
    with use_language("de"):
        assert paradigms.level_name("employer", short=True) == "Träger"
    assert paradigms.level_name("Nachbarschaft") == "Nachbarschaft"


def test_immigrants_are_among_the_addressees():
    assert [term.key for term in paradigms.addressees()] == ["self", "network", "projects", "immigrants"]


def test_relations_read_forwards_and_backwards():
    with use_language("de"):
        assert paradigms.relation_label("leads_to") == "führt zu"
        assert paradigms.relation_label("leads_to", backward=True) == "ist Folge von"
        assert paradigms.relation_label("own", own="beschämt") == "beschämt"
    with use_language("en"):
        assert paradigms.relation_label("hinders", backward=True) == "is hindered by"
    assert [known.key for known in paradigms.relation_types() if known.symmetric] == ["in_tension_with"]


def test_an_unknown_template_is_refused_with_the_known_ones():
    with pytest.raises(KnownError, match="strauss-corbin"):
        paradigms.template("glaser")
