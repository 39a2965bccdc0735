"""A unit of work belongs to the thread that began it; others read what is committed."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qda.coding import codebook, codes
from qda.errors import KnownError
from qda.models import Project, engines


def test_another_thread_does_not_see_a_unit_that_is_still_running(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.qdaproj", coder="MK") as project, ThreadPoolExecutor(1) as other:
        with project.unit("Two codes"):
            codebook.add_code(project, name="one")
            assert other.submit(lambda: codes.codes(project)).result() == []
            assert [c.name for c in codes.codes(project)] == ["one"]
        assert [c.name for c in other.submit(lambda: codes.codes(project)).result()] == ["one"]


def test_while_another_thread_writes_a_checkpoint_passes_and_an_act_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MS", 100)
    with Project.create(tmp_path / "study.qdaproj") as project, ThreadPoolExecutor(1) as pool:
        with project.unit("Long"):
            codebook.add_code(project, name="A")
            began = time.monotonic()
            pool.submit(project.checkpoint).result()
            assert time.monotonic() - began < 0.09
            with pytest.raises(KnownError, match="still at work"):
                pool.submit(codebook.add_code, project, name="B").result()
        pool.submit(codebook.add_code, project, name="B").result()
        assert [row.name for row in codes.codes(project)] == ["A", "B"]
