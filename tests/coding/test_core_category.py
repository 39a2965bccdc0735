"""The core category: the author's reasons, rivals and answers."""

import pytest

from qda.coding import codebook, selective
from qda.errors import KnownError
from qda.models import Project


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "s.qdaproj", title="Probe", coder="MK", template="hajji") as made:
        for name in ("leihen", "pflegen"):
            codebook.add_code(made, name=name)
        yield made


def core(project, name):
    from qda.coding import codes

    return selective.choose_core(
        project, code=next(row.guid for row in codes.codes(project) if row.name == name)
    )


def test_an_answer_belongs_to_the_category_it_was_given_on(project):
    core(project, "leihen")
    selective.answer_on_core(project, key="core:abstract", text="Ein Tausch auf Zeit")
    assert selective.core_answers(project) == {"core:abstract": "Ein Tausch auf Zeit"}
    core(project, "pflegen")
    assert selective.core_answers(project) == {}
    core(project, "leihen")
    assert selective.core_answers(project) == {"core:abstract": "Ein Tausch auf Zeit"}


def test_an_empty_answer_takes_it_back_and_undo_brings_it_again(project):
    core(project, "leihen")
    selective.answer_on_core(project, key="core:strain", text="Ja")
    selective.answer_on_core(project, key="core:strain", text=" ")
    assert selective.core_answers(project) == {}
    project.undo()
    assert selective.core_answers(project) == {"core:strain": "Ja"}


def test_without_a_core_category_nothing_is_answered(project):
    with pytest.raises(KnownError, match="core category"):
        selective.answer_on_core(project, key="core:strain", text="Ja")


def test_another_question_is_refused(project):
    core(project, "leihen")
    with pytest.raises(KnownError, match="core:else"):
        selective.answer_on_core(project, key="core:else", text="Ja")
