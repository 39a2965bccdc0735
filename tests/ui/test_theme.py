"""The theme keeps its promises of contrast and tells codes apart in light and dark."""

import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from qda.ui import fonts, theme
from qda.ui.theme import DARK, DEEPER, LIGHT, contrast, tint

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@BOTH
def test_every_text_is_readable_on_every_ground(colours):
    for ground in (colours.window, colours.panel, colours.paper, colours.hover, colours.list_selection):
        for text in (colours.text, colours.secondary, colours.minor):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(colours.text, colours.text_selection) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.notice, colours.notice_ground) >= 4.5


@BOTH
def test_frames_accent_and_code_colours_are_seen_on_paper(colours):
    for index in range(1, 13):
        assert contrast(theme.code_colour(index, colours.dark), colours.paper) >= 3.0, index
    for ground in (colours.window, colours.panel, colours.paper):
        assert contrast(colours.control_frame, ground) >= 3.0
        assert contrast(colours.accent, ground) >= 4.5


@BOTH
def test_coded_text_is_readable_however_codes_overlap(colours):
    for number in (1, 2, 3, 4):
        for indices in itertools.combinations_with_replacement(range(1, 13), number):
            assert contrast(colours.text, tint(indices, colours.dark)) >= 4.5, indices
    for index in range(1, 13):
        assert contrast(colours.text, tint([index], colours.dark)) >= 7.0  # AAA
        assert contrast(colours.text, tint([index], colours.dark, deeper=True)) >= 5.1
        # interviewer's words are never put on the deeper tint
        assert contrast(colours.secondary, tint([index], colours.dark)) >= 4.5


@BOTH
def test_the_twelve_colours_differ(colours):
    assert len({theme.code_colour(index, colours.dark).name() for index in range(1, 13)}) == 12
    assert theme.code_colour(13, colours.dark) == theme.code_colour(1, colours.dark)


def test_a_tint_is_the_share_of_the_colour_over_paper():
    paper, petrol = QColor(LIGHT.paper), theme.code_colour(7, False)
    expected = round(paper.red() + (petrol.red() - paper.red()) * 0.16)
    assert tint([7], dark=False).red() == expected
    deeper = round(paper.red() + (petrol.red() - paper.red()) * 0.16 * DEEPER)
    assert tint([7, 7], dark=False).red() == deeper


def test_two_tints_are_blended_in_any_order_and_more_than_three_turn_grey():
    assert tint([7, 9], dark=False) == tint([9, 7], dark=False)
    assert tint([7, 9], dark=False) not in (tint([7], dark=False), tint([9], dark=False))
    grey = tint([1, 2, 3, 4], dark=False)
    assert grey == tint([5, 6, 7, 8, 9], dark=False)
    assert grey.hslSaturation() < 60


def test_new_categories_take_colours_in_their_order_and_then_the_least_used():
    used: list[int] = []
    for _number in range(12):
        used.append(theme.next_colour(used))
    assert used == [7, 9, 3, 5, 12, 8, 11, 2, 10, 4, 6, 1]
    assert theme.next_colour(used) == 7
    assert theme.next_colour([*used, 7]) == 9
    assert theme.next_colour([7, 9, 5]) == 3


def test_putting_a_theme_on_reaches_every_widget(qapp: QApplication, qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    for dark in (True, False):
        theme.apply(qapp, dark=dark)
        assert theme.tokens_of(label).dark is dark
        assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(theme.tokens(dark).paper)
        sheet = qapp.styleSheet()
        assert theme.tokens(dark).accent in sheet
        assert re.search(r"\{\w+\}|<\d|url\(\[", sheet) is None
        pictures = re.findall(r'url\("([^"]+)"\)', sheet)
        assert pictures
        assert all(Path(picture).is_file() for picture in pictures)
        assert not any(QImage(picture).isNull() for picture in pictures)


def test_a_chosen_theme_does_not_ask_the_system(qapp: QApplication):
    stop = theme.follow(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(DARK.paper)
    stop()
    stop = theme.follow(qapp, "system")
    expected = theme.tokens(theme.system_is_dark(qapp)).paper
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(expected)
    stop()
    theme.apply(qapp, dark=False)


def test_sizes_grow_with_the_systems_font(qapp: QApplication):
    before = qapp.font()
    try:
        qapp.setFont(_pixels(before, 13))
        small, reading = fonts.px(100), QFontInfo(fonts.reading_font()).pointSizeF()
        qapp.setFont(_pixels(before, 26))
        assert fonts.px(100) == 2 * small
        assert QFontInfo(fonts.reading_font()).pointSizeF() == pytest.approx(2 * reading, rel=0.05)
    finally:
        qapp.setFont(before)


def _pixels(font: QFont, size: int) -> QFont:
    changed = QFont(font)
    changed.setPixelSize(size)
    return changed
