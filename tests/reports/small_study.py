"""A small invented study for the tests of reports: two interviews, a paradigm with evidence, a story line."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from qda.coding import (
    attributes,
    axial,
    cases,
    codebook,
    codes,
    consent,
    documents,
    evidence,
    material,
    memos,
    open_coding,
    properties,
    selective,
    sheet,
    theory,
)
from qda.exchange.importing import import_files
from qda.models import Project
from tests.kept import kept_study

A = """I: Wie hat das angefangen?
B: Da hat keiner gefragt, wer zuständig ist. Wir haben’s, ähm, einfach gemacht.
I: Und die Vereine?
B: Blumen kriegen wir jedes Jahr, hat er gesagt, einen Raum nie. 🌷
B: Die wollten nicht wieder die mit dem Essen sein.
"""
B = """I: Was haben Sie vorgefunden?
B: Steht alles drin, außer was ich morgen früh mache.
I: Und der Beirat?
B: Formal war das korrekt. Samstags fahr ich hin, steht in keinem Konzept.
"""
TEXTS = {"Interview A": A, "Interview B": B}
FIELDS = {
    "prior_knowledge": "Zwei Jahre Mitarbeit in einem Verein.",
    "preconceptions": "Ich erwartete, dass Wertschätzung genügt.",
    "case_definition": "Eine koordinierende Person in ihrer Gemeinde.",
    "notes": "Hinweis: Frei erfundene Lehrstudie\nNamen sind ersetzt.",
}


def at(project: Project, title: str, words: str) -> dict[str, object]:
    """Source, start and stop of words in a document."""
    source = next(one.guid for one in material.sources(project) if one.title == title)
    start = material.text(project, source).index(words)
    return {"source": source, "start": start, "stop": start + len(words)}


def span(project: Project, title: str, words: str) -> str:
    """The same as acts take it for a passage."""
    place = at(project, title, words)
    return f"{place['source']}:{place['start']}-{place['stop']}"


def build(path: Path, *, template: str = "hajji") -> Project:
    """The study, open; made once in a process, then copied. Its clock goes on where the building ended."""
    sheet_of = {"title": "Leihen & halten", "language": "de", "template": template, "coder": "MK"}
    project, seconds = kept_study(path, _fill, **sheet_of)
    for title, text in TEXTS.items():
        path.with_name(f"{title}.txt").write_text(text, encoding="utf-8")
    _tell_time(project, count(seconds))
    return project


def _tell_time(project: Project, seconds: Iterator[int]) -> None:
    project.clock = lambda: datetime(2024, 10, 1, 12, 0, next(seconds) % 60, tzinfo=UTC)


def _fill(project: Project) -> int:
    """Fills a new study. Returns how many seconds it took by its own clock."""
    seconds = count()
    _tell_time(project, seconds)
    for field, value in FIELDS.items():
        sheet.set_sheet_field(project, field=field, value=value)  # type: ignore[arg-type]
    sheet.revise_question(project, text="Wie gelingt Koordination?")
    sheet.revise_question(project, text="Unter welchen Bedingungen handeln sie?", reason="Zu normativ.")
    for title, text in TEXTS.items():
        file = project.path.with_name(f"{title}.txt")
        file.write_text(text, encoding="utf-8")
        import_files(project, [file])
        case = cases.add_case(project, name=title[-1])
        documents.set_source_case(
            project,
            source=at(project, title, "I:")["source"],
            case=case,  # type: ignore[arg-type]
        )
        attributes.set_attribute(project, case=case, name="Alter", value="52" if title[-1] == "A" else "41")
        consent.set_consent(project, case=case, quote="yes", date="1.9.2024")
    cases.describe_case(
        project, case=material.cases(project)[0].guid, text="Sozialarbeiterin, neun Jahre im Amt."
    )
    _code(project)
    _theory(project)
    _write(project)
    return next(seconds)


def guid(project: Project, name: str) -> str:
    """The GUID of a code by its name."""
    return next(code.guid for code in codes.codes(project) if code.name == name)


def _code(project: Project) -> None:
    for path, title, words in (
        ("Anerkennung > Blumen statt Raum", "Interview A", "Blumen kriegen wir jedes Jahr"),
        ("Anerkennung", "Interview A", "Blumen kriegen wir jedes Jahr"),
        ("Anerkennung", "Interview B", "Formal war das korrekt."),
        ("Hinfahren", "Interview B", "Samstags fahr ich hin"),
        ("Bleiben der Vereine", "Interview A", "einen Raum nie"),
        ("unklare Zuständigkeit", "Interview A", "Da hat keiner gefragt, wer zuständig ist."),
        ("unklare Zuständigkeit", "Interview A", "Und die Vereine?"),
    ):
        open_coding.code_passage(project, code=path, **at(project, title, words))  # type: ignore[arg-type]
    open_coding.code_in_vivo(project, **at(project, "Interview A", "mit dem Essen"))  # type: ignore[arg-type]
    code = guid(project, "Anerkennung")
    codebook.set_code_kind(project, code=code, kind="category")
    codebook.set_code_kind(project, code=guid(project, "unklare Zuständigkeit"), kind="category")
    codebook.set_code_field(project, code=code, field="definition", value="Wie Mitarbeit gewürdigt wird.")
    codebook.choose_passage(
        project,
        code=code,
        which="typical",
        segment=span(project, "Interview A", "Blumen kriegen wir jedes Jahr"),
    )
    prop = properties.add_property(
        project, code=code, name="Art", pole_from="symbolisch", pole_to="mit Ressource"
    )
    for title, words, value in (
        ("Interview A", "Blumen kriegen wir jedes Jahr", "symbolisch"),
        ("Interview B", "Formal war das korrekt.", "ohne"),
    ):
        properties.set_property_value(
            project, property=prop, segment=span(project, title, words), value=value
        )


def _theory(project: Project) -> None:
    model = axial.add_model(project, name="Zusammenhalten", phenomenon=guid(project, "Anerkennung"))
    given_up = axial.add_model(project, name="Integration steuern", phenomenon=guid(project, "Hinfahren"))
    axial.set_model_status(project, model=given_up, status="abandoned")
    axial.place_code(
        project, model=model, code=guid(project, "unklare Zuständigkeit"), slot="conditions", level="district"
    )
    axial.place_code(project, model=model, code=guid(project, "Hinfahren"), slot="strategies")
    axial.place_code(
        project,
        model=model,
        code=guid(project, "Bleiben der Vereine"),
        slot="consequences",
        addressee="network",
    )
    first = axial.relate_codes(
        project,
        model=model,
        from_code=guid(project, "Hinfahren"),
        to_code=guid(project, "Bleiben der Vereine"),
        type="leads_to",
        statement="Hinfahren führt zum Bleiben der Vereine",
        status="modified",
    )
    axial.add_condition(project, relation=first, text="Anerkennung ist mit Ressource verbunden")
    for title, words, polarity, kind, note in (
        ("Interview B", "Samstags fahr ich hin", "supporting", "spoken", "seitdem rufen sie an"),
        (
            "Interview A",
            "Blumen kriegen wir jedes Jahr, hat er gesagt, einen Raum nie.",
            "contradicting",
            "inferred",
            "",
        ),
    ):
        evidence.add_evidence(
            project,
            relation=first,
            segments=[span(project, title, words)],
            polarity=polarity,
            kind=kind,
            note=note,
        )
    second = axial.relate_codes(
        project,
        model=model,
        from_code=guid(project, "unklare Zuständigkeit"),
        to_code=guid(project, "Hinfahren"),
        type="condition_for",
        status="rejected",
    )
    evidence.note_search(project, relation=second, note="alle Stellen zu Konzept und Auftrag gelesen")


def _write(project: Project) -> None:
    code, relation = guid(project, "Anerkennung"), theory.relations(project)[0].guid
    selective.choose_core(project, code=code, reasons="Sie kommt in beiden Fällen vor.")
    gone = "00000000-0000-4000-8000-000000000000"
    segment = next(
        s for s in material.segments(project) if s.text.startswith("Blumen") and s.text.endswith("nie.")
    )
    wrong = next(s for s in material.segments(project) if s.text == "Formal war das korrekt.")
    selective.write_story(project, kind="story", body="Zwei Leute halten zusammen, was ihnen nicht gehört.")
    selective.write_story(
        project,
        kind="story_line",
        body=(
            f"Wo [Anerkennung [mit Raum]](code:{code}) fehlt, gehen sie: "
            f"[„Blumen kriegen wir […] einen Raum nie“](segment:{segment.guid}). "
            f"[Wer hinfährt, hält sie](relation:{relation}).\n\n"
            f"Anders [„Formal war das falsch“](segment:{wrong.guid}); [weg](segment:{gone})."
        ),
    )
    memos.write_memo(
        project,
        kind="theoretical",
        title="Leihen",
        body="Verbindlichkeit wird geliehen.\n\nVon wem?",
        target=f"code:{code}",
    )
    memos.write_memo(project, kind="code", title="Zu Blumen", body="Nur symbolisch.")
    memos.write_memo(project, kind="theoretical", title="GEHEIM", body="Streng vertraulich.", private=True)
