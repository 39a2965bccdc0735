"""The shape of the house: who may import whom, and how large a module and a function may grow."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "qda").rglob("*.py"))
LONGEST_MODULE = 800  # lines
LONGEST_FUNCTION = 60


def test_the_contracts_of_the_layers_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[done.stdout.find("Contracts") :] + done.stderr
    assert " 0 broken" in done.stdout


def imported(path: Path) -> Iterator[str]:
    """Every module and name that a file imports, whole."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", ["figures", "reports"])
def test_what_paints_and_reports_knows_no_widgets(package: str) -> None:
    files = [path for path in MODULES if path.is_relative_to(ROOT / "qda" / package)]
    assert files
    found = {
        f"{path.name}: {name}"
        for path in files
        for name in imported(path)
        if name.startswith(("PySide6.QtWidgets", "PySide6.QtPrintSupport"))
    }
    assert found == set()


def test_nothing_in_the_program_imports_a_network() -> None:
    networks = (
        "requests",
        "urllib.request",
        "http.client",
        "httpx",
        "aiohttp",
        "PySide6.QtNetwork",
        "ftplib",
    )
    found = {
        f"{path.name}: {name}" for path in MODULES for name in imported(path) if name.startswith(networks)
    }
    assert found == set()


def test_no_module_is_longer_than_a_reader_bears() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_a_reader_bears() -> None:
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert found == {}


def test_every_function_in_the_program_says_what_it_takes_and_gives() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.returns is None
    ]
    assert found == []
