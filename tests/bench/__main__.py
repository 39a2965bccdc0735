"""``python -m tests.bench``: every benchmark in a process of its own, then the table (or ``--json``).

The short form takes one process for all of them: its figures count for nothing.

Nothing here fails for being slow: the exit code is 0 unless a benchmark breaks. The projects are made in a
temporary folder, or kept in the one named by ``--data``.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import CLOCK, FULL, HASTE, SHORT, Figure, table
from tests.bench.formats import WRITTEN

BENCHES = {
    "start": "tests.bench.start:measure",
    "open": "tests.bench.opening:measure",
    "read": "tests.bench.reading:measure",
    "read-dense": "tests.bench.reading:measure_dense",
    "stripes": "tests.bench.stripes:measure",
    "edit": "tests.bench.editing:measure",
    "code-long": "tests.bench.acts:measure_long",
    "code-dense": "tests.bench.acts:measure_dense",
    "code-big": "tests.bench.acts:measure_big",
    "commit": "tests.bench.acts:measure_commit",
    "search": "tests.bench.finding:measure_search",
    "filter": "tests.bench.finding:measure_filter",
    "import": "tests.bench.importing:measure",
    "retrieval": "tests.bench.retrieving:measure",
    "formats": "tests.bench.formats:measure",
    "board": "tests.bench.theory:measure_board",
    "drag": "tests.bench.theory:measure_drag",
    "candidates": "tests.bench.theory:measure_candidates",
    "comparison": "tests.bench.theory:measure_comparison",
    "questions": "tests.bench.theory:measure_questions",
    "language": "tests.bench.language:measure",
    "suggestions": "tests.bench.suggestions:measure",
    "cues": "tests.bench.cues:measure",
    "phrases": "tests.bench.phrases:measure",
    "field": "tests.bench.field:measure",
    "reports": "tests.bench.reports:measure",
    "coded": "tests.bench.coded:measure",
    "quotes": "tests.bench.quotes:measure",
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHES], help="only these")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each figure")
    parser.add_argument("--short", action="store_true", help="tiny data: shows that all of it runs")
    parser.add_argument("--data", type=Path, help="a folder for the projects, kept for the next run")
    parser.add_argument(
        "--cpu", action="store_true", help="count processor time, for a machine that others use (start: wall)"
    )
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    return parser.parse_args()


def _child(names: list[str], folder: Path, *, short: bool) -> int:
    for name in names:
        sys.stderr.write(f"in {name}:\n")
        module, _colon, function = BENCHES[name].partition(":")
        for figure in getattr(importlib.import_module(module), function)(folder, SHORT if short else FULL):
            sys.stdout.write(figure.as_json() + "\n")
    return 0


def _run(names: list[str], folder: Path, *, short: bool) -> list[Figure] | None:
    """These one after the other in a process of their own."""
    command = [sys.executable, "-m", "tests.bench", "--data", str(folder), "--child", *names]
    hurry = {HASTE: "0.1"} if short else {}
    one_thread = {"OMP_NUM_THREADS": "1"}  # as in the program, see qda.suggest.ranking
    environment = {"QT_QPA_PLATFORM": "offscreen", **one_thread, **os.environ, **hurry}
    done = subprocess.run(
        [*command, *(["--short"] if short else [])],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        sys.stderr.write(f"{done.stderr}\na benchmark broke (exit {done.returncode})\n")
        return None
    return [Figure.from_json(line) for line in done.stdout.splitlines() if line.startswith("{")]


def main() -> int:
    """Runs what was asked for."""
    chosen = _arguments()
    if chosen.cpu:
        os.environ[CLOCK] = "cpu"
    if chosen.child:
        return _child(chosen.child, chosen.data, short=chosen.short)
    if chosen.data:
        chosen.data.mkdir(parents=True, exist_ok=True)
        return _all(chosen, chosen.data)
    with tempfile.TemporaryDirectory(prefix="qda-bench-") as folder:
        return _all(chosen, Path(folder))


def _all(chosen: argparse.Namespace, folder: Path) -> int:
    figures: list[Figure] = []
    broken = False
    names = chosen.names or [*BENCHES]
    for together in [names] if chosen.short else [[name] for name in names]:
        if not chosen.json:
            sys.stderr.write(f"… {', '.join(together)}\n")
        found = _run(together, folder, short=chosen.short)
        broken = broken or found is None
        figures += found or []
        if chosen.json:
            for figure in found or []:
                sys.stdout.write(figure.as_json() + "\n")
    if not chosen.json:
        clock = "processor time" if chosen.cpu else "wall clock"
        load = (
            f", load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""
        )
        sys.stdout.write(f"{table(figures)}\n\n{clock}{load}\n")
        written = folder / WRITTEN
        if written.exists():
            sys.stdout.write(f"\n{written.read_text(encoding='utf-8')}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
