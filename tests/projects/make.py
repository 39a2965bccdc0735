"""Makes a small project file of the present schema; each released version's file stays here for ever.

    python -m tests.projects.make

All names and texts are invented.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from qda.coding import (
    analyses,
    attributes,
    axial,
    cases,
    code_maps,
    codebook,
    comparison_cells,
    concepts,
    documents,
    evidence,
    memo_piles,
    memos,
    model_versions,
    open_coding,
    pencil,
    piles,
    properties,
    question_answers,
    quick_codes,
    reading,
    sampling,
    saturation_judgements,
    saved_queries,
    selective,
    sheet,
    suggestion_events,
    templates,
)
from qda.coding.positions import normalise
from qda.coding.references import resolve
from qda.coding.suggestion_events import Proposed
from qda.coding.transcript import ParagraphDraft, SpeakerDraft, TimeMarkDraft, TranscriptDraft
from qda.models import Project
from qda.models.engines import SCHEMA_VERSION

TARGET = Path(__file__).parent / f"v{SCHEMA_VERSION}.qdaproj"
TEMPLATE = """{"slots": [
{"key": "phenomenon", "role": "phenomenon", "name": "Phänomen"},
{"key": "turns", "role": "own", "name": "Wendepunkte"}]}"""
WORDS = """I: Wie begann Ihre Arbeit im Netzwerk?
B: Also, am Anfang stand ich allein da 😀, ohne Geld und ohne Auftrag.
B: Dann haben wir Straßenfeste gemacht, und die Leute kamen.
I: Und die Verwaltung?
B: Die hat zugeschaut. Vertrauen, ja, das wuchs erst über die Jahre."""


def draft(words: str = WORDS) -> TranscriptDraft:
    """A short transcript of two speakers."""
    text, _ = normalise(words)
    paragraphs, at = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        paragraphs.append(ParagraphDraft(at, at + len(line), at + 3, line[0], True, "text", str(number)))
        at += len(line) + 1
    speakers = (SpeakerDraft("I", "interviewer", ""), SpeakerDraft("B", "respondent", "Frau B"))
    marks = (TimeMarkDraft(38, 12_000, "#00:00:12-0#"),)
    header = (("Datum", "1. März 2025"),)
    return TranscriptDraft(
        text, tuple(paragraphs), speakers, marks, header, "txt", "utf-8", "label", "de", ()
    )


def span(text: str, words: str) -> dict[str, int]:
    """Start and stop of ``words`` in ``text``."""
    start = text.index(words)
    return {"start": start, "stop": start + len(words)}


def fill(project: Project) -> None:
    """Does a little of everything."""
    read = draft()
    case = cases.add_case(project, name="Koordinatorin A")
    attributes.set_attribute(project, case=case, name="Alter", value="47")
    source = documents.take_in(
        project, draft=read, title="Interview A", original=WORDS.encode(), file_name="a.txt"
    )
    documents.set_source_case(project, source=source, case=case)
    documents.move_to_group(project, source=source, group=documents.add_group(project, name="Erste Welle"))
    sheet.revise_question(project, text="Unter welchen Bedingungen handeln sie?", reason="Beginn")

    def coded(words: str, code: str) -> str:
        return open_coding.code_passage(project, source=source, code=code, **span(read.text, words))

    coded("allein da 😀", "Lage > Alleinstehen")
    coded("ohne Geld und ohne Auftrag", "Lage > Mittellosigkeit")
    coding = coded("Straßenfeste gemacht", "Strategien > Feste feiern")
    open_coding.comment_coding(project, coding=coding, comment="Handlung, kein Zustand")
    trust = open_coding.code_in_vivo(project, source=source, **span(read.text, "Vertrauen"))
    study = resolve(project, "*", "project:")
    wrong = coded("zugeschaut", "Zuschauen")
    open_coding.remove_coding(project, coding=wrong)
    project.undo()
    _theorise(project, source, read.text)
    project.phase = "axial"
    note = memos.write_memo(
        project, kind="theoretical", title="Zeit", body="Vertrauen braucht Jahre.", target=f"coding:{trust}"
    )
    memos.write_memo(project, kind="diary", title="Notiz", body="Nur für mich.", private=True, target=study)
    _lay_out(project, source, read.text, note)
    _grow(project, source, case)
    (row,) = analyses.readable(project)
    analyses.keep(project, row, name="invented", data=b"words", forms=[("kommen", "kamen")])
    _suggest(project, source, read.text)


def _suggest(project: Project, source: str, text: str) -> None:
    trust = resolve(project, "code", "Vertrauen")
    shown = {"engine": "invented", "version": "1", "reason": "like Interview A, para. 2"}
    suggestion_events.record(
        project,
        source=source,
        **span(text, "die Leute kamen"),
        proposed=[
            Proposed("code", score=0.9, outcome="taken", strong=True, code=trust, **shown),
            Proposed("new", score=0.2, outcome="passed", name="Leute gewinnen", form="process", **shown),
        ],
    )


def _lay_out(project: Project, source: str, text: str, note: str) -> None:
    pencil.pencil(project, source=source, **span(text, "die Leute kamen"), note="wer?")
    reading.mark_uncoded(project, source=source, paragraph="4")
    reading.mark_seen(project, source=source, starts=[0])
    concept = concepts.add_concept(project, name="Soziales Kapital", origin="Bourdieu 1983")
    concepts.add_concept(project, name="Rolle")
    made = concepts.concept_to_code(project, concept=concept)
    quick_codes.set_quick_code(project, key=1, code=made)
    pile = piles.new_pile(project, name="Mittel", x=30, y=20)
    piles.pile_code(project, pile=pile, code=made)
    query = '{"version": 1, "query": {"type": "text", "words": "Vertrauen"}}'
    saved_queries.save_query(project, name="Vertrauen", spec=query)
    memo_pile = memo_piles.new_memo_pile(project, name="Kapitel 1")
    memo_piles.put_memo(project, pile=memo_pile, memo=note)
    sheet.set_frequencies_hidden(project, hidden=True)


def _grow(project: Project, source: str, case: str) -> None:
    from qda.coding import theory

    trust = resolve(project, "code", "Vertrauen")
    (relation,) = theory.relations(project)
    (placed,) = theory.placements(project)
    evidence.note_search(project, relation=relation.guid, case=case, note="in A noch einmal")
    evidence.pass_candidate(project, relation=relation.guid, segment=f"{source}:0-10")
    axial.place_card(project, placement=placed.guid, x=40, y=-12)
    model_versions.freeze_model(project, model=relation.model, name="vor Fall B")
    templates.add_template(project, name="Eigenes", spec=TEMPLATE)
    sampled = sampling.decide_sampling(
        project,
        form="contrasting",
        gap="kein Gegenfall",
        why="Vertrauen ohne Feste?",
        targets=[f"case:{case}"],
    )
    sampling.note_outcome(project, decision=sampled, outcome="refused", brought="keine Zeit")
    saturation_judgements.judge_saturation(project, code=trust, state="provisional", reason="ein Fall")
    comparison_cells.write_summary(project, row_kind="code", row=trust, case=case, text="wächst langsam")
    comparison_cells.choose_quotation(
        project, row_kind="code", row=trust, case=case, segment=f"{source}:10-20"
    )
    question_answers.answer_method(project, key="2", target=f"relation:{relation.guid}", text="eine Lücke")
    chart = code_maps.new_map(project, name="Skizze")
    first = code_maps.put_on_map(project, map=chart, target=f"code:{trust}", x=10, y=20)
    last = code_maps.put_on_map(project, map=chart, text="und dann?", x=90)
    code_maps.draw_line(project, start=first, end=last, relation=relation.guid, label="wie", directed=True)


def _theorise(project: Project, source: str, text: str) -> None:
    code = {
        n: resolve(project, "code", n)
        for n in ("Alleinstehen", "Feste feiern", "Vertrauen", "Mittellosigkeit")
    }
    codebook.set_code_kind(project, code=code["Vertrauen"], kind="category")
    codebook.set_code_field(
        project, code=code["Vertrauen"], field="definition", value="Was trägt, wenn Geld fehlt."
    )
    prop = properties.add_property(
        project, code=code["Vertrauen"], name="Dauer", pole_from="kurz", pole_to="lang"
    )
    passage = span(text, "über die Jahre")
    properties.set_property_value(
        project, property=prop, segment=f"{source}:{passage['start']}-{passage['stop']}", value="lang"
    )
    model = axial.add_model(project, name="Aufbau", template="hajji", phenomenon=code["Vertrauen"])
    axial.place_code(
        project, model=model, code=code["Alleinstehen"], slot=_slot(project), level="coordinator"
    )
    relation = axial.relate_codes(
        project,
        model=model,
        from_code=code["Feste feiern"],
        to_code=code["Vertrauen"],
        type="furthers",
        statement="Wo gefeiert wird, wächst Vertrauen.",
    )
    axial.add_condition(project, relation=relation, property=prop, value="lang")
    passage = span(text, "die Leute kamen")
    evidence.add_evidence(
        project,
        relation=relation,
        segments=[f"{source}:{passage['start']}-{passage['stop']}"],
        polarity="supporting",
    )
    evidence.note_search(project, relation=relation, note="in A gesucht")
    selective.choose_core(project, code=code["Vertrauen"], reasons="Alles läuft darauf zu.")
    selective.write_story(
        project,
        kind="story_line",
        body=f"[Vertrauen](code:{code['Vertrauen']}) wächst, [R1](relation:{relation}).",
    )


def _slot(project: Project) -> str:
    from qda.coding import theory

    return theory.models(project)[0].slots[0].guid


def main() -> None:
    """Writes the file anew (only before its version is released)."""
    TARGET.unlink(missing_ok=True)
    moment = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)

    def clock() -> datetime:
        nonlocal moment
        moment += timedelta(minutes=1)
        return moment

    with Project.create(
        TARGET, title="Erfundene Studie", language="de", template="hajji", coder="A"
    ) as project:
        project.clock = clock
        fill(project)


if __name__ == "__main__":
    main()
