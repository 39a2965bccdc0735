"""The tour: five steps in the real window, by keys and by mouse alone, and nothing of it stays."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from qda.coding import material, theory
from qda.models import Project
from qda.ui.tour import building
from qda.ui.tour.content import content
from qda.ui.tour.guide import Tour
from qda.ui.tour.placing import overlap, place
from qda.ui.tour.visit import Visit, visit_of
from qda.ui.window import MainWindow

Key, Mod = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton
CTRL, ALT = Mod.ControlModifier, Mod.AltModifier
LONG_MS = 20_000


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo study as the tour builds it, once for all tests."""
    path = tmp_path_factory.mktemp("tour") / "demo.qdaproj"
    building.build(path, "de", lambda _done, _of: None)
    return path


@pytest.fixture
def left_in() -> str:
    """Where the tour begins: the material need not be built before it."""
    return "open"


@pytest.fixture(autouse=True)
def folders(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tour gets a copy of what is built once; its folders lie where they can be looked for."""

    def copied(path: Path, _language: str, tell: Callable[[int, int], object]) -> None:
        tell(1, 2)
        shutil.copyfile(demo, path)
        tell(2, 2)

    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(building, "build", copied)
    monkeypatch.setattr("tempfile.tempdir", str(place))
    return place


def focus() -> QWidget:
    """What a key goes to: a popup's field, else what has the focus."""
    popup = QApplication.activePopupWidget()
    found = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
    if found is None:  # a popup has closed: a desktop does this
        main = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "main" and w.isVisible())
        main.activateWindow()
        for _moment in range(100):
            if (found := QApplication.focusWidget()) is not None:
                break
            QTest.qWait(10)
    assert found is not None, "nothing has the focus"
    return found


def wait(done: Callable[[], object], qtbot) -> None:
    qtbot.waitUntil(lambda: bool(done()), timeout=LONG_MS)


def begun(window: MainWindow, qtbot) -> Tour:
    """The tour at its first step, begun from the menu's row."""
    window.action("tour").trigger()
    return arrived(window, qtbot)


def arrived(window: MainWindow, qtbot) -> Tour:
    visit = visit_of(window)
    assert visit is not None
    wait(lambda: visit.tour is not None, qtbot)
    tour = visit.tour
    assert tour is not None
    return tour


@pytest.fixture
def tour(window: MainWindow, qtbot) -> Iterator[Tour]:
    yield begun(window, qtbot)


def over(window: MainWindow, folders: Path) -> bool:
    """Nothing of the tour is left."""
    return visit_of(window) is None and not list(folders.iterdir())


def done(tour: Tour) -> bool:
    tour.look()
    return bool(tour.panel.tasks) and tour.panel.is_done


def to_panel(window: MainWindow, tour: Tour) -> None:
    for _press in range(9):
        QTest.keyClick(focus(), Key.Key_F6)
        if tour.panel.isAncestorOf(focus()):
            return
    pytest.fail("F6 does not lead to the panel")


def next_by_key(window: MainWindow, tour: Tour) -> None:
    number = tour.number
    to_panel(window, tour)
    assert focus() is tour.panel.next
    QTest.keyClick(focus(), Key.Key_Return)
    assert tour.number == number + 1 or number == 5


# -- the whole tour ------------------------------------------------------------------------------------------


