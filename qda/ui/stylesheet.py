"""The one style sheet: what Fusion and the palette do not say. Sizes follow the system's font.

``{name}`` is a token, ``<n>`` a size in pixels of the drawings, ``[name]`` a picture of ``resources/icons``.
"""

import re
from dataclasses import asdict

from qda import resources
from qda.ui.fonts import px
from qda.ui.theme import Tokens

_SIZE = re.compile(r"<(\d+(?:\.\d+)?)>")
_PICTURE = re.compile(r"url\(\[(\w+)\]\)")
_TOKEN = re.compile(r"\{(\w+)\}")

_BARS = """
QMainWindow, QDialog { background: {window}; }
QMenuBar { background: {window}; color: {text}; padding: 0 <4>px; }
QMenuBar::item { padding: <5>px <8>px; border-radius: <4>px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: {separator}; }
QMenu { background: {paper}; color: {text}; border: 1px solid {quiet_frame}; padding: <4>px; }
QMenu::item { padding: <5>px <24>px <5>px <12>px; border-radius: <4>px; }
QMenu::item:selected { background: {list_selection}; color: {text}; }
QMenu::item:disabled { color: {control_frame}; }
QMenu::separator { height: 1px; background: {separator}; margin: <4>px <8>px; }
QMenu::icon { padding-left: <8>px; }
QTabBar { background: transparent; border: 0; qproperty-drawBase: 0; qproperty-expanding: 0; }
QTabBar::tab { background: transparent; color: {secondary}; padding: <10>px <12>px <8>px <12>px;
  border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: {text}; border-bottom-color: {quiet_frame}; }
QTabBar::tab:selected { color: {text}; font-weight: 600; border-bottom-color: {accent}; }
QTabBar::tab:focus { color: {text}; background: {hover}; }
QTabWidget::pane { border: 0; border-top: 1px solid {separator}; }
QToolBar { background: {paper}; border: 0; border-bottom: 1px solid {separator};
  padding: <2>px <12>px; spacing: <4>px; }
QToolBar::separator { background: {quiet_frame}; width: 1px; margin: <7>px <6>px; }
QToolButton { background: transparent; color: {text}; border: 2px solid transparent;
  border-radius: <4>px; padding: <3>px <6>px; }
QToolButton:hover { background: {hover}; }
QToolButton:pressed, QToolButton:checked { background: {list_selection}; }
QToolButton:focus { border-color: {accent}; }
QToolButton:disabled { color: {control_frame}; }
QToolButton[wordbutton="true"] { padding: 0; }
QStatusBar { background: {window}; color: {secondary}; border-top: 1px solid {quiet_frame};
  font-size: <12>px; }
QStatusBar::item { border: 0; }
"""

