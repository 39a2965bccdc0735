"""The report of memos: which of them, in which order; never a private one."""

import pytest

from qda.coding import codebook, memo_piles, memos
from qda.errors import UsageError
from qda.models import Project
from qda.reports.registry import render_bytes, report_kind


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study.qdaproj", title="Zusagen", language="en", coder="Ada") as opened:
        code = codebook.add_code(opened, name="holen")
        for kind, title, target in (
            ("code", "Was holen heißt", f"code:{code}"),
            ("theoretical", "Leihe statt Besitz", None),
            ("diary", "Tag 1", None),
        ):
            memos.write_memo(opened, kind=kind, title=title, body=f"Über {title}.", target=target)
        memos.write_memo(opened, kind="diary", title="Was mich ärgert", body="Er.", private=True)
        yield opened


def written(project, **options):
    return render_bytes(report_kind("memos").build(project, options), "md").decode()


def titles(text):
    return [line[4:] for line in text.splitlines() if line.startswith("### ")]


def test_all_memos_come_by_type_and_private_ones_are_counted_not_printed(project):
    text = written(project)
    assert titles(text) == ["Leihe statt Besitz", "Was holen heißt", "Tag 1"]
    assert "ärgert" not in text
    assert "1 private memo was left out." in text


def test_those_of_a_type_a_code_or_with_words_come_alone(project):
    assert titles(written(project, memos="theoretical").replace("## ", "### ")) != []
    assert "Tag 1" not in written(project, memos="theoretical")
    assert "Leihe" not in written(project, code="holen")
    assert "Was holen heißt" in written(project, code="holen")
    assert "Tag 1" not in written(project, words="besitz")


def test_a_pile_comes_in_its_own_order_under_its_name(project):
    pile = memo_piles.new_memo_pile(project, name="Kapitel 3")
    for title in ("Tag 1", "Leihe statt Besitz"):
        memo_piles.put_memo(project, pile=pile, memo=_guid(project, title))
    text = written(project, pile="Kapitel 3", order="pile")
    assert "Memos: Kapitel 3" in text
    assert text.index("Tag 1") < text.index("Leihe statt Besitz")


def _guid(project, title):
    from qda.coding.memo_queries import memos as every

    return next(row.guid for row in every(project) if row.title == title)


def test_a_pile_or_order_that_is_not_there_is_told(project):
    with pytest.raises(UsageError, match="no pile of memos “Kapitel 9”"):
        written(project, pile="Kapitel 9")
    with pytest.raises(UsageError, match="no order of memos"):
        written(project, order="random")


def test_no_memo_at_all_is_said(project):
    assert "There is no such memo." in written(project, words="nirgends")
