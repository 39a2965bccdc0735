"""Any sequence of edits and acts keeps the quotations that were not edited; undo restores every state."""

from pathlib import Path

import pytest

from qda.models import engines
from tests.coding.stretch import Stretch


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = tuple(p.replace("synchronous=FULL", "synchronous=OFF") for p in engines._WRITER)
    monkeypatch.setattr(engines, "_WRITER", quick)


def played(folder: Path, seed: int, steps: int) -> Stretch:
    stretch = Stretch(folder / f"stretch {seed}.qdaproj", seed)
    try:
        stretch.play(steps, stretch.correct)
        stretch.to_the_beginning()
    except BaseException as problem:
        problem.add_note(stretch.told(f"seed {seed}"))
        raise
    finally:
        stretch.end()
    return stretch


def test_a_few_stretches_of_edits_and_acts_keep_what_was_not_edited(tmp_path: Path) -> None:
    done = [played(tmp_path, seed, 40) for seed in range(2)]
    assert sum(stretch.edits for stretch in done) > 10
    assert sum(len(stretch.states) for stretch in done) > 30


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 130))
def test_many_long_stretches_hold_too(tmp_path: Path, seed: int) -> None:
    played(tmp_path, seed, 150)
