"""The large reports: the study as Word and for the web, the codebook, and what a part of the study costs."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import data
from tests.bench.figures import Figure, Scale, figure, median, repeated
from tests.bench.theorised import _Theory
from tests.bench_data import make_big_project

if TYPE_CHECKING:
    from qda.models import Project

_REPEATS = 3
_OF_ALL = 100  # a hundredth of the codings of the largest study is what a team has
_PLACED = 40  # codes in the model
_DEFINITION = "Was an der Stelle geschieht, wenn niemand zuständig ist und dennoch gehandelt werden muss."


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """A study of forty transcripts with 5,000 codings, a theory of sixty relations and 300 codes."""
    from qda.models import Project

    path = _study(folder, scale)
    times = min(scale.repeats, _REPEATS)
    with Project.open(path, read_only=True) as project:
        written = _writer(project)
        docx = repeated(lambda: written("study", "docx"), times)
        html = repeated(lambda: written("study", "html"), times)
        packed = repeated(lambda: _packed(written.last["docx"]), times)
        book = repeated(lambda: written("codebook", "docx"), times)
        web = repeated(lambda: written("codebook", "html"), times)
        listed = "its XML parsed and packed"
        found = [
            figure("study.docx", "report of the study", docx, goal=5000, raw=packed, raw_is=listed),
            figure("study.html", "the same for the web", html, goal=2000),
            figure("codebook.docx", "codebook", book, goal=1000, note=f"{_codes(project):,} codes"),
            figure("codebook.html", "the same for the web", web, goal=1000),
        ]
        return found + _parts(project, written, times)


class _Writer:
    """Writes a report of a study, and keeps the last of each format."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self.last: dict[str, bytes] = {}

    def __call__(self, name: str, format_name: str, **options: str) -> None:
        from qda.reports.registry import build_report, render_bytes

        self.last[format_name] = render_bytes(build_report(name, self._project, options), format_name)


def _writer(project: "Project") -> _Writer:
    return _Writer(project)


def _parts(project: "Project", written: _Writer, times: int) -> list[Figure]:
    """Each report of a part that leaves one document out, compared with that of the whole study."""
    from qda.coding.material import sources

    part = ";".join(row.guid for row in sources(project)[1:])
    found = []
    for name in ("study", "matrix", "segments", "codebook"):
        options = {"branches": "", **({"code": _first_code(project)} if name == "segments" else {})}
        narrow = repeated(_work(written, name, options | {"documents": part}), times)
        whole = repeated(_work(written, name, options), times)
        note = f"{median(narrow) / max(median(whole), 0.001):.2f} × of the whole study"
        found.append(
            figure(f"part.{name}", f"part of the study: {name}", narrow, raw=whole,
                   raw_is="the whole study", note=note)
        )  # fmt: skip
    return found


def _work(written: _Writer, name: str, options: dict[str, str]) -> Callable[[], None]:
    return lambda: written(name, "md", **options)


def _codes(project: "Project") -> int:
    from qda.coding import codes

    return len(codes.codes(project))


def _first_code(project: "Project") -> str:
    from qda.coding import codes

    return codes.codes(project)[0].guid


def _study(folder: Path, scale: Scale) -> Path:
    """Made once in a folder."""
    path = folder / "team.qdaproj"
    if path.exists():
        return path
    part = folder / "team.part.qdaproj"
    part.unlink(missing_ok=True)
    codings = max(60, scale.codings // _OF_ALL)
    make_big_project(part, min(scale.sources, scale.cases), scale.words, codings, codes=min(300, codings))
    data.add_history(part, codings)
    theory = replace(scale, relations=min(scale.relations, 60), evidence=min(scale.evidence, 300))
    _Theory(part, theory).write()
    _finish(part)
    part.rename(path)
    return path


def _finish(path: Path) -> None:
    """Defines the codes, and takes most of them out of the model: no theory has hundreds of categories."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path))
    connection.execute("UPDATE code SET definition = ?, rule = ?", (_DEFINITION, _DEFINITION))
    for table in ("placement", "relation"):
        rest = f"SELECT id FROM {table} ORDER BY id LIMIT -1 OFFSET {_PLACED}"
        if table == "relation":
            rest = (
                "SELECT id FROM relation WHERE from_id NOT IN (SELECT code_id FROM placement) "
                "OR to_id NOT IN (SELECT code_id FROM placement)"
            )
        connection.execute(f"DELETE FROM {table} WHERE id IN ({rest})")
    connection.commit()
    connection.close()


def _packed(written: bytes) -> bytes:
    """What no writer gets around: the parts parsed once and compressed."""
    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith((".xml", ".rels")):
                etree.fromstring(part)
            new.writestr(name, part)
    return out.getvalue()
