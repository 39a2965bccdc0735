"""Every report of the demo study as Markdown, kept beside the tests in both languages.

``python -m tests.reports.golden_demo [NAME …]`` writes them anew, all or those named; what changed is then to
be seen in the differences of the version control, and is to be read there before it is kept.
"""

import re
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from qda import __version__
from qda.i18n import Language, use_language
from qda.models import Project
from qda.reports.registry import build_report, render_bytes, report_kind, reports

FOLDER: Final = Path(__file__).parent / "golden" / "demo"
LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")
NAMES: Final = tuple(kind.name for kind in reports())
_GUID: Final = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_SHORT_GUID: Final = re.compile(r"(?<=[a-z])_[0-9a-f]{4}\b")  # in names of columns
_DAY: Final = datetime(2026, 3, 14, 12, tzinfo=UTC)


def text_format(name: str) -> str:
    """The format that a report is kept in: Markdown, or csv for tables that no page shows."""
    return next((one for one in ("md", "csv") if one in report_kind(name).formats), "")


def file_of(name: str, language: Language) -> Path:
    """Where the text of a report is kept."""
    return FOLDER / language / f"{name}.{text_format(name)}"


def options_of(project: Project, name: str, language: Language) -> Mapping[str, str]:
    """What is asked of a report: what it cannot do without, and of very long ones a sensible part."""
    from qda.coding import codes, material

    interview = next(one for one in material.sources(project) if one.kind == "interview")
    known = codes.properties(project)
    wanted: dict[str, dict[str, str]] = {
        "coded": {"source": interview.guid},
        "feedback": {"case": material.cases(project)[0].guid, "codes": "names"},
        "genesis": {"code": known[0].code},
        "statistics": {"table": "codes_by_cases"},
        "transcript": {"source": interview.guid},
        "typology": {"rows": known[4].guid, "columns": known[5].guid},
        "workshop": {"source": interview.guid, "passage": "10–20", "question": "?"},
    }
    options = {option.name for option in report_kind(name).options}
    asked = {"language": language, **wanted.get(name, {})}
    return {key: value for key, value in asked.items() if key in options}


def made(project: Project, name: str, language: Language) -> str:
    """The report as it is now, on a day that is always the same and in a window of its own language."""
    project.clock = lambda: _DAY
    with use_language(language):
        report = build_report(name, project, options_of(project, name, language))
        text = render_bytes(report, text_format(name)).decode("utf-8-sig").replace("\r\n", "\n")
    return _same_everywhere(text)


def _same_everywhere(text: str) -> str:
    """The text with stand-ins for what differs from build to build: the release, and GUIDs in their order."""
    found: dict[str, str] = {}
    for guid in _GUID.findall(text):
        found.setdefault(guid, f"guid-{len(found) + 1}")
    text = _GUID.sub(lambda one: found[one.group()], text)
    text = _SHORT_GUID.sub("_guid", text)
    return text.replace(f"qda {__version__}", "qda 1.2.3")


def main(names: Any = ()) -> int:
    """Writes the texts anew; those of reports that are no more are removed."""
    from qda import demo
    from qda.reports.files import write_whole

    wanted = tuple(names) or NAMES
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "demo.qdaproj"
            demo.build(path, language=language).close()
            with Project.open(path, read_only=True) as project:
                for name in filter(text_format, wanted):
                    out = file_of(name, language)
                    out.parent.mkdir(parents=True, exist_ok=True)
                    write_whole(out, made(project, name, language).encode("utf-8"))
        kept = {file_of(name, language).name for name in NAMES}
        for old in (FOLDER / language).iterdir():
            if old.name not in kept:
                old.unlink()
    return 0


if __name__ == "__main__":
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication([*sys.argv[:1], "-platform", "offscreen"])
    sys.exit(main(sys.argv[1:]))
