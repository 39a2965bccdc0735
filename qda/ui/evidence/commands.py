"""Commands of evidence: passages nearby, the queue of cases, relations from a passage."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qda.i18n import N_
from qda.ui.commands import Command, has_desk

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _with_passage(window: "MainWindow") -> bool:
    desk = window.desk
    return desk is not None and not desk.project.read_only and bool(desk.span is not None or desk.coding)


def _relation(window: "MainWindow") -> bool:
    made: Any = window.workspace("axial") if window.study.is_made("axial") else None
    return made is not None and made.relation is not None


def _writable(window: "MainWindow") -> bool:
    return _relation(window) and window.desk is not None and not window.desk.project.read_only


def _do(name: str) -> "Callable[[MainWindow], object]":
    def run(window: "MainWindow") -> object:
        from qda.ui.evidence import doing

        return getattr(doing, name)(window)

    return run


def _adding(name: str, *arguments: int) -> "Callable[[MainWindow], object]":
    def run(window: "MainWindow") -> object:
        workspace: Any = window.workspace("axial")
        return getattr(workspace.page.adding, name)(*arguments)

    return run


def _columns(name: str) -> "Callable[[MainWindow], object]":
    def run(window: "MainWindow") -> object:
        workspace: Any = window.workspace("axial")
        return getattr(workspace.page.evidence, name)()

    return run


def _condition(window: "MainWindow") -> None:
    """The menu of conditions, at the relation wherever it is shown."""
    workspace: Any = window.workspace("axial")
    head = workspace.page.head
    head.condition_menu(head if head.isVisible() else workspace.header)


def _axial(
    command: str,
    text: str,
    run: "Callable[[MainWindow], object]",
    key: str = "",
    *,
    synonyms: tuple[str, ...] = (),
    reading: bool = False,
) -> Command:
    enabled = _relation if reading else _writable
    return Command(command, text, "analysis", run, key, ("axial",), enabled, synonyms, group=5)


COMMANDS: tuple[Command, ...] = (
    Command(
        "relate-passage",
        N_("This says that … leads to …"),
        "analysis",
        _do("relate_here"),
        "Ctrl+Alt+Z",
        ("open",),
        _with_passage,
        ("relation", "hypothesis", "relate", "leads to"),
        group=3,
    ),
    Command(
        "passage-as-evidence",
        N_("Passage as evidence for a relation…"),
        "analysis",
        _do("evidence_here"),
        "Ctrl+Alt+Shift+Z",
        ("open",),
        _with_passage,
        ("support", "contradict", "relation"),
        group=3,
    ),
    Command(
        "relation-queue",
        N_("Relations not yet &searched for in a case"),
        "analysis",
        _do("show_queue"),
        "Ctrl+Alt+Shift+O",
        (),
        has_desk,
        ("queue", "new case", "counter-evidence", "negative case"),
        group=5,
    ),
    _axial("next-nearby", N_("Ne&xt passage nearby"), _adding("step", 1), "F8", reading=True),
    _axial("previous-nearby", N_("Pre&vious passage nearby"), _adding("step", -1), "Shift+F8", reading=True),
    _axial("focus-nearby", N_("To the passage &nearby"), _adding("focus_card"), "F9", reading=True),
    _axial("focus-evidence", N_("To the evidence"), _columns("focus_current"), "Shift+F9", reading=True),
    _axial("pass-candidate", N_("Pass the passage over"), _adding("pass_over"), "U", synonyms=("skip",)),
    _axial("join-passage", N_("Add the passage to the evidence in hand"), _adding("join"), "J"),
    _axial("take-off-passage", N_("Take a passage off the evidence in hand…"), _columns("take_off")),
    _axial(
        "nearness", N_("How near the codes are…"), _adding("ask_nearness"), synonyms=("distance", "turns")
    ),
    _axial("add-condition", N_("The relation holds &when…"), _condition, synonyms=("condition", "property")),
    _axial("evidence-case", N_("Evidence of a case…"), _columns("ask_case"), reading=True),
)
