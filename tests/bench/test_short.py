"""Every benchmark runs, on tiny data; how fast is for ``make bench``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qda.resources import __file__ as inside

ROOT = Path(inside).parents[1]


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--short", "--json", "--data", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["key"]: row for row in rows}


def test_every_figure_comes_out(figures):
    asked = {
        "start.painted",
        "start.usable",
        "big.open",
        "big.memory",
        "long.open",
        "page.down",
        "dense.open",
        "dense.down",
        "densely.add",
        "densely.remove",
        "search.here",
        "search.all",
        "commit",
        "codes.filter",
        "retrieval.load",
        "retrieval.code",
        "retrieval.three",
        "crossing.codes",
        "import.all",
        "import.gap",
        "board.painted",
        "board.ring",
        "drag.board",
        "drag.map",
        "candidates",
        "comparison.slots",
        "comparison.codes",
        "comparison.page",
        "questions.all",
        "language.read",
        "cues.hints",
        "language.start",
        "language.open",
        "suggest.answer",
        "suggest.learn",
        "suggest.cold",
        "names.passage",
        "field.answer",
        "coded.docx",
        "coded.back",
        "quotes.check",
        "study.docx",
        *(f"{where}.{act}" for where in ("long", "big") for act in ("add", "remove", "undo")),
    }
    assert asked <= set(figures)
    assert all(row["ours"] > 0 for row in figures.values())
    assert all(row["raw"] > 0 for key, row in figures.items() if key in asked)


def test_the_95th_percentile_is_not_below_the_median(figures):
    assert all(row["p95"] >= row["ours"] for row in figures.values())


def test_no_heavy_library_is_loaded_when_the_frame_is_painted(figures):
    assert figures["start.painted"]["note"].endswith(": none")


def test_no_language_tool_or_document_library_is_loaded_when_the_window_can_be_used(figures):
    loaded = figures["start.usable"]["note"].rpartition(": ")[2].split(", ")
    assert not {"spacy", "pandas", "docx"} & set(loaded)
