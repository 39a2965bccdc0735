"""A project file that is removed while it is open."""

from pathlib import Path

from qda.coding.material import project_sheet
from qda.coding.sheet import set_title
from qda.models import Project


def test_a_file_removed_while_it_is_open_is_written_again_at_closing(tmp_path: Path) -> None:
    path = tmp_path / "study.qdaproj"
    project = Project.create(path, title="First", coder="MK")
    set_title(project, title="Second")
    path.unlink()
    set_title(project, title="Third")
    project.close()
    assert [found.name for found in tmp_path.iterdir()] == ["study.qdaproj"]
    with Project.open(path) as again:
        assert project_sheet(again).title == "Third"
        assert again.check() == []
        again.undo()
        assert project_sheet(again).title == "Second"


def test_nothing_is_left_behind_where_the_whole_folder_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    project = Project.create(folder / "study.qdaproj", title="First", coder="MK")
    for part in folder.iterdir():
        part.unlink()
    folder.rmdir()
    project.close()
    assert list(tmp_path.iterdir()) == []