def test_the_whole_tour_by_keyboard_alone(window: MainWindow, folders: Path, qtbot) -> None:
    window.start.title.setFocus()
    for _press in range(30):
        if focus() is window.start.tour_button:
            break
        QTest.keyClick(focus(), Key.Key_Tab)
    QTest.keyClick(focus(), Key.Key_Space)
    tour = arrived(window, qtbot)
    assert window.project is not None

    QTest.keyClick(focus(), Key.Key_Return)
    QTest.keyClicks(focus(), "hier hakt es")
    QTest.keyClick(focus(), Key.Key_Return)
    wait(lambda: done(tour), qtbot)
    assert "hier hakt es" in {mark.name for mark in _marks(window)}
    next_by_key(window, tour)

    wait(window.action("compare").isEnabled, qtbot)
    QTest.keyClick(focus(), Key.Key_V, CTRL | ALT)
    wait(lambda: tour.step.done()[0], qtbot)
    QTest.keyClick(focus(), Key.Key_Escape)
    QTest.keyClick(focus(), Key.Key_M, CTRL)
    QTest.keyClicks(focus(), "Wann nicht?")
    wait(lambda: done(tour), qtbot)
    QTest.keyClick(focus(), Key.Key_Escape)
    next_by_key(window, tour)

    before = _against(window)
    wait(window.action("evidence-contradicting").isEnabled, qtbot)
    QTest.keyClick(focus(), Key.Key_W)
    wait(lambda: done(tour), qtbot)
    assert _against(window) == before + 1
    next_by_key(window, tour)

    QTest.keyClick(focus(), Key.Key_Return)
    wait(lambda: done(tour), qtbot)
    assert window.current_workspace == "open"
    next_by_key(window, tour)

    reports = window.workspace("reports")
    wait(lambda: reports.preview.pages is not None, qtbot)
    QTest.keyClick(focus(), Key.Key_PageDown, CTRL)
    while tour.deeds.standing:
        wait(window.action("undo").isEnabled, qtbot)
        QTest.keyClick(focus(), Key.Key_Z, CTRL)
    wait(lambda: done(tour), qtbot)
    assert _against(window) == before
    next_by_key(window, tour)
    wait(lambda: over(window, folders), qtbot)
    assert window.desk is None
    assert window.preferences.recents() == []


def test_the_whole_tour_by_mouse_alone(window: MainWindow, folders: Path, qtbot) -> None:
    QTest.mouseClick(window.start.tour_button, LEFT)
    tour = arrived(window, qtbot)
    pane = window.workspace("open").pane
    QTest.mouseClick(pane.bar.findChild(QWidget, "bar_code"), LEFT)
    rows = pane.field.list
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(0, 0)).center())
    if pane.field.isVisible():
        QTest.mouseClick(pane.field.give, LEFT)
    wait(lambda: done(tour), qtbot)
    QTest.mouseClick(tour.panel.next, LEFT)

    section = window.workspace("open").inspector.coding.comparing
    wait(section.passages, qtbot)
    QTest.mouseClick(section.passages()[0].quote, LEFT)
    QTest.mouseClick(tour.panel.show_me, LEFT)  # words come from the keyboard, or from here
    wait(lambda: done(tour), qtbot)
    QTest.mouseClick(tour.panel.next, LEFT)

    adding = window.workspace("axial").page.adding
    QTest.mouseClick(adding.findChild(QPushButton, "add_contradicting"), LEFT)
    wait(lambda: done(tour), qtbot)
    QTest.mouseClick(tour.panel.next, LEFT)

    line = window.workspace("selective").line
    QTest.mouseClick(line.viewport(), LEFT, pos=line.cursorRect().center() + QPoint(12, 0))
    wait(lambda: done(tour), qtbot)
    QTest.mouseClick(tour.panel.next, LEFT)

    reports = window.workspace("reports")
    wait(lambda: reports.preview.pages is not None and not reports.busy, qtbot)
    QTest.mouseClick(reports.findChild(QToolButton, "next_page"), LEFT)
    QTest.mouseClick(tour.panel.show_me, LEFT)
    wait(lambda: done(tour), qtbot)
    QTest.mouseClick(tour.panel.next, LEFT)
    wait(lambda: over(window, folders), qtbot)
    assert window.desk is None


def test_show_me_does_each_step_and_next_becomes_the_default(tour: Tour, qtbot) -> None:
    for number in range(1, 6):
        assert tour.number == number
        assert not tour.panel.next.isDefault()
        QTest.mouseClick(tour.panel.show_me, LEFT)
        wait(lambda: done(tour), qtbot)
        assert tour.panel.next.isDefault()
        assert not tour.panel.show_me.isVisible()
        if number < 5:
            tour.go_on()
    assert len(tour.deeds.all) >= 3
    assert tour.deeds.standing == []


