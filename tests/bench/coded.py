"""A long coded transcript to Word with its comments, to the web, and back again."""

import io
import zipfile
from pathlib import Path

from tests.bench import data
from tests.bench.figures import Figure, Scale, figure, repeated

_REPEATS = 5


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """60,000 words with 2,000 codings: the file written, and what comes back compared with the study."""
    from qda.coding.comments_back import planned
    from qda.exchange.comments_back import read_file
    from qda.models import Project
    from qda.reports.registry import build_report, render_bytes

    path = data.long(folder, scale)
    file = folder / "coded.docx"
    times = min(scale.repeats, _REPEATS)
    with Project.open(path, read_only=True) as project:
        from qda.coding.material import sources

        longest = max(sources(project), key=lambda row: row.length)
        options = {"source": longest.guid}

        def written(kind: str) -> bytes:
            return render_bytes(build_report("coded", project, options), kind)

        docx = repeated(lambda: file.write_bytes(written("docx")), times)
        html = repeated(lambda: written("html"), times)
        raw = repeated(lambda: _packed(file), times)
        back = repeated(lambda: planned(project, read_file(file)), times)
        same = planned(project, read_file(file)).counts()["same"]
    note = f"{same:,} codings of {longest.codings:,} come back as they were"
    packed = "its XML parsed and packed"
    return [
        figure("coded.docx", "coded transcript with comments", docx, goal=3000, raw=raw, raw_is=packed),
        figure("coded.html", "the same for the web", html, goal=2000),
        figure("coded.back", "its comments compared", back, goal=3000, raw=raw, raw_is=packed, note=note),
    ]


def _packed(file: Path) -> bytes:
    """What no writer gets around: the parts parsed once and compressed."""
    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            etree.fromstring(data)
            new.writestr(name, data)
    return out.getvalue()
