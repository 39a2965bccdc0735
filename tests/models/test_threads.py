"""A unit of work belongs to the thread that began it; others read what is committed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from qda.coding import codebook, codes
from qda.models import Project


def test_another_thread_does_not_see_a_unit_that_is_still_running(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.qdaproj", coder="MK") as project, ThreadPoolExecutor(1) as other:
        with project.unit("Two codes"):
            codebook.add_code(project, name="one")
            assert other.submit(lambda: codes.codes(project)).result() == []
            assert [c.name for c in codes.codes(project)] == ["one"]
        assert [c.name for c in other.submit(lambda: codes.codes(project)).result()] == ["one"]