_CONTROLS = """
QPushButton { background: {paper}; color: {text}; border: 1px solid {control_frame};
  border-radius: <4>px; padding: <4>px <11>px; }
QPushButton[slim=true] { padding: <3>px <6>px; }
QPushButton[slim=true]:focus { padding: <2>px <5>px; }
QPushButton:hover { background: {hover}; }
QPushButton:pressed { background: {list_selection}; }
QPushButton:default { background: {accent}; color: {on_accent}; border-color: {accent}; }
QPushButton:checked { background: {list_selection}; color: {accent}; font-weight: 600; }
QPushButton:disabled { color: {control_frame}; border-color: {quiet_frame}; background: transparent; }
QPushButton:focus { border: 2px solid {accent}; padding: <3>px <10>px; }
QPushButton:default:focus { border: 2px solid {text}; }
QPushButton:flat { background: transparent; border-color: transparent; color: {accent}; }
QPushButton:flat:disabled { color: {control_frame}; border-color: transparent; }
QPushButton:flat:hover { background: {hover}; }
QPushButton:flat:focus { border-color: {accent}; }
QLineEdit, QPlainTextEdit, QTextEdit { background: {paper}; color: {text};
  selection-background-color: {text_selection}; selection-color: {text}; }
QLineEdit { border: 1px solid {control_frame}; border-radius: <4>px;
  padding: <3>px <7>px; min-height: <18>px; }
QPlainTextEdit, QTextEdit { border: 1px solid {control_frame}; border-radius: <4>px; padding: <3>px; }
QLineEdit:focus { border: 2px solid {accent}; padding: <2>px <6>px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit,
QComboBox QLineEdit:focus { border: 0; padding: 0 0 0 <4>px; min-height: 0; }
QComboBox, QAbstractSpinBox { background: {paper}; color: {text}; border: 1px solid {control_frame};
  border-radius: <4>px; padding: <3>px <7>px; min-height: <18>px;
  selection-background-color: {text_selection}; selection-color: {text}; }
QComboBox { combobox-popup: 0; }
QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid {accent}; padding: <2>px <6>px; }
QComboBox:disabled, QAbstractSpinBox:disabled { color: {control_frame}; border-color: {quiet_frame};
  background: transparent; }
QComboBox::drop-down { border: 0; width: <22>px; subcontrol-origin: padding; }
QComboBox::down-arrow { image: url([down]); width: <12>px; height: <12>px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: <20>px;
  background: transparent; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url([up]); width: <10>px; height: <10>px; }
QAbstractSpinBox::down-arrow { image: url([down]); width: <10>px; height: <10>px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid {accent}; padding: <2>px; }
QLineEdit:disabled { color: {control_frame}; border-color: {quiet_frame}; background: transparent; }
QTextEdit#transcript, QTextEdit#transcript:focus { border: 0; border-radius: 0; padding: 0;
  selection-background-color: transparent; selection-color: {text}; }
QComboBox QAbstractItemView { background: {paper}; border: 1px solid {quiet_frame}; outline: 0;
  selection-background-color: {list_selection}; selection-color: {text}; }
QCheckBox, QRadioButton { spacing: <6>px; padding: 1px; border: 2px solid transparent;
  border-radius: <4>px; }
QCheckBox:focus, QRadioButton:focus { border-color: {accent}; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator, QMenu::indicator,
QGroupBox::indicator { width: <14>px; height: <14>px; border: 1px solid {control_frame};
  background: {paper}; border-radius: <3>px; }
QRadioButton::indicator { border-radius: <7.5>px; }
QMenu::indicator { margin-left: <4>px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: {accent}; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QMenu::indicator:checked,
QGroupBox::indicator:checked { background: {accent}; border-color: {accent}; image: url([check]); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: {accent};
  border-color: {accent}; image: url([partly]); }
QRadioButton::indicator:checked { background: {accent}; border-color: {accent}; image: url([dot]); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: {quiet_frame}; }
QGroupBox { border: 1px solid {quiet_frame}; border-radius: <4>px; margin-top: <9>px;
  padding: <12>px <8>px <8>px <8>px; }
QGroupBox::title { subcontrol-origin: margin; left: <8>px; padding: 0 <4>px; color: {secondary};
  font-weight: 600; }
QProgressBar { border: 1px solid {quiet_frame}; border-radius: <4>px; background: {paper};
  text-align: center; }
QProgressBar::chunk { background: {accent}; border-radius: <3>px; }
QLabel[quiet="true"] { color: {secondary}; }
QLabel[minor="true"] { color: {minor}; }
QLabel[notice="true"] { color: {notice}; }
QToolTip { background: {paper}; color: {text}; border: 1px solid {quiet_frame}; padding: <4>px <6>px; }
"""

_VIEWS = """
QAbstractItemView { border: 0; outline: 0; background: {paper}; color: {text};
  alternate-background-color: {panel}; }
QListView::item { padding: <4>px <8>px; border-left: 3px solid transparent; }
QListView::item:hover { background: {hover}; }
QListView::item:selected { background: {list_selection}; color: {text}; border-left: 3px solid {accent}; }
QListView::item:selected:!active { background: {separator}; }
QTreeView::item { padding: <4>px <2>px; }
QTableView { gridline-color: {separator}; }
QTableView::item:focus { border: 2px solid {accent}; }
QHeaderView { background: {panel}; border: 0; }
QHeaderView::section { background: {panel}; color: {secondary}; border: 0; font-weight: 600;
  border-bottom: 1px solid {separator}; padding: <4>px <8>px; }
*[panel="true"], QAbstractItemView[panel="true"] { background: {panel}; }
QScrollArea { border: 0; background: transparent; }
QScrollBar:vertical { background: transparent; width: <10>px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: <10>px; margin: 0; }
QScrollBar::handle { background: {quiet_frame}; border-radius: <3>px; margin: 2px; }
QScrollBar::handle:vertical { min-height: <32>px; }
QScrollBar::handle:horizontal { min-width: <32>px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: {control_frame}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: {separator}; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: {accent}; }
"""


def style_sheet(theme: Tokens) -> str:
    """The style sheet of ``theme`` for the current system font."""
    values = {name: str(value) for name, value in asdict(theme).items()}
    sheet = _SIZE.sub(lambda size: str(px(float(size[1]))), _BARS + _CONTROLS + _VIEWS)
    which = "dark" if theme.dark else "light"
    sheet = _PICTURE.sub(lambda name: f'url("{_icon(name[1], which)}")', sheet)
    return _TOKEN.sub(lambda token: values[token[1]], sheet)


def _icon(name: str, which: str) -> str:
    return resources.path("icons", f"{name}-{which}.svg").as_posix()
