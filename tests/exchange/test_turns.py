"""Turns of real transcripts, against what a plain pattern written for each file finds in its bytes."""

from itertools import pairwise

import pytest

from qda.coding.transcript import turns
from qda.exchange.reading import read_transcript
from tests.exchange.truths import hits, known_files, said_in


def test_turns_of_real_files(shared):
    known = known_files(shared)
    assert len(known) >= 30
    for file in known:
        found, name = said_in(read_transcript(file.path)), file.path.name
        right = hits(found, file.turns)
        assert file.count in (0, len(file.turns)), name
        assert right >= 0.98 * len(file.turns), f"recall in {name}: {right} of {len(file.turns)}"
        assert right >= 0.98 * len(found), f"precision in {name}: {right} of {len(found)}"


@pytest.mark.parametrize(
    "files",
    [
        "*/*/LICENSE*",
        "*/*/README.md",
        "de/thgie-ma-design/output/**/*.md",
        "de/thgie-ma-design/data/interviews/2021*.md",
        "en/western-sydney/dataset/*.txt",
        "en/qualcoder/Examples/ID1.docx",
        "en/qualcoder/Examples/[Nps]*.txt",
    ],
)
def test_documents_without_labels_have_no_turns_and_lose_nothing(shared, files):
    paths = sorted(shared.glob(files))
    assert paths
    for path in paths:
        draft = read_transcript(path)
        assert draft.family == "none", path.name
        assert turns(draft) == []
        assert [p.number for p in draft.paragraphs] == [str(n) for n in range(1, len(draft.paragraphs) + 1)]
        assert draft.text.strip()


@pytest.mark.parametrize("files", ["de/**/*.md", "en/**/*.md", "en/**/*.txt", "**/*.docx", "derived/*.txt"])
def test_paragraphs_cover_every_word_of_the_text_in_order(shared, files):
    for path in sorted(shared.glob(files)):
        draft = read_transcript(path)
        spans = [(p.start, p.stop) for p in draft.paragraphs]
        assert all(a < b for a, b in spans)
        assert all(before[1] < after[0] for before, after in pairwise(spans))
        inside = "".join(draft.text[a:b] for a, b in spans)
        assert "".join(inside.split()) == "".join(draft.text.split())
        assert "\n" not in inside
        numbers = [p.number for p in draft.paragraphs]
        assert len(set(numbers)) == len(numbers)
        assert all(p.start <= p.label_stop <= p.stop for p in draft.paragraphs)
        assert all(0 <= m.position <= len(draft.text) for m in draft.time_marks)