def test_one_can_go_on_without_doing_anything_and_back_again(tour: Tour) -> None:
    for number in range(2, 6):
        QTest.mouseClick(tour.panel.next, LEFT)
        assert tour.number == number
    for number in range(4, 0, -1):
        QTest.mouseClick(tour.panel.back, LEFT)
        assert tour.number == number
    assert not tour.panel.back.isEnabled()
    assert tour.deeds.all == []


def test_an_act_taken_back_takes_its_tick_back(tour: Tour, window: MainWindow, qtbot) -> None:
    tour.show_me()
    wait(lambda: done(tour), qtbot)
    window.undo()
    wait(lambda: not done(tour), qtbot)
    assert not tour.panel.next.isDefault()
    assert tour.panel.show_me.isVisible()


# -- leaving -------------------------------------------------------------------------------------------------


def test_leaving_in_the_middle_takes_everything_back_and_deletes_the_copy(
    tour: Tour, window: MainWindow, folders: Path, qtbot
) -> None:
    project = window.project
    assert project is not None
    marks, evidence, memos = _marks_of(project), _against(window), _memos(project)
    for _step in range(3):
        tour.show_me()
        tour.go_on()
    assert (_marks_of(project), _against(window), _memos(project)) == (marks + 1, evidence + 1, memos + 1)
    visit = visit_of(window)
    assert visit is not None
    kept = folders.with_name("kept.qdaproj")
    remove = visit.copy.remove
    visit.copy.remove = lambda: (shutil.copyfile(visit_path, kept), remove())
    visit_path = visit.copy.path
    QTest.mouseClick(tour.panel.leave, LEFT)
    wait(lambda: over(window, folders), qtbot)
    with Project.open(kept) as left:
        assert _marks_of(left) == marks
        assert sum(row.contradicting for row in theory.relations(left)) == evidence
        assert _memos(left) == memos
    assert window.desk is None
    assert window.start.recents.count() == 0


@pytest.mark.parametrize("left_in", [""])
def test_the_study_of_the_tour_is_never_among_the_recent_ones(tour: Tour, window: MainWindow) -> None:
    assert window.preferences.recents() == []
    path = str(tour.desk.path)
    window.show_workspace("axial")
    window.close_study()
    assert window.preferences.recents() == []
    assert window.preferences.study_state(path) == ""


def test_the_study_that_was_open_comes_back(study: MainWindow, folders: Path, qtbot) -> None:
    path = study.desk.path
    study.show_workspace("reports")
    recents = [recent.path for recent in study.preferences.recents()]
    tour = begun(study, qtbot)
    assert study.desk.path != path
    tour.panel.leave_wanted.emit()
    wait(lambda: over(study, folders) and study.desk is not None, qtbot)
    assert study.desk.path == path
    assert study.current_workspace == "reports"
    assert [recent.path for recent in study.preferences.recents()] == recents


def test_opening_another_study_ends_the_tour(
    tour: Tour, window: MainWindow, folders: Path, tmp_path: Path, qtbot
) -> None:
    other = tmp_path / "other.qdaproj"
    Project.create(other, title="Andere").close()
    tour.show_me()
    assert window.open_path(other)
    wait(lambda: over(window, folders), qtbot)
    assert window.desk is not None
    assert window.desk.path == other
    assert window.study.tour is None
    assert [recent.path for recent in window.preferences.recents()] == [str(other)]


def test_a_new_study_is_begun_from_the_tour_without_the_former_one_in_between(
    study: MainWindow, folders: Path, qtbot
) -> None:
    begun(study, qtbot)
    study.action("new-study").trigger()
    wait(lambda: over(study, folders), qtbot)
    assert study.desk is None
    assert study.start.title.hasFocus()


