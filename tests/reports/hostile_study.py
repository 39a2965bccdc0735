"""A study in which everything that people can name or write tries to break out of what it is written into.

The small study with more cases, documents, codes and memos, all of it made by acts; then every free text in
the file is replaced by a hostile one: what a file of unknown origin may hold goes past the acts.
"""

import sqlite3
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Final

from qda.coding import (
    axial,
    cases,
    code_maps,
    codebook,
    concepts,
    documents,
    map_gathering,
    material,
    memos,
    open_coding,
    properties,
    questions,
    sampling,
    saturation_judgements,
    sheet,
    suggestion_events,
    theory,
)
from qda.exchange.importing import import_files
from qda.models import Project

from .samples import HOSTILE
from .small_study import at, build, guid

LONG: Final = "Wort " * 1_999 + "Ende."
UNBROKEN: Final = "ä" * 10_000
NASTY: Final = (
    *(name for name in HOSTILE if not name.startswith("\ud800")),  # a file cannot hold half a character
    "+A1",
    "-1+1",
    "@x",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    " =1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org","x")',
    "<script>alert(1)</script>",
    "</style><style>@import url(http://example.org/s.css)</style>",
    '" onmouseover="alert(1)" x="',
    "' onclick='alert(1)",
    "<svg/onload=alert(1)>",
    "<!-- a --> <![CDATA[ b ]]> <?php c ?>",
    "</w:t></w:r><w:r><w:t>x",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) ![y](http://example.org/y.png)",
    "https://example.org/ und //example.org/x",
    "👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈",
    "Kategorie שלום (قلم) Ende 12",
    "\u202eumgedreht\u202c und \u2066isoliert\u2069",
    "a | b || c `d` ``e``",
    "${7*7} {{7*7}} {%x%} #{7*7} %s %(n)s {0} {name}",
    "Zeile 1\nZeile 2\n\nZeile 4",
    '"; DROP TABLE code; --',
    "\x1b[31mrot\x07 \x7f \x85 \u2028 \u2029 \ufeff \ufdd0 \U0001ffff",
    "Code > Kind > Enkel",
    "1) 2. # - * + ~~~ --- ===",
    "&lt;b&gt; &amp;amp; &#60; &",
    LONG,
    UNBROKEN,
)
"""Every text that is planted; acts clean some of them, who writes into the file cleans none."""

_WRITTEN: Final = {
    "attribute": "name description",
    "attribute_value": "value",
    "case_": "name description consent_note",
    "cell_summary": "body",
    "code": "name definition delimitation anchor rule",
    "code_map": "name",
    "coder": "name",
    "coding": "comment",
    "core_category": "reasons rivals",
    "counter_search": "note",
    "document_group": "name",
    "evidence": "note",
    "map_item": "text",
    "map_line": "label",
    "memo": "title body",
    "model_slot": "name definition question",
    "model_version": "name note",
    "paradigm_model": "name",
    "project_sheet": "title prior_knowledge preconceptions field_access own_role case_definition "
    "transcription_rules notes",
    "property": "name pole_from pole_to",
    "property_value": "value",
    "question_answer": "body",
    "relation": "own_type statement",
    "relation_condition": "value text",
    "research_question": "text reason",
    "sampling_decision": "gap sought why brought",
    "saturation_judgement": "reason",
    "sensitizing_concept": "name origin definition",
    "source": "title file_name",
    "speaker": "label name",
    "story": "body",
    "suggestion_event": "engine version form name reason words",
    "unit": "label",
}


def hostile(path: Path) -> Path:
    """The study's file."""
    with build(path) as project:
        _more(project)
        _field(project)
        _theory(project)
    _overwrite(path)
    return path


