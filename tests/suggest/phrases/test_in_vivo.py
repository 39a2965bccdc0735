"""Words of the respondent as a name: striking, whole, exactly as they are said."""

import pytest


@pytest.mark.parametrize(
    ("said", "name", "language"),
    [
        ("Und am Schluss, das Netzwerk bin ja ich, verstehen Sie.", "das Netzwerk bin ja ich", "de"),
        ("Der steht da vorne wie so ein Leuchtturm.", "wie so ein Leuchtturm", "de"),
        ("Da hieß es dann „auf kleiner Flamme“, und wir waren weg.", "auf kleiner Flamme", "de"),
        ("Seit Jahren ist es so, wir reden und reden.", "wir reden und reden", "de"),
        ("Kurzer Dienstweg. Mehr brauchte es damals nicht.", "Kurzer Dienstweg", "de"),
        ("Also ich bin nicht da, halt.", "ich bin nicht da", "de"),
        ("At the end of it, the network is me, you know.", "the network is me", "en"),
        ("They see her like a lighthouse, I guess.", "like a lighthouse", "en"),
    ],
)
def test_striking_words_are_proposed(asking, said, name, language):
    assert name in asking.of_kind("in-vivo", said, language)


@pytest.mark.parametrize(
    "said",
    [
        "Ich weiß nicht, das Netzwerk bin ja ich, oder so.",
        "Ähm, also ja, wir machen das halt, ne.",
        "Das ist halt so, dass wir immer die kleinen Räume bekommen haben, sag ich mal.",
        "Wir sitzen, äh, zwischen allen Stühlen, irgendwie.",
    ],
)
def test_no_name_begins_or_ends_with_a_filler(asking, said):
    fillers = {"ähm", "äh", "also", "halt", "ne", "oder", "und", "irgendwie", "ja"}
    for name in asking.of_kind("in-vivo", said):
        first, *_rest, last = name.lower().split()
        assert not {first, last} & fillers, name


def test_turns_of_speech_are_no_names(asking):
    said = "Ich weiß nicht. Sag ich mal. Verstehen Sie. Keine Ahnung."
    assert asking.of_kind("in-vivo", said) == []


def test_two_to_six_words(asking):
    said = (
        "Nachbarschaft. Wir haben in den ersten Jahren immer alle Leute aus der Straße einzeln abgeholt. "
        "Der Tisch bleibt leer. Niemand kam. Das Haus, der alte Hof, die Feste im Garten waren unser Stolz."
    )
    counts = [len(name.split()) for name in asking.of_kind("in-vivo", said)]
    assert counts
    assert all(2 <= count <= 6 for count in counts)


def test_a_clause_that_hangs_on_another_does_not_stand_alone(asking):
    said = "Wir blieben, weil der Raum leer war, obwohl keiner kam."
    assert not any(name.startswith(("weil", "obwohl")) for name in asking.of_kind("in-vivo", said))


def test_no_noun_phrase_is_cut_by_the_border_of_the_passage(asking, project):
    from qda.coding import material
    from qda.suggest.phrases.naming import names_for

    source = asking.taken("I: Was war da?\nB: Damals kamen die vielen kleinen Vereine zu uns.")
    text = material.text(project, source)
    start, stop = text.index("Damals"), text.index(" Vereine")
    names = [one.name for one in names_for(project, source, start, stop, 20) if one.kind == "in-vivo"]
    assert not any(name.endswith("kleinen") for name in names)


def test_words_with_a_pause_or_a_placeholder_in_them_are_not_taken_together(asking):
    said = "Der Schlüssel (.) liegt bei [Person 3] im Fach."
    assert not any(sign in name for name in asking.of_kind("in-vivo", said) for sign in "()[]")
    assert not any("Person" in one.name for one in asking.names(said))


def test_notes_of_the_researcher_have_no_words_in_vivo(asking, project):
    from qda.coding import documents, material
    from qda.suggest.phrases.naming import names_for

    said = "Der Tisch bleibt leer. Die Vereinsleute räumen den Saal auf."
    source = asking.taken(said)
    text = material.text(project, source)
    assert "in-vivo" in {one.kind for one in names_for(project, source, 0, len(text), 20)}
    documents.set_source_kind(project, source=source, kind="postscript")
    kinds = {one.kind for one in names_for(project, source, 0, len(text), 20)}
    assert kinds
    assert "in-vivo" not in kinds