def test_closing_the_window_deletes_the_copy(tour: Tour, window: MainWindow, folders: Path, qtbot) -> None:
    tour.show_me()
    window.close()
    wait(lambda: not list(folders.iterdir()), qtbot)


def test_the_preparation_can_be_cancelled_and_the_former_study_comes_back(
    study: MainWindow, folders: Path, monkeypatch, qtbot
) -> None:
    path = study.desk.path

    def slow(path: Path, _language: str, tell: Callable[[int, int], object]) -> None:
        path.write_bytes(b"half")
        for at in range(10_000):
            QTest.qSleep(1)
            tell(at, 10_000)

    monkeypatch.setattr(building, "build", slow)
    study.action("tour").trigger()
    assert study.start.tour_progress.isVisible()
    assert not study.start.demo_button.isEnabled()
    wait(lambda: study.start.tour_progress.value() > 2, qtbot)
    QTest.mouseClick(study.start.tour_stop, LEFT)
    wait(lambda: over(study, folders), qtbot)
    assert study.desk is not None
    assert study.desk.path == path


def test_what_stands_in_the_way_of_the_preparation_is_told(
    window: MainWindow, folders: Path, monkeypatch, qtbot
) -> None:
    from qda.errors import KnownError

    def full(*_arguments: object) -> None:
        raise KnownError("The disk is full.")

    monkeypatch.setattr(building, "build", full)
    window.action("tour").trigger()
    wait(lambda: over(window, folders), qtbot)
    assert window.start.message.sentence == "The disk is full."
    assert window.start.tour_button.isVisible()


def test_the_tour_begun_twice_is_one_tour(tour: Tour, window: MainWindow) -> None:
    window.action("tour").trigger()
    assert len(window.findChildren(Visit)) == 1
    assert tour.panel.isAncestorOf(focus())


# -- the panel -----------------------------------------------------------------------------------------------


def test_esc_leads_from_the_panel_to_where_one_was(tour: Tour, window: MainWindow) -> None:
    text = window.workspace("open").pane.view
    assert text.hasFocus()
    to_panel(window, tour)
    text.setFocus()
    tour.panel.focus_first()
    QTest.keyClick(focus(), Key.Key_Escape)
    assert text.hasFocus()
    assert tour.panel.isVisible()


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_cut_off_in_a_small_window_and_nothing_spoken_of_is_covered(
    window: MainWindow, language: str, qtbot
) -> None:
    window.preferences.language = language
    window.rebuild()
    tour = begun(window, qtbot)
    window.resize(1024, 700)
    QApplication.processEvents()
    for number in range(1, 6):
        tour.look(anew=True)
        _sound(tour, window)
        tour.show_me()
        wait(lambda: done(tour), qtbot)
        QApplication.processEvents()
        tour.look()
        _sound(tour, window)
        assert window.width() == 1024, number
        tour.go_on()


def _sound(tour: Tour, window: MainWindow) -> None:
    panel = tour.panel
    assert window.study.room().contains(panel.geometry())
    if tour.frame.isVisible():
        assert not panel.geometry().intersects(tour.frame.geometry()), tour.number
    for label in panel.findChildren(QLabel):
        if label.isVisible():
            wanted = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert label.height() >= wanted, label.text()
            words = label.fontMetrics().horizontalAdvance(max(label.text().split(), key=len, default=""))
            assert label.width() >= words, label.text()
            assert panel.rect().contains(QRect(label.mapTo(panel, QPoint()), label.size())), label.text()
    for button in panel.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width(), button.text()
            assert panel.rect().contains(button.geometry()), button.text()


def test_the_panel_says_what_it_is_to_a_screen_reader(tour: Tour, qtbot) -> None:
    assert tour.panel.accessibleName() == "Tour, step 1 of 5: Read and code a passage"
    assert "Code the selected passage" in tour.panel.accessibleDescription()
    tour.show_me()
    wait(lambda: done(tour), qtbot)
    assert "Done: Code the selected passage" in tour.panel.accessibleDescription()
    buttons = [button for button in tour.panel.findChildren(QPushButton) if button.isVisible()]
    assert all(button.accessibleName() for button in buttons)
    assert all(button.objectName() for button in buttons)


