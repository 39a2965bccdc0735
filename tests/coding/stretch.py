"""A stretch of work on one document: random edits of its text and random acts on it, each step checked.

Whatever is edited, passages that no edit touched quote the same words; undo brings every state back.
"""

import hashlib
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qda.coding import (
    axial,
    codebook,
    correcting,
    cutting,
    documents,
    evidence,
    material,
    open_coding,
    pencil,
    properties,
    word_replacing,
)
from qda.coding.codes import codings
from qda.coding.positions import normalise
from qda.coding.transcript import ParagraphDraft, SpeakerDraft, TranscriptDraft
from qda.errors import KnownError
from qda.models import Project
from qda.models.splicing import Hunk
from tests.coding.watching import Watcher

PIECES = (
    "Vertrauen", "Straße", "allein", "da", "x\u0301s", "\u0301", "😀", "👩‍👧", "🇩🇪", "שלום", "مرحبا", "é",
    "1", "und", ".", ",", "…", "’",
)  # fmt: skip
CODES = ("Vertrauen", "Anerkennung", "Weg")


def words_of(chance: random.Random, most: int, *, lines: bool = True) -> str:
    """Words of all kinds, with blanks and, now and then, line breaks between them."""
    found = []
    for _number in range(chance.randint(0, most)):
        gap = "\n" if lines and chance.random() < 0.06 else chance.choice((" ", " ", "", "\u00a0"))
        found += (chance.choice(PIECES), gap)
    return normalise("".join(found))[0]


def transcript(chance: random.Random) -> TranscriptDraft:
    """Turns with labels, a paragraph without one, an empty line."""
    lines, text = [], ""
    for number in range(chance.randint(3, 7)):
        label = chance.choice(("I: ", "B: ", "B: ", ""))
        said = words_of(chance, 12, lines=False).strip() or "Mhm"
        begin = len(text)
        text += f"{label}{said}"
        speaker = label[:1] or ("B" if lines else "")
        lines.append(
            ParagraphDraft(
                begin, len(text), begin + len(label), speaker, bool(label), "text", str(number + 1)
            )
        )
        text += "\n\n" if chance.random() < 0.2 else "\n"
    speakers = (SpeakerDraft("I", "interviewer", ""), SpeakerDraft("B", "respondent", ""))
    ready = normalise(text)[0]
    assert ready == text
    return TranscriptDraft(text, tuple(lines), speakers, (), (), "txt", "utf-8", "label", "de", ())


