"""A transcript corrected and replaced by the command line; codings follow, undo brings all back."""

from pathlib import Path

from .conftest import INTERVIEW_A, Call


def coded(qda: Call, study: Path) -> list[tuple[str, str]]:
    rows = qda("list", study, "codings", "--json").json
    (source,) = (
        s["guid"] for s in qda("list", study, "sources", "--json").json if s["name"] == "Interview A"
    )
    return [(row["text"], row["paragraph"]) for row in rows if row["source"] == source]


def test_text_paragraphs_and_turns_are_corrected_and_taken_back(qda: Call, study: Path) -> None:
    text, before = qda("text", study, "Interview A").out, coded(qda, study)
    assert before
    at = text.index("zuständig")
    source = "source=Interview A"
    assert qda("do", study, "correct-text", source, f"start={at}", f"stop={at}", "text=hier ").code == 0
    split = text.index("Und dann stand") + len("hier ")
    assert qda("do", study, "split-paragraph", source, f"at={split}").code == 0
    number = "2a"
    assert qda("do", study, "begin-turn", source, f"paragraph={number}", "speaker=C").code == 0
    turns = qda("list", study, "turns", "--json").json
    assert [t["speaker"] for t in turns if t["paragraph"] == number] == ["C"]
    assert qda("text", study, "Interview A").out != text
    assert coded(qda, study) == before
    last = qda("history", study, "--json").json[-3:]
    assert [row["label"] for row in last] == ["Correct text", "Split paragraph", "Begin turn"]
    assert last[0]["changes"] == 1
    assert [row["findings"] for row in qda("check", study, "--json").json] == [[], []]
    for _step in range(3):
        assert qda("undo", study).code == 0
    assert qda("text", study, "Interview A").out == text


def test_a_transcript_is_replaced_by_a_corrected_file(qda: Call, study: Path, tmp_path: Path) -> None:
    file = tmp_path / "Interview_A_neu.txt"
    file.write_text(
        INTERVIEW_A.replace("Das Netzwerk bin ja ich. ", "").replace("Der kam.", "Ja, der kam."),
        encoding="utf-8",
    )
    before = coded(qda, study)
    assert qda("do", study, "replace-source", "source=Interview A", f"file={file}").code == 0
    lost = [words for words, _number in before if words == "Das Netzwerk bin ja ich."]
    assert coded(qda, study) == [row for row in before if row[0] not in lost]
    memo = next(m for m in qda("list", study, "memos", "--json").json if "no place" in m["title"])
    assert "Das Netzwerk bin ja ich." in memo["body"]
    assert "Ja, der kam." in qda("text", study, "Interview A").out
    assert [row["findings"] for row in qda("check", study, "--json").json] == [[], []]
    assert qda("undo", study).code == 0
    assert coded(qda, study) == before


def test_what_cannot_be_replaced_is_told_in_one_line(qda: Call, study: Path, tmp_path: Path) -> None:
    said = qda("do", study, "replace-source", "source=Interview A", f"file={tmp_path / 'nothing.docx'}")
    assert said.code == 1
    assert said.err.count("\n") == 1
