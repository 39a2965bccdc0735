"""The profiles of the study report: for a thesis, an article, a team, an archive."""

import io

import pytest
from docx import Document

from qda.coding import codebook, consent, material, memos, open_coding, sheet
from qda.coding.procedure import code_dates, procedure
from qda.errors import UsageError
from qda.models import Project
from qda.reports.model import Figure, Quote, Report, Section, Table, placeholders, plain, runs_of, walk
from qda.reports.registry import build_report, render_bytes
from qda.reports.study import PROFILES
from qda.reports.study_team import differing

from .small_study import at, build, guid

_OWN_CHAPTERS = {
    "thesis": {"Method", "Limits of the study", "Works cited"},
    "article": {"Summary", "Sample", "Propositions", "Discussion"},
    "team": {"State of the work", "Who coded what", "Open questions", "Next steps"},
    "archive": {"Codes with all their passages", "Changes of the categories"},
}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    with build(tmp_path_factory.mktemp("profiles") / "study.qdaproj") as project:
        yield project


@pytest.fixture
def own(tmp_path):
    """A study that this test may change."""
    with build(tmp_path / "own.qdaproj") as project:
        yield project


def made(project: Project, profile: str, **options: str) -> Report:
    return build_report("study", project, {"language": "en", "profile": profile, **options})


def titles(report: Report) -> set[str]:
    return {block.title for block in report.blocks if isinstance(block, Section)}


def text_of(report: Report) -> str:
    return render_bytes(report, "md").decode()


def table(report: Report, name: str) -> Table:
    (found,) = [one for one in walk(report.blocks) if isinstance(one, Table) and one.name == name]
    return found


def coded_by_another(project: Project, coder: str, code: str, title: str, words: str) -> None:
    place = at(project, title, words)
    open_coding.code_passage(project, code=code, coder=coder, **place)  # type: ignore[arg-type]


@pytest.mark.parametrize("profile", PROFILES)
def test_each_profile_has_chapters_of_its_own_and_says_what_is_not_in_it(study, profile):
    found = titles(made(study, profile))
    assert _OWN_CHAPTERS[profile] <= found
    for other, chapters in _OWN_CHAPTERS.items():
        assert other == profile or not (chapters - {"Works cited"}) & found
    assert "Not in this report" in found


@pytest.mark.parametrize("profile", PROFILES)
def test_each_profile_is_a_word_document_that_opens(study, profile):
    document = Document(io.BytesIO(render_bytes(made(study, profile), "docx")))
    assert any(one.style.name == "Heading 1" for one in document.paragraphs)


def test_a_profile_that_there_is_not_is_refused(study):
    with pytest.raises(UsageError, match="no value for profile; there are: thesis, article, team, archive"):
        made(study, "poster")


@pytest.mark.parametrize("profile", PROFILES)
def test_no_profile_prints_a_private_memo_nor_its_title(study, profile):
    written = text_of(made(study, profile, memos="all"))
    assert "GEHEIM" not in written
    assert "Streng vertraulich" not in written


def test_what_the_author_must_write_of_method_is_a_placeholder_and_nothing_else(study):
    report = made(study, "thesis")
    (method,) = [one for one in report.blocks if isinstance(one, Section) and one.title == "Method"]
    for section in method.blocks:
        (paragraph,) = section.blocks
        first, *rest = paragraph.runs
        assert first.placeholder
        assert all(run.link or not run.text.strip(" →") for run in rest)


def test_the_procedure_counts_acts_by_phase_and_leaves_out_what_was_undone(own):
    before = {row.phase: row.acts for row in procedure(own).phases}
    own.phase = "axial"
    codebook.rename_code(own, code=guid(own, "Hinfahren"), name="Hinfahren müssen")
    after = {row.phase: row.acts for row in procedure(own).phases}
    assert after.get("axial", 0) == before.get("axial", 0) + 1
    own.undo()
    assert {row.phase: row.acts for row in procedure(own).phases} == before


def test_a_code_is_changed_when_its_words_change_and_not_when_it_is_used(own):
    code = guid(own, "Hinfahren")
    made_on, changed = code_dates(own)[code]
    coded_by_another(own, "", "Hinfahren", "Interview A", "Blumen")
    assert code_dates(own)[code] == (made_on, changed)
    codebook.set_code_field(own, code=code, field="definition", value="Wer hinfährt.")
    assert code_dates(own)[code][0] == made_on
    assert code_dates(own)[code][1] != changed


def test_the_documents_stand_in_the_order_in_which_they_were_coded(study):
    rows = table(made(study, "thesis"), "Coding").rows
    first = {one.segment.title: one.created for one in reversed(_codings(study))}
    assert [row[0].text for row in rows] == sorted(first, key=lambda title: first[title])


