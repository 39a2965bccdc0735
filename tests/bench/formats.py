"""Files in: how many turns of each source are found, and how fast each reader is.

Besides the figures it writes a table for the documentation, ``FORMATS-measured.md``. Sources are named by
their folder alone.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, Scale, figure, repeated

WRITTEN = "FORMATS-measured.md"
_FEW = 3
_SHARED = Path(__file__).parents[3] / "shared" / "data"
_READERS = (
    ("docx", "derived/big_60k_words.docx", 1000),
    ("txt", "derived/big_60k_words.txt", 1000),
    ("docx", "derived/nnProf_f4_boldspeaker.docx", None),
    ("odt", "derived/nnProf_f4_boldspeaker.odt", None),
    ("rtf", "derived/nnProf_f4_boldspeaker.rtf", None),
    ("doc", "derived/nnProf_f4_boldspeaker.doc", None),
    ("pdf", "derived/nnProf_f4_boldspeaker.pdf", None),
    ("txt", "derived/nnProf_f4.txt", None),
    ("md", "de/divekit/nnProf_transkript.md", None),
    ("vtt", "derived/nnProf_teams.vtt", None),
    ("srt", "derived/nnProf.srt", None),
)


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Speed of every reader, and the turns found; from invented files where the real ones are missing."""
    lines = ["| source | files | turns found / true | recall | precision |", "|---|---|---|---|---|"]
    lines += _turns(None if scale.sources > _FEW else _FEW)
    figures = list(_speeds(folder, scale))
    lines += ["", "| reader | words | to a draft, ms | words a second |", "|---|---|---|---|"]
    for found in figures:
        words = int(found.note.split()[0].replace(",", ""))
        speed = round(words / found.ours * 1000, -3)
        lines.append(f"| {found.key.split('.')[1]} | {words:,} | {found.ours:.0f} | {speed:,.0f} |")
    (folder / WRITTEN).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return figures


def _turns(files: int | None) -> Iterator[str]:
    """A row for each source; only so many of the real files where figures do not count."""
    from qda.coding.transcript import turns
    from qda.exchange.drafts import draft_of
    from qda.exchange.raw import RawDocument
    from qda.exchange.reading import draft_from_text, read_transcript
    from tests.exchange import invented, invented_talk, truths

    sources: dict[str, list[tuple[int, int, int]]] = {}
    for known in truths.known_files(_SHARED)[:files] if _SHARED.is_dir() else ():
        found = truths.said_in(read_transcript(known.path))
        name = "/".join(
            known.path.relative_to(_SHARED).parts[: 2 if known.path.parts[-2] != "derived" else 1]
        )
        row = (len(found), len(known.turns), truths.hits(found, known.turns))
        sources.setdefault(name, []).append(row)
    drafts = [(draft_from_text(text), truth) for _name, text, truth in invented.TEXTS]
    drafts += [
        (draft_of(RawDocument("", "docx", "", b"", paragraphs)), truth)
        for _name, paragraphs, truth in invented.WORD
    ]
    drafts += [(draft_from_text(text), []) for text in invented_talk.PLAIN.values()]
    sources["invented conventions"] = [
        (len(turns(draft)), len(truth), truths.hits(invented.heard(draft), invented.told(truth)))
        for draft, truth in drafts
    ]
    for name, rows in sorted(sources.items()):
        found, true, right = (sum(column) for column in zip(*rows, strict=True))
        recall, precision = (f"{right / n:.3f}" if n else "–" for n in (true, found))
        yield f"| {name} | {len(rows)} | {found} / {true} | {recall} | {precision} |"


def _speeds(folder: Path, scale: Scale) -> Iterator[Figure]:
    from qda.exchange.reading import draft_from_text, read_transcript

    for form, name, goal in _READERS:
        path = _SHARED / name
        if not path.exists() or (goal and scale.sources <= _FEW):
            continue
        words = len(read_transcript(path).text.split())
        taken = repeated(lambda path=path: read_transcript(path), max(scale.repeats // 4, 1))
        yield figure(
            f"read.{form}.{words // 1000}k",
            f"read {form}, {words:,} words",
            taken,
            raw=_plain_read(path),
            raw_is="the file's bytes, once",
            goal=goal,
            note=f"{words:,} words",
        )
    if not _SHARED.is_dir():
        text = "I: Wie war das?\nB: " + "Das war so. " * 40 + "\n"
        whole = text * (scale.long_words // 124 + 1)
        words = len(whole.split())
        taken = repeated(lambda: draft_from_text(whole), max(scale.repeats // 4, 1))
        yield figure("read.typed", f"turns of {words:,} words", taken, note=f"{words:,} words")


def _plain_read(path: Path) -> list[float]:
    began = time.perf_counter()
    path.read_bytes()
    return [max((time.perf_counter() - began) * 1000, 0.001)]
