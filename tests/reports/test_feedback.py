"""Feedback to one case: everything that is quoted of it, and nothing of any other."""

import os
import re
from pathlib import Path

import pytest

from qda.coding import axial, cases, codebook, consent, documents, material, memo_queries, open_coding, theory
from qda.coding.evidence import add_evidence
from qda.exchange.importing import import_files
from qda.i18n import LANGUAGES, use_language
from qda.models import Project
from qda.reports.feedback_data import CONVERSATIONS
from qda.reports.model import Quote, Report, placeholders, walk
from qda.reports.registry import build_report, render_bytes, report_kind
from tests.reports.small_study import at, build, guid, span

GOLDEN = Path(__file__).with_name("golden")
GROUP = """I: Wie war das?
C: Wir haben die Halle selbst gestrichen, alle zusammen an einem Samstag.
I: Und danach?
D: Danach hat uns niemand mehr gefragt, ob wir noch kommen wollen.
C: Der Schlüssel liegt bis heute bei mir in der Schublade.
"""


@pytest.fixture
def study(tmp_path: Path) -> Project:
    return build(tmp_path / "study.qdaproj")


@pytest.fixture
def group(study: Project, tmp_path: Path) -> Project:
    """The study with a group discussion, each speaker of which is a case of their own."""
    file = tmp_path / "Gruppe.txt"
    file.write_text(GROUP * 2, encoding="utf-8")
    import_files(study, [file])
    source = at(study, "Gruppe", "I:")["source"]
    documents.set_source_kind(study, source=source, kind="focus_group")  # type: ignore[arg-type]
    for label in "CD":
        speaker = next(s.guid for s in material.speakers(study, source) if s.label == label)  # type: ignore[arg-type]
        documents.set_speaker_case(study, speaker=speaker, case=cases.add_case(study, name=label))
    return study


def _made(project: Project, **options: str) -> Report:
    with use_language("en"):
        return build_report("feedback", project, {"language": "en", **options})


def _text(report: Report) -> str:
    return render_bytes(report, "md").decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_reads_as_its_golden_file(study, language):
    """Made anew with QDA_GOLDEN=1."""
    written = _text(_made(study, case="A", codes="names", language=language))
    file = GOLDEN / f"feedback.{language}.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", report_kind("feedback").formats)
def test_every_format_takes_it(study, kind):
    assert len(render_bytes(_made(study, case="A"), kind)) > 200


def test_evidence_typical_passages_and_the_story_are_quoted_with_their_places(study):
    made = _made(study, case="A", reply="no")
    quotes = {(one.text, one.citation) for one in walk(made.blocks) if isinstance(one, Quote)}
    assert quotes == {
        ("Blumen kriegen wir jedes Jahr, hat er gesagt, einen Raum nie.", "Interview A, para. 4"),
        ("Blumen kriegen wir jedes Jahr", "Interview A, para. 4"),
        ("mit dem Essen", "Interview A, para. 5"),
    }


def test_what_is_only_coded_is_not_quoted(study):
    place = at(study, "Interview A", "Wir haben’s, ähm, einfach gemacht.")
    open_coding.code_passage(study, code="Hinfahren", **place)  # type: ignore[arg-type]
    assert "einfach gemacht" not in _text(_made(study, case="A"))


def test_it_names_no_code_unless_it_is_asked_for(study):
    plain = _text(_made(study, case="A"))
    assert "Anerkennung" not in plain
    assert "Bleiben der Vereine" not in plain
    assert "as a typical passage: Anerkennung" in _text(_made(study, case="A", codes="names"))


def test_memos_notes_and_reasons_are_never_in_it(study):
    text = _text(_made(study, case="A", codes="names"))
    for told in ("Verbindlichkeit wird geliehen", "Nur symbolisch", "vertraulich", "Sozialarbeiterin"):
        assert told not in text
    for told in ("seitdem rufen sie an", "alle Stellen zu Konzept", "Wie Mitarbeit gewürdigt"):
        assert told not in _text(_made(study, case="B", codes="names"))


def test_a_code_named_in_the_words_of_another_case_is_not_named(study):
    code = guid(study, "mit dem Essen")
    codebook.choose_passage(
        study, code=code, which="typical", segment=span(study, "Interview B", "Steht alles drin")
    )
    made = _made(study, case="B", codes="names")
    assert "mit dem Essen" not in _text(made)
    assert "1 code is not named" in made.withheld[0]
    assert "mit dem Essen" in _text(_made(study, case="A", codes="names"))


