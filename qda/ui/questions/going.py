"""Where findings lead, and what is offered beside them: passages, a memo, a case to look for."""

from typing import TYPE_CHECKING, Any, Final, cast

from qda.coding.method_questions import Finding, Question
from qda.i18n import _
from qda.ui.questions.commands import HOMES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qda.ui.desk import Desk

_HOME: Final = {"relation": "axial", "model": "axial", "source": "open", "story": "selective"}
_WORDS: Final = 4  # of a sentence by which it is found where it cannot be found whole


def go(desk: "Desk", finding: Finding, part: "QWidget") -> None:
    """Leads to what a finding is about; the panel goes along where there is a place for it."""
    jump = finding.jump
    if jump.kind in _HOME:
        beside(desk, _HOME[jump.kind], finding, part)
    if jump.kind == "relation":
        desk.relation_chosen.emit(jump.guid)
    elif jump.kind == "model":
        _workspace(part, "axial").show_model(jump.guid)
    elif jump.kind == "code":
        desk.code_chosen.emit(jump.guid)
        _run(part, "category-sheet")
    elif jump.kind == "source":
        desk.source_wanted.emit(jump.guid, jump.start, jump.stop or -1)
    elif jump.kind == "case":
        desk.workspace_wanted.emit("material")
        desk.case_chosen.emit(jump.guid)
    elif jump.kind == "memo":
        desk.memo_wanted.emit(jump.guid, "")
    elif jump.kind == "names":
        _run(part, "pseudonymise")
    elif jump.kind == "story":
        _show_in_story(part, finding)


def beside(desk: "Desk", key: str, finding: Finding, part: "QWidget") -> None:
    """Brings a workspace to the front with the panel beside it, at the same finding."""
    from qda.ui.questions.panel import KEY, QuestionsPanel

    desk.workspace_wanted.emit(key)
    if key in HOMES:
        panel = _workspace(part, key).show_panel(KEY, QuestionsPanel)
        panel.refresh()
        panel.choose(finding)


def _workspace(part: "QWidget", key: str) -> Any:
    return cast(Any, part.window()).workspace(key)


def _run(part: "QWidget", command: str) -> None:
    """Runs a command on what was chosen just now."""
    window = cast(Any, part.window())
    window.refresh_actions()  # else it still knows what was in hand before
    window.action(command).trigger()


def _show_in_story(part: "QWidget", finding: Finding) -> None:
    """Selects the sentence of the story or the story line. Figures behind references are no part of it."""
    from PySide6.QtGui import QTextCursor

    from qda.coding.story_text import words_of

    workspace, jump = _workspace(part, "selective"), finding.jump
    edit = workspace.story if jump.guid == "story" else workspace.line
    read = words_of(edit.body)
    block = edit.document().findBlockByNumber(read.count("\n", 0, jump.start))
    words = read[jump.start : jump.stop]
    start, length = _found(block.text(), words)
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + start + length, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()


def _found(line: str, words: str) -> tuple[int, int]:
    """Where words stand in a line of the editor (as Qt counts), whole or by their beginning."""
    for some in (words, " ".join(words.split()[:_WORDS]), words.split(" ", maxsplit=1)[0]):
        at = line.find(some)
        if some and at >= 0:
            return len(line[:at].encode("utf-16-le")) // 2, len(some.encode("utf-16-le")) // 2
    return 0, 0


# -- what is offered --------------------------------------------------------------------------------------


def offers_of(finding: Finding) -> tuple[tuple[str, str], ...]:
    """What can be done about a finding, as keys and words."""
    words = {
        "passages": _("Passages"),
        "memo": _("Write memo"),
        "case": _("Plan a case"),
        "relation": _("State a relation"),
    }
    return tuple((offer, words[offer]) for offer in finding.offers)


def take(desk: "Desk", offer: str, question: Question, finding: Finding, part: "QWidget") -> None:
    """Does what is offered beside a finding."""
    if offer == "memo":
        desk.memo_wanted.emit("", finding.target or "project:")
    elif offer == "case":
        _plan(desk, question, finding, part)
    elif offer == "relation":
        _relate(desk, finding, part)
    else:
        _passages(desk, question, finding, part)


def _passages(desk: "Desk", question: Question, finding: Finding, part: "QWidget") -> None:
    """The evidence of a relation, or where to look for some; the passages of a code or a case."""
    if finding.kind == "code" or finding.jump.kind == "code":
        desk.code_chosen.emit(finding.guid if finding.kind == "code" else finding.jump.guid)
        _run(part, "passages-of-code")
        return
    go(desk, finding, part)
    if finding.kind == "relation" and question.key == "1":
        _run(part, "pick-evidence")


def _plan(desk: "Desk", question: Question, finding: Finding, part: "QWidget") -> None:
    """A sampling decision that starts from this gap; what is sought is written on its page."""
    from qda.coding import sampling

    form = "contrasting" if question.key in ("2", "5") else "open"
    targets = [finding.target] if finding.kind == "case" else None
    made = desk.do(sampling.decide_sampling, form=form, gap=finding.sentence, targets=targets)
    if made is not None:
        _run(part, "sampling")
        desk.decision_chosen.emit(made)
        desk.told.emit(_("Planned from this question. Undo takes it back."))


def _relate(desk: "Desk", finding: Finding, part: "QWidget") -> None:
    desk.workspace_wanted.emit("axial")
    if finding.kind == "code":
        desk.code_chosen.emit(finding.guid)
    _run(part, "relate-codes")
