"""The sheet of a category, in the inspector and as a page: all it shows leads somewhere."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from qda.coding import codebook, properties, sheet
from qda.ui.open_coding.parts import Quote


def _words(widget) -> list[str]:
    gone = "gone"
    return [
        one.text()
        for one in widget.findChildren(QLabel)
        if one.text() and not one.property(gone) and not one.isHidden()
    ]


def _quotes(widget) -> list[str]:
    return [one.row.text for one in widget.findChildren(Quote) if not one.property("gone")]


def _button(widget, name: str, says: str = ""):
    found = [
        one
        for one in widget.findChildren(QAbstractButton, name)
        if not one.property("gone") and says in one.accessibleName()
    ]
    assert found, name
    return found[0]


@pytest.fixture
def shown(hands, qtbot):
    """Three passages of the category and one of another that overlaps; its sheet is open."""
    hands.code("kurzen Dienstweg", "Bindung")
    hands.code("auf dem kurzen Dienstweg", "Weg")
    hands.code("Ruhe", "Bindung > Stille")
    hands.desk.code_chosen.emit(hands.guid("Bindung"))
    hands.inspector.refresh()
    qtbot.waitUntil(lambda: "Fall A" in " ".join(b.accessibleName() for b in _rows(hands)))
    qtbot.waitUntil(lambda: len(_quotes(hands.inspector.passages)) == 3)
    return hands


def _rows(hands):
    return [one for one in hands.inspector.spread.findChildren(QAbstractButton) if not one.property("gone")]


def test_cases_documents_and_overlaps_lead_to_their_passages(shown, qtbot):
    assert _button(shown.inspector.spread, "case_passages").accessibleName() == "Fall A, 3 passages"
    QTest.mouseClick(_button(shown.inspector.neighbours, "code_passages", "Weg"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _quotes(shown.inspector.passages) == ["kurzen Dienstweg"])
    qtbot.waitUntil(lambda: isinstance(shown.window.focusWidget(), Quote))
    QTest.mouseClick(_button(shown.inspector.passages, "all_passages"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _quotes(shown.inspector.passages) == ["Zusagen", "kurzen Dienstweg", "Ruhe"])
    source = _button(shown.inspector.spread, "source_passages")
    source.setFocus()
    QTest.keyClick(source, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Interview A" in shown.inspector.passages.title.text())


def test_passages_of_the_codes_below_are_left_out_when_asked(shown, qtbot):
    assert "Ruhe" in _quotes(shown.inspector.passages)
    shown.inspector.below.click()
    qtbot.waitUntil(lambda: "Ruhe" not in _quotes(shown.inspector.passages))
    qtbot.waitUntil(lambda: "2 passages" in _button(shown.inspector.spread, "case_passages").accessibleName())


def test_hidden_frequencies_are_nowhere_on_the_sheet(shown, qtbot):
    sheet.set_frequencies_hidden(shown.project, hidden=True)
    shown.inspector._book._stale = True
    shown.inspector.refresh()
    names = lambda: [b.accessibleName() for b in _rows(shown)]  # noqa: E731
    qtbot.waitUntil(lambda: "Fall A" in names())
    everywhere = " ".join([*_words(shown.inspector), *names()])
    assert "passage)" not in everywhere
    assert "3" not in everywhere


def test_a_passage_is_chosen_as_typical_from_its_menu_and_by_key(shown):
    quote = next(q for q in shown.inspector.passages.findChildren(Quote) if q.row.text == "kurzen Dienstweg")
    menu = shown.inspector.passages._menu(quote, lambda: None, own=True)
    next(a for a in menu.actions() if "typical" in a.text()).trigger()
    row = next(r for r in codebook_rows(shown) if r.name == "Bindung")
    assert row.typical == quote.row.guid
    shown.project.undo()
    assert next(r for r in codebook_rows(shown) if r.name == "Bindung").typical is None


def codebook_rows(hands):
    from qda.coding.codes import codes

    return codes(hands.project)


def test_the_history_is_told_when_it_is_opened_and_follows_acts(shown, qtbot):
    life = shown.inspector.life
    assert life.events == [], "nobody asked yet"
    life.fold.setFocus()
    QTest.keyClick(life.fold, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [e.kind for e in life.events] == ["made", "kind", "property", "property"])
    codebook.rename_code(shown.project, code=shown.guid("Bindung"), name="Verbindlichkeit")
    qtbot.waitUntil(lambda: life.events[-1].kind == "named")
    qtbot.waitUntil(lambda: any("Verbindlichkeit" in words for words in _words(life)))


def test_open_questions_lead_to_where_they_are_answered(shown, qtbot):
    qtbot.waitUntil(lambda: bool(_words(shown.inspector.gaps)[1:]))
    _button(shown.inspector.gaps, "gap_definition").click()
    assert shown.window.focusWidget() is shown.inspector.fields["definition"]
    shown.inspector.fields["definition"].setPlainText("Was gilt.")
    shown.inspector.fields["definition"].flush()
    qtbot.waitUntil(
        lambda: not any("working definition yet" in words for words in _words(shown.inspector.gaps))
    )


def test_a_dot_of_the_profile_leads_to_its_passage(shown, qtbot):
    prop = shown.field and _first_property(shown)
    start = shown.view.text.index("Ruhe")
    source = shown.workspace.pane.source
    properties.set_property_value(
        shown.project, property=prop, segment=f"{source}:{start}-{start + 4}", value="lang"
    )
    profile = shown.inspector.profile
    profile.set_open(on=True)
    shown.inspector.refresh()
    profile.read()
    view = profile.view
    box = view.arranged.dots[0]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=box.rect.center().toPoint())
    assert shown.view.text[slice(*_span(shown))] == "Ruhe"
    shown.view.clear_selection()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown.view.text[slice(*_span(shown))] == "Ruhe"
    assert "lang" in view.accessibleDescription()


def _first_property(hands) -> str:
    from qda.coding.codes import properties as rows

    return rows(hands.project)[0].guid


def _span(hands) -> tuple[int, int]:
    span = hands.view.selected_span()
    assert span is not None
    return span.start, span.stop


def test_the_page_shows_the_same_wide_and_a_passage_brings_the_text_back(shown, qtbot):
    shown.run("category-sheet")
    page = shown.page
    assert page.objectName() == "sheet_page"
    assert page.sheet.fields["definition"].hasFocus()
    qtbot.waitUntil(lambda: _quotes(page.sheet.passages) == ["Zusagen", "kurzen Dienstweg", "Ruhe"])
    next(q for q in page.sheet.passages.findChildren(Quote) if q.row.text == "Ruhe").click()
    qtbot.waitUntil(lambda: shown.page is None)
    assert shown.view.isVisible()


def test_the_page_without_a_code_says_what_to_do(hands):
    hands.desk.code_chosen.emit("")
    from qda.ui.typology.sheet_page import SheetPage

    page = hands.workspace.show_page("sheet", SheetPage)
    assert page.empty.isVisible()
    assert not page.sheet.isVisible()


def test_a_renamed_place_keeps_its_passages_and_a_dot_of_the_bar_leads_to_them(shown, qtbot):
    from qda.ui.open_coding.dimension import DimensionBar
    from qda.ui.typology import acts

    prop = _first_property(shown)
    start = shown.view.text.index("Ruhe")
    source = shown.workspace.pane.source
    where = f"{source}:{start}-{start + 4}"
    properties.set_property_value(shown.project, property=prop, segment=where, value="lang")
    named = {"name": "Dauer", "pole_from": "kurz", "pole_to": "sehr lang", "places": ["mittel"]}
    shown.desk.do(acts.change_property, property=prop, **named)
    shown.inspector.refresh()
    bars = [one for one in shown.inspector.findChildren(DimensionBar) if not one.property("gone")]
    assert "Fall A: sehr lang" in bars[0].accessibleDescription()
    shown.view.clear_selection()
    QTest.mouseClick(bars[0], Qt.MouseButton.LeftButton, pos=bars[0].rect().topRight() - QPoint(13, -20))
    assert shown.view.text[slice(*_span(shown))] == "Ruhe"
    shown.project.undo()
    from qda.coding.codes import property_values

    assert [row.value for row in property_values(shown.project)] == ["lang"], "one step"
