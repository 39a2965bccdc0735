"""The small parts of the workspace of open coding."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from qda.coding.bearers import short_names
from qda.coding.properties import dimension
from qda.coding.rows import SegmentRow
from qda.i18n import use_language
from qda.ui.open_coding.citing import citation_mime
from qda.ui.open_coding.dimension import DimensionBar, Dot
from qda.ui.open_coding.flow import Flow
from qda.ui.open_coding.parts import InPlace, Quote, clear, keeping_focus


def segment(words, paragraph="34", speaker="B"):
    return SegmentRow(
        "g", "s", "Interview B", 0, len(words), words, paragraph, paragraph, speaker, "", None, ""
    )


def test_a_citation_is_escaped_as_formatted_text_and_plain_as_text():
    data = citation_mime([segment("B: weniger < mehr & „so“")])
    assert data.text() == "“weniger < mehr & ‘so’” (Interview B, para. 34)"
    assert "weniger &lt; mehr &amp; ‘so’" in data.html()
    with use_language("de"):
        assert citation_mime([segment("Ja.")]).text() == "„Ja.“ (Interview B, Abs. 34)"


def test_several_citations_are_a_paragraph_each():
    data = citation_mime([segment("eins"), segment("zwei", "35")])
    assert data.text().count("\n") == 1
    assert data.html().count("<p>") == 2


@pytest.mark.parametrize(
    ("pole_from", "pole_to", "places", "expected"),
    [
        ("Beziehung", "Beschluss", ["beides"], ["Beziehung", "beides", "Beschluss"]),
        (
            "Beziehung",
            "Beschluss",
            ["Beziehung", "beides", "Beschluss"],
            ["Beziehung", "beides", "Beschluss"],
        ),
        ("", "", ["kurz", "lang"], ["kurz", "lang"]),
        ("", "", [], []),
    ],
)
def test_the_places_of_a_dimension_go_from_pole_to_pole(pole_from, pole_to, places, expected):
    assert dimension(pole_from, pole_to, places) == expected


def test_a_passage_is_moved_on_a_dimension_by_keys_and_by_a_click(qtbot, light):
    bar = DimensionBar("Grundlage", ["Beziehung", "beides", "Beschluss"])
    qtbot.addWidget(bar)
    bar.resize(240, 40)
    bar.set_values([Dot("Beziehung", "A")], "beides", "B", movable=True)
    bar.show()
    with qtbot.waitSignal(bar.moved) as caught:
        qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert caught.args == ["Beschluss"]
    with qtbot.waitSignal(bar.moved) as caught:
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QRect(0, 0, 10, 27).center())
    assert caught.args == ["Beziehung"]
    assert "A: Beziehung" in bar.accessibleDescription()


def test_a_dimension_without_a_passage_takes_no_keys(qtbot, light):
    bar = DimensionBar("Grundlage", ["Beziehung", "Beschluss"])
    qtbot.addWidget(bar)
    bar.set_values([], "", "", movable=False)
    assert bar.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_cases_are_named_by_what_tells_them_apart():
    assert short_names(["Fall A", "Fall B"]) == {"Fall A": "A", "Fall B": "B"}
    assert short_names(["Fall A"]) == {"Fall A": "Fall A"}
    assert short_names(["Fall", "Fall B"]) == {"Fall": "Fall", "Fall B": "Fall B"}
    assert short_names([]) == {}


def test_what_has_no_room_in_a_line_goes_on_in_the_next(qtbot, light):
    root = QWidget()
    qtbot.addWidget(root)
    flow = Flow(6, root)
    buttons = [QPushButton("Grenzen ändern") for _each in range(3)]
    for button in buttons:
        flow.addWidget(button)
    width = buttons[0].sizeHint().width()
    root.resize(QSize(2 * width + 10, 200))
    root.show()
    flow.activate()
    assert buttons[0].y() == buttons[1].y() < buttons[2].y()
    assert flow.heightForWidth(4 * width) < flow.heightForWidth(width)


def test_a_field_grows_with_its_words_and_hands_them_over_on_escape(qtbot, light):
    root = QWidget()
    qtbot.addWidget(root)
    box = QVBoxLayout(root)
    field = InPlace("f", "Definition", "…", root)
    box.addWidget(field)
    box.addStretch(1)
    root.resize(200, 400)
    root.show()
    low = field.height()
    with qtbot.waitSignals([field.settled, field.left]):
        field.setPlainText("Wort " * 40)
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.height() > 3 * low


def test_a_long_quotation_takes_no_more_than_its_lines(qtbot, light):
    quote = Quote(segment("Das ist ein langer Satz ohne Ende und " * 20), lines=3)
    qtbot.addWidget(quote)
    short = Quote(segment("Kurz."), lines=3)
    qtbot.addWidget(short)
    assert short.heightForWidth(260) < quote.heightForWidth(260) < 5 * short.heightForWidth(260)


def test_what_is_built_anew_has_the_focus_its_namesake_had(qtbot, light):
    root = QWidget()
    qtbot.addWidget(root)
    box = QVBoxLayout(root)

    def fill():
        for name in ("one", "two"):
            button = QPushButton(name)
            button.setObjectName("row")
            button.setAccessibleName(name)
            box.addWidget(button)

    fill()
    root.show()
    root.activateWindow()
    qtbot.waitExposed(root)
    box.itemAt(1).widget().setFocus()
    with keeping_focus(root):
        clear(box)
        fill()
    assert root.focusWidget().accessibleName() == "two"
