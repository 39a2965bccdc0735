"""The large project with a theory in it: one model, its relations and their evidence, forty cases."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import copyfile
from typing import Any
from uuid import UUID

from tests.bench import data
from tests.bench.figures import Scale

_NOW = "2025-06-01 09:00:00.000000"
_SLOTS = ("causal", "context", "intervening", "strategies", "consequences")
_TYPES = ("condition_for", "furthers", "hinders", "leads_to", "acts_back_on")
_POLARITIES = ("supporting",) * 6 + ("qualifying", "contradicting")
_STATES = ("supposed", "supported", "modified")


def theorised(folder: Path, scale: Scale) -> Path:
    """Every code placed, ``scale.relations`` relations with ``scale.evidence`` pieces of evidence."""
    path = folder / "theory.qdaproj"
    if not path.exists():
        part = folder / "theory.part.qdaproj"
        copyfile(data.crossed(folder, scale), part)
        _Theory(part, scale).write()
        part.rename(path)
    return path


class _Theory:
    def __init__(self, path: Path, scale: Scale, *, seed: int = 5) -> None:
        from sqlcipher3 import dbapi2

        self.chance = random.Random(seed)
        self.scale = scale
        self.db: Any = dbapi2.connect(str(path))

    def write(self) -> None:
        self._cases()
        codes = [row[0] for row in self.db.execute("SELECT id FROM code ORDER BY id")]
        model, slots = self._model(codes[0])
        order = dict(zip(codes[1:], (slots[n % len(slots)] for n in range(len(codes) - 1)), strict=True))
        self._insert(
            "placement (guid, slot_id, code_id, level, addressee, position)",
            ((self._guid(), slot, code, "", "", n) for n, (code, slot) in enumerate(order.items())),
        )
        self._relations(model, codes[1:])
        self._evidence()
        self._properties(codes)
        self.db.execute(
            "INSERT INTO core_category (guid, code_id, reasons, rivals, since) VALUES (?, ?, '', '', ?)",
            (self._guid(), codes[0], _NOW),
        )
        self.db.commit()
        self.db.close()

    def _guid(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def _insert(self, columns: str, rows: Iterable[Sequence[object]]) -> None:
        count = columns.count(",") + 1
        self.db.executemany(f"INSERT INTO {columns} VALUES ({', '.join('?' * count)})", rows)

    def _cases(self) -> None:
        self.db.execute("UPDATE source SET case_id = NULL")
        self.db.execute("DELETE FROM case_")
        rows = ((self._guid(), f"Fall {n + 1}", "", n) for n in range(self.scale.cases))
        self._insert("case_ (guid, name, description, position)", rows)
        cases = [row[0] for row in self.db.execute("SELECT id FROM case_ ORDER BY id")]
        sources = [row[0] for row in self.db.execute("SELECT id FROM source ORDER BY id")]
        dealt = [(cases[n % len(cases)], source) for n, source in enumerate(sources)]
        self.db.executemany("UPDATE source SET case_id = ? WHERE id = ?", dealt)

    def _model(self, phenomenon: int) -> tuple[int, list[int]]:
        columns = "paradigm_model (guid, name, template, phenomenon_id, status, position, created)"
        self._insert(columns, [(self._guid(), "Theorie", "strauss-corbin", phenomenon, "active", 0, _NOW)])
        model = self.db.execute("SELECT max(id) FROM paradigm_model").fetchone()[0]
        self._insert(
            'model_slot (guid, model_id, "key", name, definition, question, position)',
            ((self._guid(), model, key, "", "", "", n) for n, key in enumerate(_SLOTS)),
        )
        rows = self.db.execute("SELECT id FROM model_slot WHERE model_id = ? ORDER BY position", (model,))
        return model, [row[0] for row in rows]

    def _relations(self, model: int, codes: list[int]) -> None:
        chance, seen = self.chance, set()
        while len(seen) < self.scale.relations:
            seen.add(tuple(chance.sample(codes, 2)))
        self._insert(
            "relation (guid, model_id, number, from_id, to_id, type, own_type, statement, status, created)",
            (
                (
                    *(self._guid(), model, number + 1, start, end, chance.choice(_TYPES), ""),
                    *(f"Satz {number + 1}", chance.choice(_STATES), _NOW),
                )
                for number, (start, end) in enumerate(sorted(seen))
            ),
        )

    def _evidence(self) -> None:
        chance = self.chance
        relations = [row[0] for row in self.db.execute("SELECT id FROM relation ORDER BY id")]
        segments = [row[0] for row in self.db.execute("SELECT id FROM segment ORDER BY id")]
        coder = self.db.execute("SELECT min(id) FROM coder").fetchone()[0]
        self._insert(
            "evidence (guid, relation_id, polarity, kind, note, coder_id, created)",
            (
                (
                    self._guid(),
                    chance.choice(relations),
                    chance.choice(_POLARITIES),
                    "spoken",
                    "",
                    coder,
                    _NOW,
                )
                for _number in range(self.scale.evidence)
            ),
        )
        pieces = [row[0] for row in self.db.execute("SELECT id FROM evidence ORDER BY id")]
        self._insert(
            "evidence_segment (guid, evidence_id, segment_id)",
            ((self._guid(), piece, chance.choice(segments)) for piece in pieces),
        )

    def _properties(self, codes: list[int]) -> None:
        some = codes[: max(1, len(codes) // 16)]
        self._insert(
            "property (guid, code_id, name, pole_from, pole_to, places, position)",
            ((self._guid(), code, "Stärke", "schwach", "stark", '["schwach", "stark"]', 0) for code in some),
        )
