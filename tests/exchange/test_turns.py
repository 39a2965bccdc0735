"""Turns of real transcripts, against what a plain pattern written for each file finds in its bytes."""

import re
import unicodedata
import zipfile
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from qda.coding.transcript import turns
from qda.exchange.reading import read_transcript

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TIMED = r"^(?P<who>I|B): ?\[(?:\d\d:)+\d\d\][ \t]*(?P<said>.*)"
PLAIN = r"^(?P<who>I|B):[ \t]*(?P<said>.*)"

# pattern of the files, what a turn looks like in them, how many turns one of them has (0: not checked)
TEXTS = [
    ("de/divekit/*transkript.md", TIMED, 0),
    ("de/ip-landgraf/*.md", r"^\*\*(?P<who>\w+):\*\*\{.*\}\s*\n(?P<said>.*)", 76),
    ("de/thgie-ma-design/data/interviews/2020*.md", r"^\d\d:\d\d\s+(?P<who>I|P\d?|A):\s*(?P<said>.*)", 0),
    ("en/changelog/*38.md", r"^\*\*(?P<who>[^*\n]+):\*\* *(?P<said>.*)", 287),
    ("en/bitcointranscripts/c*.md", r"^(?P<who>[A-Za-z]+): \d\d:\d\d:\d\d[ ]*(?P<said>.*\n+.*)", 316),
    ("derived/nnProf_bracket.txt", r"^\[[\d:]+\] (?P<who>I|B): (?P<said>.*)", 66),
    ("derived/nnProf_f4*.txt", PLAIN, 66),
    ("derived/nnProf_otter.txt", r"^(?P<who>[^\d\n]+?) +\d+:\d\d\r?\n(?P<said>.*)", 66),
    ("derived/two_columns*.txt", TIMED, 119),
    (
        "derived/big_60k_words.txt",
        r"^(?:\*\*(?P<who2>\w+):\*\*\{.*?\}|(?P<who>I|B): \[[\d:]+\])[ \t]*(?P<said>.*)",
        647,
    ),
    ("en/qualcoder/Examples/transcript.txt", r"^\[(?P<who>id\d)\] (?P<said>.*)", 7),
]
WORDS = [
    ("de/haski-paper/interview*.docx", r"^(?P<who>I|S\d): *(?P<said>.*)"),
    ("derived/nnProf_f4_boldspeaker.docx", PLAIN),
    ("derived/nnProf_table60.docx", r"^[\d:]{8}\t(?P<who>I|B)\t(?P<said>.*)"),
    ("derived/big_60k_words.docx", r"^(?P<who>I|B): +(?:\[[\d:]+\])? *(?P<said>.*)"),
]


def beginning(said: str) -> str:
    """The first letters that are spoken, whatever stands between them."""
    said = re.sub(r"\]\([^)\s]*\)|\{:[^}]*\}", "", said)
    return "".join(
        re.findall(r"[^\W_]", re.sub(r"[\[\\(#{]*\d+:\d\d(?::\d\d)?(?:-\d)?[\])#}\\]*", "", said))
    )[:20]


def found_in(path) -> list[tuple[str, str]]:
    draft = read_transcript(path)
    pairs = []
    for turn in turns(draft):
        words = draft.text[turn.start : turn.stop]
        assert words.lstrip("*[").startswith(turn.speaker), "a turn starts with its label"
        rest = words.lstrip("*[")[len(turn.speaker) :]
        pairs.append((turn.speaker, next(filter(None, map(beginning, rest.split("\n"))), "")))
    return pairs


def truth_of(text: str, pattern: str) -> list[tuple[str, str]]:
    text = unicodedata.normalize("NFC", text)
    return [
        (m.groupdict().get("who") or m.groupdict().get("who2"), beginning(m["said"]))
        for m in re.finditer(pattern, text, re.MULTILINE)
    ]


def check(found: list[tuple[str, str]], truth: list[tuple[str, str]], name: str) -> None:
    hits = sum((Counter(found) & Counter(truth)).values())
    assert truth, name
    assert hits / len(truth) >= 0.98, f"recall in {name}: {hits} of {len(truth)}"
    assert hits / len(found) >= 0.98, f"precision in {name}: {hits} of {len(found)}"


@pytest.mark.parametrize(("files", "pattern", "count"), TEXTS, ids=[row[0] for row in TEXTS])
def test_turns_of_text_files(shared, files, pattern, count):
    paths = sorted(shared.glob(files))
    assert paths
    for path in paths:
        data = path.read_bytes()
        text = data.decode("cp1252" if "cp1252" in path.name else "utf-8").replace("\r\n", "\n")
        truth = truth_of(text, pattern)
        assert count in (0, len(truth))
        check(found_in(path), truth, path.name)


@pytest.mark.parametrize(("files", "pattern"), WORDS, ids=[row[0] for row in WORDS])
def test_turns_of_word_files(shared, files, pattern):
    paths = sorted(shared.glob(files))
    assert paths
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            root = ElementTree.fromstring(archive.read("word/document.xml"))
        rows = root.iter(f"{W}tr") if "table" in path.name else root.iter(f"{W}p")
        cells = f"{W}tc" if "table" in path.name else f"{W}r"
        joint = "\t" if "table" in path.name else ""
        text = "\n".join(
            joint.join("".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(cells))
            for row in rows
        )
        check(found_in(path), truth_of(text, pattern), path.name)


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
