"""A case deleted for good is in no byte that the program has written; the other cases are whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from qda import acts
from qda.coding import (
    attributes,
    axial,
    cases,
    codebook,
    codes,
    documents,
    evidence,
    material,
    memos,
    open_coding,
    properties,
    selective,
    theory,
    withdrawing,
)
from qda.coding.correcting import correct_text
from qda.coding.memo_queries import memos as memo_rows
from qda.coding.search import search
from qda.errors import KnownError
from qda.models import Project
from tests.coding.conftest import draft
from tests.coding.helpers import passage, span

KERN = """I: Wie begann Ihre Arbeit im Kreis?
B: Ich habe den Zwiebelturm damals ganz allein mit Seifenblasen bemalt.
B: Die Leuchtturmwärter haben uns gewarnt, keiner hörte zu."""
OTHER = """I: Wie begann Ihre Arbeit im Kreis?
B: Wir hatten Pflaumenkuchen für alle, jeden Freitag."""
GROUP = """M: Was hilft?
A: Mir hilft die Kieselsteinsammlung der anderen.
B: Mir nicht, ich brauche Haselnüsse.
A: Und der Drachenflieger war schon fort."""
DISTINCT = (
    "Wackersteinkern", "Zwiebelturm", "Seifenblasen", "Leuchtturmw", "Kieselstein", "Drachenflieger",
    "Bienenzüchter", "Regentonne", "Kommentarsatz", "Portraitsatz", "Evidenznotiz", "Marmeladenbrot",
    "Ausprägungssatz", "kern.docx", "B-Wacker", "Nachtwächtersatz",
)  # fmt: skip


def everywhere(folder: Path, words: tuple[str, ...]) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes().lower() if path.is_file() else b""
        for word in words:
            low = word.lower()
            forms = [low.encode(), json.dumps(low)[1:-1].encode(), low.encode("utf-16-le")]
            found += [(path.name, word)] if any(form in data for form in forms) else []
    return found


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.qdaproj", title="Study", language="de", coder="Ada") as opened:
        yield opened


class Study:
    """A filled project: the case "Wackersteinkern", another one, a focus group with both."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.before = codebook.add_code(project, name="Zuvor")
        self.kern = cases.add_case(project, name="Wackersteinkern")
        self.other = cases.add_case(project, name="Pflaume")
        roles = {"I": "interviewer", "B": "respondent"}
        self.own = documents.take_in(
            project,
            draft=draft(KERN, roles),
            title="Wackersteinkern 1",
            original=KERN.encode(),
            file_name="kern.docx",
        )
        self.theirs = documents.take_in(
            project, draft=draft(OTHER, roles), title="Pflaume 1", original=OTHER.encode()
        )
        parts = {"M": "interviewer", "A": "respondent", "B": "respondent"}
        self.group = documents.take_in(
            project, draft=draft(GROUP, parts), title="Gruppe", kind="focus_group", original=GROUP.encode()
        )
        documents.set_source_case(project, source=self.own, case=self.kern)
        documents.set_source_case(project, source=self.theirs, case=self.other)
        for speaker in material.speakers(project, self.group):
            if speaker.label != "M":
                chosen = self.kern if speaker.label == "A" else self.other
                documents.set_speaker_case(project, speaker=speaker.guid, case=chosen)
        self._code()
        self._write()

    def _code(self) -> None:
        project, own = self.project, self.own
        attributes.set_attribute(project, case=self.kern, name="Beruf", value="Bienenzüchter")
        attributes.set_attribute(project, case=self.other, name="Beruf", value="Bäcker")
        cases.describe_case(project, case=self.kern, text="wohnt bei der Regentonne")
        self.in_vivo = open_coding.code_in_vivo(project, **span(project, own, "Seifenblasen"))
        coding = open_coding.code_passage(project, **span(project, own, "ganz allein"), code="Alleinsein")
        open_coding.comment_coding(project, coding=coding, comment="Kommentarsatz")
        open_coding.code_passage(project, **span(project, self.theirs, "Pflaumenkuchen"), code="Gaben")
        open_coding.code_passage(project, **span(project, self.group, "Kieselsteinsammlung"), code="Gaben")
        open_coding.code_passage(project, **span(project, self.group, "Haselnüsse"), code="Gaben")
        both = span(project, self.group, "der anderen.\nB: Mir nicht")
        open_coding.code_passage(project, **both, code="Alleinsein")
        rows = {row.name: row.guid for row in codes.codes(project)}
        prop = properties.add_property(project, code=rows["Gaben"], name="Menge")
        properties.set_property_value(
            project, property=prop, value="Ausprägungssatz", segment=passage(project, own, "Zwiebelturm")
        )
        self.model = axial.add_model(project, name="Modell", template="hajji")
        self.relation = axial.relate_codes(
            project, model=self.model, from_code=rows["Gaben"], to_code=rows["Alleinsein"], type="furthers"
        )
        for segments in (
            [passage(project, own, "Leuchtturmwärter")],
            [passage(project, self.theirs, "Freitag")],
            [passage(project, own, "keiner hörte zu"), passage(project, self.theirs, "für alle")],
        ):
            evidence.add_evidence(
                project, relation=self.relation, segments=segments, polarity="supporting", note="Notiz"
            )
        piece = theory.evidence(project)[0]
        evidence.change_evidence(project, evidence=piece.guid, note="Evidenznotiz")

    def _write(self) -> None:
        project, own = self.project, self.own
        memos.write_memo(project, kind="portrait", title="Portraitsatz", target=f"case:{self.kern}")
        memo = memos.write_memo(
            project,
            kind="code",
            title="Beide",
            body="Kuchen",
            target=f"segment:{passage(project, own, 'damals')}",
        )
        memos.link_memo(project, memo=memo, target=f"code:{self.before}")
        quote = "Er sagt: habe den Zwiebelturm damals ganz allein mit Seifenblasen bemalt – so!"
        memos.edit_memo(project, memo=memo, body="Zwiebelturm damals ganz allein mit Seifenblasen")
        memos.edit_memo(project, memo=memo, body=quote)
        segment = next(s for s in material.segments(project, own) if s.text == "Leuchtturmwärter")
        selective.write_story(
            project,
            kind="story_line",
            body=f"Am Ende [die Leuchtturmwärter](segment:{segment.guid}) und Kuchen.",
        )
        removed = documents.add_document(
            project, title="Postskript", text="Ein Marmeladenbrot für Wackersteinkern"
        )
        documents.set_source_case(project, source=removed, case=self.kern)
        open_coding.code_passage(project, source=removed, start=0, stop=8, code="Brot")
        documents.remove_source(project, source=removed)
        correct_text(project, **span(project, own, "keiner"), text="Nachtwächtersatz keiner")
        project.undo()
        project.set_setting(f"place.{own}", "12")
        project.set_setting("draft", "Ich habe den Zwiebelturm damals ganz allein")
        speaker = next(s for s in material.speakers(project, self.group) if s.label == "A")
        from qda.coding.speakers import name_speaker

        name_speaker(project, speaker=speaker.guid, name="B-Wacker")
        project.path.with_name("study.v1.qdaproj.bak").write_bytes(KERN.encode())


