"""Several reports at once: each file whole, one failure for itself, an end at will."""

import pytest

from qda import cli
from qda.errors import KnownError, UsageError
from qda.reports import registry
from qda.reports.all_reports import (
    Wanted,
    every_report,
    folder_of,
    known_options,
    left_open,
    missing,
    write_all,
)
from qda.reports.model import Report, paragraph, placeholder
from qda.reports.registry import Option, ReportKind
from tests.reports.small_study import build

GOOD = Report("Good", "en", (paragraph("text ", placeholder("write"), placeholder("more")),))


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "study.qdaproj"
    build(path).close()
    return path


@pytest.fixture
def kinds(monkeypatch):
    """Reports that do what they are called."""

    def fails(_project, _options):
        raise KnownError("It cannot be made now.")

    def breaks(_project, _options):
        raise ZeroDivisionError

    def asks(_project, _options):
        raise UsageError("Please name a case.")

    made = {
        "asking": ReportKind("asking", "Asking", asks),
        "breaking": ReportKind("breaking", "Breaking", breaks),
        "failing": ReportKind("failing", "Failing", fails),
        "good": ReportKind(
            "good", "Good", lambda _p, _o: GOOD, options=(Option("size", "Size", choices=("a", "b")),)
        ),
    }
    rows = tuple(made.values())
    monkeypatch.setattr(registry, "reports", lambda: rows)
    monkeypatch.setattr("qda.reports.all_reports.reports", lambda: rows)
    return made


def folder(tmp_path, kinds, *formats):
    return folder_of(tmp_path / "out", formats, kinds=kinds.values(), options=lambda _kind: {})


def test_one_that_fails_stops_no_other_and_is_told(study, tmp_path, kinds):
    outcomes = write_all(study, folder(tmp_path, kinds, "md", "html"))
    assert sorted(one.path.name for one in outcomes if one.path) == ["good.html", "good.md"]
    told = {one.wanted.name: (one.problem, one.lacks) for one in missing(outcomes)}
    assert told["failing"] == ("It cannot be made now.", False)
    assert told["asking"] == ("Please name a case.", True)
    assert isinstance(next(one.bug for one in outcomes if one.wanted.name == "breaking"), ZeroDivisionError)
    assert (tmp_path / "out" / "good.md").read_text(encoding="utf-8").startswith("# Good")


def test_a_format_that_has_nothing_to_hold_is_left_out_in_silence(study, tmp_path, kinds):
    only = {"good": ReportKind("good", "Good", lambda _p, _o: GOOD, formats=("md", "csv"))}
    outcomes = write_all(study, folder(tmp_path, only, "md", "csv"))
    assert [one.path is not None for one in outcomes] == [True, False]
    assert missing(outcomes) == []
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.md"]


def test_placeholders_are_counted_once_for_each_report(study, tmp_path, kinds):
    outcomes = write_all(study, folder(tmp_path, kinds, "md", "html"))
    assert left_open(outcomes) == 2


def test_stopped_it_leaves_former_files_as_they_were(study, tmp_path, kinds):
    out = tmp_path / "good.md"
    out.write_text("former")
    assert write_all(study, [Wanted("good", "md", out)], lambda _progress: False) == []
    assert out.read_text() == "former"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_stopped_while_a_pdf_is_printed_the_former_file_stays(study, tmp_path):
    out = tmp_path / "study.pdf"
    out.write_bytes(b"former")
    seen = []

    def tell(progress):
        seen.append(progress.done)
        return progress.done < 3

    assert write_all(study, [Wanted("study", "pdf", out, {"language": "en"})], tell) == []
    assert out.read_bytes() == b"former"
    assert seen[-1] == 3


def test_stopped_between_two_the_first_one_is_there(study, tmp_path, kinds):
    wanted = [Wanted("good", name, tmp_path / f"good.{name}") for name in ("md", "html")]
    outcomes = write_all(study, wanted, lambda progress: progress.at == 0)
    assert [one.path.name for one in outcomes] == ["good.md"]
    assert not (tmp_path / "good.html").exists()


def test_progress_names_the_report_and_counts(study, tmp_path, kinds):
    seen = []
    write_all(study, folder(tmp_path, kinds, "md"), lambda one: bool(seen.append(one)) or True)
    assert next(one.wanted.name for one in seen if not one.done) == "asking"
    assert {one.count for one in seen} == {4}
    assert [one.at for one in seen] == sorted(one.at for one in seen)


def test_a_report_is_built_once_for_all_its_formats(study, tmp_path, monkeypatch, kinds):
    built = []
    kind = ReportKind("good", "Good", lambda _p, _o: built.append(1) or GOOD)
    monkeypatch.setattr(registry, "reports", lambda: (kind,))
    write_all(study, folder(tmp_path, {"good": kind}, "md", "html", "docx"))
    assert built == [1]


def test_only_options_that_a_report_knows_are_handed_on(kinds):
    assert known_options(kinds["good"], {"size": "a", "format": "pdf"}) == {"size": "a"}
    assert known_options(kinds["good"], {"size": "huge"}) == {}


def test_a_disk_that_takes_nothing_is_told(study, tmp_path, kinds):
    (tmp_path / "out").write_text("a file")
    outcomes = write_all(study, folder(tmp_path, {"good": kinds["good"]}, "md"))
    assert "good.md" not in str(list(tmp_path.iterdir()))
    (lost,) = missing(outcomes)
    assert "there is a file of this name where a folder is needed" in lost.problem
    assert not lost.lacks


# -- the command line ---------------------------------------------------------------------------------------


def run(*words, capsys):
    code = cli.main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err.splitlines()


def test_all_writes_the_chosen_formats_of_the_chosen_reports(study, tmp_path, capsys):
    out = tmp_path / "all"
    code, lines, told = run(
        "report", study, "all", out, "formats=md,csv", "only=study,codetree", capsys=capsys
    )
    assert (code, [line.rsplit("/", 1)[-1] for line in lines]) == (
        0,
        ["study.md", "codetree.md", "codetree.csv"],
    )
    assert [line for line in told if "placeholders still to fill in" in line]


def test_all_takes_options_for_those_who_know_them(study, tmp_path, capsys):
    out = tmp_path / "all"
    code, _lines, _told = run(
        "report", study, "all", out, "formats=md", "only=study,codetree", "language=en", capsys=capsys
    )
    assert code == 0
    assert "Code tree" in (out / "codetree.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("formats=odt", "is no value for formats"),
        ("nothing=1", "No report takes"),
        ("only=x", "no report “x”"),
    ],
)
def test_all_refuses_what_there_is_not_before_anything_is_written(study, tmp_path, capsys, key, sentence):
    code, lines, told = run("report", study, "all", tmp_path / "all", key, capsys=capsys)
    assert (code, lines) == (2, [])
    assert sentence in told[0]
    assert not (tmp_path / "all").exists()


def test_all_ends_with_one_if_a_report_failed(study, tmp_path, capsys, kinds):
    kinds.pop("breaking")
    rows = tuple(kinds.values())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "reports", lambda: rows)
        patch.setattr("qda.reports.all_reports.reports", lambda: rows)
        code, lines, told = run("report", study, "all", tmp_path / "all", "formats=md", capsys=capsys)
    assert code == 1
    assert [line.rsplit("/", 1)[-1] for line in lines] == ["good.md"]
    assert "failing: It cannot be made now." in told
    assert "asking: Please name a case." in told


def test_every_real_report_is_in_the_folder():
    names = [kind.name for kind in every_report()]
    assert {"study", "codetree", "cases", "segments"} <= set(names)
    assert names == sorted(names)
