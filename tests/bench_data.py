"""A large project for benchmarks: invented words, stored by bulk inserts beside the journal."""

import hashlib
import random
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update

from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.journal import table_of
from qda.models.material import Case, Coder, Paragraph, SearchState, Source, Speaker
from qda.models.search_index import normalised

_MOMENT = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)


def _words(listed: str) -> list[str]:
    return listed.split()


_COMMON = _words(
    "ich du er sie es wir ihr und oder aber weil dass wenn dann also ja nein nicht auch noch schon mal "
    "eben halt in auf mit zu von bei aus nach vor über unter für gegen ohne um der die das ein eine einen "
    "kein jede viele ist war hat hatte wird wurde kann konnte muss musste soll sollte will wollte geht "
    "ging kommt kam macht sagt Menschen Leute Stadt Amt Verein Netzwerk Sitzung Kollegin Leiter Projekt "
    "Gruppe Sprache Arbeit Schule Weg Vertrauen Anerkennung Geduld Zeit Geld Antrag Förderung Konzept "
    "Ziel Auftrag Rolle Haltung Gespräch Runde "
)
_PARTS = _words(
    "Sprach Kurs Bildung Förder Mittel Stadt Teil Netz Werk Arbeit Kreis Jugend Amt Verwaltung "
    "Koordination Integration Konzept Steuerung Gruppe Sitzung Träger Verein Ehren Nachbarschaft Beratung "
    "Stelle Haushalt "
)


def vocabulary(chance: random.Random, size: int = 6000) -> list[str]:
    """Invented German words, the frequent ones first."""
    words = list(_COMMON)
    while len(words) < size:
        parts = chance.sample(_PARTS, chance.choice((2, 2, 3)))
        words.append(parts[0] + "".join(p.lower() for p in parts[1:]) + chance.choice(("", "s", "en", "er")))
    return words


