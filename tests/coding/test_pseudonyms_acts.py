"""Names are replaced everywhere in one act that can be undone; a purge leaves them in no byte."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, String, Text

from qda import acts
from qda.coding import (
    attributes,
    cases,
    codebook,
    codes,
    documents,
    material,
    memo_queries,
    memos,
    pseudonyms,
    search,
    sheet,
)
from qda.coding.pseudonyms import Entry, Form, accepted, complete, hits, kept_entries, questions, replace_hits
from qda.coding.pseudonyms.fields import LEFT, SEARCHED
from qda.errors import KnownError
from qda.models import Project
from qda.models.journal import ENTITIES, table_of
from tests.coding.conftest import draft
from tests.coding.helpers import code, coded
from tests.coding.watching import Watcher

TALK = """I: Wer half Ihnen, Frau Brenneke?
B: Der Karimov, also Herr Karimov, und Karimovs Verein in Lindenau.
B: In Lindenau kennt jeder die Lindenauer. Die Förderung kam von Herrn Karimov."""
BRENNEKE = Entry("Frau Brenneke", "person", "Frau Weber")
KARIMOV = Entry("Karimov", "person", "Demir")
LINDENAU = Entry("Lindenau", "place", "Oberberg")
ALL = [BRENNEKE, KARIMOV, LINDENAU]
CLEAR = ("Brenneke", "Karimov", "Lindenau")


@pytest.fixture
def talk(project: Project) -> str:
    read = replace(
        draft(TALK, {"I": "interviewer", "B": "respondent"}),
        header=(("Ort", "Lindenau"), ("Name", "Frau Brenneke")),
    )
    return documents.take_in(
        project,
        draft=read,
        title="Interview Brenneke",
        original=TALK.encode(),
        file_name="Interview_Brenneke.txt",
    )


def as_json(*entries: Entry) -> str:
    return pseudonyms.as_json(entries)


def state(project: Project) -> str:
    watcher = Watcher(project.path)
    try:
        return watcher.state()
    finally:
        watcher.close()


def test_every_text_column_is_looked_through_or_left_with_a_reason() -> None:
    undecided = {
        f"{name}.{column.name}"
        for name, entity in ENTITIES.items()
        for column in table_of(entity).columns
        if isinstance(column.type, String | Text | JSON)
        and column.name != "guid"
        and column.name not in SEARCHED.get(name, ())
        and column.name not in LEFT.get(name, ())
    }
    assert undecided == set()
    twice = {name for name in SEARCHED if set(SEARCHED[name]) & LEFT.get(name, frozenset())}
    assert twice == set()


def test_hits_come_with_place_context_and_proposal(project: Project, talk: str) -> None:
    found = [hit for hit in hits(project, [KARIMOV]) if hit.field == "text"]
    assert [(hit.written, hit.replacement, hit.place) for hit in found] == [
        ("Karimov", "Demir", "Interview Brenneke, para. 2"),
        ("Herr Karimov", "Herr Demir", "Interview Brenneke, para. 2"),
        ("Karimovs", "Demirs", "Interview Brenneke, para. 2"),
        ("Herrn Karimov", "Herrn Demir", "Interview Brenneke, para. 3"),
    ]
    text = material.text(project, talk)
    for hit in found:
        assert text[hit.start : hit.stop] == hit.written
        assert f"{hit.before}{hit.written}{hit.after}" in text


def test_the_act_replaces_names_in_every_text_of_the_project(project: Project, talk: str) -> None:
    code(project, talk, "kennt jeder die Lindenauer", "Lindenauer Gefühl")
    case = cases.add_case(project, name="Frau Brenneke")
    attributes.set_attribute(project, case=case, name="Ort", value="Lindenau")
    memos.write_memo(project, kind="theoretical", title="Zu Brenneke", body="Karimov hilft.", private=True)
    sheet.set_sheet_field(project, field="field_access", value="Über Herrn Karimov.")
    acts.perform(project, "pseudonymise", {"entries": as_json(*ALL)})
    left = [name for name in CLEAR if name in state(project)]
    assert left == []
    assert coded(project) == [("kennt jeder die Oberberger", "Oberberger Gefühl")]
    (source,) = material.sources(project)
    assert (source.title, source.file_name) == ("Interview Weber", "Interview_Weber.txt")
    assert dict(source.header) == {"Ort": "Oberberg", "Name": "Frau Weber"}
    (memo,) = memo_queries.memos(project)
    assert (memo.title, memo.body) == ("Zu Weber", "Demir hilft.")


def test_the_search_finds_the_pseudonym_and_not_the_name(project: Project, talk: str) -> None:
    acts.perform(project, "pseudonymise", {"entries": as_json(*ALL)})
    assert search.search(project, "Karimov") == []
    assert len(search.search(project, "Demir")) > 0


def test_only_accepted_hits_are_replaced(project: Project, talk: str) -> None:
    found = [accepted(hit, yes=hit.written == "Karimovs") for hit in hits(project, [KARIMOV])]
    replace_hits(project, entries=[KARIMOV], found=found)
    text = material.text(project, talk)
    assert "Demirs Verein" in text
    assert text.count("Karimov") == 3


def test_a_hit_can_be_replaced_by_other_words(project: Project, talk: str) -> None:
    first, *others = [hit for hit in hits(project, [LINDENAU]) if hit.field == "text"]
    replace_hits(
        project,
        entries=[LINDENAU],
        found=[accepted(first, replacement="einer kleinen Stadt"), *(accepted(o, yes=False) for o in others)],
    )
    assert "Verein in einer kleinen Stadt." in material.text(project, talk)


def test_undo_brings_every_text_back(project: Project, talk: str) -> None:
    code(project, talk, "Karimovs Verein", "Karimov")
    before = state(project)
    acts.perform(project, "pseudonymise", {"entries": as_json(*ALL)})
    assert state(project) != before
    label = project.undo()
    assert state(project) == before
    assert not any(name in label for name in CLEAR)


def test_the_record_holds_kinds_and_numbers_and_no_name(project: Project, talk: str) -> None:
    acts.perform(project, "pseudonymise", {"entries": as_json(*ALL)})
    rows = {row.kind: row for row in pseudonyms.protocol(project)}
    assert (rows["person"].names, rows["place"].names) == (2, 1)
    assert rows["place"].hits == 4
    assert rows["person"].documents == 1


def test_a_pseudonym_is_no_candidate_for_another(project: Project, talk: str) -> None:
    texts = pseudonyms.readings(project)
    assert {"Frau Brenneke", "Karimov", "Lindenau"} <= {row.clear for row in pseudonyms.candidates(texts)}
    acts.perform(project, "pseudonymise", {"entries": as_json(*ALL)})
    texts = pseudonyms.readings(project)
    assert pseudonyms.candidates(texts, known=pseudonyms.given(project)) == ()


def test_a_text_that_changed_since_is_not_touched(project: Project, talk: str) -> None:
    found = hits(project, [KARIMOV])
    acts.perform(project, "correct-text", {"source": talk, "start": 0, "stop": 2, "text": "II:"})
    before = state(project)
    with pytest.raises(KnownError):
        replace_hits(project, entries=[KARIMOV], found=found)
    assert state(project) == before


@pytest.mark.parametrize("replacement", ["Karimov II", "K. Karimov"])
def test_a_pseudonym_that_holds_the_name_is_refused(project: Project, talk: str, replacement: str) -> None:
    with pytest.raises(KnownError, match="clear name"):
        acts.perform(project, "pseudonymise", {"entries": as_json(replace(KARIMOV, replacement=replacement))})


def test_targets_of_references_in_a_story_stay(project: Project, talk: str) -> None:
    guid = codebook.add_code(project, name="Karimov")
    acts.perform(project, "write-story", {"kind": "story_line", "body": f"Wie [Karimov](code:{guid}) half."})
    part = guid.split("-")[0]
    acts.perform(project, "pseudonymise", {"entries": as_json(KARIMOV, Entry(part, "other", "Wort"))})
    watcher = Watcher(project.path)
    (body,) = watcher.one("SELECT body FROM story")
    watcher.close()
    assert body == f"Wie [Demir](code:{guid}) half."


def test_the_path_of_a_recording_is_not_changed_unasked(project: Project, talk: str) -> None:
    watcher = Watcher(project.path)
    watcher.db.execute("UPDATE source SET media = '/ton/Brenneke.mp3'")
    watcher.close()
    assert [hit.accepted for hit in hits(project, [BRENNEKE]) if hit.field == "media"] == [False]


def test_questions_are_asked_about_pseudonyms_that_would_mix_people_up(project: Project, talk: str) -> None:
    shared = questions(project, [BRENNEKE, replace(KARIMOV, replacement="Frau Weber")])
    assert any("stands for several names" in sentence for sentence in shared)
    taken = questions(project, [replace(KARIMOV, replacement="Herr Brenneke"), BRENNEKE])
    assert any("is itself a name" in sentence for sentence in taken)
    there = questions(project, [replace(LINDENAU, kind="place", replacement="Förderung")])
    assert any("already, 1 time" in sentence for sentence in there)
    other = questions(project, [KARIMOV], known=[replace(KARIMOV, replacement="Aydin")])
    assert any("“Aydin” before" in sentence for sentence in other)
    assert questions(project, ALL) == ()


def test_the_key_keeps_only_what_was_replaced(project: Project, talk: str) -> None:
    entries = complete(project, ALL)
    found = [accepted(hit, yes=hit.written != "Karimov") for hit in hits(project, entries)]
    forms = {form.written: form.sure for entry in kept_entries(entries, found) for form in entry.forms}
    assert "Karimov" not in forms
    assert forms["Karimovs"]


WORDS = st.sampled_from(
    (
        "Karimov",
        "Herr Karimov",
        "Karimovs",
        "Lindenau",
        "Lindenauer",
        "Frau Brenneke",
        "BRENNEKE",
        "und",
        "Geld 😀",
        ".",
        "\n",
    )
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=2, max_size=14), st.data())
def test_hits_never_overlap_and_undo_gives_the_same_project(tmp_path_factory, words, data) -> None:
    path = tmp_path_factory.mktemp("p") / "study.qdaproj"
    text = " ".join(words).strip()
    with Project.create(path, title="Study", language="de", coder="Ada") as project:
        source = documents.add_document(project, title="Lindenau", text=f"x {text} x")
        whole = material.text(project, source)
        for _number in range(data.draw(st.integers(0, 3))):
            start = data.draw(st.integers(0, len(whole) - 2))
            stop = data.draw(st.integers(start + 1, len(whole)))
            acts.perform(project, "code", {"source": source, "start": start, "stop": stop, "code": "Karimov"})
        before = state(project)
        found = [hit for hit in hits(project, ALL) if hit.field == "text"]
        assert all(a.stop <= b.start for a, b in pairwise(found))
        units = project.unit_count()
        acts.perform(project, "pseudonymise", {"entries": as_json(*ALL)})
        assert not any(name in material.text(project, source) for name in (*CLEAR, "BRENNEKE"))
        for row in codes.codings(project):
            assert material.text(project, source)[row.segment.start : row.segment.stop] == row.segment.text
        if project.unit_count() > units:
            project.undo()
        assert state(project) == before
        assert project.check() == []


# -- purge --------------------------------------------------------------------------------------------------


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def holding(folder: Path, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """(file, name) wherever a name stands in any byte, as UTF-8, UTF-16 or escaped by JSON."""
    found = []
    for file, data in bytes_of(folder).items():
        for name in names:
            spellings = {name.encode(), name.casefold().encode(), json.dumps(name)[1:-1].encode()}
            spellings |= {name.encode(code) for code in ("utf-16-le", "utf-16-be")}
            if any(spelling in data for spelling in spellings):
                found.append((file, name))
    return found


def test_after_a_purge_no_byte_in_the_folder_holds_a_name(
    project: Project, talk: str, tmp_path: Path
) -> None:
    memo = memos.write_memo(
        project, kind="theoretical", title="Zu Brenneke", body="Karimov hilft in Lindenau."
    )
    memos.edit_memo(project, memo=memo, title="Memo", body="Er hilft.")
    code(project, talk, "Karimovs Verein", "Karimov-Netz")
    documents.add_document(project, title="Notiz Ümüt", text="Herr Özgür Ümüt war da, und Ümüts Frau.")
    entries = (*ALL, Entry("Özgür Ümüt", "person", "Cem Kaya"))
    names = (*CLEAR, "Ümüt", "Özgür")
    acts.perform(project, "pseudonymise", {"entries": as_json(*entries)})
    project.undo()
    project.redo()
    project.checkpoint()
    assert holding(tmp_path, names)
    acts.perform(project, "purge-names", {"entries": as_json(*entries), "confirm": "true"})
    assert holding(tmp_path, names) == []
    assert project.check() == []
    assert "Demirs Verein in Oberberg" in material.text(project, talk)
    project.close()
    assert holding(tmp_path, names) == []


def test_a_purge_asks_first_and_needs_names_that_occur(project: Project, talk: str) -> None:
    before = state(project)
    with pytest.raises(KnownError, match="cannot be undone"):
        acts.perform(project, "purge-names", {"entries": as_json(KARIMOV)})
    with pytest.raises(KnownError, match="None of these names"):
        acts.perform(
            project, "purge-names", {"entries": as_json(Entry("Zabel", "person", "X")), "confirm": "yes"}
        )
    assert state(project) == before


def test_a_purge_leaves_words_that_may_be_something_else(project: Project) -> None:
    source = documents.add_document(project, title="Notiz", text="Frau Koch sagt, der Koch kocht.")
    koch = as_json(Entry("Frau Koch", "person", "Frau Lind", (Form("Frau Koch", "Frau Lind"),)))
    done = acts.perform(project, "purge-names", {"entries": koch, "confirm": "true"})
    assert material.text(project, source) == "Frau Lind sagt, der Koch kocht."
    assert str(done) == "1. Left, because they may be something else: Koch."


def test_a_purge_tells_the_forms_that_it_left(project: Project) -> None:
    source = documents.add_document(project, title="Notiz", text="In Gießen, im Gießener Land.")
    forms = (Form("Gießen", "Ort"), Form("Gießener", "Orter", False))
    done = acts.perform(
        project,
        "purge-names",
        {"entries": as_json(Entry("Gießen", "place", "Ort", forms)), "confirm": "true"},
    )
    assert material.text(project, source) == "In Ort, im Gießener Land."
    assert str(done).endswith(". Left, because they may be something else: Gießener.")
