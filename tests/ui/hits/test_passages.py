"""Rows of passages: as high as what they show."""

from PySide6.QtWidgets import QStyleOptionViewItem

from qda.ui import theme
from qda.ui.fonts import px
from qda.ui.hits.passages import Excerpt, ExcerptList, Shape, lay_out


def test_a_row_is_as_high_as_its_words_are_with_what_is_set_off_in_them(light, qtbot) -> None:
    words = "Ja gesagt, der stand am Samstag da. Da hat keiner ein Protokoll gebraucht, wirklich keiner."
    at = words.index("Protokoll")
    shown = ExcerptList("excerpts", "Excerpts", shape=Shape(lambda item: item, lambda _item: ("", "A")))
    qtbot.addWidget(shown)
    shown.show()
    higher = 0
    for width in range(140, 420, 4):
        shown.resize(width, 300)
        excerpts = [Excerpt(words, "Abs. 1", ((0, at + 9),)), Excerpt(words, "Abs. 1")]
        shown.set_items(excerpts)
        rows = [shown.model().index(shown.passages.row_of(one), 0) for one in excerpts]
        option = QStyleOptionViewItem()
        option.widget = shown
        delegate = shown.itemDelegate()
        inner = delegate._inner(option, rows[0])
        lines = [lay_out(one, inner, 3, theme.tokens_of(shown)).lineCount() for one in excerpts]
        heights = [delegate.sizeHint(option, row).height() for row in rows]
        assert heights[0] - heights[1] == (lines[0] - lines[1]) * px(20), width
        higher += lines[0] > lines[1]
    assert higher  # there were widths at which it made a difference
