"""A coded transcript goes out to Word and comes back: the same codings, to the character."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.coding import codebook, comments_back, documents, material, memos, open_coding, sheet
from qda.coding.codes import codes, codings, marks
from qda.coding.memo_queries import memos as all_memos
from qda.coding.transcript import ParagraphDraft, SpeakerDraft, TranscriptDraft, lines
from qda.errors import KnownError
from qda.exchange.comments_back import is_coded, read_comments, read_file
from qda.models import Project
from qda.reports.registry import build_report, render_bytes

LETTERS = [
    *"abc  .,-–„“=+@<>&'\"\\[]{}()_*#|",
    *"äß\u0301é🌷👩\u200d🔬אבגשלוםع\u00a0\u202e\u00ad\t\x7f\x85\x9f\ufdd5\u2028",
]
WORDS = st.text(st.sampled_from(LETTERS), max_size=40)


@st.composite
def studies(draw):
    """A text in lines, some with a speaker's label, and ranges in it with code, coder and comment."""
    shown = []
    for label, words in draw(
        st.lists(st.tuples(st.sampled_from(["", "", "B: ", "I:\t"]), WORDS), min_size=1, max_size=8)
    ):
        shown.append(f"{label}{words}" if words.strip() else "")
    text = "\n".join([*shown, "Ende."])
    place = st.integers(0, len(text))
    ranges = draw(
        st.lists(
            st.tuples(
                place,
                place,
                st.sampled_from(["Netz", "Netz > Pflege", "=1+1", "<script>", "Ämter 🌷", "שלום"]),
                st.sampled_from(["MK", "Tove Sander", "=cmd", "א"]),
                st.sampled_from(["", "kurz", "zwei\nZeilen", "Code: falsch", "& <b> \x7f 🌷"]),
            ),
            max_size=8,
        )
    )
    return text, [one for one in ranges if one[0] != one[1]]


def taken_in(project: Project, text: str, title: str = "Interview A") -> str:
    """A document with exactly this text; lines with a label begin a turn."""
    paragraphs, speaker = [], None
    for number, (start, stop) in enumerate(lines(text), start=1):
        label = re.match(r"([BI]):[ \t]", text[start:stop])
        speaker = label[1] if label else speaker
        begin = start + label.end() if label else start
        paragraphs.append(ParagraphDraft(start, stop, begin, speaker, label is not None, "text", str(number)))
    used = dict.fromkeys(p.speaker for p in paragraphs if p.speaker)
    speakers = tuple(SpeakerDraft(one, "interviewer" if one == "I" else "respondent", "") for one in used)
    draft = TranscriptDraft(text, tuple(paragraphs), speakers, (), (), "typed", "", "label-colon", "de", ())
    return documents.take_in(project, draft=draft, title=title, kind="interview")


def new(path: Path) -> Project:
    return Project.create(path, title="Studie", language="de", template="hajji", coder="MK")


def told(project: Project) -> Counter:
    paths = {row.guid: row.path for row in codes(project)}
    return Counter(
        (one.segment.start, one.segment.stop, paths[one.code], one.coder, one.comment)
        for one in codings(project)
    )


def written(project: Project, path: Path, **options: str) -> Path:
    path.write_bytes(render_bytes(build_report("coded", project, options), "docx"))
    return path


def changed(path: Path, part: str, old: str, new_: str, *, more: dict[str, str] | None = None) -> Path:
    """The Word file with something in one of its parts replaced once, and with further parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                before = data.decode("utf-8")
                assert old in before
                data = before.replace(old, new_, 1).encode("utf-8")
            out.writestr(name, data)
        for name, text in (more or {}).items():
            out.writestr(name, text)
    path.write_bytes(stream.getvalue())
    return path


def without_record(path: Path) -> Path:
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stream, "w") as out:
        for name in source.namelist():
            if not name.startswith("customXml"):
                out.writestr(name, source.read(name))
    path.write_bytes(stream.getvalue())
    return path


@given(studies())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_comes_back_to_the_character_into_an_empty_copy(tmp_path_factory, study):
    text, ranges = study
    folder = tmp_path_factory.mktemp("there and back")
    with new(folder / "one.qdaproj") as one, new(folder / "two.qdaproj") as two:
        source = taken_in(one, text)
        for a, b, code, coder, comment in ranges:
            open_coding.code_passage(
                one, source=source, start=min(a, b), stop=max(a, b), code=code, coder=coder, comment=comment
            )
        file = written(one, folder / "coded.docx", source=source)
        taken_in(two, text)
        read_comments(two, file=str(file))
        assert told(two) == told(one)
        before = two.unit_count()
        read_comments(two, file=str(file))
        assert two.unit_count() == before, "nothing comes twice"
        read_comments(one, file=str(file))
        assert told(two) == told(one)


def in_words(source_rows, start: int, stop: int) -> bool:
    """Whether a range begins and ends at words, not in a label or between lines."""
    begins = any(row.label_stop <= start < row.stop for row in source_rows)
    return begins and any(row.label_stop < stop <= row.stop for row in source_rows)


@given(studies())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_file_that_lost_its_record_brings_the_same_words(tmp_path_factory, study):
    text, ranges = study
    folder = tmp_path_factory.mktemp("without a record")
    with new(folder / "one.qdaproj") as one, new(folder / "two.qdaproj") as two:
        source = taken_in(one, text)
        rows = material.paragraphs(one, source)
        held = [(min(a, b), max(a, b), *rest) for a, b, *rest in ranges]
        held = [r for r in held if in_words(rows, r[0], r[1]) and "\x7f" not in r[4]]
        for start, stop, code, coder, comment in held:
            open_coding.code_passage(
                one, source=source, start=start, stop=stop, code=code, coder=coder, comment=comment
            )
        other = taken_in(two, text)
        for row in codes(one):
            with two.unit("code"):
                codebook.code_named(two, row.path)
        if not held:
            return
        file = without_record(written(one, folder / "coded.docx", source=source))
        read_comments(two, file=str(file), source=other)
        assert told(two) == told(one)