def _more(project: Project) -> None:
    """A case, a document, a code with a passage and a memo for each of the texts."""
    files = []
    for n, words in enumerate(NASTY):
        file = project.path.with_name(f"Gespräch {n:02}.txt")
        text = words.replace("\r", "").replace("\x00", "")
        file.write_text(
            f"I: Frage {n}?\nB: Stelle {n} und {text} weiter.\nB: Noch etwas.\n", encoding="utf-8"
        )
        files.append(file)
    import_files(project, files)
    by_title = {one.title: one.guid for one in material.sources(project)}
    for n, words in enumerate(NASTY):
        code = codebook.add_code(
            project, name=words, definition=words, kind="category" if n % 3 else "concept"
        )
        source = by_title[f"Gespräch {n:02}"]
        documents.set_source_case(project, source=source, case=cases.add_case(project, name=words))
        text = material.text(project, source)
        start = text.index(f"Stelle {n}")
        stop = text.index(" weiter.")
        open_coding.code_passage(project, code=code, source=source, start=start, stop=stop, comment=words)
        memos.write_memo(project, kind="theoretical", title=words, body=words, target=f"code:{code}")


def _field(project: Project) -> None:
    for field in ("field_access", "own_role", "transcription_rules"):
        sheet.set_sheet_field(project, field=field, value=NASTY[0])
    decision = sampling.decide_sampling(project, form="open", gap="a", sought="b", why="c")
    sampling.sample_case(project, decision=decision, name="D")
    sampling.note_outcome(project, decision=decision, outcome="reached", brought="e")
    place = at(project, "Interview A", "Und die Vereine?")
    questions.answer_question(project, question="why", answer="x", **place)  # type: ignore[arg-type]
    concepts.add_concept(project, name="x", origin="y", definition="z")
    suggestion_events.record(
        project,
        source=str(place["source"]),
        start=0,
        stop=5,
        proposed=[
            suggestion_events.Proposed(
                kind="new",
                engine="e",
                version="v",
                score=1.0,
                outcome="taken",
                strong=True,
                name="n",
                form="noun",
                reason="r",
                words="w",
            )
        ],
    )


def _theory(project: Project) -> None:
    code = guid(project, "Anerkennung")
    saturation_judgements.judge_saturation(project, code=code, state="saturated", reason="x")
    other = properties.add_property(project, code=code, name="Form", pole_from="a", pole_to="b", places=["c"])
    for n, case in enumerate(material.cases(project)[:3]):
        properties.set_case_value(project, property=other, case=case.guid, value="abc"[n])
    relations = [f"relation:{row.guid}" for row in theory.relations(project)]
    passage = f"segment:{material.segments(project)[0].guid}"
    chart = code_maps.new_map(project, name="Karte")
    targets = [*relations, passage]
    map_gathering.gather_on_map(
        project, map=chart, targets=targets, xs=[0] * len(targets), ys=[120 * n for n in range(len(targets))]
    )
    code_maps.put_on_map(project, map=chart, text="Worte", x=400)
    axial.relate_codes(
        project,
        model=theory.models(project)[0].guid,
        from_code=code,
        to_code=guid(project, "Bleiben der Vereine"),
        type="own",
        own_type="x",
        statement="y",
    )


def _overwrite(path: Path) -> None:
    """Each free text is another one; the two long ones once a kind, for they make a thousand pages else."""
    words = cycle(NASTY[:-2])
    with sqlite3.connect(path) as db:
        for table, columns in _WRITTEN.items():
            for (row,) in db.execute(f'SELECT id FROM "{table}"').fetchall():
                for column in columns.split():
                    db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (next(words), row))
            row = f'SELECT id FROM "{table}" ORDER BY id LIMIT 1 OFFSET 2'
            long = UNBROKEN if table in ("memo", "attribute_value") else LONG
            db.execute(f'UPDATE "{table}" SET "{columns.split()[0]}" = ? WHERE id = ({row})', (long,))
    db.close()


def clock() -> datetime:
    """A moment that stands still."""
    return datetime(2025, 3, 1, 12, tzinfo=UTC)
