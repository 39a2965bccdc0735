"""The same stretches through the window: typed at random places in the edit mode, saved, acted on, undone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMainWindow

from qda.coding import material
from qda.models import engines
from qda.ui.desk import Desk
from qda.ui.open_coding.transcript_pane import TranscriptPane
from tests.coding.stretch import Stretch, words_of

_PLAIN, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = tuple(p.replace("synchronous=FULL", "synchronous=OFF") for p in engines._WRITER)
    monkeypatch.setattr(engines, "_WRITER", quick)


class Typing:
    """A person at the pane. Every sign in view has a number of its own, so that it is known again."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch, self.chance = stretch, stretch.chance
        self.desk = Desk(stretch.project)
        self.frame = QMainWindow()
        self.pane = TranscriptPane(self.desk, self.frame)
        self.frame.setCentralWidget(self.pane)
        self.frame.resize(900, 500)
        self.frame.show()
        self.desk.source_wanted.connect(self.pane.open_source)
        self.pane.open_source(stretch.source, -1, -1)
        self.view = self.pane.view
        self.signs: list[int] = []
        self.new = -1

    def raw(self) -> str:
        return self.view.document().toRawText()

    # -- one visit in the edit mode --------------------------------------------------------------------------

    def edit(self) -> bool:
        """Types here and there, takes back and forth, and saves."""
        quotes = self._passages()
        units = self.stretch.project.unit_count()
        before = self.stretch.text
        self.pane.editing.begin()
        self.signs = list(range(len(_units(self.raw()))))
        self.vague = False
        for _number in range(self.chance.randint(1, 6)):
            self._change()
        if self.chance.random() < 0.2:
            self.pane.editing.leave()  # as a draft
            assert self.raw() == _shown(self.view)
            self.pane.editing.begin()
        assert _units(self.raw()) == self.view.editing.edits.text()
        self._save()
        if self.view.editing is not None:  # refused in a sentence: nothing changed, all is still there
            assert self.stretch.text == before
            self.view.take_all_back()
            self.pane.editing.save()
            assert self.stretch.text == before
            return False
        self.stretch.check_quotes({guid: text for guid, text in quotes.items() if self._untouched(guid)})
        assert self.raw() == _shown(self.view)
        shown = {row.guid: (row.start, row.stop) for row in self.view.codings_between(-1, 10**9)}
        stored = {c.guid: (c.segment.start, c.segment.stop) for c in self._codings()}
        assert shown.items() <= stored.items()
        return self.stretch.project.unit_count() > units

    def _codings(self):
        from qda.coding.codes import codings

        return codings(self.stretch.project, source=self.stretch.source)

    def _save(self) -> None:
        self._press(Qt.Key.Key_Return, _CTRL)
        if self.view.editing is not None and self.pane.editing.bar.is_warned:
            self.pane.editing.save(agreed=True)

    def _passages(self) -> dict[str, str]:
        """Passages that begin and end in what is shown, and where their signs are."""
        self.places: dict[str, tuple[int, int]] = {}
        found = {}
        shown = self.view._shown
        self.old = _units(self.raw())
        for row in material.segments(self.stretch.project, self.stretch.source):
            start, stop = shown.to_unit(row.start), shown.to_unit(row.stop)
            if (shown.to_point(start), shown.to_point(stop)) == (row.start, row.stop) and start < stop:
                self.places[row.guid] = (start, stop)
                found[row.guid] = row.text
        return found

    def _untouched(self, guid: str) -> bool:
        """All signs of a passage stand there as they stood, and no word goes on beyond its ends."""
        if self.vague:
            return False
        start, stop = self.places[guid]
        where = {sign: at for at, sign in enumerate(self.signs)}
        if any(sign not in where for sign in range(start, stop)):
            return False
        first = where[start]
        if [self.signs[first + n] for n in range(stop - start)] != list(range(start, stop)):
            return False
        beside = []
        if start and where.get(start - 1) != first - 1 and first:
            beside.append(first - 1)
        if first + stop - start < len(self.signs) and self.signs[first + stop - start] != stop:
            beside.append(first + stop - start)
        return not beside

    # -- single changes --------------------------------------------------------------------------------------

    def _change(self) -> None:
        raw = _units(self.raw())
        at = _border(raw, self.chance.randint(0, len(raw)))
        stop = _border(raw, min(len(raw), at + self.chance.choice((0, 0, 0, 1, 3, 10))))
        cursor = self.view.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        self.view.setTextCursor(cursor)
        kind = self.chance.choice(("type", "type", "paste", "delete", "backspace", "return", "undo"))
        before = raw
        if kind == "type":
            for sign in words_of(self.chance, 2, lines=False):
                self._send(sign)
        elif kind == "paste":
            data = QMimeData()
            data.setText(words_of(self.chance, 4))
            self.view.insertFromMimeData(data)
        elif kind == "return":
            self._press(Qt.Key.Key_Return)
        elif kind == "undo":
            self._press(Qt.Key.Key_Z, _CTRL)
        else:
            self._press(Qt.Key.Key_Delete if kind == "delete" else Qt.Key.Key_Backspace)
        self.stretch.log.append(f"{kind} at {at}–{stop}")
        self._follow(before, _units(self.raw()), kind, at, stop)

    def _follow(self, before: str, after: str, kind: str, at: int, stop: int) -> None:
        """What came has new numbers; what stood before and behind keeps its own."""
        first, last = at, len(before) - stop
        if kind == "undo":  # where it was done cannot be told from the outside
            self.vague = True
            first, last = 0, 0
        elif at == stop and kind == "backspace":
            first = self.view.textCursor().position()
        elif at == stop and kind == "delete":
            last = len(after) - at
        made = list(range(self.new, self.new - (len(after) - first - last), -1))
        self.new -= len(made)
        self.signs = [*self.signs[:first], *made, *self.signs[len(before) - last :]]
        assert len(self.signs) == len(after)

    def _send(self, sign: str) -> None:
        QApplication.sendEvent(self.view, QKeyEvent(QEvent.Type.KeyPress, 0, _PLAIN, sign))

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        QApplication.sendEvent(self.view, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))

    def end(self) -> None:
        self.pane.let_go()
        self.frame.close()
        self.frame.deleteLater()


def _border(units: str, at: int) -> int:
    """No cursor stands inside a character."""
    return at + (at < len(units) and "\udc00" <= units[at] <= "\udfff")


def _units(text: str) -> str:
    from qda.coding.edits import in_units

    return in_units(text)


def _shown(view) -> str:
    shown = view._shown
    return "\u2029".join(shown.block_text(number) for number in range(len(shown.paragraphs)))


def played(folder: Path, seed: int, steps: int) -> Stretch:
    stretch = Stretch(folder / f"typing {seed}.qdaproj", seed)
    typing = Typing(stretch)
    try:
        stretch.play(steps, typing.edit)
        stretch.to_the_beginning()
        assert typing.raw() == _shown(typing.view)
    except BaseException as problem:
        problem.add_note(stretch.told(f"seed {seed}"))
        raise
    finally:
        typing.end()
        stretch.end()
    return stretch


def test_a_few_stretches_in_the_edit_mode_keep_what_was_not_edited(qapp, tmp_path: Path) -> None:
    done = [played(tmp_path, seed, 30) for seed in range(2)]
    assert sum(stretch.edits for stretch in done) > 10


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 130))
def test_many_long_stretches_in_the_edit_mode_hold_too(qapp, tmp_path: Path, seed: int) -> None:
    played(tmp_path, seed, 100)
