"""What is imported before the first paint, and that the Qt in use counts references right."""

import json
import subprocess
import sys

import pytest

HEAVY = (
    "sqlalchemy",
    "sqlcipher3",
    "alembic",
    "spacy",
    "pandas",
    "numpy",
    "docx",
    "lxml",
    "openpyxl",
    "jinja2",
)


def loaded_after(program: str) -> set[str]:
    """The names of all modules loaded in a fresh interpreter after ``program``."""
    code = f"{program}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def heavy(modules: set[str]) -> set[str]:
    """Those that must wait."""
    return modules & set(HEAVY)


def test_the_command_loads_nothing_heavy_before_it_knows_what_is_wanted() -> None:
    assert heavy(loaded_after("import qda.cli")) | ({"typer"} & loaded_after("import qda.cli")) == set()


def test_help_loads_no_storage_and_no_format() -> None:
    assert heavy(loaded_after("import qda.cli\nqda.cli.main(['--help'])")) == set()


def test_the_first_paint_needs_no_storage_and_no_format() -> None:
    program = (
        "import qda.cli\n"
        "from qda.ui.app import build_main_window\n"
        "from PySide6.QtWidgets import QApplication\n"
        "window = build_main_window()\n"
        "window.show()\n"
        "QApplication.processEvents()\n"
        "assert not window.grab().isNull()"
    )
    found = loaded_after(program)
    assert "PySide6.QtWidgets" in found
    assert heavy(found) | ({"typer"} & found) == set()


def test_commands_of_the_window_can_be_listed_without_storage() -> None:
    assert heavy(loaded_after("from qda.ui.table import commands\nassert commands()")) == set()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_qt_does_not_drop_a_reference_to_none_on_every_call() -> None:
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _number in range(2000):
        thing.blockSignals(False)
        thing.setObjectName("x")
        thing.parent()
    assert sys.getrefcount(None) > before - 1000
