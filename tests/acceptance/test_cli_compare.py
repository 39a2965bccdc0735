"""``qda compare`` and the acts of comparing, as scripts use them."""

from pathlib import Path

from qda.coding.references import is_guid

from .conftest import Call


def _coded(qda: Call, study: Path, words: str) -> str:
    """Codes words of an interview with one code, wherever they stand."""
    for source in qda("list", study, "sources", "--json").json:
        text = qda("text", study, source["guid"]).out
        if words in text:
            start = text.index(words)
            made = qda(
                "code", study, source["guid"], str(start), str(start + len(words)), "Vergleich", "--json"
            )
            assert made.code == 0
            rows = qda("list", study, "codings", "--json").json
            return next(r["guid"] for r in rows if r["path"] == "Vergleich" and r["text"] == words)
    raise AssertionError(words)


def test_a_passage_stands_beside_the_others_of_its_code_by_case(qda: Call, study: Path) -> None:
    first = _coded(qda, study, "Auf einmal saßen da die Amtsleiter")
    said = qda("compare", study, first)
    assert said.out.splitlines()[1].strip()
    assert qda("compare", study, first, "--json").json["count"] == 0
    second = _coded(qda, study, "Formal war das korrekt.")
    found = qda("compare", study, second, "--json").json
    assert found["count"] == 1
    assert found["like"]["text"] == found["unlike"]["text"] == "Auf einmal saßen da die Amtsleiter"
    ((case),) = found["cases"]
    assert is_guid(case["case"])
    assert [row["text"] for row in case["segments"]] == ["Auf einmal saßen da die Amtsleiter"]
    lines = qda("compare", study, second).out.splitlines()
    assert lines[0].startswith("Vergleich: ")
    assert lines[-2] == f"{case['case_name']} 1"
    assert "Auf einmal saßen da die Amtsleiter" in lines[-1]


def test_a_coding_that_is_not_there_is_told_in_one_line(qda: Call, study: Path) -> None:
    said = qda("compare", study, "nichts")
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1


def test_a_judgement_can_be_written_without_a_window(qda: Call, study: Path) -> None:
    coding = _coded(qda, study, "Formal war das korrekt.")
    assert qda("do", study, "judge-fit", f"coding={coding}", "verdict=fits").code == 0
    done = qda("do", study, "note-property", f"coding={coding}", "name=Form", "value=streng")
    assert done.code == 0
    done = qda("do", study, "compare-with-imagined", "code=Vergleich", "text=Umgekehrt", "kind=code")
    assert done.code == 0
    titles = [row["title"] for row in qda("list", study, "memos", "--json").json]
    assert sum("Vergleich" in title for title in titles) == 3
