"""The hand-made study, built anew for each test that changes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.models import Project
from tests.coding.method_questions.handmade import Handmade, build


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Handmade]:
    with Project.create(tmp_path / "hand.qdaproj", title="Netz", language="de", coder="Ada") as project:
        yield build(project)