def _guid(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


def transcript(
    chance: random.Random, words: list[str], count: int
) -> tuple[str, list[tuple[int, int, int, str]]]:
    """About ``count`` words of two speakers; lines as (start, stop, label_stop, label)."""
    weights = [1 / (rank + 3) for rank in range(len(words))]
    drawn = chance.choices(words, weights=weights, k=count)
    lines: list[tuple[int, int, int, str]] = []
    pieces: list[str] = []
    at = done = turn = 0
    while done < count:
        label = "I" if turn % 2 == 0 else "B"
        length = chance.randint(8, 30) if label == "I" else chance.randint(60, 240)
        said = " ".join(drawn[done : done + length]) + ("?" if label == "I" else ".")
        line = f"{label}: {said}"
        pieces.append(line)
        lines.append((at, at + len(line), at + 3, label))
        at += len(line) + 1
        done += length
        turn += 1
    return "\n".join(pieces), lines


def _add_codes(session: Any, chance: random.Random, count: int) -> list[int]:
    table = table_of(Code)
    tops = max(1, count // 12)
    session.execute(
        insert(table),
        [
            {
                "guid": _guid(chance),
                "name": f"{chance.choice(_PARTS)} {number}",
                "position": number,
                "kind": "category" if number < tops else "concept",
                "colour": number % 12 + 1 if number < tops else None,
                "created": _MOMENT,
            }
            for number in range(count)
        ],
    )
    ids = list(session.scalars(select(Code.id).order_by(Code.id)))
    for number in range(tops, count):
        above = chance.randrange(0, number) if chance.random() < 0.3 else chance.randrange(0, tops)
        session.execute(update(table).where(table.c.id == ids[number]).values(parent_id=ids[above]))
    return ids


def _add_source(
    session: Any, chance: random.Random, *, number: int, words: list[str], count: int, case: int
) -> Any:
    whole, lines = transcript(chance, words, count)
    whole = unicodedata.normalize("NFC", whole)
    row = {
        "guid": _guid(chance),
        "title": f"Interview {number + 1}",
        "kind": "interview",
        "language": "de",
        "case_id": case,
        "position": number,
        "length": len(whole),
        "sha256": hashlib.sha256(whole.encode()).hexdigest(),
        "family": "label",
        "format": "txt",
        "added": _MOMENT,
        "text": whole,
    }
    source = session.execute(insert(table_of(Source)).values(**row)).inserted_primary_key[0]
    speakers = {}
    for label, role in (("I", "interviewer"), ("B", "respondent")):
        values = {"guid": _guid(chance), "source_id": source, "label": label, "role": role}
        speakers[label] = session.execute(insert(table_of(Speaker)).values(**values)).inserted_primary_key[0]
    session.execute(
        insert(table_of(Paragraph)),
        [
            {
                "guid": _guid(chance),
                "source_id": source,
                "number": str(place),
                "start": start,
                "stop": stop,
                "label_stop": label_stop,
                "kind": "text",
                "opens_turn": True,
                "speaker_id": speakers[label],
                "norm": normalised(whole[label_stop:stop]),
            }
            for place, (start, stop, label_stop, label) in enumerate(lines, start=1)
        ],
    )
    return source, [line for line in lines if line[3] == "B"]


def _add_codings(
    session: Any, chance: random.Random, *, source: int, lines: Any, count: int, codes: list[int], coder: int
) -> None:
    spans = []
    for _each in range(count):
        _start, stop, label_stop, _label = chance.choice(lines)
        first = chance.randrange(label_stop, max(label_stop + 1, stop - 20))
        spans.append((first, min(stop, first + chance.randint(20, 400))))
    guids = [_guid(chance) for _span in spans]
    session.execute(
        insert(table_of(Segment)),
        [
            {"guid": guid, "source_id": source, "start": start, "stop": stop, "created": _MOMENT}
            for guid, (start, stop) in zip(guids, spans, strict=True)
        ],
    )
    table = table_of(Segment)
    ids = list(session.scalars(select(table.c.id).where(table.c.source_id == source).order_by(table.c.id)))
    session.execute(
        insert(table_of(Coding)),
        [
            {
                "guid": _guid(chance),
                "segment_id": segment,
                "code_id": code,
                "coder_id": coder,
                "created": _MOMENT,
            }
            for segment, code in zip(ids, chance.choices(codes, k=count), strict=True)
        ],
    )


def make_big_project(
    path: Path,
    sources: int = 500,
    words: int = 8000,
    codings: int = 500_000,
    *,
    codes: int = 300,
    seed: int = 1,
) -> Path:
    """Writes a project of ``sources`` transcripts of ``words`` words with ``codings`` codings in all.

    Every document belongs to a case; the codings are spread evenly. The same seed gives the same words.
    """
    chance = random.Random(seed)
    known = vocabulary(chance)
    with (
        Project.create(path, title="Benchmark", language="de", coder="B") as project,
        project.unit("bulk") as session,
    ):
        session.execute(update(table_of(SearchState)).values(bulk=1))
        coder = session.scalars(select(Coder.id)).one()
        code_ids = _add_codes(session, chance, codes)
        case = table_of(Case)
        cases = [
            session.execute(
                insert(case).values(guid=_guid(chance), name=f"Fall {number + 1}", position=number)
            ).inserted_primary_key[0]
            for number in range(max(1, sources // 2))
        ]
        for number in range(sources):
            source, lines = _add_source(
                session, chance, number=number, words=known, count=words, case=cases[number % len(cases)]
            )
            share = codings // sources + (1 if number < codings % sources else 0)
            if share:
                _add_codings(
                    session, chance, source=source, lines=lines, count=share, codes=code_ids, coder=coder
                )
        for index in ("paragraph_words", "paragraph_parts"):
            session.execute(text(f"INSERT INTO {index}(rowid, norm) SELECT id, norm FROM paragraph"))
        session.execute(update(table_of(SearchState)).values(bulk=0))
    return path
