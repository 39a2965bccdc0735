"""The projects that the benchmarks work on, made once in a folder: invented words, the same every time."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from uuid import UUID

from tests.bench.figures import Scale
from tests.bench_data import make_big_project

_BATCH = 50_000


def big(folder: Path, scale: Scale) -> Path:
    """Many transcripts with very many codings, and the history of how they came."""
    path = folder / "big.qdaproj"
    if not path.exists():
        part = folder / "big.part.qdaproj"
        part.unlink(missing_ok=True)
        make_big_project(part, scale.sources, scale.words, scale.codings)
        add_history(part, scale.codings)
        part.rename(path)
    return path


def long(folder: Path, scale: Scale) -> Path:
    """One very long transcript (and a short one beside it)."""
    path = folder / "long.qdaproj"
    if not path.exists():
        make_big_project(path, 1, scale.long_words, scale.long_codings)
    return path


def dense(folder: Path, scale: Scale) -> Path:
    """A transcript longer than any interview, coded line by line."""
    path = folder / "dense.qdaproj"
    if not path.exists():
        make_big_project(path, 1, scale.dense_words, scale.dense_codings)
    return path


def edited(folder: Path, scale: Scale) -> Path:
    """The longest transcript, with many codings, to be edited."""
    path = folder / "edited.qdaproj"
    if not path.exists():
        make_big_project(path, 1, scale.edit_words, scale.edit_codings)
    return path


def many_codes(folder: Path, scale: Scale) -> Path:
    """A very large code tree."""
    path = folder / "codes.qdaproj"
    if not path.exists():
        make_big_project(path, 2, 2_000, scale.many_codes, codes=scale.many_codes)
    return path


def crossed(folder: Path, scale: Scale) -> Path:
    """The large project with as many codes as a table of codes is asked for."""
    path = folder / "crossed.qdaproj"
    if not path.exists():
        part = folder / "crossed.part.qdaproj"
        copyfile(big(folder, scale), part)
        _spread_codes(part, scale.crossed_codes)
        part.rename(path)
    return path


def _spread_codes(path: Path, count: int, *, seed: int = 3) -> None:
    """Adds codes and deals all codings out among them."""
    from sqlcipher3 import dbapi2

    chance = random.Random(seed)
    connection = dbapi2.connect(str(path))
    columns = "kind, origin, definition, delimitation, anchor, rule, created"
    ids = [row[0] for row in connection.execute("SELECT id FROM code ORDER BY id")]
    for number in range(count - len(ids)):
        guid = str(UUID(int=chance.getrandbits(128), version=4))
        made = connection.execute(
            f"INSERT INTO code (guid, name, parent_id, position, {columns}) "
            f"SELECT ?, ?, id, ?, {columns} FROM code WHERE id = ?",
            (guid, f"Weiter {number}", number, chance.choice(ids[:25])),
        )
        ids.append(made.lastrowid)
    codings = [row[0] for row in connection.execute("SELECT id FROM coding ORDER BY id")]
    dealt = zip(chance.choices(ids, k=len(codings)), codings, strict=True)
    connection.executemany("UPDATE coding SET code_id = ? WHERE id = ?", dealt)
    connection.commit()
    connection.close()


def small(folder: Path) -> Path:
    """A study as most are."""
    path = folder / "small.qdaproj"
    if not path.exists():
        make_big_project(path, 2, 4_000, 250, codes=80)
    return path


def add_history(path: Path, acts: int, *, seed: int = 2) -> None:
    """Writes a unit with its changes for each of ``acts`` codings, as the journal would have."""
    from sqlcipher3 import dbapi2

    chance = random.Random(seed)
    began = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
    connection = dbapi2.connect(str(path))
    coder = connection.execute("SELECT value FROM setting WHERE key = 'coder'").fetchone()[0]
    replica = connection.execute("SELECT value FROM setting WHERE key = 'replica'").fetchone()[0]
    first = (connection.execute("SELECT max(id) FROM unit").fetchone()[0] or 0) + 1
    codings = connection.execute("SELECT guid FROM coding ORDER BY id LIMIT ?", (acts,)).fetchall()
    for at in range(0, len(codings), _BATCH):
        some = [row[0] for row in codings[at : at + _BATCH]]
        connection.executemany(
            'INSERT INTO unit (id, guid, label, "at", coder, replica, kind, phase) '
            "VALUES (?, ?, 'Code passage', ?, ?, ?, 'do', 'open')",
            [
                (
                    first + at + n,
                    str(UUID(int=chance.getrandbits(128), version=4)),
                    (began + timedelta(seconds=at + n)).replace(tzinfo=None).isoformat(" "),
                    coder,
                    replica,
                )
                for n in range(len(some))
            ],
        )
        connection.executemany(
            'INSERT INTO change (unit_id, seq, op, "table", guid, field, old, new) '
            "VALUES (?, 0, 'insert', 'coding', ?, '', 'null', '{\"comment\": \"\", \"origin\": \"hand\"}')",
            [(first + at + n, guid) for n, guid in enumerate(some)],
        )
    connection.commit()
    connection.close()
