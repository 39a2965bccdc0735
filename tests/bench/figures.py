"""What a benchmark hands over: a figure, its raw limit in the same run, its goal; and the table of all."""

import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

MS, MB = "ms", "MB"
CLOCK = "QDA_BENCH_CLOCK"
HASTE = "QDA_BENCH_HASTE"  # what part of each wait is waited, where figures do not count


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the data are and how often each step is repeated."""

    sources: int = 500
    words: int = 8_000
    codings: int = 500_000
    long_words: int = 60_000
    long_codings: int = 2_000
    edit_words: int = 100_000
    edit_codings: int = 10_000
    dense_words: int = 100_000
    dense_codings: int = 10_000
    many_codes: int = 10_000
    crossed_codes: int = 1_000
    cases: int = 40
    relations: int = 2_000
    evidence: int = 20_000
    repeats: int = 20
    starts: int = 7


FULL = Scale()
SHORT = Scale(
    sources=3,
    words=400,
    codings=60,
    long_words=1_500,
    long_codings=40,
    edit_words=1_500,
    edit_codings=60,
    dense_words=2_000,
    dense_codings=150,
    many_codes=120,
    repeats=1,
    starts=1,
    crossed_codes=40,
    cases=3,
    relations=30,
    evidence=60,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure: the median (``ours``) and the 95th percentile of all runs.

    ``raw`` is the same work without the program: plain SQLite, or a plain widget of Qt (``raw_is`` says
    what). ``of`` tells which of the two the goal is for. ``note`` carries what no number says.
    """

    key: str
    name: str
    ours: float
    p95: float
    raw: float | None = None
    raw_is: str = ""
    goal: float | None = None
    of: str = "ours"
    unit: str = MS
    runs: int = 1
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the raw limit."""
        return self.ours / self.raw if self.raw else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; none without a goal."""
        return None if self.goal is None else getattr(self, self.of) <= self.goal

    def as_json(self) -> str:
        """One line with everything."""
        return json.dumps(asdict(self) | {"ratio": self.ratio, "met": self.met}, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> "Figure":
        """Back from :meth:`as_json`."""
        fields = json.loads(line)
        return cls(**{k: v for k, v in fields.items() if k not in ("ratio", "met")})


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered) + 0.5) - 1)]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def now() -> float:
    """Seconds on the clock of this run: the wall's, or the processor time of this process."""
    return time.process_time() if os.environ.get(CLOCK) == "cpu" else time.perf_counter()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that ``work`` takes."""
    began = now()
    work()
    return (now() - began) * 1000


def repeated(work: Callable[[], object], times: int, *, warm: int = 1) -> list[float]:
    """Milliseconds of each of ``times`` runs, after ``warm`` that do not count."""
    for _each in range(warm):
        work()
    return [timed(work) for _each in range(times)]


def figure(
    key: str,
    name: str,
    values: Sequence[float],
    *,
    raw: Sequence[float] = (),
    raw_is: str = "",
    goal: float | None = None,
    of: str = "ours",
    unit: str = MS,
    note: str = "",
) -> Figure:
    """A figure from the values of all runs."""
    return Figure(
        key,
        name,
        round(median(values), 3),
        round(p95(values), 3),
        round(median(raw), 3) if raw else None,
        raw_is,
        goal,
        of,
        unit,
        len(values),
        note,
    )


_HEADS = ("", "median", "p95", "raw", "ratio", "goal", "met", "raw limit")


def table(figures: Sequence[Figure]) -> str:
    """All figures under one another."""
    rows = [_HEADS, *(_row(f) for f in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADS))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:-1], widths[1:-1], strict=True))]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    notes = [f"{f.name}: {f.note}" for f in figures if f.note]
    return "\n".join([lines[0], "-" * len(max(lines, key=len)), *lines[1:], *([""] if notes else []), *notes])


def _row(f: Figure) -> tuple[str, ...]:
    goal = "–" if f.goal is None else f"{'p95 ' if f.of == 'p95' else ''}≤ {f.goal:g} {f.unit}"
    met = {None: "–", True: "yes", False: "NO"}[f.met]
    ratio = f"{f.ratio:.1f}×" if f.ratio is not None else "–"
    return (
        f.name,
        f"{f.ours:.1f} {f.unit}",
        f"{f.p95:.1f}",
        f"{f.raw:.1f}" if f.raw is not None else "–",
        ratio,
        goal,
        met,
        f.raw_is,
    )
