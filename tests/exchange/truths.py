"""What a plain pattern written for each real file finds in its bytes: the turns that there are.

A truth is a list of (label, first letters of what is said).
"""

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from qda.coding.transcript import TranscriptDraft, turns

Said = tuple[str, str]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TIMED = r"^(?P<who>I|B): ?\[(?:\d\d:)+\d\d\][ \t]*(?P<said>.*)"
PLAIN = r"^(?P<who>I|B):[ \t]*(?P<said>.*)"

# pattern of the files, what a turn looks like in them, how many turns one of them has (0: not checked)
TEXTS = [
    ("de/divekit/*transkript.md", TIMED, 0),
    ("de/ip-landgraf/*.md", r"^\*\*(?P<who>\w+):\*\*\{.*\}\s*\n(?P<said>.*)", 76),
    ("de/thgie-ma-design/data/interviews/2020*.md", r"^\d\d:\d\d\s+(?P<who>I|P\d?|A):\s*(?P<said>.*)", 0),
    ("en/changelog/*38.md", r"^\*\*(?P<who>[^*\n]+):\*\* *(?P<said>.*)", 287),
    ("en/bitcointranscripts/c*.md", r"^(?P<who>[A-Za-z]+): \d\d:\d\d:\d\d\s*(?P<said>.*)", 316),
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
CUES = r"^(?:<v )?(?P<who>Interviewerin|Prof\. M.+?)(?:>|: )(?P<said>.*)"
# PDFs: the text in the order of their bytes; and the same interview as a text beside them
PDFS = [
    ("de/divekit/*.pdf", r"^(?P<who>I|B|P): ?(?:\[[\d:]+\])? *(?P<said>.*)"),
    ("en/pdpilot/*.pdf", r"^(?P<who>\w{3}|Participant): (?P<said>.*)"),
]
TWINS = [
    ("derived/nnProf_f4_boldspeaker.*", "derived/nnProf_f4.txt", PLAIN),
    ("derived/two_columns_hyphenated.pdf", "derived/two_columns_hyphenated.expected.txt", TIMED),
]
SUBTITLES = ["derived/nnProf*.vtt", "derived/nnProf.srt"]
WITHOUT = ["en/western-sydney/dataset/*.txt", "de/thgie-ma-design/data/interviews/2021*.md"]


@dataclass(frozen=True, slots=True)
class Known:
    """A real file and its turns; ``count`` is how many there must be, 0 where that is not checked."""

    path: Path
    turns: list[Said]
    count: int = 0


def known_files(shared: Path) -> list[Known]:
    """Every real file whose turns are known."""
    found = [
        Known(path, truth_of(_text(path), pattern), count)
        for files, pattern, count in TEXTS
        for path in sorted(shared.glob(files))
    ]
    for files, pattern in WORDS:
        found += [Known(path, truth_of(_word_text(path), pattern)) for path in sorted(shared.glob(files))]
    for files, pattern in PDFS:
        found += [Known(path, truth_of(_pdf_text(path), pattern)) for path in sorted(shared.glob(files))]
    for files, twin, pattern in TWINS:
        truth = truth_of(_text(shared / twin), pattern)
        found += [Known(path, truth) for path in sorted(shared.glob(files)) if path.suffix != ".docx"]
    for files in SUBTITLES:
        found += [Known(path, _joined(truth_of(_text(path), CUES))) for path in sorted(shared.glob(files))]
    return found + [Known(path, []) for files in WITHOUT for path in sorted(shared.glob(files))]


def said_in(draft: TranscriptDraft) -> list[Said]:
    """What the program found in the same form."""
    pairs = []
    for turn in turns(draft):
        words = draft.text[turn.start : turn.stop]
        assert words.lstrip("*[").startswith(turn.speaker), "a turn starts with its label"
        rest = words.lstrip("*[")[len(turn.speaker) :]
        pairs.append((turn.speaker, next(filter(None, map(beginning, rest.split("\n"))), "")))
    return pairs


def hits(found: Sequence[Said], truth: Sequence[Said]) -> int:
    """How many turns are in both."""
    return sum((Counter(found) & Counter(truth)).values())


def beginning(said: str) -> str:
    """The first letters that are spoken, whatever stands between them."""
    said = re.sub(r"\]\([^)\s]*\)|\{:[^}]*\}", "", said)
    return "".join(
        re.findall(r"[^\W_]", re.sub(r"[\[\\(#{]*\d+:\d\d(?::\d\d)?(?:[-.]\d+)?[\])#}\\]*", "", said))
    )[:20]


def truth_of(text: str, pattern: str) -> list[tuple[str, str]]:
    text = unicodedata.normalize("NFC", text)
    return [
        (m.groupdict().get("who") or m.groupdict().get("who2"), beginning(m["said"]))
        for m in re.finditer(pattern, text, re.MULTILINE)
    ]


def _joined(said: list[Said]) -> list[Said]:
    """Cues of one speaker after the other are one turn."""
    return [next(some) for _who, some in groupby(said, lambda pair: pair[0])]


def _text(path: Path) -> str:
    data = path.read_bytes()
    return data.decode("cp1252" if "cp1252" in path.name else "utf-8").replace("\r\n", "\n")


def _pdf_text(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(pages).replace("\r\n", "\n")


def _word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    rows = root.iter(f"{W}tr") if "table" in path.name else root.iter(f"{W}p")
    cells = f"{W}tc" if "table" in path.name else f"{W}r"
    joint = "\t" if "table" in path.name else ""
    return "\n".join(
        joint.join("".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(cells))
        for row in rows
    )
