"""Damaged files: no crash, no hang, no fault of a reader, nothing half-imported, and the others come in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.coding.material import sources
from qda.exchange.importing import ReadFile, import_files, store
from qda.exchange.reader import Reader
from qda.models import Project
from tests.exchange.mutating import SEEDS, mutated, state

ROOM = Path(__file__).parents[3] / "shared" / "data"
AT_ONCE = 50


def test_every_seed_is_read_before_it_is_damaged(tmp_path: Path) -> None:
    with Reader() as reader:
        for suffix, make in SEEDS.items():
            file = reader.read_bytes(make(), path=tmp_path / f"seed.{suffix}")
            assert file.error is None, file.error
            assert file.table is not None or len([p for p in file.draft.paragraphs if p.opens_turn]) == 6, (
                suffix
            )


def batches(count: int, seed: int) -> Iterator[list[tuple[str, bytes]]]:
    batch: list[tuple[str, bytes]] = []
    for one in mutated(count, seed=seed, shared=ROOM if ROOM.is_dir() else None):
        batch.append(one)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def endure(folder: Path, count: int, seed: int) -> tuple[int, int]:
    """Reads and stores damaged files; how many came in and how many were refused, without one fault."""
    good = bad = 0
    faults: list[str] = []
    with Project.create(folder / "study.qdaproj") as project, Reader() as reader:
        for batch in batches(count, seed):
            files = []
            for name, data in batch:
                file = reader.read_bytes(data, path=folder / name)
                files.append(file)
                if file.bug or "stops its reader" in str(file.error) or "too long" in str(file.error):
                    (folder / f"fault-{seed}-{name}").write_bytes(data)
                    faults.append(f"{folder / f'fault-{seed}-{name}'}: {file.error}\n{file.bug[-1500:]}")
            came, refused = come_in(project, files)
            good, bad = good + came, bad + refused
        assert project.check() == []
    assert not faults, "\n\n".join([f"{len(faults)} faults", *faults[:12]])
    return good, bad


def come_in(project: Project, files: list[ReadFile]) -> tuple[int, int]:
    """The bad ones alone change nothing; the good ones among them come in, and their undo leaves nothing."""
    bad = [(file, None) for file in files if file.error is not None]
    before = state(project)
    assert all(one.error for one in store(project, bad))
    assert state(project) == before
    done = store(project, [(file, None) for file in files])
    for file, one in zip(files, done, strict=True):
        assert one.error if file.error else one.source or one.cases or one.attributes or one.error
    good = sum(one.error is None for one in done)
    if good:
        project.undo()
    assert sources(project) == []
    return good, len(done) - good


def test_three_hundred_damaged_files(tmp_path: Path) -> None:
    good, bad = endure(tmp_path, 300, seed=1)
    assert good > 30
    assert bad > 30


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_ten_thousand_damaged_files(tmp_path: Path, seed: int) -> None:
    good, bad = endure(tmp_path, 1000, seed=seed)
    assert min(good, bad) > 100


def test_good_files_come_in_beside_damaged_ones_from_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in mutated(24, seed=7):
        (folder / name).write_bytes(data)
    for suffix, make in SEEDS.items():
        (folder / f"good.{suffix}").write_bytes(make())
    with Project.create(tmp_path / "study.qdaproj") as project:
        done = import_files(project, sorted(folder.iterdir()))
        assert all(one.error is None for one in done if "good." in one.file)
        assert project.check() == []