def _codings(project: Project):
    from qda.coding.codes import codings

    return sorted(codings(project), key=lambda one: one.created)


def test_the_article_gives_sample_categories_model_and_propositions_in_short(study):
    report = made(study, "article")
    propositions = table(report, "Propositions")
    assert [column.title for column in propositions.columns] == [
        "No.",
        "Proposition, and when it holds",
        "Cases",
        "+",
        "±",
        "−",
        "State",
    ]
    assert [cell.text for cell in propositions.rows[0]][2:] == ["A, B", "1", "–", "1", "modified"]
    assert [row[0].text for row in table(report, "Sample").rows] == ["A", "B"]
    assert sum(isinstance(block, Figure) for block in walk(report.blocks)) == 1
    assert len([block for block in walk(report.blocks) if isinstance(block, Quote)]) <= 8
    assert not [
        block for block in walk(report.blocks) if isinstance(block, Section) and block.title == "Evidence"
    ]
    assert placeholders(report) >= 6


def test_the_article_quotes_one_passage_that_speaks_against_a_proposition(study):
    report = made(study, "article")
    against = [plain(block.runs) for block in walk(report.blocks) if hasattr(block, "runs")]
    assert any(words.startswith("Against R1:") for words in against)


def test_the_team_sees_who_coded_what_and_where_two_differ(own):
    open_coding.code_passage(
        own, code="Abwehr", coder="TS", **at(own, "Interview A", "Blumen kriegen wir jedes Jahr")
    )
    coded_by_another(own, "TS", "Anerkennung", "Interview B", "Formal war das korrekt.")
    report = made(own, "team")
    assert [column.title for column in table(report, "Coders").columns] == [
        "Document",
        "MK",
        "TS",
        "Last coding",
    ]
    assert {row[0].text: row[2].text for row in table(report, "Coders").rows} == {
        "Interview A": "1",
        "Interview B": "1",
    }
    shares = {row[0].text: (row[2].text, row[3].text) for row in table(report, "Together").rows}
    assert shares["Interview B"][1] == "1 of 1"
    assert shares["Interview A"][1] == "0 of 1"
    assert "Passages to settle together" in text_of(report)


def test_passages_on_which_two_agree_are_not_among_those_to_settle(own):
    coded_by_another(own, "TS", "Anerkennung", "Interview B", "Formal war das korrekt.")
    assert differing(_codings(own)) == []


def test_planning_notes_that_are_done_are_no_next_steps(own):
    memos.write_memo(own, kind="operational", title="Anrufen", body="Bei C anfragen.")
    memos.write_memo(own, kind="operational", title="[x] Erledigt", body="Schon getan.")
    written = text_of(made(own, "team"))
    assert "Bei C anfragen." in written
    assert "Schon getan." not in written
    assert "1 note is done and left out." in written


def test_the_archive_holds_every_coded_passage_under_its_code_and_all_open_memos(study):
    report = made(study, "archive")
    (chapter,) = [
        one for one in report.blocks if isinstance(one, Section) and one.title.startswith("Codes with")
    ]
    codings = _codings(study)
    for section in chapter.blocks:
        quotes = [block for block in section.blocks if isinstance(block, Quote)]
        name = section.title.strip("“”")
        assert len(quotes) == len({one.segment.guid for one in codings if one.code_name == name}), name
    assert "Nur symbolisch" in text_of(report)


def test_the_archive_tells_how_the_categories_changed(study):
    words = [row[3].text for row in table(made(study, "archive"), "Changes").rows]
    assert any("Wie Mitarbeit gewürdigt wird." in one for one in words)


def test_the_archive_prints_the_place_alone_where_quoting_is_not_agreed(own):
    case = next(one.guid for one in material.cases(own) if one.name == "B")
    consent.set_consent(own, case=case, quote="no")
    written = text_of(made(own, "archive"))
    assert "Samstags fahr ich hin" not in written.replace("\n", " ").split("Not in this report")[0]
    assert "withheld" in written


@pytest.mark.parametrize("profile", PROFILES)
def test_a_study_that_hides_frequencies_tells_none_of_codes(own, profile):
    sheet.set_frequencies_hidden(own, hidden=True)
    report = made(own, profile)
    heads = {column.title for one in walk(report.blocks) if isinstance(one, Table) for column in one.columns}
    assert not heads & {"Codings", "Passages", "+", "First by second"}


@pytest.mark.parametrize("profile", PROFILES)
def test_an_empty_study_says_what_is_missing(tmp_path, profile):
    with Project.create(tmp_path / "new.qdaproj", title="New", coder="MK") as project:
        report = made(project, profile)
    assert placeholders(report) > 0
    assert not any(run.text == "None" for block in walk(report.blocks) for run in runs_of(block))
