"""Memos as they are wanted: what they are about, in which order."""

import pytest

from qda.coding import cases, codebook, codes, documents, material, memo_piles, memos, open_coding
from qda.coding.memo_sorting import MemoWish, memo_book


@pytest.fixture
def written(project, interview):
    """Memos on a code, a coding, a case, a passage, and on nothing."""
    source = interview
    town = cases.add_case(project, name="Stadt")
    case = cases.add_case(project, name="A", parent=town)
    documents.set_source_case(project, source=source, case=case)
    above = codebook.add_code(project, name="Sprechen")
    below = codebook.add_code(project, name="reden", parent=above)
    coding = open_coding.code_passage(project, source=source, start=11, stop=20, code=below)
    segment = material.segments(project)[0].guid
    targets = {
        "Kode": f"code:{above}",
        "Kodierung": f"coding:{coding}",
        "Fall": f"case:{case}",
        "Stelle": f"segment:{segment}",
        "Nichts": None,
    }
    made = {
        title: memos.write_memo(project, kind="theoretical", title=title, body="Über Größe.", target=target)
        for title, target in targets.items()
    }
    return {"town": town, "case": case, "above": above, "below": below, **made}


def titles(project, **wish):
    return [row.title for row in memo_book(project).wanted(MemoWish(**wish))]


def test_a_memo_is_about_the_code_behind_what_it_hangs_on_and_about_those_above_it(project, written):
    assert titles(project, code=written["above"], order="oldest") == ["Kode", "Kodierung"]
    assert titles(project, code=written["below"]) == ["Kodierung"]


def test_a_memo_is_about_the_case_of_its_passage_and_the_case_around_it(project, written):
    about = ["Kodierung", "Fall", "Stelle"]
    assert titles(project, case=written["case"], order="oldest") == about
    assert titles(project, case=written["town"], order="oldest") == about


def test_words_are_found_without_umlauts_and_in_what_a_memo_hangs_on(project, written):
    assert len(titles(project, words="groesse ueber")) == 5
    assert titles(project, words="sprechen") == ["Kode"]
    assert titles(project, words="nirgends") == []


def test_the_memo_changed_last_comes_first(project, written):
    memos.edit_memo(project, memo=written["Kode"], body="Anders.")
    assert titles(project, order="changed")[0] == "Kode"
    assert titles(project, order="newest")[0] == "Nichts"


def test_a_pile_has_its_own_order_and_its_memos_alone(project, written):
    pile = memo_piles.new_memo_pile(project, name="Kapitel 3")
    for title in ("Stelle", "Kode", "Fall"):
        memo_piles.put_memo(project, pile=pile, memo=written[title])
    memo_piles.put_memo(project, pile=pile, memo=written["Fall"], position=0)
    assert titles(project, pile=pile, order="pile") == ["Fall", "Stelle", "Kode"]
    assert titles(project, pile=pile, order="title") == ["Fall", "Kode", "Stelle"]


def test_private_memos_are_shown_alone_or_left_out(project, written):
    memos.set_memo_private(project, memo=written["Fall"], private=True)
    assert titles(project, private="only") == ["Fall"]
    assert "Fall" not in titles(project, private="none")


def test_a_memo_of_nobody_s_code_is_about_nothing(project, written):
    assert codes.codes(project)
    book = memo_book(project)
    assert book.codes.get(written["Nichts"], frozenset()) == frozenset()
