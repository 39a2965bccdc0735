"""The real window with three small cases, a model and a property."""

import pytest

from qda.coding import axial, cases, codebook, codes, documents, open_coding, properties, theory
from qda.models import Project

TEXTS = {
    "A": "B: Ich rufe alle an, jeden Montag.\nB: Blumen kriegen wir jedes Jahr, einen Raum nie.\n"
    "B: Das hält bis Mai.",
    "B": "B: Ich schreibe alles auf und lasse es beschließen.\n"
    "B: Angerufen habe ich einmal, auf dem Parkplatz.",
    "C": "B: Ich fahre hin.\nB: Telefoniert wird hier auch.",
}
CODED = (
    ("A", "Ich rufe alle an, jeden Montag.", "anrufen"),
    ("A", "Blumen kriegen wir jedes Jahr, einen Raum nie.", "anrufen"),
    ("B", "Angerufen habe ich einmal, auf dem Parkplatz.", "anrufen"),
    ("C", "Telefoniert wird hier auch.", "anrufen"),
    ("B", "Ich schreibe alles auf und lasse es beschließen.", "aufschreiben"),
    ("C", "Ich fahre hin.", "hinfahren"),
    ("A", "Das hält bis Mai.", "halten"),
)


@pytest.fixture
def left_in() -> str:
    return "axial"


def filled(path) -> Project:
    """Three cases; calling in all of them, the rest in one each."""
    made = Project.create(path, title="Probe", coder="MK", template="hajji")
    sources = {}
    for name, text in TEXTS.items():
        sources[name] = documents.add_document(made, title=f"Interview {name}", text=text, kind="interview")
        case = cases.add_case(made, name=name)
        documents.set_source_case(made, source=sources[name], case=case)
    for name, words, code in CODED:
        start = TEXTS[name].index(words)
        where = {"source": sources[name], "start": start, "stop": start + len(words)}
        open_coding.code_passage(made, **where, code=code)
    known = {row.name: row.guid for row in codes.codes(made)}
    prop = properties.add_property(
        made, code=known["anrufen"], name="Takt", pole_from="laufend", pole_to="selten"
    )
    for name, words, value in (
        ("A", "Ich rufe alle an, jeden Montag.", "laufend"),
        ("B", "Angerufen habe ich einmal, auf dem Parkplatz.", "selten"),
    ):
        start = TEXTS[name].index(words)
        span = f"{sources[name]}:{start}-{start + len(words)}"
        properties.set_property_value(made, property=prop, segment=span, value=value)
    phenomenon = codebook.add_code(made, name="zusammenhalten", kind="category")
    model = axial.add_model(made, name="Modell", phenomenon=phenomenon)
    for code in ("anrufen", "aufschreiben", "hinfahren"):
        axial.place_code(made, model=model, code=known[code], slot="strategies")
    axial.place_code(made, model=model, code=known["halten"], slot="consequences", addressee="network")
    assert theory.models(made)[0].phenomenon
    return made


class Hands:
    """What a person sees and does."""

    def __init__(self, window) -> None:
        self.window = window
        window.action("compare-cases").trigger()

    @property
    def page(self):
        return self.window.workspace("axial").front.part

    @property
    def project(self) -> Project:
        return self.window.project

    @property
    def table(self):
        return self.page.table

    def row(self, name: str) -> str:
        """The key of a row."""
        return next(row.key for row in self.page.read.shown.rows if row.name == name)

    def case(self, name: str) -> str:
        """A case by name."""
        return next(one.guid for one in self.page.read.cases.values() if one.name == name)

    def content(self, row: str, case: str):
        """What a cell says."""
        model = self.table.shown
        return model.content(model.row_of(self.row(row)), model.column_of(self.case(case)))

    def turn(self, row: str, case: str) -> None:
        self.table.turn_to(self.row(row), self.case(case))


@pytest.fixture
def hands(window, tmp_path):
    project = filled(tmp_path / "cases.qdaproj")
    window.open_project(project)
    window.preferences.language = "en"
    yield Hands(window)
