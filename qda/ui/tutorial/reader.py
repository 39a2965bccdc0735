"""The window of the tutorial: chapters at the left, the text with its pictures, a line to search it.

Nothing is loaded from elsewhere: pictures are files of the program, and links lead to chapters or save the
transcripts that the tutorial works on.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeySequence,
    QPalette,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from qda.errors import KnownError
from qda.i18n import Language, _, language
from qda.ui.fonts import SMALL, px, reading_font, ui_font
from qda.ui.preferences import documents_folder
from qda.ui.status import announce
from qda.ui.surfaces import Line, on_panel, section, small
from qda.ui.theme import tokens_of
from qda.ui.tutorial import chapters

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

_MEASURE: Final = 780  # the widest column, in pixels of the drawings
_PAUSE_MS: Final = 120
_NAME: Final = "tutorial"


class TutorialText(QTextBrowser):
    """The text; pictures are as wide as the column at most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._markdown = ""  # before Qt sends the first events
        super().__init__(parent)
        self._column = 0
        self._wide = 0  # of the view when it was laid out
        self._held = 0  # the paragraph that stays at the top when the width changes
        self.setObjectName("tutorial_text")
        self.setAccessibleName(_("Tutorial"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self._lay_out)
        self.verticalScrollBar().valueChanged.connect(self._hold)

    def show_text(self, markdown: str) -> None:
        """Shows this from its beginning."""
        self._markdown, self._wide, self._held = markdown, 0, 0
        self._lay_out()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture in the width of the column; nothing that lies outside the tutorial's folder."""
        path = _inside(QUrl(name))
        if kind != QTextDocument.ResourceType.ImageResource.value or path is None:
            return None
        image, dots = QImage(str(path)), self.devicePixelRatioF()
        wide = round(min(self._column, image.width()) * dots)
        if image.width() != wide:
            image = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(dots)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._markdown:
            self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._markdown:  # light and dark
            self._wide = 0
            self._later.start()

    def _hold(self) -> None:
        """Keeps where one reads; not while a new width breaks the lines anew."""
        if self.viewport().width() == self._wide:
            self._held = self._at_top().blockNumber()

    def _lay_out(self) -> None:
        if self.viewport().width() == self._wide:
            return
        document = self.document()
        self._column = max(px(240), min(px(_MEASURE), self.viewport().width() - px(56)))
        self._wide = 0
        document.setDefaultFont(reading_font(15 / 13))
        document.setBaseUrl(QUrl.fromLocalFile(f"{chapters.folder()}/"))
        document.setMarkdown(self._markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress(document)
        self._bring(document.findBlockByNumber(self._held))
        self._wide = self.viewport().width()

    def _dress(self, document: QTextDocument) -> None:
        """Air around paragraphs, headings in the interface's face, quiet lines in tables."""
        margin = max(px(28), (self.viewport().width() - self._column) // 2)
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(margin)
        frame.setRightMargin(margin)
        frame.setTopMargin(px(24))
        frame.setBottomMargin(px(48))
        document.rootFrame().setFrameFormat(frame)
        link = QColor(tokens_of(self).accent)
        block = document.begin()
        while block.isValid():
            self._dress_block(block, link)
            block = block.next()
        for child in document.rootFrame().childFrames():
            if isinstance(child, QTextTable):
                self._dress_table(child)

    def _dress_table(self, table: QTextTable) -> None:
        shape = table.format().toTableFormat()
        shape.setCellPadding(px(4))
        shape.setCellSpacing(0)
        shape.setBorder(0)
        shape.setBorderCollapse(True)
        shape.setTopMargin(px(4))
        shape.setBottomMargin(px(12))
        table.setFormat(shape)
        for row in range(table.rows()):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                edge = cell.format().toTableCellFormat()
                edge.setBottomBorder(1)
                edge.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                edge.setBottomBorderBrush(QColor(tokens_of(self).separator))
                cell.setFormat(edge)

    def _dress_block(self, block: QTextBlock, link: QColor) -> None:
        cursor = QTextCursor(block)
        shape, level = block.blockFormat(), block.blockFormat().headingLevel()
        table = cursor.currentTable() is not None
        shape.setTopMargin(px(22) if level else 0)
        shape.setBottomMargin(0 if table else px(8))
        if not level and not _is_picture(block):
            shape.setLineHeight(118.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(shape)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            letters = cursor.charFormat()
            letters.setFont(ui_font({1: 20, 2: 17}.get(level, 14.5) / 13, semibold=True))
            cursor.setCharFormat(letters)
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            letters = piece.charFormat()
            if letters.isAnchor():
                letters.setForeground(link)
            if letters.fontFixedPitch():
                letters.setFontFamilies(ui_font().families())
                letters.setFontFixedPitch(False)
                letters.setBackground(QColor(tokens_of(self).panel))
            inside = QTextCursor(block)
            inside.setPosition(piece.position())
            inside.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            if not letters.isImageFormat():
                inside.setCharFormat(letters)
            pieces += 1

    def go_to(self, anchor: str) -> bool:
        """Brings the chapter of this anchor to the top of the view."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == 2 and chapters.anchor(block.text()) == anchor:
                self._bring(block)
                return True
            block = block.next()
        return False

    def _bring(self, block: QTextBlock) -> None:
        """Scrolls a paragraph to the top of the view and puts the cursor there."""
        self.document().size()  # all of it is laid out, so that the bar reaches there
        self.setTextCursor(QTextCursor(block))
        place = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(place) - px(12) if block.blockNumber() else 0)

    def _at_top(self) -> QTextBlock:
        """The paragraph at the top of the view, a little below its edge."""
        return self.cursorForPosition(QPoint(self.viewport().width() // 2, px(16))).block()

    def chapter_in_view(self) -> str:
        """The anchor of the chapter that is being read."""
        top, found = self._at_top(), ""
        while top.isValid() and not found:
            if top.blockFormat().headingLevel() == 2:
                found = chapters.anchor(top.text())
            top = top.previous()
        return found


def _is_picture(block: QTextBlock) -> bool:
    """Whether a paragraph holds a picture, whose height its line has."""
    pieces = block.begin()
    while not pieces.atEnd():
        if pieces.fragment().charFormat().isImageFormat():
            return True
        pieces += 1
    return False


def _inside(url: QUrl) -> Path | None:
    """The file of the tutorial that an address means; None for any other."""
    if url.scheme() not in ("", "file"):
        return None
    root = chapters.folder().resolve()
    path = (root / (url.toLocalFile() if url.isLocalFile() else url.path())).resolve()
    return path if path.is_file() and path.is_relative_to(root) else None


class TutorialWindow(QWidget):
    """Stands beside the main window; Esc closes it."""

    def __init__(self, parent: QWidget, wanted: Language) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName(_NAME)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Tutorial"))
        self.language = wanted
        self.text = TutorialText(self)
        self.list = QListWidget(self)
        self.list.setObjectName("tutorial_chapters")
        self.list.setAccessibleName(_("Chapters"))
        self.list.setProperty("panel", True)
        self.list.setFont(ui_font(SMALL))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        markdown = chapters.text(wanted)
        self._chapters = chapters.chapters(markdown)
        for one in self._chapters:
            item = QListWidgetItem(one.short, self.list)
            item.setToolTip(one.title)
            item.setSizeHint(self._room_for(one.short))
        self._build()
        self.resize(px(1140), px(840))
        self.text.show_text(markdown)
        self._connect()

    def _build(self) -> None:
        self.line = QLineEdit(self)
        self.line.setObjectName("tutorial_search")
        self.line.setAccessibleName(_("Search in the tutorial"))
        self.line.setPlaceholderText(_("Search"))
        self.line.setClearButtonEnabled(True)
        self.told = small("", self)
        self.told.setObjectName("tutorial_told")
        left = on_panel(QWidget(self))
        box = QVBoxLayout(left)
        box.setContentsMargins(px(12), px(12), px(8), px(12))
        box.setSpacing(px(8))
        box.addWidget(self.line)
        box.addWidget(self.told)
        box.addWidget(section(_("Chapters"), left))
        box.addWidget(self.list, 1)
        keys = QLabel(_("Ctrl+F searches, F3 goes on, Esc closes."), left)
        keys.setProperty("minor", True)
        keys.setWordWrap(True)
        keys.setFont(ui_font(SMALL))
        box.addWidget(keys)
        self.told.setWordWrap(True)
        self.told.hide()
        split = QSplitter(self)
        split.setObjectName("tutorial_split")
        split.addWidget(left)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([px(270), px(870)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Line(self))
        outer.addWidget(split, 1)
        palette = self.text.palette()
        palette.setColor(QPalette.ColorRole.Link, QColor(tokens_of(self).accent))
        self.text.setPalette(palette)

    def _connect(self) -> None:
        self.text.anchorClicked.connect(self._follow)
        self.text.verticalScrollBar().valueChanged.connect(self._mark_chapter)
        self.list.itemClicked.connect(lambda _item: self._go())
        self.list.itemActivated.connect(lambda _item: self._go())
        self.line.returnPressed.connect(self.find_next)
        for keys, act in (
            ("Ctrl+F", self._to_search),
            ("F3", self.find_next),
            ("Shift+F3", lambda: self.find_next(back=True)),
            ("Esc", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._mark_chapter()

    def _room_for(self, words: str) -> QSize:
        """Of a row in the list, on as many lines as the words need."""
        wide = px(190)
        area = QRect(0, 0, wide, px(400))
        lines = self.list.fontMetrics().boundingRect(area, Qt.TextFlag.TextWordWrap, words)
        return QSize(wide, lines.height() + px(10))

    def sizeHint(self) -> QSize:
        return QSize(px(1140), px(840))

    # -- going about --------------------------------------------------------------------------------------

    def _go(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._chapters):
            self.text.go_to(self._chapters[row].anchor)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_chapter(self) -> None:
        """The list shows where one reads."""
        anchor = self.text.chapter_in_view()
        row = next((at for at, one in enumerate(self._chapters) if one.anchor == anchor), -1)
        if row != self.list.currentRow() and not self.list.hasFocus():
            self.list.setCurrentRow(row)

    def _follow(self, url: QUrl) -> None:
        if url.path().endswith(chapters.INTERVIEWS):
            self.save_interviews()
        elif url.hasFragment():
            self.text.go_to(url.fragment(QUrl.ComponentFormattingOption.FullyDecoded))

    def save_interviews(self) -> None:
        """Asks for a folder and puts the two transcripts there."""
        chosen = QFileDialog.getExistingDirectory(
            self, _("Where should the two transcripts be saved?"), str(documents_folder())
        )
        if not chosen:
            return
        try:
            saved = chapters.save_interviews(Path(chosen))
        except KnownError as error:
            self._tell(str(error))
            return
        names = ", ".join(path.name for path in saved)
        self._tell(_("{names} are in {folder}.").format(names=names, folder=chosen))

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
        if words:
            announce(self.told, words)

    # -- searching ----------------------------------------------------------------------------------------

    def _to_search(self) -> None:
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def find_next(self, *, back: bool = False) -> None:
        """The next place of the words in the line, round about."""
        words = self.line.text().strip()
        if not words:
            return
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        found = self.text.find(words, flags)
        if not found:
            kept = self.text.textCursor()
            end = QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start
            self.text.moveCursor(end)
            found = self.text.find(words, flags)
            if not found:
                self.text.setTextCursor(kept)
        self._tell("" if found else _("“{words}” is not in the tutorial.").format(words=words))


def show(window: "MainWindow") -> TutorialWindow:
    """The tutorial in the language of the window; the one that is open already comes to the front."""
    made = window.findChild(TutorialWindow, _NAME)
    if made is not None and made.language != language():
        made.close()
        made = None
    if made is None:
        made = TutorialWindow(window, language())
    made.show()
    made.raise_()
    made.activateWindow()
    made.text.setFocus(Qt.FocusReason.OtherFocusReason)
    return made
