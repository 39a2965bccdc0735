"""The hand-made study through the command line: what it lists and asks is what was counted by hand."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Call
from tests.coding.method_questions.handmade import Handmade, handmade_study

# By question: what fires, as it was counted by hand.
RIGHT = {
    "1": ["Relation 1"],
    "2": ["Relation 2"],
    "3": ["Relation 4", "Relation 7"],
    "4": ["Relation 2", "Relation 3"],
    "5": ["Feste: Größe", "Leere Kategorie", "Vertrauen: Dauer"],
    "6": ["Consequences (Netz)"],
    "7": ["Alleinsein", "Alleinsein / Alleinseins", "Feste", "Mittel"],
    "8": [],
    "9": ["Interview Ben, para. 4"],
    "10": ["Interview Ben", "Interview Eva"],
    "11": ["Leere Kategorie"],
    "12": ["Cem"],
    "13": ["Am Ende stand ich allein da", "Feste führen immer zu Vertrauen und nie zu Streit."],
    "14": ["Eva", "Für mich", "Interview Ada"],
}
# Statement, status, supporting, contradicting, qualifying, cases, conditions.
RELATIONS = [
    ("no evidence", "supposed", 0, 0, 0, 0, 0),
    ("one case", "supposed", 2, 0, 0, 1, 0),
    ("both cases", "supposed", 1, 0, 0, 2, 0),
    ("against", "supposed", 1, 1, 0, 2, 0),
    ("against, then a memo", "supposed", 1, 1, 0, 2, 0),
    ("against, then a condition", "supposed", 1, 1, 0, 2, 1),
    ("a condition, then against", "supposed", 1, 1, 0, 2, 1),
    ("searched", "supposed", 1, 0, 0, 2, 0),
    ("rejected", "rejected", 0, 1, 0, 1, 0),
    ("aufgegeben", "supposed", 0, 0, 0, 0, 0),
]
BOTH = ["mit ihnen kam Vertrauen", "die Geduld der anderen"]
AGAINST = [
    ("supporting", ["mit ihnen kam Vertrauen"], 1),
    ("contradicting", ["Feste allein bringen kein Vertrauen"], 1),
]
EVIDENCE = {
    "one case": [("supporting", ["mit ihnen kam Vertrauen"], 1), ("supporting", ["selbst"], 1)],
    "both cases": [("supporting", BOTH, 2)],
    "against": AGAINST,
    "against, then a memo": AGAINST,
    "against, then a condition": AGAINST,
    "a condition, then against": AGAINST,
    "searched": [("supporting", BOTH, 2)],
    "rejected": [("contradicting", ["mit ihnen kam Vertrauen"], 1)],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hand.qdaproj"


@pytest.fixture
def made(path: Path) -> Handmade:
    made = handmade_study(path)
    made.project.close()
    return made


@pytest.fixture
def rows(qda: Call, path: Path, made: Handmade) -> Any:
    said = qda("check", path, "--method", "--language", "en", "--json")
    assert (said.code, said.err) == (0, "")
    return said.json


def test_the_questions_are_exactly_the_fourteen_with_id_question_and_findings(rows: Any) -> None:
    assert [row["id"] for row in rows] == [str(number) for number in range(1, 15)]
    assert all(row["question"].endswith("?") and isinstance(row["findings"], list) for row in rows)


@pytest.mark.parametrize("key", RIGHT)
def test_what_a_question_finds_is_what_was_counted_by_hand(rows: Any, key: str) -> None:
    [row] = [row for row in rows if row["id"] == key]
    assert sorted(one["name"] for one in row["findings"]) == RIGHT[key]


def test_findings_are_no_failure_and_the_file_is_checked_apart(qda: Call, path: Path, made: Handmade) -> None:
    said = qda("check", path, "--method", "--language", "en")
    assert said.code == 0
    assert "Relation 6" not in said.out
    assert "Only Ada: contrast or gap?" in said.out
    assert [row["id"] for row in qda("check", path, "--json").json] == ["file", "texts"]


def test_an_answer_is_printed_below_what_it_answers(qda: Call, path: Path, made: Handmade) -> None:
    words = "Ben hat keine Feste."
    target = f"relation:{made.relations['one case']}"
    assert qda("do", path, "answer-method", "key=2", f"text={words}", f"target={target}").code == 0
    rows = qda("check", path, "--method", "--json").json
    assert [one["answer"] for one in rows[1]["findings"]] == [words]
    assert f"Answer: {words}" in qda("check", path, "--method", "--language", "en").out


def test_relations_are_listed_with_the_figures_counted_by_hand(qda: Call, path: Path, made: Handmade) -> None:
    keys = ("statement", "status", "supporting", "contradicting", "qualifying", "cases")
    rows = qda("list", path, "relations", "--json").json
    listed = [(*(row[key] for key in keys), len(row["holds_under"])) for row in rows]
    assert sorted(listed) == sorted(RELATIONS)


def test_evidence_is_listed_with_its_passages_and_cases(qda: Call, path: Path, made: Handmade) -> None:
    names = {guid: name for name, guid in made.relations.items()}
    found: dict[str, list[tuple[str, list[str], int]]] = {}
    for row in qda("list", path, "evidence", "--json").json:
        words = [segment["text"] for segment in row["segments"]]
        cases = row["cases"] if isinstance(row["cases"], int) else len(row["cases"])
        found.setdefault(names[row["relation"]], []).append((row["polarity"], words, cases))
    assert found == EVIDENCE


def test_placements_are_listed_with_model_slot_and_code(qda: Call, path: Path, made: Handmade) -> None:
    listed = [
        (row["model"], row["slot"], row["code"], row["level"], row["addressee"])
        for row in qda("list", path, "placements", "--json").json
    ]
    slots = {guid: key for key, guid in made.slots.items()}
    told = [(model, slots.get(slot, slot), code) for model, slot, code, _level, _addressee in listed]
    assert sorted(told) == sorted(
        [
            (made.model, "conditions", made.codes["Förderung"]),
            (made.model, "strategies", made.codes["Feste"]),
        ]
    )
