"""The keys of the transcript that Qt does not bring.

Ctrl+Up/Down paragraph, Alt+Up/Down turn, Alt+Left/Right sentence; with Shift they extend the selection.
Ctrl+. and Ctrl+, next and previous coding. F2 on the active coding moves its end by the keys that extend
a selection (F2 again its start, Enter takes it, Esc leaves it). On a selection a letter or Enter asks for
the code field, a digit codes with the code on that key.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from qda.ui.transcript.movement import Step

if TYPE_CHECKING:
    from qda.ui.transcript.view import TranscriptView

_Key = Qt.Key
_Mod = Qt.KeyboardModifier
_STEPS: Final = {
    (_Mod.ControlModifier, _Key.Key_Up): (Step.PARAGRAPH, False),
    (_Mod.ControlModifier, _Key.Key_Down): (Step.PARAGRAPH, True),
    (_Mod.AltModifier, _Key.Key_Up): (Step.TURN, False),
    (_Mod.AltModifier, _Key.Key_Down): (Step.TURN, True),
    (_Mod.AltModifier, _Key.Key_Left): (Step.SENTENCE, False),
    (_Mod.AltModifier, _Key.Key_Right): (Step.SENTENCE, True),
}
_ZOOM: Final = {_Key.Key_Plus: 1.1, _Key.Key_Equal: 1.1, _Key.Key_Minus: 1 / 1.1, _Key.Key_0: 0.0}
_CODINGS: Final = {_Key.Key_Period: True, _Key.Key_Comma: False}


def claims(view: "TranscriptView", event: QKeyEvent) -> bool:
    """True for what a shortcut of one letter must leave to the view: the first letter of a code's name."""
    if event.key() in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Escape) and view.resizing:
        return True
    return not view.resizing and view.type_to_code and view.selected_span() is not None and _is_text(event)


def handle(view: "TranscriptView", event: QKeyEvent) -> bool:
    """Does what the key means; False leaves it to Qt."""
    return _step(view, event) or _control(view, event) or _resize(view, event) or _code(view, event)


def _plain(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~_Mod.KeypadModifier


def _is_text(event: QKeyEvent) -> bool:
    # AltGr comes as Ctrl+Alt on some systems and still writes a sign
    modifiers = _plain(event) & ~_Mod.ShiftModifier
    altgr = modifiers == _Mod.ControlModifier | _Mod.AltModifier
    text = event.text()
    if altgr and text.isascii() and text.isalnum():
        return False  # Ctrl+Alt and a letter is a shortcut: AltGr writes other signs
    return bool(text) and (not modifiers or altgr) and text.isprintable() and not text.isspace()


def _digit(event: QKeyEvent) -> int:
    """The digit 1 to 9 that the key writes, 0 for any other."""
    plain = not _plain(event) & ~_Mod.ShiftModifier
    return int(event.text()) if plain and event.text() and event.text() in "123456789" else 0


def _step(view: "TranscriptView", event: QKeyEvent) -> bool:
    modifiers = _plain(event)
    step = _STEPS.get((modifiers & ~_Mod.ShiftModifier, _Key(event.key())))
    if step is None:
        return False
    move = view.extend_by if modifiers & _Mod.ShiftModifier else view.move_by
    move(step[0], forward=step[1])
    return True


def _control(view: "TranscriptView", event: QKeyEvent) -> bool:
    if _plain(event) & ~_Mod.ShiftModifier != _Mod.ControlModifier:
        return False
    key = _Key(event.key())
    if key in _ZOOM:
        view.set_zoom(view.zoom * _ZOOM[key] if _ZOOM[key] else 1.0)
    elif key in _CODINGS:
        view.go_to_coding(forward=_CODINGS[key])
    else:
        return False
    return True


def _resize(view: "TranscriptView", event: QKeyEvent) -> bool:
    key = event.key()
    if key == _Key.Key_F2 and not _plain(event) and (view.resizing or view.active_coding):
        if view.resizing:
            view.swap_ends()
        else:
            view.begin_resize()
        return True
    if not view.resizing:
        return False
    if key in (_Key.Key_Return, _Key.Key_Enter):
        view.finish_resize()
    elif key == _Key.Key_Escape:
        view.cancel_resize()
    else:
        return _is_text(event)  # no code's name begins while the ends are moved
    return True


def _code(view: "TranscriptView", event: QKeyEvent) -> bool:
    if event.key() == _Key.Key_Escape and view.selected_span():
        view.clear_selection()
        return True
    if event.key() == _Key.Key_Escape and view.active_coding:
        view.activate("")
        return True
    if digit := _digit(event):
        if view.selected_span() is not None:
            view.quick_code_requested.emit(digit)
        return True
    if view.selected_span() is None:
        if not (view.type_to_code and _is_text(event)):
            return False
        view.code_requested.emit("")  # who types a name without a selection is told what is missing
        return True
    if event.key() in (_Key.Key_Return, _Key.Key_Enter) and not _plain(event):
        view.code_requested.emit("")
        return True
    if view.type_to_code and _is_text(event):
        view.code_requested.emit(event.text())
        return True
    return False
