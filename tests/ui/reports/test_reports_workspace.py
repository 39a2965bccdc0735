"""The workspace of reports, with a real study, offscreen."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QRadioButton, QSplitter, QWidget

from qda.coding import sheet
from qda.i18n import language, set_language
from qda.reports.model import (
    Figure,
    Report,
    Run,
    Section,
    Table,
    cell,
    paragraph,
    placeholder,
    placeholders,
    walk,
)
from qda.reports.pages.paging import Place, all_pages
from qda.reports.registry import report_kind
from qda.ui.desk import Desk
from qda.ui.preferences import Preferences
from qda.ui.reports import words
from qda.ui.reports.commands import COMMANDS
from qda.ui.reports.workspace import Workspace
from tests.reports.small_study import build


@pytest.fixture
def desk(tmp_path, light, monkeypatch):
    monkeypatch.setenv("QDA_SETTINGS", str(tmp_path / "settings.ini"))
    made = Desk(build(tmp_path / "study.qdaproj"))
    yield made
    made.close()


@pytest.fixture
def workspace(desk, qtbot):
    made = Workspace(desk)
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    made.shown()
    qtbot.waitUntil(lambda: made._ready is not None and not made.busy, timeout=20_000)
    yield made
    made.let_go()


def wait(workspace, qtbot):
    qtbot.waitUntil(lambda: not workspace.busy, timeout=20_000)


def test_the_study_is_shown_as_pages_with_what_is_open_and_withheld(workspace):
    assert workspace.list.name == "study"
    assert len(workspace.preview.pages) > 8
    assert workspace.findChild(QWidget, "withheld").text() == "\n".join(workspace._ready.withheld)
    assert len(workspace._ready.withheld) == 2
    left = placeholders(workspace._ready.report)
    assert left > 10
    assert workspace.findChild(QWidget, "placeholders").text() == f"{left} placeholders still to fill in"


def test_a_language_chosen_for_the_report_is_kept_in_the_study(workspace, desk, qtbot):
    assert workspace._ready.report.language == "de"
    workspace.findChild(QRadioButton, "language_en").click()
    wait(workspace, qtbot)
    assert workspace._ready.report.language == "en"
    again = Workspace(desk)
    qtbot.addWidget(again)
    again.shown()
    assert again._settings.options["language"] == "en"
    again.let_go()


def test_what_is_withheld_is_told_in_the_language_of_the_window(workspace, qtbot):
    shown = workspace.findChild(QWidget, "withheld").text()
    assert "withheld" in shown
    other = "de" if workspace._ready.report.language == "en" else "en"
    workspace.findChild(QRadioButton, f"language_{other}").click()
    wait(workspace, qtbot)
    assert workspace.findChild(QWidget, "withheld").text() == shown


def test_memos_of_a_type_come_and_go_with_its_box(workspace, qtbot):
    workspace.findChild(QCheckBox, "memos_theoretical").click()
    wait(workspace, qtbot)
    texts = [workspace.preview.pages.text(page) for page in range(len(workspace.preview.pages))]
    assert not any("Von wem?" in text for text in texts)
    workspace.findChild(QCheckBox, "memos_code").click()
    wait(workspace, qtbot)
    texts = [workspace.preview.pages.text(page) for page in range(len(workspace.preview.pages))]
    assert any("Nur symbolisch." in text for text in texts)
    assert not any("Streng vertraulich" in text for text in texts)


@pytest.mark.parametrize("name", ["docx", "pdf", "html", "xlsx", "md"])
def test_the_report_is_saved_in_the_chosen_format_and_the_folder_is_kept(workspace, qtbot, tmp_path, name):
    workspace.findChild(QPushButton, f"format_{name}").click()
    out = tmp_path / "out"
    out.mkdir()
    with qtbot.waitSignal(workspace.saving.exporter.ended, timeout=20_000):
        workspace.save(out / f"report.{name}")
    assert (out / f"report.{name}").stat().st_size > 1000
    told = workspace.findChild(QWidget, "saved").text()
    left = placeholders(workspace._ready.report)
    assert told == f"Saved: report.{name} · {left} placeholders still to fill in"
    assert Preferences().saving_folder == out
    out.rename(tmp_path / "elsewhere")
    assert Preferences().saving_folder.is_dir()


def test_a_folder_that_is_gone_is_told_and_the_button_works_again(workspace, desk, qtbot, tmp_path):
    with qtbot.waitSignal(desk.refused, timeout=20_000) as told:
        workspace.save(tmp_path / "missing" / "report.docx")
    assert told.args[0].startswith("report.docx was not written")
    assert workspace.foot.save_button.isEnabled()


def test_an_act_makes_the_preview_anew(workspace, desk, qtbot):
    before = workspace._ready
    desk.do(sheet.set_title, title="Ein anderer Titel")
    assert workspace._note.text() == "The study has changed since."
    wait(workspace, qtbot)
    assert workspace._ready is not before
    assert workspace._ready.report.title == "Ein anderer Titel"


def test_pages_are_turned_and_the_first_placeholder_found_by_command(workspace):
    assert workspace.preview.page == 0
    workspace.preview.step(1)
    assert workspace.preview.page == 1
    workspace.preview.step(-1)
    assert workspace.preview.page == 0
    workspace.show_placeholder()
    assert workspace.preview.page == workspace.preview.pages.placeholders[0].page
    assert workspace.preview.accessibleDescription().startswith("Page ")


def test_zoom_goes_in_steps_and_back_to_fit(workspace):
    fit = workspace.preview.percent
    workspace.preview.zoom(1)
    larger = workspace.preview.percent
    workspace.preview.zoom(0)
    assert (larger > fit, workspace.preview.percent) == (True, fit)


def test_another_report_has_its_own_formats(workspace, qtbot):
    workspace.preview.step(4)
    workspace.list.choose("codetree")
    wait(workspace, qtbot)
    assert workspace.preview.page == 0
    assert workspace.findChild(QPushButton, "format_opml") is not None
    assert workspace._ready.name == "codetree"


def test_everything_that_takes_the_focus_has_a_name(workspace):
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in workspace.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_the_window_closes_while_a_report_is_being_made(desk, qtbot):
    made = Workspace(desk)
    qtbot.addWidget(made)
    made.shown()
    assert made.busy
    made.let_go()
    assert (made.busy, made.maker.busy) == (False, False)


def test_ids_and_keys_of_the_commands_are_unique():
    ids = [command.id for command in COMMANDS]
    keys = [command.key for command in COMMANDS if command.key]
    assert (len(ids), len(keys)) == (len(set(ids)), len(set(keys)))


# -- pages --------------------------------------------------------------------------------------------------


def report(*blocks, **more) -> Report:
    return Report("Title", "en", blocks, cover=False, **more)


def test_a_heading_is_never_the_last_on_its_page(qapp):
    sections = tuple(Section(f"Head {n}", (paragraph("word " * 45),)) for n in range(90))
    pages = all_pages(report(*sections))
    assert len(pages) > 5
    for page in range(len(pages)):
        assert "Head" not in pages.text(page).splitlines()[-1]


def test_the_head_of_a_table_is_repeated_and_rows_stay_whole(qapp):
    from qda.reports.model import Column

    rows = tuple((cell(f"row {n}"), cell("words " * 30)) for n in range(80))
    pages = all_pages(report(Table((Column("First"), Column("Second")), rows, "Many")))
    for page in range(len(pages)):
        assert "First\tSecond" in pages.text(page)
    found = [line for page in range(len(pages)) for line in pages.text(page).splitlines() if "row" in line]
    assert len(found) == 80


def test_a_row_taller_than_a_page_is_cut_into_strips(qapp):
    from qda.reports.model import Column

    pages = all_pages(report(Table((Column("One"),), ((cell("word " * 6000),),), "Tall")))
    assert len(pages) > 5


def test_placeholders_are_found_on_their_pages(qapp):
    blocks = (paragraph("a " * 4000), paragraph(placeholder("write this")), paragraph(Run("b")))
    pages = all_pages(report(*blocks))
    (place,) = pages.placeholders
    assert place.page == len(pages) - 1
    assert 0 < place.down < 1


def test_a_page_is_white_whatever_the_theme_and_carries_its_number(qapp):
    pages = all_pages(report(paragraph("שלום Freude 🙂")))
    image = QImage(595, 842, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    painter = QPainter(image)
    painter.scale(0.05, 0.05)
    pages.paint(painter, 0)
    painter.end()
    assert image.pixelColor(20, 20) == QColor("#FFFFFF")
    dark = sum(image.pixelColor(x, y).lightness() < 200 for x in range(500, 530) for y in range(795, 812))
    assert dark > 2


def test_a_line_of_the_contents_leads_to_its_section(qapp):
    sections = tuple(Section(f"Chapter {n}", (paragraph("words " * 900),), new_page=True) for n in range(4))
    pages = all_pages(Report("Title", "en", sections))
    found = {
        pages.target(1, QPointF(2000, y)) for y in range(1500, 6000, 50) if pages.target(1, QPointF(2000, y))
    }
    assert {place.page for place in found} == {pages.start_of(f"section-{n}").page for n in range(1, 5)}


def test_the_picture_of_a_model_stands_on_a_page_with_its_caption(desk):
    made = report_kind("study").build(desk.project, {"language": "en"})
    figure = next(block for block in walk(made.blocks) if isinstance(block, Figure))
    pages = all_pages(made)
    (page,) = [n for n in range(len(pages)) if "Figure 1: Zusammenhalten" in pages.text(n)]
    assert figure.alt in pages.text(page)
    first = next(block.title for block in made.blocks if isinstance(block, Section))
    begins = pages.start_of("section-1")
    assert first in pages.text(begins.page).splitlines()[0]
    assert begins == Place(begins.page, pytest.approx(0.094, abs=0.01))


def test_settings_that_cannot_be_read_are_none():
    assert words.read_settings("{") == {}
    assert words.read_settings("[1]") == {}
    assert words.read_settings('{"memos": "all"}') == {"memos": "all"}


@pytest.fixture
def german_words():
    """The window's words are a third longer."""
    before = language()
    set_language("de")
    yield
    set_language(before)


def test_no_setting_and_no_button_is_cut_off_folded_or_unfolded(workspace, qtbot, german_words):
    workspace.resize(800, 700)
    for name in ("transcript", "study", "declaration"):
        workspace.list.choose(name)
        wait(workspace, qtbot)
        workspace.unfold()
        workspace.findChild(QSplitter).setSizes([200, 2000, 1])  # as narrow as it may be
        qtbot.wait(20)
        inside = workspace._settings
        shown = inside.visibleRegion().boundingRect()
        for kind in (QCheckBox, QRadioButton, QLineEdit, QComboBox):
            for one in inside.findChildren(kind):
                if one.isVisible() and shown.intersects(QRect(one.mapTo(inside, QPoint(0, 0)), one.size())):
                    assert one.mapTo(inside, QPoint(one.width(), 0)).x() <= shown.right() + 1, (
                        one.objectName()
                    )
        for one in workspace.foot.findChildren(QPushButton):
            assert one.width() >= one.minimumSizeHint().width(), one.objectName()
