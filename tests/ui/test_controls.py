"""Small controls of the window."""

from PySide6.QtGui import QAction, QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication

from qda.ui import theme
from qda.ui.controls import BarTree, WordButton


def test_a_word_button_has_room_for_its_key_and_does_its_act(qtbot, light):
    done = []
    action = QAction("Kodieren")
    action.triggered.connect(lambda: done.append(1))
    button = WordButton(action)
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    action.setShortcut("Ctrl+J")
    assert button.sizeHint().width() > before
    button.click()
    assert done == [1]


def test_the_selected_row_of_a_tree_has_a_bar_at_the_left_edge(qtbot, light):
    model = QStandardItemModel()
    parent = QStandardItem("Verbindlichkeit")
    parent.appendRow(QStandardItem("hinfahren"))
    model.appendRow(parent)
    tree = BarTree()
    qtbot.addWidget(tree)
    tree.setModel(model)
    tree.expandAll()
    tree.setCurrentIndex(parent.child(0).index())
    tree.show()
    QApplication.processEvents()
    middle = tree.visualRect(parent.child(0).index()).center().y()
    image = tree.viewport().grab().toImage()
    assert image.pixelColor(1, middle) == QColor(theme.LIGHT.accent)
    assert image.pixelColor(1, tree.visualRect(parent.index()).center().y()) != QColor(theme.LIGHT.accent)
