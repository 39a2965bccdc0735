"""What ``qda list`` and its kin print: the keys that scripts rely on, and nothing else on standard output."""

from hashlib import sha256
from pathlib import Path

import pytest

from qda import cli
from qda.coding.references import is_guid
from qda.command_line import app
from qda.command_line.kinds import KINDS

from .conftest import INTERVIEW_A, Call

KEYS = {
    "sources": "guid name kind language length sha256 paragraphs",
    "turns": "source paragraph start stop speaker role time_ms",
    "topics": "guid name question turns sources",
    "answers": "topic topic_name source title paragraph start stop text speaker",
    "codes": "guid name path parent kind origin colour definition core codings",
    "segments": "guid source start stop text",
    "codings": "guid segment source start stop text code path coder created comment paragraph",
    "memos": "guid kind title body private links",
    "cases": "guid name sources attributes",
    "relations": "guid model from to type statement status holds_under supporting contradicting "
    "qualifying cases",
    "evidence": "guid relation segments polarity kind note cases",
    "placements": "model code slot level addressee",
    "pseudonym-candidates": "clear kind count forms documents reason weight",
    "pseudonyms": "kind names hits documents",
    "changes": "unit label at coder changes",
    "profile": "code property case places segments",
    "typology": "name memo row_property row column_property column cases segments",
    "pencils": "guid segment source start stop text paragraph note coder created",
    "concepts": "guid name origin definition code position created",
    "piles": "guid name position x y codes",
    "memo-piles": "guid name position memos",
    "queries": "guid name spec position created",
    "sampling": "guid form gap sought why brought outcome targets coder created",
    "suggestions": "guid at coder source start stop showing rank kind code name score strong reason engine "
    "version outcome",
    "judgements": "guid code state reason created coder holds",
    "versions": "guid model name note created coder state",
    "answers-to-questions": "guid key target_kind target body created coder",
    "maps": "guid name position items lines",
    "reading": "source paragraph start stop speaker role state",
}
REFERENCES = "guid source segment code parent coder model from to slot relation unit case group"


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_list_has_rows_with_the_promised_keys_and_guids_for_references(
    qda: Call, study: Path, kind: str
) -> None:
    said = qda("list", study, kind, "--json")
    assert (said.code, said.err) == (0, "")
    assert said.json
    for row in said.json:
        assert set(KEYS.get(kind, "").split()) <= set(row)
        for key in set(REFERENCES.split()) & set(row):
            assert row[key] is None or is_guid(row[key]), f"{key}={row[key]}"


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_for_people_every_list_has_a_heading_and_aligned_columns(qda: Call, study: Path, kind: str) -> None:
    said = qda("list", study, kind)
    heading, rule, *rows = said.out.splitlines()
    assert said.code == 0
    assert rows
    assert set(rule) <= {"─", " "}
    assert len(rule) >= len(heading)


def test_the_help_names_exactly_the_kinds_that_there_are() -> None:
    assert app.KINDS.split() == [kind.name for kind in KINDS]


def test_the_words_that_open_no_window_are_exactly_the_commands() -> None:
    assert set(app.COMMANDS) == set(cli.VERBS)


def test_a_length_counts_code_points_and_the_checksum_is_that_of_the_text_printed(
    qda: Call, study: Path
) -> None:
    for row in qda("list", study, "sources", "--json").json:
        text = qda("text", study, row["guid"]).out
        assert len(text) == row["length"]
        assert sha256(text.encode()).hexdigest() == row["sha256"]


def test_what_a_coding_quotes_stands_at_its_place_after_emoji_too(qda: Call, study: Path) -> None:
    texts = {
        r["guid"]: qda("text", study, r["guid"]).out for r in qda("list", study, "sources", "--json").json
    }
    rows = qda("list", study, "codings", "--json").json
    assert len(rows) == 4
    for row in rows:
        assert texts[row["source"]][row["start"] : row["stop"]] == row["text"]
    assert "Das Netzwerk bin ja ich." in [row["text"] for row in rows]


def test_turns_begin_with_their_label_and_cover_what_was_said(qda: Call, study: Path) -> None:
    source = next(r for r in qda("list", study, "sources", "--json").json if r["name"] == "Interview A")
    turns = [t for t in qda("list", study, "turns", "--json").json if t["source"] == source["guid"]]
    text = qda("text", study, "Interview A").out
    assert [t["speaker"] for t in turns] == ["I", "B", "I", "B", "I", "B"]
    assert text[turns[0]["start"] : turns[0]["stop"]] == "I: Wie fing das an? 😀"
    assert {t["role"] for t in turns if t["speaker"] == "B"} == {"respondent"}


