"""The hand-made study, in a file of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coding.method_questions.handmade import Handmade, handmade_study


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Handmade]:
    made = handmade_study(tmp_path / "hand.qdaproj")
    with made.project:
        yield made