@pytest.fixture
def study(project: Project) -> Study:
    return Study(project)


def test_nothing_of_the_case_is_left_in_any_byte(study: Study, project: Project) -> None:
    codebook.rename_code(project, code=_code(project, "Seifenblasen"), name="Farbe")
    project.checkpoint()
    assert len({word for _file, word in everywhere(project.path.parent, DISTINCT)}) == len(DISTINCT)
    withdrawing.delete_case_for_good(project, case=study.kern, confirm="Wackersteinkern")
    assert everywhere(project.path.parent, DISTINCT) == []
    assert project.check() == []
    project.close()
    assert everywhere(project.path.parent, DISTINCT) == []
    assert [path.name for path in project.path.parent.iterdir()] == ["study.qdaproj"]
    with Project.open(project.path) as again:
        assert again.check() == []
        assert [case.name for case in material.cases(again)] == ["Pflaume"]


def _code(project: Project, name: str) -> str:
    return next(row.guid for row in codes.codes(project) if row.name == name)


def test_the_other_case_is_whole(study: Study, project: Project) -> None:
    withdrawing.delete_case_for_good(project, case=study.kern, confirm="Wackersteinkern")
    (case,) = material.cases(project)
    assert (case.name, case.attributes) == ("Pflaume", {"Beruf": "Bäcker"})
    assert [row.title for row in material.sources(project)] == ["Pflaume 1", "Gruppe"]
    assert material.text(project, study.theirs) == OTHER
    assert material.original(project, study.theirs) == OTHER.encode()
    assert material.text(project, study.group).split("\n") == [
        "M: Was hilft?", "[withdrawn]", "B: Mir nicht, ich brauche Haselnüsse.", "[withdrawn]"
    ]  # fmt: skip
    coded = {(row.code_name, row.segment.text) for row in codes.codings(project)}
    assert coded == {
        ("Gaben", "Pflaumenkuchen"),
        ("Gaben", "Haselnüsse"),
        ("Alleinsein", "[withdrawn]\nB: Mir nicht"),
    }
    assert len(search(project, "Haselnüsse")) == 1
    assert search(project, "Kieselsteinsammlung") == []