class Stretch:
    """One document in a study of its own."""

    def __init__(self, path: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.project = Project.create(path, title="Stretch", language="de", coder="A")
        self.source = documents.take_in(self.project, draft=transcript(self.chance), title="Interview")
        first, second, _third = (codebook.add_code(self.project, name=name) for name in CODES)
        self.code = first
        self.property = properties.add_property(self.project, code=first, name="Grad", places=["a", "b"])
        model = axial.add_model(self.project, name="Modell", phenomenon=first)
        self.relation = axial.relate_codes(
            self.project, model=model, from_code=second, to_code=first, type="furthers"
        )
        self.watcher = Watcher(path)
        self.states = [self.state()]
        self.log: list[str] = []
        self.edits = self.refused = 0

    def state(self) -> str:
        """All journalled rows, as a hash."""
        return hashlib.sha256(self.watcher.state().encode()).hexdigest()

    @property
    def text(self) -> str:
        return material.text(self.project, self.source)

    def span(self) -> dict[str, Any]:
        """A random passage."""
        length = len(self.text)
        start = self.chance.randint(0, max(0, length - 2))
        return {
            "source": self.source,
            "start": start,
            "stop": min(length, start + self.chance.choice((1, 3, 8, 8, 15, 40))),
        }

    # -- steps -----------------------------------------------------------------------------------------------

    def play(self, steps: int, edit: Callable[[], bool]) -> None:
        """Does as many steps; ``edit`` edits the text and says whether anything was stored."""
        for _number in range(steps):
            try:
                if self.chance.random() < 0.4:
                    done = edit()
                    self.edits += done
                else:
                    done = self.act()
            except KnownError as problem:
                self.log.append(problem.sentence)
                self.refused += 1
                assert self.state() == self.states[-1], self.told("a refused act changed something")
                continue
            state = self.state()
            if done and state != self.states[-1]:
                self.states.append(state)
            assert self.watcher.faults() == [], self.told("a fault")
            assert self.project.check() == []

    def told(self, what: str) -> str:
        return "\n".join([what, *self.log[-6:]])

    def to_the_beginning(self) -> None:
        """Takes every act back; each state is the one that was there before."""
        for state in reversed(self.states[:-1]):
            label = self.project.undo()
            assert self.state() == state, self.told(f"undo of {label}")

    def end(self) -> None:
        self.watcher.close()
        self.project.close()

    def act(self) -> bool:
        """One act on the document; those that find nothing to work on are left out."""
        chance, project = self.chance, self.project
        known = codings(project, source=self.source)
        span = self.span()
        passage = f"{span['source']}:{span['start']}-{span['stop']}"
        acts: list[tuple[Callable[..., str], dict[str, Any]]] = [
            (open_coding.code_passage, {**span, "code": chance.choice(CODES)}),
            (open_coding.code_passage, {**span, "code": chance.choice(CODES)}),
            (open_coding.code_in_vivo, span),
            (pencil.pencil, {**span, "note": "Notiz"}),
            (
                properties.set_property_value,
                {"property": self.property, "segment": passage, "value": chance.choice(("a", "b", "c"))},
            ),
            (
                word_replacing.replace_in_all,
                {"words": chance.choice(PIECES[:5]), "by": words_of(chance, 2), "whole": False},
            ),
        ]
        proof = {"relation": self.relation, "segments": [passage], "polarity": "supporting"}
        acts.append((evidence.add_evidence, proof))
        if known:
            one, other = chance.choice(known), chance.choice(known)
            place = {"start": span["start"], "stop": span["stop"]}
            middle = (one.segment.start + one.segment.stop) // 2
            acts += [
                (open_coding.resize_coding, {"coding": one.guid, **place}),
                (cutting.split_coding, {"coding": one.guid, "at": middle}),
                (cutting.merge_codings, {"codings": [one.guid, other.guid]}),
                (open_coding.remove_coding, {"coding": one.guid}),
            ]
        function, arguments = chance.choice(acts)
        self.log.append(f"{function.__name__} {arguments}")
        units = project.unit_count()
        function(project, **arguments)
        return project.unit_count() > units

    # -- edits through the act -------------------------------------------------------------------------------

    def correct(self) -> bool:
        """Random hunks; what they do not touch keeps its words."""
        chance, old = self.chance, self.text
        hunks, at = [], 0
        for _number in range(chance.randint(1, 4)):
            at = chance.randint(at, len(old))
            stop = min(len(old), at + chance.choice((0, 0, 1, 2, 6, 20)))
            words = words_of(chance, 3) if chance.random() < 0.7 else ""
            hunks.append(Hunk(at, old[at:stop], words))
            at = stop
        before = {row.guid: row for row in material.segments(self.project, self.source)}
        self.log.append(f"correct {hunks}")
        units = self.project.unit_count()
        correcting.correct(self.project, source=self.source, hunks=hunks, label="Edit text")
        touched = [
            row.guid
            for row in before.values()
            if any(hunk.at < row.stop and hunk.end > row.start for hunk in hunks)
        ]
        self.check_quotes({g: row.text for g, row in before.items() if g not in touched})
        return self.project.unit_count() > units

    def check_quotes(self, quotes: dict[str, str]) -> None:
        """These passages quote what they quoted; of two that became the same one is left."""
        now = {row.guid: row.text for row in material.segments(self.project, self.source)}
        said = list(now.values())
        for guid, quote in quotes.items():
            assert now.get(guid, quote) == quote, self.told(f"“{quote}” became “{now.get(guid)}”")
            assert guid in now or quote in said, self.told(f"“{quote}” is gone")
