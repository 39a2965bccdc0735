"""Every real docx, txt and md beside the checkout, imported by the command line and read back."""

from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from qda.cli import main

from .conftest import Call

Study = tuple[Path, list[Path]]


@pytest.fixture(scope="module")
def real_study(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A study with all of them, and their paths."""
    path = tmp_path_factory.mktemp("real") / "real.qdaproj"
    files = sorted(
        file
        for suffix in ("docx", "txt", "md")
        for file in (shared / "data").rglob(f"*.{suffix}")
        if file.stat().st_size > 0
    )
    assert main(["new", str(path)]) == 0
    assert main(["import", str(path), *map(str, files)]) == 0
    return path, files


def rows(qda: Call, real: Study, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = qda("list", real[0], kind, "--json").json
    return found


def test_every_file_comes_in_with_its_name_and_length(qda: Call, real_study: Study) -> None:
    sources = rows(qda, real_study, "sources")
    assert [row["file_name"] for row in sources] == [file.name for file in real_study[1]]
    assert all(row["length"] > 0 and row["paragraphs"] > 0 for row in sources)


def test_the_text_is_what_length_checksum_and_turns_refer_to(qda: Call, real_study: Study) -> None:
    turns = defaultdict(list)
    for row in rows(qda, real_study, "turns"):
        turns[row["source"]].append(row)
    assert sum(map(len, turns.values())) > 1000
    for row in rows(qda, real_study, "sources"):
        text = qda("text", real_study[0], row["guid"]).out
        assert (len(text), sha256(text.encode()).hexdigest()) == (row["length"], row["sha256"])
        before = 0
        for turn in turns[row["guid"]]:
            assert before <= turn["start"] < turn["stop"] <= len(text)
            assert text[turn["start"] : turn["stop"]].lstrip("*_#>[({<- \t").startswith(turn["speaker"])
            before = turn["stop"]


def test_speakers_and_turns_agree(qda: Call, real_study: Study) -> None:
    spoken = {(turn["source"], turn["speaker"]) for turn in rows(qda, real_study, "turns")}
    assert spoken == {(row["source"], row["label"]) for row in rows(qda, real_study, "speakers")}


def test_a_hit_of_the_search_stands_where_it_says(qda: Call, real_study: Study) -> None:
    hits = qda("search", real_study[0], "interview", "--json").json
    assert len(hits) > 10
    texts: dict[str, str] = {}
    for hit in hits:
        if hit["source"] not in texts:
            texts[hit["source"]] = qda("text", real_study[0], hit["source"]).out
        assert texts[hit["source"]][hit["start"] : hit["stop"]].casefold() == "interview"


def test_a_text_with_emoji_and_every_line_end_keeps_its_positions(qda: Call, tmp_path: Path) -> None:
    path, file = tmp_path / "s.qdaproj", tmp_path / "emoji.txt"
    file.write_bytes("\ufeffI: Na? 😀\r\nB: Gut 👍🏽, und dann – 🏳️‍🌈 „ja“.\rI: 𝔘nd?\nB: Ende.".encode())
    assert qda("new", path).code == 0
    assert qda("import", path, file).code == 0
    text = qda("text", path, "emoji").out
    assert "\r" not in text
    assert "\ufeff" not in text
    turns = qda("list", path, "turns", "--json").json
    assert [text[t["start"] : t["stop"]][:2] for t in turns] == ["I:", "B:", "I:", "B:"]
    for words in ("👍🏽", "„ja“", "𝔘nd", "Ende."):
        at = text.index(words)
        coding = qda("code", path, "emoji", at, at + len(words), "Zeichen", "--json").json
        assert coding["text"] == words
