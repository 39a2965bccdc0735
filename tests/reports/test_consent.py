"""Nobody is quoted who has not consented: in no report and in no format; and the report says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.coding import cases, codebook, consent, material, memos, selective
from qda.coding.citation import cited
from qda.models import Project
from qda.reports.registry import render_bytes, report_kind

from .small_study import build, guid

SAID = ("Blumen kriegen wir", "einen Raum nie", "wer zuständig ist")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with build(tmp_path / "study.qdaproj") as project:
        yield project


def printed(project: Project, name: str = "study") -> str:
    report = report_kind(name).build(project, {"language": "en", "memos": "all"})
    return render_bytes(report, "md").decode()


def case(project: Project, name: str) -> str:
    return next(row.guid for row in material.cases(project) if row.name == name)


def test_words_of_a_case_without_consent_are_withheld_and_their_place_stays(study: Project) -> None:
    segment = next(s for s in material.segments(study) if s.text == "einen Raum nie")
    body = f"Sie sagt [einen Raum nie](segment:{segment.guid})."
    selective.write_story(study, kind="story_line", body=body)
    assert all(words in printed(study) for words in SAID[:2])
    consent.set_consent(study, case=case(study, "A"), quote="no")
    text = printed(study)
    assert [words for words in SAID if words in text] == []
    assert "quotation withheld: no consent" in text
    assert "Interview A, para." in text
    assert "quotations are withheld: no consent." in text
    assert "Samstags fahr ich hin" in text


def test_memos_and_examples_do_not_quote_what_may_not_be_quoted(study: Project) -> None:
    quote = "Blumen kriegen wir jedes Jahr, hat er gesagt"
    memos.write_memo(study, kind="theoretical", title="Raum", body=f"Bezeichnend: {quote}, und mehr.")
    codebook.set_code_field(
        study, code=guid(study, "Anerkennung"), field="definition", value=f"Etwa so: {quote}"
    )
    consent.set_consent(study, case=case(study, "A"), quote="no")
    text = printed(study)
    assert "Blumen kriegen" not in text
    assert "Bezeichnend: [quotation withheld: no consent], und mehr." in text.replace("\\", "")
    assert "Quotations in 2 texts of the author are withheld: no consent." in text


def test_a_case_inside_another_inherits_its_no(study: Project) -> None:
    with study.unit("Inside") as session:
        from qda.models.material import Case

        above = session.get_one(Case, 1)
        inner = session.get_one(Case, 2)
        inner.parent_id = above.id
    consent.set_consent(study, case=case(study, above.name), quote="no")
    assert {row.name for row in consent.withheld(study)} == {"A", "B"}
    assert "Samstags fahr ich hin" not in printed(study)


def test_what_is_not_settled_is_printed_and_said(study: Project) -> None:
    consent.set_consent(study, case=case(study, "B"), quote="open")
    text = printed(study)
    assert "Samstags fahr ich hin" in text
    assert "Consent to be quoted is not settled for: B." in text


def test_an_in_vivo_name_stays_a_name_and_is_no_quotation(study: Project) -> None:
    codebook.set_code_kind(study, code=guid(study, "mit dem Essen"), kind="category")
    assert "“mit dem Essen”" in printed(study)
    consent.set_consent(study, case=case(study, "A"), quote="no")
    text = printed(study)
    assert "“mit dem Essen”" not in text
    assert "mit dem Essen" in text
    assert "1 in-vivo code is named in words that may not be quoted." in text
    assert "1 in-vivo code is named" in printed(study, "codetree")


def test_a_passage_in_which_one_speaker_said_no_is_withheld(study: Project) -> None:
    source = next(row.guid for row in material.sources(study) if row.title == "Interview B")
    nobody = cases.add_case(study, name="Still")
    consent.set_consent(study, case=nobody, quote="no")
    speakers = material.speakers(study, source)
    from qda.coding.documents import set_speaker_case

    for speaker in speakers:
        if speaker.role != "interviewer":
            set_speaker_case(study, speaker=speaker.guid, case=nobody)
    whole = material.span_row(study, source, 0, len(material.text(study, source)))
    assert cited(whole).startswith("[quotation withheld: no consent] (Interview B")
