"""A finished thesis with ten planted errors among fifty quotations: these ten are found, and no other."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from qda.coding.quotations import Checked
from qda.coding.quotations.findings import ERRORS
from qda.exchange.manuscripts import read_manuscript

from .conftest import checked_file
from .thesis import ENGLISH_ERRORS, GERMAN_ERRORS, Planted, made, text_of

_OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def thesis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(text_of("german"), tmp_path_factory.mktemp("thesis") / "thesis.docx")


def assert_these_and_no_other(checked: Checked, planted: Sequence[Planted]) -> None:
    wrong = [one for one in checked.findings if one.state in ERRORS]
    for error in planted:
        (finding,) = (one for one in wrong if error.words in one.quotation)
        assert finding.state == error.state, error
        if error.right:
            assert finding.right == error.right
        if error.expected:
            assert finding.expected == error.expected
    assert len(wrong) == len(planted)


def test_the_ten_planted_errors_are_found_and_no_other(path, thesis) -> None:
    checked = checked_file(path, thesis)
    assert_these_and_no_other(checked, GERMAN_ERRORS)
    assert checked.counts()["right"] == 45
    assert "hint" not in checked.counts()


def test_quotations_of_literature_and_scare_quotes_are_left_alone(path, thesis) -> None:
    checked = checked_file(path, thesis)
    compared = " ".join(one.quotation for one in checked.findings)
    for words in ("Netzwerke", "Governance", "niemand allein", "sozial verfasst", "Kümmerer", "kurze Wege"):
        assert words not in compared
    assert checked.literature == 6


def test_the_english_thesis_has_its_three_errors_and_no_other(english_path, tmp_path) -> None:
    checked = checked_file(english_path, made(text_of("english"), tmp_path / "thesis.docx"))
    assert_these_and_no_other(checked, ENGLISH_ERRORS)
    assert checked.counts()["right"] == 5


@pytest.mark.parametrize("kind", ["docx", "odt"])
@pytest.mark.skipif(_OFFICE is None, reason="LibreOffice is not installed")
def test_saved_by_libreoffice_the_errors_are_the_same(path, thesis, kind, tmp_path) -> None:
    assert _OFFICE is not None
    out = tmp_path / "saved"
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    call = [_OFFICE, home, "--headless", "--convert-to", kind, "--outdir", str(out), str(thesis)]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    checked = checked_file(path, out / f"thesis.{kind}")
    assert_these_and_no_other(checked, GERMAN_ERRORS)
    assert checked.counts()["right"] == 45


def test_headings_notes_and_what_is_set_in_come_out_of_the_word_file(thesis) -> None:
    paragraphs = read_manuscript(thesis)
    assert [one.text for one in paragraphs if one.level == 1] == ["1 Einleitung", "2 Ergebnisse", "Literatur"]
    assert sum(one.note for one in paragraphs) == 4
    apart = [one.text for one in paragraphs if one.set_in]
    assert len(apart) == 6
    assert not any(text.startswith("Regeln") for text in apart)  # a list is no quotation


def test_a_finding_tells_where_it_stands(path, thesis) -> None:
    checked = checked_file(path, thesis)
    (finding,) = (one for one in checked.findings if "Ohne Akten" in one.quotation)
    assert (finding.place.heading, finding.place.note) == ("2.3 Fehler", False)
    assert finding.before == "Er sagt:"


def test_markdown_and_plain_text_are_read_with_their_quotations_and_notes(path, tmp_path) -> None:
    text = (
        "# 4 Ergebnisse\n\nEr sagt: *„Ohne Protokoll gibt’s mich\nnicht.“* (B, Abs. 36) Und: "
        "„Seitdem schreib ich ab.“[^a]\n\n> Nee. Ich schütz mich mit Regeln. (B, Abs. 38)\n\n"
        "[^a]: Interview B, Abs. 36.\n"
    )
    (tmp_path / "t.md").write_text(text, encoding="utf-8")
    (tmp_path / "t.txt").write_text(text.replace("[^a]", "").replace("*", ""), encoding="utf-8")
    states = {
        name: [one.state for one in checked_file(path, tmp_path / name).findings]
        for name in ("t.md", "t.txt")
    }
    assert states == {"t.md": ["right", "text", "right"], "t.txt": ["right", "right"]}
