"""The preview of a corrected file: what stays, changes, comes and goes, and which words."""

import pytest

from qda.coding import material
from qda.coding.documents import take_in
from qda.coding.replacement_changes import Counts, counted, passages
from qda.coding.replacing import plan_replacement
from qda.exchange.reading import draft_from_text
from qda.models import Project

OLD = "I: Wie kam es dazu?\nB: Wir haben uns Zusagen geholt.\nI: Und dann?\nB: Ruhe im Karton.\n"


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "replacing.qdaproj", coder="A")
    yield made
    made.close()


def _changes(project, new):
    source = take_in(project, draft=draft_from_text(OLD), title="Interview")
    draft = draft_from_text(new)
    plan = plan_replacement(project, source=source, draft=draft)
    rows = material.paragraphs(project, source)
    return counted(plan, rows, draft), passages(plan, rows, material.text(project, source), most=50)


def test_the_same_text_changes_nothing(project):
    assert _changes(project, OLD) == (Counts(4, 0, 0, 0), [])


def test_a_word_put_right_changes_one_paragraph_and_is_shown_with_the_words_around_it(project):
    counts, found = _changes(project, OLD.replace("Zusagen", "Zusagen und Geld"))
    assert counts == Counts(3, 1, 0, 0)
    (one,) = found
    assert (one.paragraph, one.before + one.inserted + one.after) == (
        "2",
        "B: Wir haben uns Zusagen und Geld geholt.",
    )


def test_a_paragraph_that_comes_is_new_and_its_neighbours_stay(project):
    counts, _found = _changes(project, OLD.replace("I: Und dann?", "I: Mit wem?\nB: Allen.\nI: Und dann?"))
    assert counts == Counts(4, 0, 2, 0)


def test_a_paragraph_that_goes_is_gone_and_its_neighbours_stay(project):
    counts, _found = _changes(project, OLD.replace("I: Und dann?\n", ""))
    assert counts == Counts(3, 0, 0, 1)


def test_what_comes_at_the_very_end_is_new(project):
    counts, _found = _changes(project, OLD + "I: Danke.\n")
    assert counts == Counts(4, 0, 1, 0)
