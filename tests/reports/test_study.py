"""The report of a study, from a small invented one; and from one whose names are hostile."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from qda.coding import cases, codebook, documents, material, memos, open_coding, selective, sheet
from qda.errors import UsageError
from qda.i18n import LANGUAGES, _, use_language
from qda.models import Project
from qda.reports.figures_of import paradigm_figure
from qda.reports.model import Figure, Quote, Section, Table, Tree, placeholders, plain, runs_of, walk
from qda.reports.registry import FORMATS, render_bytes, report_kind, reports
from qda.reports.study_data import gather

from .samples import HOSTILE
from .small_study import at, build

GUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    with build(tmp_path_factory.mktemp("study") / "study.qdaproj") as project:
        moment = project.clock()
        project.clock = lambda: moment
        yield project


def made(project: Project, name: str = "study", **options: str):
    return report_kind(name).build(project, {"language": "en", **options})


def text_of(report) -> str:
    return render_bytes(report, "md").decode()


def tree(report) -> Tree:
    (found,) = [block for block in walk(report.blocks) if isinstance(block, Tree)]
    return found


def german() -> bool:
    with use_language("de"):
        return _("Report of the study") != "Report of the study"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["study", "codetree"])
def test_the_report_reads_as_its_golden_file(study, name, language):
    """Made anew with QDA_GOLDEN=1."""
    written = GUID.sub("GUID", text_of(made(study, name, language=language)))
    file = GOLDEN / f"{name}.{language}.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


def test_both_reports_are_in_the_registry_with_their_formats():
    kinds = {kind.name: kind for kind in reports()}
    assert kinds["study"].formats == ("docx", "pdf", "html", "xlsx", "md")
    assert set(kinds["codetree"].formats) == set(FORMATS) - {"zip"}


def test_the_chapters_stand_in_the_order_of_the_work(study):
    titles = [block.title for block in made(study).blocks]
    assert titles == [
        "The study",
        "Method",
        "Material and cases",
        "Procedure",
        "Code tree",
        "Categories",
        "Coding paradigm",
        "Core category and story line",
        "Limits of the study",
        "Memos",
        "Use of software and suggestions",
        "Works cited",
        "Not in this report",
    ]


def test_the_language_of_the_report_is_that_of_the_study_unless_another_is_asked_for(study):
    with use_language("en"):
        assert report_kind("study").build(study, {}).language == "de"
        assert made(study).language == "en"


def test_a_private_memo_is_in_no_report_and_is_said_to_be_withheld(study):
    written = text_of(made(study, memos="all"))
    assert "GEHEIM" not in written
    assert "Streng vertraulich" not in written
    assert "Nur symbolisch" in written
    assert "1 private memo is withheld." in written


def test_only_memos_of_the_chosen_types_are_printed(study):
    assert "Von wem?" in text_of(made(study))
    none = text_of(made(study, memos="none"))
    assert "Von wem?" not in none
    assert "2 memos of other types are left out." in none


@pytest.mark.parametrize("options", [{"memos": "poems"}, {"interviewer": "perhaps"}])
def test_an_option_that_means_nothing_is_refused(study, options):
    with pytest.raises(UsageError, match=r"poems|perhaps"):
        made(study, **options)


def test_turns_of_the_interviewer_are_left_out_of_the_counts_on_request(study):
    counts = [
        next(node.counts[:3] for node in tree(report).nodes if node.name == "unklare Zuständigkeit")
        for report in (made(study, "codetree"), made(study, "codetree", interviewer="no"))
    ]
    assert counts == [(1, 1, 2), (1, 1, 1)]


def test_a_code_counts_a_passage_of_the_codes_below_it_once(study):
    found = tree(made(study, "codetree"))
    top = next(node for node in found.nodes if node.name == "Anerkennung")
    assert found.count_titles[:5] == ("Cases", "Documents", "Passages", "A", "B")
    assert (top.counts[:5], top.children[0].counts[:5]) == ((2, 2, 2, 1, 1), (1, 1, 1, 1, 0))


def test_the_diagram_is_a_picture_whose_text_names_codes_and_relations(study):
    (figure,) = [block for block in walk(made(study).blocks) if isinstance(block, Figure)]
    assert figure.png.startswith(b"\x89PNG")
    assert figure.svg.lstrip().startswith(b"<?xml")
    assert "Hinfahren leads to Bleiben der Vereine (modified): 1 case (B 1); 1 against" in figure.alt


def test_an_addressee_whose_codes_are_folded_away_is_not_called_empty(study):
    data = gather(study)
    placed = data.placed(next(model for model in data.models if model.name == "Zusammenhalten"))
    (row,) = [one for one in placed.placements if one.addressee == "network"]
    more = [replace(row, guid=f"p{n}", code=f"c{n}", addressee="immigrants") for n in range(9)]
    codes = {one.code: replace(placed.codes[row.code], guid=one.code) for one in more}
    full = replace(placed, placements=[*placed.placements, *more], codes={**placed.codes, **codes})
    with use_language("en"):
        figure = paradigm_figure(full, crowded=False)
    (slot,) = [one for one in figure.slots if len(one.groups) > 1]
    assert slot.note == "9 more without relation"
    notes = {group.key: group.note for group in slot.groups}
    assert (notes["immigrants"], notes["projects"]) == ("", "empty")


def test_a_rejected_relation_stays_among_the_results(study):
    table = next(
        block for block in walk(made(study).blocks) if isinstance(block, Table) and block.name == "Relations"
    )
    assert [row[4].text for row in table.rows] == ["modified", "rejected"]
    assert "Searched, found none" in text_of(made(study))


def test_evidence_is_quoted_without_the_label_of_its_speaker(study):
    quotes = [block for block in walk(made(study).blocks) if isinstance(block, Quote)]
    assert Quote("Samstags fahr ich hin", "Interview B, para. 4") in quotes
    assert not any(quote.text.startswith(("B:", "I:")) for quote in quotes)


def test_a_quotation_of_the_story_line_that_differs_from_its_source_is_marked(study):
    marked = [run.text for block in walk(made(study).blocks) for run in runs_of(block) if run.placeholder]
    assert "[differs from its source: “Formal war das korrekt.”]" in marked
    assert "[this passage is no longer in the material]" in marked
    assert not any("einen Raum nie" in text for text in marked)


def test_what_the_author_must_write_is_a_placeholder(tmp_path):
    with Project.create(tmp_path / "new.qdaproj", title="New", coder="MK") as project:
        report = made(project)
        assert placeholders(report) == 30
        assert b"[the research question]" in render_bytes(report, "html")


def test_an_empty_code_tree_says_so(tmp_path):
    with Project.create(tmp_path / "new.qdaproj", title="New", coder="MK") as project:
        assert "nothing has been coded yet" in text_of(made(project, "codetree"))


def test_a_content_analysis_gets_a_coding_guide_and_no_paradigm(tmp_path):
    with build(tmp_path / "s.qdaproj") as project:
        sheet.set_template(project, template="content-analysis")
        report = made(project)
    guide = next(
        block for block in report.blocks if isinstance(block, Section) and block.title == "Coding guide"
    )
    (table,) = guide.blocks
    assert [column.title for column in table.columns] == [
        "Category",
        "Definition",
        "Anchor example",
        "Coding rule",
    ]
    assert "“Blumen kriegen wir jedes Jahr” (Interview A, para. 4)" in [row[2].text for row in table.rows]


def test_many_cases_get_tables_of_their_own(tmp_path):
    with Project.create(tmp_path / "many.qdaproj", title="Many", coder="MK") as project:
        for number in range(1, 25):
            source = documents.add_document(project, title=f"Interview {number}", text="B: Ja, also gut.")
            case = cases.add_case(project, name=f"Fall {number}")
            documents.set_source_case(project, source=source, case=case)
            open_coding.code_passage(project, code="Ja", source=source, start=0, stop=5)
        report = made(project, "codetree")
    tables = [block for block in walk(report.blocks) if isinstance(block, Table)]
    assert max(len(table.columns) for table in tables) <= 11
    assert sum(len(table.columns) - 1 for table in tables) == 48
    assert tree(report).nodes[0].counts[:3] == (24, 24, 24)
    assert tree(report).on_pages == 3


@pytest.mark.parametrize("name", ["study", "codetree"])
def test_hostile_names_go_through_every_format(tmp_path, name):
    with build(tmp_path / "s.qdaproj") as project:
        project_text = " ".join(HOSTILE)
        source = documents.add_document(project, title=HOSTILE[0], text=project_text)
        for words in HOSTILE:
            code = codebook.add_code(project, name=f"{words} x", kind="category", definition=words)
            memos.write_memo(project, kind="theoretical", title=words, body=words, target=f"code:{code}")
            start = 0
            stop = len(material.text(project, source))
            open_coding.code_passage(project, code=code, source=source, start=start, stop=stop)
        codebook.choose_passage(project, code=code, which="typical", segment=f"{source}:{start}-{stop}")
        report = made(project, name)
        for format_name in report_kind(name).formats:
            written = render_bytes(report, format_name)
            assert b"\x00" not in written or format_name in ("docx", "pdf", "xlsx")
            if format_name == "html":
                assert b"<script" not in written


def test_references_of_a_story_that_lead_nowhere_stay_words(study):
    words = [plain(block.runs) for block in walk(made(study).blocks) if hasattr(block, "runs")]
    assert any(text.startswith("Wo Anerkennung [mit Raum] fehlt, gehen sie: „Blumen") for text in words)


def test_positions_in_the_small_study_are_those_of_its_texts(study):
    place = at(study, "Interview A", "🌷")
    assert material.text(study, place["source"])[place["start"] : place["stop"]] == "🌷"


@pytest.fixture
def own(tmp_path):
    """A study that this test may change."""
    with build(tmp_path / "own.qdaproj") as project:
        yield project


def test_headings_and_quotations_set_off_stand_in_the_report_as_in_the_story_line(own):
    (passage,) = [row.guid for row in material.segments(own) if row.text.startswith("Samstags fahr ich hin")]
    body = f"Zuerst dies.\n# Der Samstag\nEr tut es:\n\n[„Samstags fahr ich hin“](segment:{passage})"
    selective.write_story(own, kind="story_line", body=body)
    headed = next(
        block
        for block in walk(made(own).blocks)
        if isinstance(block, Section) and block.title == "Der Samstag"
    )
    assert [type(block).__name__ for block in headed.blocks] == ["Paragraph", "Quote"]
    assert headed.blocks[1] == Quote("Samstags fahr ich hin", "Interview B, para. 4")


def test_the_authors_answers_on_the_core_category_are_printed(own):
    selective.answer_on_core(own, key="core:abstract", text="Ein Tausch auf Zeit")
    assert "Ein Tausch auf Zeit" in text_of(made(own))
