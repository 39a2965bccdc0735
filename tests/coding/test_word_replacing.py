"""Words are replaced in all transcripts as one act: what is said alone, codings stay, undo takes all back."""

from pathlib import Path

import pytest

from qda.acts import perform
from qda.coding import material
from qda.coding.cases import add_case
from qda.coding.codes import codings
from qda.coding.documents import set_source_case, take_in
from qda.coding.open_coding import code_passage
from qda.coding.word_replacing import Wanted, places, replace_in_all, replace_places
from qda.errors import KnownError
from qda.exchange.reading import draft_from_text
from qda.models import Project

FIRST = "I: Kam Herr Maier 🙂?\nB: Ja, Maier kam. Maiers Auto, MAIER eben. Herr  Maier!"
SECOND = "Maier: Ich bin Maier.\nI: Aha, und Oberma­ier?"


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "study.qdaproj", title="Study", coder="A") as made:
        for title, text in (("Maier 1", FIRST), ("Zwei", SECOND)):
            take_in(made, draft=draft_from_text(text), title=title)
        yield made


def texts(project: Project) -> list[str]:
    return [material.text(project, row.guid) for row in material.sources(project)]


def found(project: Project, words: str, **more) -> list[str]:
    wanted = Wanted(words, **more)
    return [f"{one.before}[{one.words}]{one.after}" for some in places(project, wanted) for one in some]


def test_whole_words_are_found_in_what_is_said_and_not_in_labels_or_longer_words(project):
    assert found(project, "maier") == [
        "Kam Herr [Maier] 🙂?",
        "Ja, [Maier] kam. Maiers Auto, MAIER eben. Herr  Maier!",
        "Ja, Maier kam. Maiers Auto, [MAIER] eben. Herr  Maier!",
        "Ja, Maier kam. Maiers Auto, MAIER eben. Herr  [Maier]!",
        "Ich bin [Maier].",
    ]
    assert len(found(project, "maier", whole=False)) == 7
    assert len(found(project, "MAIER", match_case=True)) == 1
    assert [len(some) for some in places(project, Wanted("herr maier"))] == [2, 0]
    assert found(project, "  ") == []


def test_all_documents_are_one_act_and_one_undo_and_codings_stay(project):
    first = material.sources(project)[0].guid
    at = FIRST.index("MAIER eben")
    code_passage(project, source=first, start=at, stop=at + 10, code="Name")
    before = texts(project)
    units = project.unit_count()
    replace_in_all(project, words="Maier", by="Weber-Müller")
    assert project.unit_count() == units + 1
    assert [text.count("Weber-Müller") for text in texts(project)] == [4, 1]
    assert texts(project)[1].startswith("Maier: Ich bin Weber-Müller.")
    assert [row.title for row in material.sources(project)] == ["Maier 1", "Zwei"]
    assert [row.segment.text for row in codings(project, source=first)] == ["Weber-Müller eben"]
    project.undo()
    assert texts(project) == before
    assert [row.segment.text for row in codings(project, source=first)] == ["MAIER eben"]


def test_some_documents_or_what_a_case_says(project):
    _first, second = (row.guid for row in material.sources(project))
    assert len(found(project, "Maier", sources=(second,))) == 1
    case = add_case(project, name="Fall")
    set_source_case(project, source=second, case=case)
    assert found(project, "Maier", case=case) == ["Ich bin [Maier]."]
    replace_in_all(project, words="Maier", by="X", in_case=case)
    assert texts(project)[0] == FIRST


def test_places_whose_codings_would_vanish_are_marked(project):
    first = material.sources(project)[0].guid
    at = FIRST.index("MAIER")
    code_passage(project, source=first, start=at, stop=at + 5, code="Name")
    marked = [one for some in places(project, Wanted("Maier", "")) for one in some if one.lost]
    assert [(one.words, one.lost) for one in marked] == [("MAIER", ("Name",))]
    assert not [one for some in places(project, Wanted("Maier", "Y")) for one in some if one.lost]
    listed = perform(project, "replace-in-all", {"words": "Maier", "by": "", "dry": True})
    assert (
        f"{first}:{at}-{at + 5}\tJa, Maier kam. Maiers Auto, [MAIER → ] eben. Herr  Maier!\ttakes away: Name"
        in (listed)
    )
    assert texts(project)[0] == FIRST


def test_single_places_are_left_as_they_are(project):
    first = material.sources(project)[0].guid
    at = FIRST.index("MAIER")
    replace_in_all(project, words="Maier", by="Weber", leave=[f"{first}:{at}-{at + 5}"])
    assert "MAIER eben" in texts(project)[0]
    assert texts(project)[0].count("Weber") == 3


def test_nothing_found_is_told_and_a_text_that_changed_meanwhile_is_left(project):
    with pytest.raises(KnownError, match="stands in none"):
        replace_in_all(project, words="Schulze", by="X")
    seen = [one for some in places(project, Wanted("Maier")) for one in some]
    replace_in_all(project, words="Kam", by="Komm")
    before = texts(project)
    with pytest.raises(KnownError, match="Nothing was changed"):
        replace_places(project, places=seen, by="X")
    assert texts(project) == before
