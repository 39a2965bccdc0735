"""Process labels: an infinitive in German, a gerund in English."""

import pytest

from qda.suggest.phrases.gerunds import gerund


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Man muss halt Vertrauen aufbauen.", "Vertrauen aufbauen müssen"),
        ("Wir haben Vertrauen aufgebaut.", "Vertrauen aufbauen"),
        ("Sie ruft den Bürgermeister immer wieder an.", "den Bürgermeister anrufen"),
        ("Ich ruf den Hausmeister, der immer kommt, an.", "den Hausmeister anrufen"),
        ("Ich steh in der Schlange, und er kommt rein.", "in der Schlange stehen"),
        ("Ich hab versucht, die Vereine anzurufen.", "die Vereine anrufen"),
        ("Ich schütze mich mit Regeln.", "sich mit Regeln schützen"),
        ("Ich kann einfach nicht loslassen.", "nicht loslassen können"),
        ("Da hat keiner ein Protokoll gebraucht.", "kein Protokoll brauchen"),
        ("Ich hab nichts gesagt.", "nichts sagen"),
        ("Ich hab dann den Mantel wieder ausgezogen.", "den Mantel ausziehen"),
        ("Wir wurden wieder nicht gefragt.", "nicht gefragt werden"),
        ("Ich bin ja unbefristet.", "unbefristet sein"),
    ],
)
def test_german_verbs_with_their_object_become_an_infinitive(asking, said, name):
    assert name in asking.of_kind("process", said)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("We were building trust with the women.", "building trust"),
        ("I called the mayor.", "calling the mayor"),
        ("They did not ask the leaders.", "not asking the leaders"),
        ("I can't let go.", "not being able to let go"),
        ("We try to set up a weekly meeting.", "setting up a weekly meeting"),
        ("I was left alone.", "being left"),
        ("I protect myself.", "protecting oneself"),
    ],
)
def test_english_verbs_with_their_object_become_a_gerund(asking, said, name):
    assert name in asking.of_kind("process", said, "en")


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("make", "making"),
        ("run", "running"),
        ("lie", "lying"),
        ("agree", "agreeing"),
        ("build", "building"),
        ("show", "showing"),
        ("wait", "waiting"),
        ("visit", "visiting"),
    ],
)
def test_a_gerund_is_spelt_as_it_should_be(verb, form):
    assert gerund(verb) == form


def test_there_is_no_process_where_something_only_exists(asking):
    assert asking.of_kind("process", "Da gibt’s ein Formular.") == []