def test_ticks_and_steps_are_announced(tour: Tour, monkeypatch, qtbot) -> None:
    said: list[str] = []
    monkeypatch.setattr("qda.ui.tour.panel.announce", lambda _widget, words: said.append(words))
    tour.show_me()
    wait(lambda: done(tour), qtbot)
    tour.go_on()
    assert said[0].startswith("Done: Code the selected passage")
    assert said[1].startswith("Tour, step 2 of 5")


def test_the_window_stays_usable_and_the_frame_goes_where_one_looks_elsewhere(
    tour: Tour, window: MainWindow
) -> None:
    assert tour.frame.isVisible()
    window.show_workspace("material")
    tour.look()
    assert not tour.frame.isVisible()
    assert tour.panel.isVisible()
    tour.show_me()
    assert window.current_workspace == "open"
    assert tour.frame.isVisible()


def test_another_language_in_the_middle_says_the_step_anew(tour: Tour, window: MainWindow) -> None:
    tour.go_to(2)
    window.preferences.language = "de"
    window.rebuild()
    tour.look()
    QApplication.processEvents()
    assert tour.number == 3
    assert window.study.tour is tour.panel
    assert tour.panel.isVisible()
    assert tour.panel.next.text() == "Weiter"


# -- what it speaks of ---------------------------------------------------------------------------------------


def test_the_passage_is_uncoded_and_its_relation_has_no_counter_evidence_yet(tour: Tour) -> None:
    found = tour.content
    relation = next(row for row in theory.relations(tour.desk.project) if row.guid == found.relation)
    assert found.title == "Interview A"
    assert material.text(tour.desk.project, found.passage.source)[found.passage.start :].startswith("ich ruf")
    assert relation.contradicting == 0
    assert found.code in (relation.from_code, relation.to_code)


def test_a_study_without_any_of_the_words_has_something_to_speak_of(study: MainWindow) -> None:
    found = content(study.project)
    text = material.text(study.project, found.passage.source)
    assert text[found.passage.start : found.passage.stop].startswith("Wir haben uns Zusagen geholt")
    assert (found.code, found.relation) == ("", "")


def test_the_steps_work_on_a_study_with_next_to_nothing_in_it(study: MainWindow) -> None:
    refused: list[str] = []
    study.desk.refused.connect(refused.append)
    tour = Tour(study)
    for at in range(5):
        tour.go_to(at)
        tour.show_me()
        tour.look()
    assert refused == []
    tour.end()


def test_an_empty_study_has_no_passage(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.qdaproj") as project:
        assert content(project).passage.source == ""


@pytest.mark.parametrize(
    "spoken_of", [QRect(0, 0, 700, 560), QRect(300, 100, 400, 300), QRect(724, 0, 300, 560), QRect()]
)
def test_the_panel_finds_a_place_beside_what_it_speaks_of(spoken_of: QRect) -> None:
    room, panel = QRect(0, 0, 1024, 560), QRect(0, 0, 280, 300)
    at = place(room, panel.size(), spoken_of, [])
    assert room.contains(QRect(at, panel.size()))
    assert overlap(QRect(at, panel.size()), [spoken_of]) == 0


def _marks_of(project: Project) -> int:
    return sum(row.codings for row in material.sources(project))


def _marks(window: MainWindow) -> list:
    from qda.coding.codes import marks

    return [mark for row in material.sources(window.project) for mark in marks(window.project, row.guid)]


def _against(window: MainWindow) -> int:
    return sum(row.contradicting for row in theory.relations(window.project))


def _memos(project: Project) -> int:
    from qda.coding.memo_queries import memos

    return len(memos(project))
