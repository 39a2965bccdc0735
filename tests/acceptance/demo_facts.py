"""What the demo study holds at its end, as plain facts: stored once, compared after every replay.

``python -m tests.acceptance.demo_facts`` writes the stored facts anew; look at the difference before it is
kept: whatever changed there changed in the study.
"""

import hashlib
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final

from qda import demo
from qda.coding import codes, material, memo_queries, model_versions, sampling, theory
from qda.coding.saturation_judgements import standing
from qda.models import Project

STORED: Final = Path(__file__).parent / "facts" / "demo.json"


def facts(project: Project) -> dict[str, Any]:
    """Counts, quotes and evidence of a study, without GUIDs and times."""
    sources = {s.guid: s for s in material.sources(project)}
    passages = {row.guid: row for row in material.segments(project)}
    cases = {case.guid: case.name for case in material.cases(project)}
    codings = [
        [sources[guid].title, passages[mark.segment].paragraph, mark.name, mark.coder, mark.start, mark.stop]
        for guid in sources
        for mark in codes.marks(project, guid)
    ]
    return {
        "documents": {
            s.title: [s.format, s.length, hashlib.sha256(material.text(project, s.guid).encode()).hexdigest()]
            for s in sources.values()
        },
        "cases": {case.name: len(case.attributes) for case in material.cases(project)},
        "codes": {row.path: row.kind for row in codes.codes(project)},
        "codings": sorted(codings),
        "codings of each code": dict(sorted(Counter(row[2] for row in codings).items())),
        "quotes": sorted(f"{row.title}, {row.paragraph}: {row.text}" for row in passages.values()),
        "relations": [
            [row.number, row.statement, row.status, len(row.conditions), row.searched]
            for row in theory.relations(project)
        ],
        "evidence": [
            [
                row.number,
                piece.polarity,
                piece.kind,
                sorted(cases[one] for one in piece.cases),
                [one.text for one in piece.segments],
            ]
            for row in theory.relations(project)
            for piece in theory.evidence(project, row.guid)
        ],
        "memos": sorted(f"{memo.kind}: {memo.title}" for memo in memo_queries.memos(project)),
        "sampling": [[row.form, row.outcome, row.gap] for row in sampling.decisions(project)],
        "saturation": {row.code_name: row.state for row in standing(project).values()},
        "versions": [
            row.name
            for model in theory.models(project)
            for row in model_versions.versions(project, model.guid)
        ],
        "story line": hashlib.sha256(_bare(theory.story(project, "story_line")).encode()).hexdigest(),
    }


def _bare(text: str) -> str:
    """The text without the targets of its references, which are other GUIDs each time."""
    return "".join(part.partition(")")[2] if n else part for n, part in enumerate(text.split("](")))


def main() -> None:
    """Writes the stored facts from a new replay."""
    with tempfile.TemporaryDirectory() as folder, demo.build(Path(folder) / "demo.qdaproj") as project:
        text = json.dumps(facts(project), ensure_ascii=False, indent=1)
    STORED.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