def test_a_relation_counts_evidence_and_distinct_cases_and_says_when_it_holds(qda: Call, study: Path) -> None:
    (row,) = qda("list", study, "relations", "--json").json
    assert (row["supporting"], row["contradicting"], row["qualifying"], row["cases"]) == (1, 0, 1, 2)
    (condition,) = row["holds_under"]
    assert condition["words"] == "solange der Bürgermeister kommt"
    assert is_guid(condition["guid"])


def test_evidence_hands_out_its_passages_with_words_and_cases(qda: Call, study: Path) -> None:
    cases = {row["name"]: row["guid"] for row in qda("list", study, "cases", "--json").json}
    first, second = qda("list", study, "evidence", "--json").json
    assert first["segments"][0]["text"] == "Der kam."
    assert {"source", "start", "stop", "text"} <= set(first["segments"][0])
    assert (first["polarity"], first["kind"], first["cases"]) == ("supporting", "spoken", [cases["A"]])
    assert (second["polarity"], second["kind"], second["cases"]) == ("qualifying", "inferred", [cases["B"]])


def test_a_case_knows_its_documents_and_attributes(qda: Call, study: Path) -> None:
    row = qda("list", study, "cases", "--json").json[0]
    source = qda("list", study, "sources", "--json").json[0]
    assert (row["sources"], row["attributes"]) == ([source["guid"]], {"Alter": "52"})


def test_search_finds_across_case_umlauts_and_sharp_s_and_says_where(qda: Call, study: Path) -> None:
    (hit,) = qda("search", study, "SASSEN", "--json").json
    text = qda("text", study, hit["source"]).out
    assert text[hit["start"] : hit["stop"]] == "saßen"
    assert set(hit) >= {"source", "paragraph", "start", "stop", "text"}
    assert qda("search", study, "gibtesnicht", "--json").json == []


def test_the_history_tells_every_act_with_its_moment_and_person(qda: Call, study: Path) -> None:
    rows = qda("history", study, "--json").json
    assert rows == qda("list", study, "changes", "--json").json
    assert all(row["changes"] > 0 for row in rows)
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert {row["coder_name"] for row in rows} == {"MK"}


def test_a_sound_file_passes_the_check(qda: Call, study: Path) -> None:
    said = qda("check", study, "--json")
    assert said.code == 0
    assert [row["id"] for row in said.json] == ["file", "texts"]
    assert all({"id", "question", "findings"} <= set(row) and row["findings"] == [] for row in said.json)


def test_a_text_altered_behind_the_program_fails_the_check(qda: Call, study: Path) -> None:
    import sqlite3

    with sqlite3.connect(study) as db:
        db.execute("UPDATE source SET text = replace(text, 'Netzwerk', 'Nutzwerk')")
    db.close()
    said = qda("check", study, "--json")
    assert said.code == 1
    assert "Interview A" in said.json[1]["findings"][0]


READING = (
    *(("list", "STUDY", kind.name, "--json") for kind in KINDS),
    ("text", "STUDY", "Interview A"),
    ("search", "STUDY", "netz"),
    ("history", "STUDY"),
    ("check", "STUDY"),
    ("report", "STUDY", "study", "OUT"),
    ("report", "STUDY", "codetree", "OUT"),
)


@pytest.mark.parametrize("words", READING, ids=lambda words: "-".join(words[:3:2]))
def test_reading_changes_no_byte_and_leaves_nothing_behind(
    qda: Call, study: Path, words: tuple[str, ...], tmp_path: Path
) -> None:
    before = sha256(study.read_bytes()).hexdigest(), study.stat().st_mtime_ns
    places = {"STUDY": study, "OUT": tmp_path / "out"}
    assert qda(*(places.get(word, word) for word in words)).code == 0
    assert (sha256(study.read_bytes()).hexdigest(), study.stat().st_mtime_ns) == before
    assert {p.name for p in tmp_path.iterdir()} <= {"study.qdaproj", "out"}


def test_the_text_is_printed_without_one_byte_more(qda: Call, study: Path) -> None:
    assert qda("text", study, "Interview_A.txt").out == INTERVIEW_A


def test_doctor_and_version_need_no_study(qda: Call) -> None:
    rows = qda("doctor", "--json").json
    assert {"qda", "python", "qt", "sqlite", "display", "libraries", "settings", "disk"} <= {
        row["key"] for row in rows
    }
    assert qda("doctor").code == 0
    assert qda("--version").out.startswith("qda ")
