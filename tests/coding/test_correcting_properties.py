"""Whatever is corrected: positions stay in range, untouched words keep their codings, undo is exact."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qda.coding import correcting, documents, material
from qda.coding.aligning import hunks_between
from qda.coding.positions import normalise
from qda.coding.transcript import (
    ParagraphDraft,
    SpeakerDraft,
    StyleDraft,
    TimeMarkDraft,
    TranscriptDraft,
    lines,
)
from qda.errors import KnownError
from qda.models import Project, engines
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Coder, Source
from qda.models.splicing import Hunk, applied, tidied
from tests.coding.watching import Watcher, agreement, moved_by_rule

PIECES = (
    "Vertrauen",
    "und",
    " ",
    " ",
    "\n",
    "\n",
    "é",
    "ö",
    "😀",
    "👩‍👧",
    "שלום",
    "مرحبا",
    "e\u0301",
    "ß",
    ".",
    "a",
)
words = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
texts = words.map(lambda t: normalise(f"B: {t}x")[0])


@st.composite
def corrections(draw: st.DrawFn, text: str) -> list[Hunk]:
    """Hunks in order: insertions, deletions, replacements; touching ones too."""
    hunks: list[Hunk] = []
    at = 0
    for _number in range(draw(st.integers(1, 5))):
        at = draw(st.integers(at, len(text)))
        stop = draw(st.integers(at, min(len(text), at + 12)))
        hunks.append(Hunk(at, text[at:stop], draw(st.one_of(st.just(""), words))))
        at = stop
    return hunks


@st.composite
def studies(draw: st.DrawFn) -> dict[str, Any]:
    text = draw(texts)
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).map(sorted).filter(lambda s: s[0] < s[1]).map(tuple)
    return {
        "text": text,
        "segments": draw(st.lists(spans, max_size=8, unique=True)),
        "styles": sorted(draw(st.lists(spans, max_size=3, unique=True))),
        "marks": sorted(draw(st.lists(places, max_size=4))),
        "hunks": draw(corrections(text)),
    }


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Watcher]]:
    patched = pytest.MonkeyPatch()
    quick = tuple(p.replace("synchronous=FULL", "synchronous=OFF") for p in engines._WRITER)
    patched.setattr(engines, "_WRITER", quick)
    path: Path = tmp_path_factory.mktemp("corrections") / "study.qdaproj"
    with Project.create(path, title="Study", coder="Ada") as project:
        with project.unit("Code") as session:
            session.add(Code(name="Vertrauen", colour=1))
        watcher = Watcher(path)
        watcher.cast_shadows()
        yield project, watcher
        watcher.close()
    patched.undo()


def taken_in(project: Project, given: dict[str, Any]) -> str:
    """The document with a turn that goes on to its end, and a coding on every segment."""
    text = given["text"]
    draft = TranscriptDraft(
        text,
        tuple(
            ParagraphDraft(a, b, a + 3 if a == 0 else a, "B", a == 0, "text", str(n))
            for n, (a, b) in enumerate(lines(text), start=1)
        ),
        (SpeakerDraft("B", "respondent", ""),),
        tuple(TimeMarkDraft(at, n, "#") for n, at in enumerate(given["marks"])),
        (),
        "txt",
        "utf-8",
        "label",
        "de",
        (),
        tuple(StyleDraft(a, b, "bold") for a, b in given["styles"]),
    )
    guid = documents.take_in(project, draft=draft, title="A")
    with project.unit("Code") as session:
        source = session.scalars(select(Source).where(Source.guid == guid)).one()
        code, coder = session.scalars(select(Code)).one(), session.scalars(select(Coder)).one()
        for start, stop in given["segments"]:
            segment = Segment(source_id=source.id, start=start, stop=stop)
            session.add(segment)
            session.flush()
            session.add(Coding(segment_id=segment.id, code_id=code.id, coder_id=coder.id))
    return guid


def check_paragraphs(project: Project, guid: str, text: str) -> None:
    """Paragraphs are the lines that are not blank; each has a number of its own."""
    rows = material.paragraphs(project, guid)
    assert [(p.start, p.stop) for p in rows] == list(lines(text))
    assert len({p.number for p in rows}) == len(rows)
    assert all(p.start <= p.label_stop <= p.stop for p in rows)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=studies())
def test_a_correction_keeps_what_it_does_not_touch_and_undo_and_redo_are_exact(
    study: tuple[Project, Watcher], given: dict[str, Any]
) -> None:
    project, watcher = study
    empty = watcher.state()
    guid = taken_in(project, given)
    before, seen = watcher.state(), watcher.last()
    old = given["text"]
    ready = tidied(old, [Hunk(h.at, h.removed, normalise(h.inserted)[0]) for h in given["hunks"]])
    new = applied(old, ready)
    gone = correcting.vanishing(project, source=guid, hunks=given["hunks"])
    try:
        if not new.strip():
            with pytest.raises(KnownError):
                correcting.correct(project, source=guid, hunks=given["hunks"], label="Correct")
            assert watcher.state() == before
            return
        correcting.correct(project, source=guid, hunks=given["hunks"], label="Correct")
        assert material.text(project, guid) == new
        assert project.check() == []
        assert watcher.faults() == []
        agreement(watcher.journal(seen[1]), watcher.shadow(seen[0]))
        watcher.check_search_index()
        check_paragraphs(project, guid, new)
        check_segments(project, guid, old, given["segments"], ready, gone={(s.start, s.stop) for s in gone})
        after, seen = watcher.state(), watcher.last()
        if after == before:
            return
        for _time in range(2):
            for move, state in ((project.undo, before), (project.redo, after)):
                move()
                assert watcher.state() == state
                agreement(watcher.journal(seen[1]), watcher.shadow(seen[0]))
                watcher.check_search_index()
                seen = watcher.last()
        project.undo()
    finally:
        while watcher.state() != empty:
            project.undo()


def check_segments(
    project: Project, guid: str, old: str, spans: list[Any], hunks: list[Hunk], *, gone: set[Any]
) -> None:
    """Every segment is where the rule says; untouched ones quote the same words."""
    new = {(s.start, s.stop): s.text for s in material.segments(project, guid)}
    text = material.text(project, guid)
    listed = [[h.at, h.removed, h.inserted] for h in hunks]
    left = set()
    for start, stop in spans:
        moved = tuple(moved_by_rule(p, listed, "segment", f) for p, f in ((start, "start"), (stop, "stop")))
        blank = not text[moved[0] : moved[1]].strip() and bool(old[start:stop].strip())
        wordless = moved[0] >= moved[1] or blank
        assert wordless == ((start, stop) in gone)
        if not wordless:
            left.add(moved)
            if all(h.end <= start or h.at >= stop for h in hunks):
                assert new[moved] == old[start:stop]
    assert set(new) == left


@given(old=words, new=words)
def test_hunks_between_two_texts_make_one_of_the_other(old: str, new: str) -> None:
    hunks = hunks_between(old, new)
    assert applied(old, tidied(old, hunks)) == new
