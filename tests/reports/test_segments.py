"""The report of passages: of a query, a live set or a code; what may not be quoted stays out."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.coding import consent, documents, material, open_coding, saved_queries, sheet
from qda.coding.retrieval import parse, to_json
from qda.errors import KnownError, UsageError
from qda.exchange.reading import draft_from_text
from qda.i18n import LANGUAGES
from qda.models import Project
from qda.reports.model import Quote, Section, Table, walk
from qda.reports.registry import render_bytes, report_kind

from .small_study import at, build

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with build(tmp_path / "study.qdaproj") as project:
        moment = project.clock()
        project.clock = lambda: moment
        yield project


def made(project: Project, **options: str):
    return report_kind("segments").build(project, {"language": "en", **options})


def text_of(report) -> str:
    return render_bytes(report, "md").decode()


def passages(report) -> list[str]:
    """The words of the table's rows."""
    (table,) = [block for block in walk(report.blocks) if isinstance(block, Table)]
    column = [one.title for one in table.columns].index("Passage")
    return [row[column].text for row in table.rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_reads_as_its_golden_file(study, language):
    """Made anew with QDA_GOLDEN=1."""
    table = made(study, query="Anerkennung+ or Hinfahren", language=language, by="case")
    quotes = made(
        study, code="Anerkennung", language=language, by="code", form="quotes", context="yes", paragraphs="1"
    )
    written = f"{text_of(table)}\n----\n\n{text_of(quotes)}"
    file = GOLDEN / f"segments.{language}.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


def test_without_a_query_all_coded_passages_are_in_it(study):
    assert len(passages(made(study))) == len({one.guid for one in material.segments(study)}) - 1  # evidence


def test_a_live_set_is_asked_for_by_its_name(study):
    query = json.dumps(to_json(parse(study, "Hinfahren")))
    saved_queries.save_query(study, name="Unterwegs", spec=query)
    report = made(study, set="unterwegs")
    assert passages(report) == ["“Samstags fahr ich hin”"]
    assert report.subtitle == "Passages: Unterwegs"


def test_a_code_brings_those_below_it(study):
    assert passages(made(study, code="Anerkennung")) == [
        "“Blumen kriegen wir jedes Jahr”",
        "“Formal war das korrekt.”",
    ]


def test_by_code_a_passage_stands_under_each_code_that_was_asked_for(study):
    report = made(study, code="Anerkennung", by="code")
    (table,) = [block for block in walk(report.blocks) if isinstance(block, Table)]
    assert [row[0].text for row in table.rows] == ["Anerkennung", "Anerkennung", "Blumen statt Raum"]


def test_quotations_stand_below_headings(study):
    report = made(study, query="Anerkennung", form="quotes", by="case")
    assert [one.title for one in walk(report.blocks) if isinstance(one, Section)] == ["A", "B"]
    assert [one.text for one in walk(report.blocks) if isinstance(one, Quote)] == [
        "Blumen kriegen wir jedes Jahr",
        "Formal war das korrekt.",
    ]


def test_what_stands_around_is_told_apart_from_the_passage(study):
    (first, *_rest) = passages(made(study, query="Anerkennung", context="yes", paragraphs="0"))
    assert first == "B: “Blumen kriegen wir jedes Jahr”, hat er gesagt, einen Raum nie. 🌷"


def test_words_without_consent_are_withheld_and_nothing_around_them_tells_them(study):
    case = next(row.guid for row in material.cases(study) if row.name == "A")
    consent.set_consent(study, case=case, quote="no")
    for form in ("table", "quotes"):
        text = text_of(made(study, form=form, context="yes", paragraphs="3"))
        assert "Blumen kriegen" not in text
        assert "einen Raum" not in text
        assert "quotation withheld: no consent" in text
        assert "Samstags fahr ich hin" in text
        assert "quotations are withheld: no consent." in text


def test_in_a_group_the_words_around_a_passage_are_withheld_when_another_speaker_said_no(study):
    from qda.coding import cases

    text = "I: Offen gesagt, gern.\nB: Geheim bleibt das.\nI: Und?\nB: Nichts."
    source = documents.take_in(study, draft=draft_from_text(text), title="Gruppe")
    case = cases.add_case(study, name="Eva")
    consent.set_consent(study, case=case, quote="no")
    speaker = next(one.guid for one in material.speakers(study, source) if one.label == "B")
    documents.set_speaker_case(study, speaker=speaker, case=case)
    open_coding.code_passage(study, code="Offen", **at(study, "Gruppe", "Offen gesagt"))
    assert passages(made(study, query="Offen", context="yes", paragraphs="1")) == ["“Offen gesagt”"]


def test_counts_are_left_out_where_frequencies_are_hidden(study):
    assert "2 cases · 2 documents · 2 passages" in text_of(made(study, query="Anerkennung"))
    sheet.set_frequencies_hidden(study, hidden=True)
    assert "passages" not in text_of(made(study, query="Anerkennung"))


@pytest.mark.parametrize(
    "options",
    [
        {"query": "Anerkennung", "code": "Anerkennung"},
        {"by": "moon"},
        {"form": "song"},
        {"context": "yes", "paragraphs": "viele"},
        {"context": "yes", "paragraphs": "99"},
    ],
)
def test_an_option_that_means_nothing_is_refused(study, options):
    with pytest.raises(UsageError):
        made(study, **options)


@pytest.mark.parametrize("options", [{"query": "Anerkennung and"}, {"set": "nirgends"}, {"code": "Wurst"}])
def test_what_is_not_there_is_told(study, options):
    with pytest.raises(KnownError):
        made(study, **options)


@pytest.mark.parametrize("format_name", ["docx", "html", "xlsx", "csv", "md"])
def test_it_can_be_written_in_every_format_of_a_table(study, format_name):
    data = render_bytes(made(study), format_name)
    assert len(data) > 500
    if format_name == "csv":
        assert "Samstags fahr ich hin" in data.decode("utf-8-sig")


def test_nothing_found_is_said(study):
    assert "No passage is so." in text_of(made(study, query="Anerkennung and text:xyz"))