def test_relations_stay_and_say_what_they_lost(study: Study, project: Project) -> None:
    withdrawing.delete_case_for_good(project, case=study.kern, confirm="Wackersteinkern")
    (relation,) = theory.relations(project)
    assert (relation.supporting, relation.withdrawn) == (2, 1)
    assert [[s.text for s in piece.segments] for piece in theory.evidence(project)] == [
        ["Freitag"],
        ["für alle"],
    ]
    from qda.reports.figures_of import badge_lines

    assert badge_lines(relation)[-1] == "evidence withdrawn: 1 piece"


def test_what_the_researcher_wrote_stays_without_the_quotations(study: Study, project: Project) -> None:
    withdrawing.delete_case_for_good(project, case=study.kern, confirm="Wackersteinkern")
    (memo,) = memo_rows(project)
    assert (memo.title, memo.body) == ("Beide", "Er sagt: [withdrawn] – so!")
    assert memo.links == (f"code:{study.before}",)
    assert theory.story(project, "story_line") == "Am Ende [withdrawn] und Kuchen."


def test_the_count_tells_before_what_will_go_and_changes_nothing(study: Study, project: Project) -> None:
    units = project.unit_count()
    found = withdrawing.count(project, case=study.kern)
    assert (found.case, found.documents, found.turns_elsewhere) == ("Wackersteinkern", 1, 2)
    assert (found.codings, found.evidence, found.relations) == (3, 1, 1)
    assert (found.memos, found.memos_kept, found.quoting, found.values) == (1, 1, 1, 1)
    assert (found.in_vivo, found.originals, found.snapshots) == (("Seifenblasen",), 2, 1)
    assert found.closed > 10
    assert project.unit_count() == units
    assert material.text(project, study.own) == KERN
    assert project.check() == []


def test_without_the_name_of_the_case_nothing_is_deleted(study: Study, project: Project) -> None:
    with pytest.raises(KnownError, match=r"1 document, .*write the name of the case: “Wackersteinkern”"):
        acts.perform(project, "delete-case-for-good", {"case": "Wackersteinkern", "confirm": "ja"})
    with pytest.raises(KnownError, match=r"Names of codes that are its words: “Seifenblasen”\. They stay"):
        acts.perform(project, "delete-case-for-good", {"case": "Wackersteinkern", "confirm": "ja"})
    assert len(material.cases(project)) == 2


def test_undo_goes_up_to_what_was_deleted_and_says_so(study: Study, project: Project) -> None:
    withdrawing.delete_case_for_good(project, case=study.kern, confirm="Wackersteinkern")
    codebook.add_code(project, name="Danach")
    project.undo()
    for _again in range(2):
        with pytest.raises(KnownError, match="deleted for good"):
            project.undo()
    project.redo()
    assert _code(project, "Danach")
    assert project.check() == []


def test_a_name_in_memos_goes_where_it_is_asked(study: Study, project: Project) -> None:
    memos.write_memo(project, kind="theoretical", title="Vergleich", body="Wackersteinkern und Pflaume")
    assert withdrawing.count(project, case=study.kern).naming == 1
    withdrawing.delete_case_for_good(project, case=study.kern, confirm="Wackersteinkern", names_too=True)
    assert memo_rows(project)[0].body == "[withdrawn] und Pflaume"
