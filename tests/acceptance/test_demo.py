"""The demo study: the work that its script of acts leaves, replayed once for all tests of this file."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile, copytree

import pytest

from qda import demo, resources
from qda.coding import codes, history, material, memo_queries, model_versions, reading, sampling, theory
from qda.coding.rows import Mark
from qda.coding.saturation_judgements import standing
from qda.errors import KnownError
from qda.models import Project
from tests.acceptance.demo_facts import STORED, facts

CATEGORIES = {
    "Verbindlichkeit herstellen": {"Grundlage", "Haltbarkeit", "Reichweite", "Umfang des Verschriftlichten"},
    "Netzwerkführung": {"Entscheidungsweg", "Anerkennung"},
    "Netzwerkpflege": {"Takt", "Kanal"},
    "Rückhalt der Spitze": {"Sichtbarkeit", "Form"},
    "Zuständigkeit Kreis/Stadt": {"Klarheit"},
    "Mittel": {"Dauer", "Verwendung"},
    "Einbindung der MSO": {"Zeitpunkt", "Rolle", "Woraus gegangen wird"},
    "Auftrag deuten": {"Bestimmtheit", "Bezug"},
    "Unersetzbar werden": {"Verteilung des Wissens"},
}
CASES = {"A": "A", "B": "B", "C": "C", "D": "D", "E": "E", "F": "F", "Welcome Points": "G"}
CORE = "Verbindlichkeit ohne Weisungsbefugnis herstellen"
MODEL = "Akteure zusammenhalten"
PHENOMENON = "Akteure zusammenhalten, denen man nichts anweisen kann"
# what they were judged to be in the end
STATUS = {
    1: "modified", 2: "modified", 3: "supposed", 4: "modified", 5: "rejected", 6: "modified", 7: "supposed",
    8: "modified", 9: "modified", 10: "rejected", 11: "supposed", 12: "supposed", 13: "supposed",
    14: "supported",
}  # fmt: skip
IN_VIVO = {"kurzer Dienstweg", "mit dem Essen", "auf Augenhöhe", "sich mit Regeln schützen"}
DIGRESSIONS = (
    ("Interview A", "2", "Haben Sie denn einen Parkplatz gekriegt? [...] Vom eigenen Ordnungsamt!"),
    ("Interview A", "37", "Da fällt mir die Weihnachtsfeier ein [...] Kartoffelsalat."),
    ("Interview A", "50", "wegen den Anwohnerparkplätzen [...] und laden tut da keiner."),
    ("Interview B", "26", "Da muss ich Ihnen was erzählen [...] Schönste Feier, die wir je hatten."),
    ("Interview B", "40", "Und die Parkplätze, das können Sie ruhig mal aufnehmen [...] ist alles voll."),
    ("Interview B", "57", "der Sitzungssaal ist am vierzehnten November doppelt belegt [...] Büro."),
    ("Interview B", "86", "Die Parkplätze. [...] Ich park jetzt beim Friseur."),
)


@pytest.fixture(scope="module")
def project(german_demo: Path) -> Iterator[Project]:
    """The study, for reading only."""
    with Project.open(german_demo, read_only=True) as study:
        yield study


@pytest.fixture(scope="module")
def marks(project: Project) -> dict[str, list[Mark]]:
    """Its codings by document."""
    return {s.title: codes.marks(project, s.guid) for s in material.sources(project)}


def _script() -> list[demo.Line]:
    files = sorted(resources.path("demo", "acts.de").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_file_is_sound_and_every_act_stands_in_the_history_at_its_time(project: Project) -> None:
    assert project.check() == []
    units = history.history(project)
    assert len(units) == len(_script()) + 1 >= 2000
    moments = [unit.at for unit in units]
    assert moments == sorted(moments)
    assert len({(m.year, m.month) for m in moments}) >= 9
    assert (moments[0].year, moments[-1].year) == (2024, 2026)
    assert {unit.coder for unit in units} == {"MK", "TS"}


def test_the_study_says_that_it_is_invented_and_asks_its_question_twice(project: Project) -> None:
    sheet = material.project_sheet(project)
    assert sheet.title == demo.TITLE
    assert sheet.fields["notes"].startswith("Frei erfundene Lehrstudie")
    assert all(sheet.fields.values())
    assert "Ich erwartete, dass Wertschätzung genügt" in sheet.fields["preconceptions"]
    assert len(sheet.questions) == 2
    assert sheet.questions[1][1]
    assert [c.name for c in material.coders(project) if c.current] == [demo.CODER]


def test_every_case_has_its_documents_and_attributes(project: Project) -> None:
    titles = {s.guid: s.title for s in material.sources(project)}
    for case in material.cases(project):
        letter = CASES[case.name]
        three = (
            {"Fokusgruppe G", "Postskript G", "Teilnehmende G"}
            if letter == "G"
            else {f"{kind} {letter}" for kind in ("Interview", "Postskript", "Kurzfragebogen")}
        )
        assert {titles[guid] for guid in case.sources} == three
        assert len(case.attributes) >= (7 if letter == "G" else 15)
    assert {case.name for case in material.cases(project)} == set(CASES)
    assert all(s.group for s in material.sources(project))
    assert {s.format for s in material.sources(project)} == {"docx", "txt", "odt", "vtt", "pdf", "html"}


def test_every_document_has_been_read_to_its_end(project: Project) -> None:
    for source in material.sources(project):
        assert reading.read_counts(project, source.guid).unread == 0
    assert reading.begun_readings(project) == ([], 0)


def test_many_open_codes_become_fewer(project: Project) -> None:
    done = Counter(line["act"] for line in _script())
    named = {line["code"] for line in _script() if line["act"] == "code"}
    assert len(named) >= 120
    assert done["rename-code"] >= 20
    merged = [line for line in _script() if line["act"] == "merge-codes"]
    assert sum("note" in line for line in merged) >= 12
    assert len(codes.codes(project)) >= 60
    assert len(codes.codes(project)) < len(named) / 2
    assert {row.name for row in codes.codes(project) if row.origin == "in-vivo"} >= IN_VIVO


def test_the_nine_categories_are_described_and_have_their_properties(project: Project) -> None:
    rows = {row.name: row for row in codes.codes(project) if row.kind == "category"}
    assert set(rows) == {*CATEGORIES, CORE}
    assert {p.name for p in codes.properties(project, rows[CORE].guid)} == {"Woraus geliehen wird"}
    for name, wanted in CATEGORIES.items():
        assert rows[name].definition
        assert rows[name].delimitation
        assert rows[name].typical
        assert {p.name for p in codes.properties(project, rows[name].guid)} == wanted
    assert all(row.deviating for row in rows.values())
    assert all(row.definition for row in codes.codes(project) if row.codings > 3)
    assert len(codes.property_values(project)) >= 100


def test_the_transcripts_are_coded_densely_by_two_and_partly_commented(marks: dict[str, list[Mark]]) -> None:
    every = [mark for document in marks.values() for mark in document]
    assert len(every) >= 600
    assert sum(bool(mark.comment) for mark in every) >= 100
    coders = Counter(mark.coder for mark in every)
    assert coders["MK"] > coders["TS"] >= 20
    spans: dict[tuple[str, int, int], set[str]] = {}
    for title, document in marks.items():
        for mark in document:
            spans.setdefault((title, mark.start, mark.stop), set()).add(mark.coder)
    assert sum(len(people) == 2 for people in spans.values()) >= 5
    lengths = [mark.stop - mark.start for mark in every]
    assert min(lengths) < 20
    assert max(lengths) > 400


def test_every_fifth_of_each_interview_is_coded(project: Project, marks: dict[str, list[Mark]]) -> None:
    for source in material.sources(project):
        if source.kind == "interview":
            fifths = Counter(mark.start * 5 // source.length for mark in marks[source.title])
            assert len(fifths) == 5
            assert min(fifths.values()) >= 9


@pytest.mark.parametrize(("title", "paragraph", "quote"), DIGRESSIONS)
def test_nothing_codes_a_digression(
    project: Project, marks: dict[str, list[Mark]], title: str, paragraph: str, quote: str
) -> None:
    (guid,) = [s.guid for s in material.sources(project) if s.title == title]
    place = {"in": paragraph, "quote": quote}
    start, stop = demo.passage_in(material.text(project, guid), material.paragraphs(project, guid), place)
    assert stop - start > 100
    assert [mark.name for mark in marks[title] if mark.start < stop and start < mark.stop] == []


def test_memos_of_all_eight_types_stand_on_many_things_and_a_few_are_private(project: Project) -> None:
    written = [line for line in _script() if line["act"] == "write-memo"]
    assert len(written) >= 60
    assert len({line["kind"] for line in written}) == 8
    rows = memo_queries.memos(project)
    assert {memo.title for memo in rows if memo.private} == {"Sympathie", "Das Bein", "„Nachher“"}
    targets = {link.partition(":")[0] for memo in rows for link in memo.links}
    assert targets >= {"code", "case", "source", "segment", "relation", "model", "project"}
    assert any(
        "Lesart 1" in memo.body and "Lesart 2" in memo.body for memo in rows if memo.kind == "workshop"
    )


def test_the_first_phenomenon_is_given_up_and_kept(project: Project) -> None:
    first, second = theory.models(project)
    assert (first.phenomenon_name, first.status) == ("Integration steuern", "abandoned")
    assert (second.name, second.phenomenon_name, second.status) == (MODEL, PHENOMENON, "active")
    assert theory.placements(project, first.guid)
    about = memo_queries.memos(project, target=f"model:{first.guid}")
    assert [memo.kind for memo in about] == ["theoretical"]


def test_conditions_have_levels_and_consequences_addressees(project: Project) -> None:
    (model,) = [m for m in theory.models(project) if m.name == MODEL]
    placed = theory.placements(project, model.guid)
    where = {(p.slot_key, p.code_name, p.level or p.addressee) for p in placed}
    assert where >= {
        ("conditions", "offener Auftrag", "coordinator"),
        ("conditions", "Anstellung beim Verband oder im Dezernat", "employer"),
        ("conditions", "Rückhalt der Spitze", "town"),
        ("conditions", "Rückhalt der Spitze", "district"),
        ("conditions", "Zuständigkeit Kreis/Stadt", "district"),
        ("conditions", "befristete Mittel", "state"),
        ("strategies", "sich mit Regeln schützen", ""),
        ("consequences", "Erschöpfung", "self"),
        ("consequences", "Absicherung", "self"),
        ("consequences", "Rückzug des Ehrenamts", "network"),
        ("consequences", "wenige, dauerhafte Projekte", "projects"),
    }
    cards = {p.code for p in placed}
    rows = theory.relations(project, model.guid)
    assert all({r.from_code, r.to_code} <= cards for r in rows if r.status != "rejected")
    assert {p.code_name for p in placed if p.addressee == "immigrants"} == {"aus der Regel herausfallen"}


def test_the_relations_stand_as_they_were_judged(project: Project) -> None:
    rows = theory.relations(project)
    assert {row.number: row.status for row in rows} == STATUS
    assert all(row.conditions for row in rows if row.status == "modified")
    assert all(row.supporting for row in rows)
    assert sum(row.contradicting > 0 for row in rows) >= 8
    assert {row.number for row in rows if row.searched} >= {5, 6, 8, 9}
    assert all(len(dict(row.by_case)) > 1 for row in rows if row.number != 10)


def test_counter_evidence_has_changed_relations(project: Project) -> None:
    said = [(line["relation"], line["status"]) for line in _script() if line["act"] == "set-relation-status"]
    for relation in ("R3", "R4", "R7"):
        assert len({status for one, status in said if one == relation}) >= 2
    script = [line for line in _script() if line["act"] in {"add-evidence", "set-relation-status"}]
    for relation in ("R3", "R7"):
        last = max(n for n, one in enumerate(script) if one.get("status") and one["relation"] == relation)
        before = [one for one in script[:last] if one["relation"] == relation and "polarity" in one]
        assert sum(one["polarity"] != "supporting" for one in before) >= 4


def test_the_model_is_kept_before_and_after_the_further_cases(project: Project) -> None:
    names = [row.name for row in model_versions.versions(project)]
    assert names == ["vor Fall C", "nach Fall C", "nach Fall E", "Januar 2026"]
    assert len(theory.relations(project)) >= 12


def test_decisions_lead_from_gaps_to_the_cases_and_one_was_refused(project: Project) -> None:
    rows = sampling.decisions(project)
    assert len(rows) >= 5
    assert {one.name for row in rows for one in row.targets} == set(CASES) - {"A", "B"}
    assert [row.outcome for row in rows].count("refused") == 1
    assert all(row.gap and row.sought and row.why and row.brought for row in rows)


def test_saturation_is_judged_for_each_category_and_not_all_are_saturated(project: Project) -> None:
    held = {row.code_name: row for row in standing(project).values()}
    assert set(held) == set(CATEGORIES)
    assert {row.state for row in held.values()} == {"open", "provisional", "saturated"}
    assert all(row.reason for row in held.values())


def test_no_clear_name_is_left_in_what_can_be_read(project: Project) -> None:
    clear = _clear_names()
    texts = [material.text(project, s.guid) for s in material.sources(project)]
    texts += [memo.body + memo.title for memo in memo_queries.memos(project)]
    texts += [theory.story(project, "story"), theory.story(project, "story_line")]
    found = {name for name in clear for text in texts if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}
    assert found == set()


def test_the_study_is_what_its_stored_facts_say(project: Project) -> None:
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    now = json.loads(json.dumps(facts(project)))
    assert now.keys() == stored.keys()
    for name, wanted in stored.items():
        assert now[name] == wanted, name


def test_evidence_is_many_and_each_quote_stands_in_its_interview(project: Project) -> None:
    pieces = theory.evidence(project)
    assert len(pieces) >= 60
    assert sum(piece.polarity != "supporting" for piece in pieces) >= 15
    assert sum(len(piece.segments) > 1 for piece in pieces) >= 5
    assert {(p.polarity, p.kind) for p in pieces} >= {
        ("supporting", "spoken"),
        ("supporting", "inferred"),
        ("contradicting", "spoken"),
        ("qualifying", "inferred"),
    }
    assert sum(bool(piece.note) for piece in pieces) >= 20
    found = {segment.text for piece in pieces for segment in piece.segments}
    clear = re.compile("|".join(map(re.escape, _clear_names())))
    quotes = [p["quote"] for line in _script() if line["act"] == "add-evidence" for p in line["passages"]]
    kept = [quote for quote in quotes if not clear.search(quote)]
    assert len(kept) > 100
    gone = []
    for quote in kept:
        first, _gap, last = quote.partition(" [...] ")
        if not any(text.startswith(first) and text.endswith(last) for text in found):
            gone.append(quote)
    taken_back = [
        line for line in _script() if line["act"] in {"remove-evidence", "remove-evidence-segment", "undo"}
    ]
    assert len(gone) <= len(taken_back), gone


def _clear_names() -> list[str]:
    (line,) = [line for line in _script() if line["act"] == "pseudonymise"]
    return [one["clear"] for one in json.loads(line["entries"])]


def test_core_category_and_story_line_refer_to_what_exists(project: Project) -> None:
    core = theory.core(project)
    assert core is not None
    assert core.name == CORE
    assert core.reasons
    assert core.rivals
    line = theory.story(project, "story_line")
    assert "dafür fehlt ein Fall" in line
    assert theory.story(project, "story")
    for kind, rows in (
        ("code", codes.codes(project)),
        ("case", material.cases(project)),
        ("relation", theory.relations(project)),
        ("segment", material.segments(project)),
    ):
        named = {part.partition(")")[0] for part in line.split(f"]({kind}:")[1:]}
        assert named
        assert named <= {row.guid for row in rows}


def test_the_last_acts_can_be_undone_and_redone(german_demo: Path, tmp_path: Path) -> None:
    with Project.open(copyfile(german_demo, tmp_path / "demo.qdaproj")) as project:
        line = theory.story(project, "story_line")
        labels = []
        while theory.story(project, "story_line") == line and len(labels) < 60:
            labels.append(project.undo())
        assert theory.story(project, "story_line") != line
        assert project.check() == []
        assert [project.redo() for _ in labels] == labels[::-1]
        assert facts(project) == json.loads(STORED.read_text(encoding="utf-8"))


def test_a_quote_that_does_not_fit_is_told_with_file_line_and_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    (folder / "acts.de").mkdir(parents=True)
    lines = _script()[:60]
    at = next(i for i, line in enumerate(lines) if line["act"] == "import")
    wrong = {**lines[at], "act": "code", "source": "Postskript A", "in": "4", "quote": "so nie", "code": "x"}
    del wrong["files"]
    text = "\n".join(json.dumps(line) for line in [*lines[: at + 1], wrong])
    (folder / "acts.de" / "01.jsonl").write_text(text, encoding="utf-8")
    copytree(resources.path("demo", "raw"), folder / "raw")
    monkeypatch.setattr(resources, "path", tmp_path.joinpath)
    with pytest.raises(KnownError, match=rf"01\.jsonl.*{at + 2}.*so nie"):
        demo.build(tmp_path / "broken.qdaproj")
    assert not (tmp_path / "broken.qdaproj").exists()
