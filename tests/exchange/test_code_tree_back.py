"""A code tree out, changed by hand, and in again; lists of codes from elsewhere."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from qda.coding import codebook, codes, concepts
from qda.coding.code_tree_plan import Plan, planned
from qda.coding.code_tree_take import take
from qda.coding.sheet import set_template
from qda.errors import KnownError
from qda.exchange.code_list import import_codes, read_file
from qda.i18n import use_language
from qda.models import Project
from qda.reports.registry import build_report, render_bytes
from tests.reports.small_study import build

BACK = ("xlsx", "csv", "opml", "graphml", "md")


@pytest.fixture
def study(tmp_path):
    with use_language("en"), build(tmp_path / "study.qdaproj") as project:
        yield project


@pytest.fixture
def empty(tmp_path):
    with use_language("en"), Project.create(tmp_path / "new.qdaproj", title="New", coder="MK") as project:
        yield project


def out(project: Project, folder: Path, kind: str, **options: str) -> Path:
    path = folder / f"tree.{kind}"
    path.write_bytes(render_bytes(build_report("codetree", project, options), kind))
    return path


def seen(project: Project) -> list[tuple[str, str, int]]:
    return [(row.path, row.definition, row.colour) for row in codes.codes(project)]


def kinds(plan: Plan) -> list[tuple[str, str, str]]:
    return [(one.kind, one.path, one.after) for one in plan.changes]


# -- our own tree --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", BACK)
def test_what_goes_out_and_comes_in_untouched_changes_nothing(study, tmp_path, kind, language):
    plan = planned(study, read_file(out(study, tmp_path, kind, language=language)))
    assert (plan.target, plan.changes, plan.newer, plan.unknown, plan.missing) == ("tree", (), (), (), ())
    assert plan.same == len(codes.codes(study))
    with pytest.raises(KnownError, match="nothing that would change"):
        take(study, plan)


def workbook(path: Path):
    book = load_workbook(path)
    page = book.worksheets[0]
    head = {str(one.value): one.column for one in page[1]}
    rows = {next(str(one.value) for one in row if one.value): row[0].row for row in page.iter_rows(min_row=2)}
    return book, page, head, rows


def test_what_a_person_changes_in_the_workbook_is_exactly_what_arrives(study, tmp_path):
    path = out(study, tmp_path, "xlsx", language="en")
    book, page, head, rows = workbook(path)
    page.cell(rows["Anerkennung"], 1).value = "Wertschätzung"
    page.cell(rows["Hinfahren"], head["Definition"]).value = "Wer hingeht, wird gehört."
    page.cell(rows["mit dem Essen"], 1).value, page.cell(rows["mit dem Essen"], 2).value = (
        None,
        "mit dem Essen",
    )
    page.cell(rows["mit dem Essen"] + 1, 1).value = "Zeitnot"
    page.cell(rows["mit dem Essen"] + 1, head["Definition"]).value = "Nie reicht sie."
    book.save(path)
    plan = planned(study, read_file(path))
    assert kinds(plan) == [
        ("rename", "Anerkennung", "Wertschätzung"),
        ("describe", "Hinfahren", "Wer hingeht, wird gehört."),
        ("move", "mit dem Essen", "unklare Zuständigkeit"),
        ("new", "Zeitnot", "Nie reicht sie."),
    ]
    before, units = seen(study), study.unit_count()
    assert take(study, plan) == 4
    assert study.unit_count() == units + 1
    paths = [path for path, _definition, _colour in seen(study)]
    assert paths == [
        "Wertschätzung",
        "Wertschätzung > Blumen statt Raum",
        "Hinfahren",
        "Bleiben der Vereine",
        "unklare Zuständigkeit",
        "unklare Zuständigkeit > mit dem Essen",
        "Zeitnot",
    ]
    assert planned(study, read_file(path)).changes == ()
    study.undo()
    assert seen(study) == before


def test_codes_in_another_order_and_colour_arrive_and_a_row_that_was_deleted_stays(study, tmp_path):
    path = out(study, tmp_path, "xlsx", language="en")
    book, page, head, rows = workbook(path)
    page.cell(rows["Hinfahren"], head["Colour"]).value = "#9D3A08"
    values = [one.value for one in page[rows["mit dem Essen"]]]
    page.delete_rows(rows["mit dem Essen"])
    page.delete_rows(rows["Bleiben der Vereine"])
    page.insert_rows(2)
    for column, value in enumerate(values, start=1):
        page.cell(2, column).value = value
    book.save(path)
    plan = planned(study, read_file(path))
    assert [(one.kind, one.path) for one in plan.changes] == [("recolour", "Hinfahren"), ("order", "the top")]
    assert plan.missing == ("Bleiben der Vereine",)
    take(study, plan)
    after = seen(study)
    assert [path for path, _d, _c in after if " > " not in path] == [
        *("mit dem Essen", "Anerkennung", "Bleiben der Vereine", "Hinfahren", "unklare Zuständigkeit"),
    ]
    assert ("Hinfahren", "", 5) in after


def test_an_older_file_takes_nothing_back_and_two_changes_of_the_same_are_told(study, tmp_path):
    path = out(study, tmp_path, "xlsx", language="en")
    one, other = codes.codes(study)[0], codes.codes(study)[2]
    codebook.set_code_field(study, code=one.guid, field="definition", value="Neu gefasst.")
    codebook.rename_code(study, code=other.guid, name="Hingehen")
    book, page, _head, rows = workbook(path)
    page.cell(rows["Hinfahren"], 1).value = "Unterwegs sein"
    book.save(path)
    plan = planned(study, read_file(path))
    assert [(change.kind, change.both) for change in plan.changes] == [("rename", True)]
    assert plan.newer == ("Anerkennung: another definition",)
    told = import_codes(study, file=str(path))
    assert "Changed in the study and in the file; the study’s stays: Hingehen → Unterwegs sein" in told
    assert codes.codes(study)[2].name == "Hingehen"
    import_codes(study, file=str(path), both=True)
    assert codes.codes(study)[2].name == "Unterwegs sein"
    assert codes.codes(study)[0].definition == "Neu gefasst."


def test_a_code_that_the_study_lost_is_told_and_not_made_again(study, tmp_path):
    path = out(study, tmp_path, "csv")
    gone = next(row for row in codes.codes(study) if row.name == "mit dem Essen")
    codebook.remove_code(study, code=gone.guid)
    plan = planned(study, read_file(path))
    assert (plan.changes, plan.unknown) == ((), ("mit dem Essen",))


def test_a_tree_of_another_study_comes_in_like_any_other_list(study, empty, tmp_path):
    plan = planned(empty, read_file(out(study, tmp_path, "opml")))
    assert (plan.target, len(plan.changes)) == ("concepts", 6)
    assert "none of this study" in plan.told[0]


def test_codes_that_change_places_do_not_stand_below_themselves(study, tmp_path):
    path = out(study, tmp_path, "opml")
    text = path.read_text(encoding="utf-8")
    outer = next(line for line in text.splitlines() if "Anerkennung" in line)
    inner = next(line for line in text.splitlines() if "Blumen statt Raum" in line)
    text = text.replace(outer, inner.replace("/>", ">")).replace(f"\n{inner}", f"\n{outer[:-1]}/>")
    path.write_text(text, encoding="utf-8")
    plan = planned(study, read_file(path))
    assert sorted(one.kind for one in plan.changes) == ["move", "move"]
    take(study, plan)
    assert [row.path for row in codes.codes(study)][:2] == [
        "Blumen statt Raum",
        "Blumen statt Raum > Anerkennung",
    ]
    assert planned(study, read_file(path)).changes == ()


def test_with_pseudonyms_or_without_definitions_nothing_is_changed_either(study, tmp_path):
    for kind in BACK:
        plan = planned(
            study, read_file(out(study, tmp_path, kind, definitions="no", colours="no", depth="1"))
        )
        assert plan.changes == ()
        assert plan.missing == ("Anerkennung > Blumen statt Raum",)


NAMES = st.one_of(
    st.sampled_from(
        [
            *(
                "=1+1",
                "<script>",
                '"; DROP',
                "a\x00b",
                "🧑‍🤝‍🧑",
                "עברית",
                "a > b",
                "a:b",
                "a/b",
                "  vorn",
                "'=2",
            ),
            *(
                "1. Ort",
                "- Weg",
                "# Titel",
                "| Rohr |",
                "**fett**",
                "a\\",
                "&amp;",
                "_x0041_",
                "#REF!",
                "007",
            ),
            *(
                "&emsp;x",
                "<br>",
                "`code`",
                "Level 1",
                "TRUE",
                "1e5",
                "\u2028",
                "x\ty",
                "@y",
                "+z",
                "]]>",
                "rock'-n-roll",
                "＝1",
                " =2",
                "\n=3",
                "'\t=4",
            ),
        ]
    ),
    st.text(min_size=1, max_size=12),
).filter(lambda name: bool("".join(sign for sign in name if sign.isalnum() or sign in "=-@+#|*_><&/:;'\"")))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tree=st.lists(st.tuples(NAMES, st.integers(0, 6), NAMES), min_size=1, max_size=9))
def test_any_tree_comes_back_through_every_format_unchanged(tmp_path_factory, tree):
    folder = tmp_path_factory.mktemp("any")
    with use_language("en"), Project.create(folder / "any.qdaproj", title="Any", coder="MK") as project:
        made: list[str] = []
        for name, above, definition in tree:
            parent = made[above % len(made)] if made and above else None
            try:
                made.append(codebook.add_code(project, name=name, parent=parent, definition=definition))
            except KnownError:
                continue  # a name of nothing that can be seen
        if not made:
            return
        before = seen(project)
        for kind in BACK:
            plan = planned(project, read_file(out(project, folder, kind)))
            assert (plan.target, plan.changes, plan.newer, plan.unknown) == ("tree", (), (), ()), kind
            assert (plan.missing, plan.same) == ((), len(made)), kind
        assert seen(project) == before


# -- lists from elsewhere ------------------------------------------------------------------------------------

WANTED = ["Arbeit", "Arbeit > Alltag", "Arbeit > Alltag > Routine", "Macht"]
LISTS = {
    "tabs.txt": "Arbeit\n\tAlltag – was täglich geschieht\n\t\tRoutine\nMacht\n",
    "numbers.txt": "1 Arbeit\n1.1 Alltag: was täglich geschieht\n1.1.1 Routine\n2 Macht\n",
    "bullets.txt": "- Arbeit\n  * Alltag: was täglich geschieht\n    * Routine\n- Macht\n",
    "paths.txt": "Arbeit>Alltag: was täglich geschieht\nArbeit>Alltag>Routine\nMacht\n",
    "headings.md": "# Kodes\n\n## Arbeit\n\n### Alltag\n\nwas täglich geschieht\n\n- Routine\n\n## Macht\n",
    "parent.csv": (
        "Code;Parent code;Memo\nAlltag;Arbeit;was täglich geschieht\nRoutine;Alltag;\nArbeit;;\nMacht;;\n"
    ),
    "levels.csv": (
        "Ebene 1,Ebene 2,Ebene 3,Definition\nArbeit,,,\nArbeit,Alltag,,was täglich geschieht\n"
        "Arbeit,Alltag,Routine,\nMacht,,,\n"
    ),
    "subcodes.csv": (
        "Code;Memo\nArbeit > Alltag;was täglich geschieht\nArbeit > Alltag > Routine;\nMacht;\n"
    ),
    "backslash.csv": (
        "Code;Memo\nArbeit;\nArbeit\\Alltag;was täglich geschieht\nArbeit\\Alltag\\Routine;\nMacht;\n"
    ),
    "tags.csv": (
        "tag,description,parent\nArbeit,,\nAlltag,was täglich geschieht,Arbeit\nRoutine,,Alltag\nMacht,,\n"
    ),
    "nodes.csv": (
        "Hierarchical Name,Description\nNodes\\\\Arbeit,\nNodes\\\\Arbeit\\Alltag,was täglich geschieht\n"
        "Nodes\\\\Arbeit\\Alltag\\Routine,\nNodes\\\\Macht,\n"
    ),
    "list.opml": (
        '<opml version="2.0"><body><outline text="Arbeit">'
        '<outline text="Alltag" _note="was täglich geschieht">'
        '<outline text="Routine"/></outline></outline><outline text="Macht"/></body></opml>'
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_from_elsewhere_arrives_as_sensitizing_concepts_with_its_tree(empty, tmp_path, name):
    path = tmp_path / name
    path.write_text(LISTS[name], encoding="utf-8")
    assert "4 sensitizing concepts arrive" in import_codes(empty, file=str(path))
    found = {one.name: one.definition for one in concepts.concepts(empty)}
    assert sorted(found) == sorted(WANTED)
    assert found["Arbeit > Alltag"] == "was täglich geschieht"
    assert codes.codes(empty) == []
    assert "4 are in the list already" in import_codes(empty, file=str(path))
    empty.undo()
    assert concepts.concepts(empty) == []


@pytest.mark.parametrize("name", LISTS)
def test_in_a_content_analysis_they_are_codes_and_join_those_of_their_path(empty, tmp_path, name):
    set_template(empty, template="content-analysis")
    top = codebook.add_code(empty, name="Arbeit")
    codebook.add_code(empty, name="Alltag", parent=top)
    path = tmp_path / name
    path.write_text(LISTS[name], encoding="utf-8")
    dry = import_codes(empty, file=str(path), dry=True)
    assert len(codes.codes(empty)) == 2
    assert import_codes(empty, file=str(path)) == dry
    assert {row.path for row in codes.codes(empty)} == set(WANTED)
    assert (
        next(row.definition for row in codes.codes(empty) if row.name == "Alltag") == "was täglich geschieht"
    )


def test_anchor_examples_and_rules_come_along_in_a_content_analysis(empty, tmp_path):
    set_template(empty, template="content-analysis")
    path = tmp_path / "guide.csv"
    path.write_text(
        "Kategorie;Definition;Ankerbeispiel;Kodierregel\nNot;d;„Keine Zeit“;immer\n", encoding="utf-8"
    )
    import_codes(empty, file=str(path))
    (row,) = codes.codes(empty)
    assert (row.name, row.definition, row.anchor, row.rule) == ("Not", "d", "„Keine Zeit“", "immer")


def test_an_apostrophe_goes_only_where_csv_has_put_it(empty, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Code,Memo\nrock'-n-roll,'=1+1\n'-Weg,it's = ours\n", encoding="utf-8")
    import_codes(empty, file=str(path))
    assert [(one.name, one.definition) for one in concepts.concepts(empty)] == [
        ("rock'-n-roll", "=1+1"),
        ("-Weg", "it's = ours"),
    ]


def test_columns_can_be_chosen_where_their_titles_do_not_tell(empty, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Nr;Was;Wozu\n1;Alltag;Arbeit\n2;Macht;\n", encoding="utf-8")
    import_codes(empty, file=str(path), name="Was", above="Wozu")
    assert [one.name for one in concepts.concepts(empty)] == ["Arbeit", "Arbeit > Alltag", "Macht"]
    with pytest.raises(KnownError, match="no column “Wie”; there are: Nr, Was, Wozu"):
        import_codes(empty, file=str(path), name="Wie")


def test_a_name_that_stands_twice_is_taken_once_and_told(empty, tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("Macht\nMacht – Einfluss\n", encoding="utf-8")
    assert "Twice in the file, taken once: Macht" in import_codes(empty, file=str(path))
    assert [(one.name, one.definition) for one in concepts.concepts(empty)] == [("Macht", "Einfluss")]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("list.docx", b"PK\x03\x04", "save the list as one of these"),
        ("list.opml", b"<opml><body>", "no well-formed XML"),
        ("list.opml", b'<!DOCTYPE x [<!ENTITY e "e">]><opml/>', "document type of its own"),
        ("list.xml", b"<codes/>", "neither OPML nor GraphML"),
        ("list.txt", b"\n \n", "no name in “list.txt”"),
        ("list.xlsx", b"PK\x03\x04nothing", "damaged"),
        ("list.graphml", b"<graphml/>", "no name"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(empty, tmp_path, name, data, sentence):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(KnownError, match=sentence):
        import_codes(empty, file=str(path))