def test_a_code_that_names_another_case_is_not_named(study):
    cases.rename_case(study, case=material.cases(study)[0].guid, name="Tannstetten")
    codebook.rename_code(study, code=guid(study, "Hinfahren"), name="Hinfahren wie Tannstetten")
    text = _text(_made(study, case="B", codes="names"))
    assert "Samstags fahr ich hin" in text
    assert "Tannstetten" not in text


def test_of_a_passage_with_several_speakers_only_the_own_words_are_left(group):
    whole = material.text(group, at(group, "Gruppe", "I:")["source"])  # type: ignore[arg-type]
    passage = whole[whole.index("C: Wir haben") : whole.index("Schublade.") + len("Schublade.")]
    relation = theory.relations(group)[0].guid
    add_evidence(group, relation=relation, segments=[span(group, "Gruppe", passage)], polarity="supporting")
    for_c, for_d = _text(_made(group, case="C")), _text(_made(group, case="D"))
    assert "selbst gestrichen" in for_c
    assert "in der Schublade" in for_c
    assert "niemand mehr gefragt" not in for_c
    assert "niemand mehr gefragt" in for_d
    assert "gestrichen" not in for_d
    assert "Schublade" not in for_d


def test_field_notes_about_the_case_are_not_its_words(study):
    documents.set_source_kind(study, source=at(study, "Interview A", "I:")["source"], kind="postscript")  # type: ignore[arg-type]
    made = _made(study, case="A")
    assert "Blumen" not in _text(made)
    assert "3 passages are left out" in made.withheld[0]


def test_evidence_of_what_was_given_up_is_not_in_it(study):
    model = next(one.guid for one in theory.models(study) if one.name == "Zusammenhalten")
    axial.set_model_status(study, model=model, status="abandoned")
    assert "how two themes hang together" not in _text(_made(study, case="A"))
    axial.set_model_status(study, model=model, status="active")
    assert "how two themes hang together" in _text(_made(study, case="A"))


def test_a_case_that_said_no_gets_the_places_alone(study):
    consent.set_consent(study, case=material.cases(study)[0].guid, quote="no")
    made = _made(study, case="A")
    assert "Blumen" not in _text(made)
    assert "Interview A, para. 4" in _text(made)
    assert "quotations are withheld" in made.withheld[0]


def test_the_letter_is_a_placeholder_and_so_is_the_case(study):
    assert placeholders(_made(study, case="A")) == 2
    assert placeholders(_made(study)) == 1


def test_a_case_that_is_nowhere_quoted_is_told_so(study):
    cases.add_case(study, name="Z")
    assert "Nothing of what you said is quoted so far." in _text(_made(study, case="Z"))


@pytest.mark.parametrize("named", ["no", "names"])
def test_in_the_demo_study_no_case_gets_words_names_or_memos_of_another(german_demo, named):
    """Six words in a row of anybody else are nowhere in it, nor six words in a row of any memo."""
    with Project.open(german_demo, read_only=True) as project:
        everyone = material.cases(project)
        said = {one.guid: _runs(_said(project, one.guid)) for one in everyone}
        notes = _runs([one.body for one in memo_queries.memos(project)])
        filled = 0
        for case in everyone:
            made = build_report("feedback", project, {"case": case.guid, "codes": named})
            text = render_bytes(made, "md").decode().replace("\\", "")
            ours, printed = said[case.guid], _runs([text])
            filled += bool(printed & ours)
            others = set().union(*(words for guid, words in said.items() if guid != case.guid))
            assert not printed & (others - ours), case.name
            assert not printed & (notes - ours), case.name
            body = text.partition("## ")[2]
            for other in everyone:
                if other.guid != case.guid and len(other.name) > 2:
                    assert not re.search(rf"(?<!\w){re.escape(other.name)}(?!\w)", body), other.name
        assert filled >= 6


def _said(project: Project, case: str) -> list[str]:
    found = []
    for source in material.sources(project):
        if source.kind not in CONVERSATIONS:
            continue
        of_label = {one.label: one.case for one in material.speakers(project, source.guid)}
        text = material.text(project, source.guid)
        for line in material.paragraphs(project, source.guid):
            if line.role == "respondent" and (of_label.get(line.speaker) or source.case) == case:
                found.append(text[line.label_stop : line.stop])
    return found


def _runs(texts: list[str]) -> set[tuple[str, ...]]:
    found = set()
    for text in texts:
        words = re.findall(r"\w+", text.casefold())
        found |= {tuple(words[n : n + 6]) for n in range(len(words) - 5)}
    return found
