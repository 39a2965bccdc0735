"""Which reports there are, and how they get onto the disk."""

import errno
from pathlib import Path

import pytest

from qda import writing
from qda.errors import KnownError, UsageError
from qda.reports.model import Report, paragraph
from qda.reports.registry import (
    FORMATS,
    Option,
    ReportKind,
    checked_options,
    render,
    report_kind,
    reports,
)

PROSE = Report("T", "en", (paragraph("x"),))


def test_a_folder_gets_every_format_that_has_something_to_hold(tmp_path, plain_report):
    written = render(plain_report, tmp_path / "all", name="study")
    assert [path.name for path in written] == [f"study.{one}" for one in FORMATS if one != "zip"]
    assert sorted(tmp_path.joinpath("all").iterdir()) == sorted(written)
    prose = render(PROSE, tmp_path / "prose", name="study")
    assert [path.suffix for path in prose] == [".docx", ".pdf", ".html", ".md"]


def test_a_file_gets_the_format_of_its_suffix(tmp_path):
    assert render(PROSE, tmp_path / "a.MD", name="study") == (tmp_path / "a.MD",)
    assert (tmp_path / "a.MD").read_text(encoding="utf-8") == "# T\n\nx\n"


def test_an_unknown_suffix_is_refused_with_the_formats_and_nothing_is_written(tmp_path):
    with pytest.raises(UsageError, match=r"odt.*docx, html"):
        render(PROSE, tmp_path / "a.odt", name="study", formats=("docx", "html"))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_former_file_and_no_remains(tmp_path, monkeypatch):
    out = tmp_path / "a.md"
    out.write_text("former")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(KnownError, match=r"disk is full; a\.md was not written"):
        render(PROSE, out, name="study")
    assert out.read_text() == "former"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda base: base / "missing" / "a.md", "folder does not exist"),
        (lambda base: base / "file" / "a.md", "is a file, not a folder"),
        (lambda base: base / ("n" * 300 + ".md"), "name is too long"),
        (lambda base: base / "file" / "folder", "not a folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path, make, sentence):
    (tmp_path / "file").write_text("x")
    with pytest.raises(KnownError, match=sentence):
        render(PROSE, make(tmp_path), name="study")


def test_a_read_only_place_is_told_in_a_sentence(tmp_path, monkeypatch):
    def refuse(self: Path, *_args: object, **_more: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(KnownError, match="read-only"):
        render(PROSE, tmp_path / "a.md", name="study")


def test_reports_are_found_by_name_and_an_unknown_one_is_refused():
    kinds = reports()
    assert [kind.name for kind in kinds] == sorted(kind.name for kind in kinds)
    assert all(set(kind.formats) <= set(FORMATS) for kind in kinds)
    with pytest.raises(UsageError, match="no report “nothing”"):
        report_kind("nothing")


def test_options_are_checked_against_the_kind():
    kind = ReportKind(
        "r",
        "R",
        lambda _project, _options: PROSE,
        options=(Option("size", "Size", "choice", "a", ("a", "b")),),
    )
    assert checked_options(kind, {"size": "b"}) == {"size": "b"}
    with pytest.raises(UsageError, match="does not take “colour”; it takes: size"):
        checked_options(kind, {"colour": "x"})
    with pytest.raises(UsageError, match="no value for size"):
        checked_options(kind, {"size": "c"})


def test_every_choice_of_a_report_can_be_read() -> None:
    for kind in reports():
        for option in kind.options:
            assert len(option.labels) in (0, len(option.choices)), (kind.name, option.name)
