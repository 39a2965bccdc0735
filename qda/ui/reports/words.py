"""Words of the workspace of reports: groups, formats, languages."""

import json
from typing import Final

from qda.i18n import N_

FORMATS: Final = {
    "docx": N_("Word"),
    "pdf": N_("PDF"),
    "html": N_("Web page"),
    "xlsx": N_("Excel"),
    "csv": N_("Table (csv)"),
    "md": N_("Markdown"),
    "opml": N_("Outline (OPML)"),
    "mmd": N_("Mermaid"),
    "graphml": N_("GraphML"),
    "zip": N_("Package of files (zip)"),
}
LANGUAGES: Final = {"de": N_("German"), "en": N_("English")}
GROUPS: Final = (
    (N_("The whole study"), ("study", "archive", "statistics")),
    (N_("Codes and categories"), ("codetree", "codebook", "segments", "matrix")),
    (N_("Theory"), ("paradigm", "cases", "saturation")),
    (N_("Material"), ("transcript", "coded", "memos", "workshop", "feedback")),
    (N_("Tracing the work"), ("genesis", "sampling", "audit", "agreement", "declaration")),
)
OTHERS: Final = N_("More")


def grouped(names: list[str]) -> list[tuple[str, list[str]]]:
    """The reports in their groups; those of no group come last. Empty groups are left out."""
    found = [(title, [name for name in members if name in names]) for title, members in GROUPS]
    known = {name for _title, members in GROUPS for name in members}
    found.append((OTHERS, [name for name in names if name not in known]))
    return [(title, members) for title, members in found if members]


def read_settings(written: str) -> dict[str, str]:
    """Settings of a report as kept in the study; none where they cannot be read."""
    try:
        found = json.loads(written or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
