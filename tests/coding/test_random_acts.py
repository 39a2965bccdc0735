"""Any acts in any order can be undone to the beginning and redone to the end, closed and reopened between."""

from pathlib import Path

import pytest

from qda import acts
from qda.models import engines
from tests.coding.random_acts import Player

LEAST = 3  # an act that hardly ever succeeds proves nothing


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of commits: what a loss of power leaves is tested elsewhere."""
    quick = tuple(p.replace("synchronous=FULL", "synchronous=OFF") for p in engines._WRITER)
    monkeypatch.setattr(engines, "_WRITER", quick)


def _played() -> list[acts.Act]:
    """Those that can be undone and need no files."""
    return [act for act in acts.ACTS if not act.for_good and not act.files]


def played(folder: Path, seed: int, count: int) -> Player:
    player = Player(folder, seed)
    try:
        player.play(count)
        player.to_the_beginning_and_back()
        assert player.project.check() == []
    except BaseException as problem:
        problem.add_note(f"seed {seed}, last acts:\n" + "\n".join(player.log[-8:]))
        raise
    finally:
        player.end()
    return player


@pytest.mark.parametrize("seed", [3, 11])
def test_a_few_random_acts_undone_and_redone_give_the_same_state_at_each_step(
    tmp_path: Path, seed: int
) -> None:
    player = played(tmp_path, seed, 150)
    assert len(player.states) > 50


def test_a_thousand_random_acts_of_every_kind_undone_and_redone_give_the_same_state_at_each_step(
    tmp_path: Path,
) -> None:
    player = played(tmp_path, 4, 1500)
    assert {act.id: player.done[act.id] for act in _played() if player.done[act.id] < LEAST} == {}
    assert player.reopened >= 5


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_thousands_of_random_acts_hold_too(tmp_path: Path, seed: int) -> None:
    played(tmp_path, seed, 1000)
