"""What is common to all reports: a part of the study, the citation, the author, pseudonyms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from qda.coding import cases, codebook, consent, material, properties, selective
from qda.coding.pseudonyms.entries import Entry
from qda.errors import AmbiguousError, KnownError, UsageError
from qda.exchange.name_key import PASSPHRASE, write_key
from qda.models import Project
from qda.models.material import Case
from qda.reports import pseudonymous
from qda.reports.model import Figure, Line, Report, Run, Span, Table, Transcript, cell, paragraph
from qda.reports.pseudonymous import with_pseudonyms
from qda.reports.registry import build_report, render_bytes, report_kind, reports
from qda.reports.scope import COMMON

from .small_study import build, guid

A_SAID = "Blumen kriegen wir jedes Jahr"
B_SAID = "Samstags fahr ich hin"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with build(tmp_path / "study.qdaproj") as project:
        yield project


def printed(project: Project, name: str = "study", **options: str) -> str:
    wanted = {"language": "en", **options}
    return render_bytes(build_report(name, project, wanted), "md").decode().replace("\\", "")


def test_every_report_takes_what_is_common_and_an_own_option_of_the_name_wins() -> None:
    for kind in reports():
        names = [option.name for option in kind.options]
        assert len(names) == len(set(names)), kind.name
        common = {option.name for option in COMMON} - (set() if "docx" in kind.formats else {"template"})
        assert common <= set(names), kind.name
    own = next(option for option in report_kind("cases").options if option.name == "cases")
    assert own not in COMMON


def test_only_the_chosen_documents_are_in_the_report_and_it_says_so(study: Project) -> None:
    text = printed(study, documents="Interview B")
    assert B_SAID in text
    assert A_SAID not in text
    assert "Only these documents: Interview B" in text
    report = build_report("study", study, {"documents": "Interview B", "language": "en"})
    assert "Only these documents: Interview B" in report.withheld
    assert "Nothing is withheld." not in report.withheld


def test_only_the_chosen_cases_are_in_the_report(study: Project) -> None:
    text = printed(study, "segments", cases="A")
    assert A_SAID in text
    assert B_SAID not in text
    assert "Only these cases: A" in text


def test_names_are_guids_names_or_paths_with_a_semicolon_between(study: Project) -> None:
    by = {row.title: row.guid for row in material.sources(study)}
    text = printed(study, "segments", documents=f"{by['Interview A']}; Interview B")
    assert A_SAID in text
    assert B_SAID in text
    assert "Anerkennung" not in printed(study, "codetree", branches="Hinfahren")
    text = printed(study, "codetree", branches="Anerkennung > Blumen statt Raum")
    assert "Blumen statt Raum" in text
    assert "Hinfahren" not in text


def test_an_ambiguous_name_is_refused_with_its_candidates(study: Project) -> None:
    for above in ("Anerkennung", "Hinfahren"):
        codebook.add_code(study, name="Doppelt", parent=guid(study, above))
    with pytest.raises(AmbiguousError, match=r"Anerkennung > Doppelt.*Hinfahren > Doppelt"):
        build_report("codetree", study, {"branches": "Hinfahren; Doppelt"})
    with pytest.raises(KnownError, match="nothing called “Nowhere”"):
        build_report("codetree", study, {"documents": "Nowhere"})


def test_an_option_of_no_report_is_refused(study: Project) -> None:
    with pytest.raises(UsageError, match="does not take “colour”"):
        build_report("study", study, {"colour": "x"})


def test_documents_and_cases_that_have_nothing_in_common_are_refused(study: Project) -> None:
    with pytest.raises(KnownError, match="No document is left"):
        build_report("study", study, {"documents": "Interview A", "cases": "B"})


def test_the_citation_of_a_report_is_its_own_and_the_study_keeps_its(study: Project) -> None:
    assert "(Interview A, para." in printed(study)
    text = printed(study, citation="{case} ¶{paragraph}")
    assert "(A ¶" in text
    assert "(Interview A, para." not in text
    assert material.project_sheet(study).citation == ""
    with pytest.raises(KnownError, match="cannot stand in a citation"):
        build_report("study", study, {"citation": "{page}"})


def test_the_author_stands_on_the_title_page(study: Project) -> None:
    report = build_report("codetree", study.path, {"author": " M.  Kern ", "language": "en"})
    assert report.author == "M. Kern"
    assert report.facts == build_report("codetree", study.path, {"language": "en"}).facts


def test_whose_words_are_silent_is_silent_in_reports_of_the_other_part_too(study: Project) -> None:
    quote = "Blumen kriegen wir jedes Jahr, hat er gesagt, einen Raum nie."
    from qda.coding import memos

    memos.write_memo(study, kind="theoretical", title="Raum", body=f"Sie sagt: {quote} Und mehr.")
    consent.set_consent(study, case=next(c.guid for c in material.cases(study) if c.name == "A"), quote="no")
    text = printed(study, "memos", cases="B")
    assert "Und mehr." in text
    assert "Blumen kriegen" not in text


def test_a_story_quotes_nothing_that_is_out(study: Project) -> None:
    segment = next(s for s in material.segments(study) if s.text == "einen Raum nie")
    selective.write_story(
        study, kind="story_line", body=f"Sie sagt [einen Raum nie](segment:{segment.guid})."
    )
    assert "einen Raum nie" in printed(study, cases="A")
    text = printed(study, cases="B")
    assert "einen Raum nie" not in text
    assert "[a passage outside this part]" in text


def test_the_interviewer_can_be_left_out_where_passages_are_listed(study: Project) -> None:
    assert "Und die Vereine?" in printed(study, "segments")
    text = printed(study, "segments", interviewer="no")
    assert "Und die Vereine?" not in text
    assert "Without passages in turns of interviewers" in text
    assert A_SAID in text


def test_a_part_says_what_it_is_in_the_language_of_the_report(study: Project) -> None:
    report = build_report("codetree", study, {"coders": "MK", "language": "de"})
    english = build_report("codetree", study, {"coders": "MK", "language": "en"})
    assert any("MK" in line for line in report.facts)
    assert "Only codings and memos by MK; the theory is shared by all" in english.facts


# -- pseudonyms ---------------------------------------------------------------------------------------------

NAMES = (Entry("Blumen", "person", "Rosa"), Entry("Vereine", "institution", "[Gruppen]"))


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pseudonymous, "_opened", {})
    monkeypatch.delenv(PASSPHRASE, raising=False)
    return write_key(tmp_path / "names.qdakey", "a long one", NAMES)


def test_names_of_the_key_are_replaced_in_the_report_and_nowhere_else(study: Project, key: Path) -> None:
    with pytest.raises(KnownError, match="is locked"):
        build_report("segments", study, {"pseudonyms": str(key)})
    assert pseudonymous.unlock(key, "a long one") == len(NAMES)
    text = printed(study, "segments", pseudonyms=str(key))
    assert "Blumen" not in text
    assert "Rosa kriegen wir" in text
    assert "Names are replaced by pseudonyms." in text
    assert "Blumen kriegen" in printed(study, "segments")


def test_a_script_gives_the_passphrase_in_the_environment(
    study: Project, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE, "a long one")
    assert "Rosa kriegen wir" in printed(study, "segments", pseudonyms=str(key))
    with pytest.raises(KnownError, match="no file “gone"):
        build_report("segments", study, {"pseudonyms": str(key.with_name("gone.qdakey"))})


def test_a_picture_with_a_name_in_it_is_left_out_and_places_in_a_transcript_move_along(key: Path) -> None:
    pseudonymous.unlock(key, "a long one")
    picture = Figure("Model", "A picture", b"png", b"<svg><text>Blumen</text></svg>")
    fine = Figure("Model", "A picture", b"png", b"<svg><text>Baum</text></svg>")
    line = Line("1", "B", "Die Blumen blühen", (Span(0, 4, 10), Span(0, 11, 17)))
    table = Table((), ((cell(Run("Blumen", bold=True)),),))
    done = with_pseudonyms(
        Report("T", "en", (picture, fine, Transcript((line,), record="x"), table, paragraph("Blumenkohl"))),
        str(key),
    )
    left, kept, transcript, told, other = done.blocks
    assert not isinstance(left, Figure)
    assert kept == fine
    assert isinstance(transcript, Transcript)
    assert transcript.lines[0].text == "Die Rosa blühen"
    assert [transcript.lines[0].text[s.start : s.stop] for s in transcript.lines[0].spans] == [
        "Rosa",
        "blühen",
    ]
    assert transcript.record == ""
    assert isinstance(told, Table)
    assert told.rows[0][0].runs == (Run("Rosa", bold=True),)
    assert "1 picture is left out: names stand in it." in done.withheld
    assert other == paragraph("Blumenkohl")


def others(project: Project, kind: str) -> dict[str, str]:
    """What a report must be told besides."""
    if kind == "typology":
        of = guid(project, "Hinfahren")
        properties.add_property(project, code=of, name="Weg", pole_from="kurz", pole_to="weit")
        return {"rows": "Art", "columns": "Weg"}
    return {"code": "Anerkennung"} if kind == "profile" else {}


@pytest.mark.parametrize("kind", [kind.name for kind in reports()])
def test_a_part_that_is_everything_has_the_same_report_as_the_whole(study: Project, kind: str) -> None:
    wanted = others(study, kind)
    every = ";".join(row.guid for row in material.sources(study))
    whole = build_report(kind, study, wanted)
    part = build_report(kind, study, {**wanted, "documents": every, "coders": "MK"})
    assert len(part.facts) == len(whole.facts) + 2
    assert part.blocks == whole.blocks


def test_a_case_inside_another_keeps_the_no_of_the_one_above_it(study: Project) -> None:
    above = cases.add_case(study, name="Kreis")
    with study.unit("Inside") as session:
        inner = session.get_one(Case, 1)
        inner.parent_id = session.scalars(select(Case.id).where(Case.guid == above)).one()
    consent.set_consent(study, case=above, quote="no")
    text = printed(study, "segments", cases="A")
    assert "Interview A" in text
    assert A_SAID not in text
