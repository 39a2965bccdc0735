"""A small invented study with three cases, coded, before anything of a theory is made of it; in German."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.coding import cases, codebook, codes, documents, material, open_coding, properties
from qda.models import Project
from tests.acceptance.desk import CTRL, Key, german, journalled, press, until, write

__all__ = ["german", "open_study"]

TEXTS = {
    "A": "I: Wie halten Sie das zusammen?\n"
    "B: Ich rufe alle an, jeden Montag. Aber im Januar war ich krank, da hat keiner etwas gemerkt.\n"
    "I: Und die Vereine?\n"
    "B: Die blieben, als es einen Raum gab. Blumen allein wollten sie nicht.\n"
    "B: Die Bürgermeisterin kam einmal. Danach saßen auch die Amtsleiter da.",
    "B": "I: Womit haben Sie begonnen?\n"
    "B: Mit einem Beschluss, sonst rührt sich keiner. Angerufen habe ich einmal, auf dem Parkplatz.\n"
    "B: Ohne Beschluss gingen sie wieder, trotz aller Anrufe.\n"
    "B: Das Land zahlt nur ein Jahr.",
    "C": "I: Wie erreichen Sie die Leute?\n"
    "B: Ich fahre hin. Telefoniert wird hier auch, und sie sind alle noch da.\n"
    "B: Ein Beschluss? Den hat nie jemand verlangt.",
}
CODED = (
    ("A", "Ich rufe alle an, jeden Montag.", "Anrufen"),
    ("A", "Die blieben, als es einen Raum gab.", "Vereine bleiben"),
    ("A", "Blumen allein wollten sie nicht.", "Vereine bleiben"),
    ("A", "da hat keiner etwas gemerkt", "Vereine bleiben"),
    ("A", "Die Bürgermeisterin kam einmal.", "Rückhalt"),
    ("A", "Danach saßen auch die Amtsleiter da.", "Zusammenhalten"),
    ("B", "Mit einem Beschluss, sonst rührt sich keiner.", "Beschluss holen"),
    ("B", "Angerufen habe ich einmal, auf dem Parkplatz.", "Anrufen"),
    ("B", "Ohne Beschluss gingen sie wieder", "Vereine bleiben"),
    ("B", "trotz aller Anrufe", "Anrufen"),
    ("B", "Das Land zahlt nur ein Jahr.", "Geld vom Land"),
    ("C", "Ich fahre hin.", "Hinfahren"),
    ("C", "Telefoniert wird hier auch", "Anrufen"),
    ("C", "sie sind alle noch da", "Vereine bleiben"),
)


def study(path: Path) -> Project:
    """Three cases with an interview each, seven codes, one property with two values."""
    made = Project.create(path, title="Netze – Probe", coder="MK", language="de", template="hajji")
    sources = {}
    for name, text in TEXTS.items():
        sources[name] = documents.add_document(made, title=f"Interview {name}", text=text, kind="interview")
        case = cases.add_case(made, name=name)
        documents.set_source_case(made, source=sources[name], case=case)
    for name, words, code in CODED:
        start = TEXTS[name].index(words)
        open_coding.code_passage(made, source=sources[name], start=start, stop=start + len(words), code=code)
    known = {row.name: row.guid for row in codes.codes(made)}
    for name in ("Zusammenhalten", "Anrufen"):
        codebook.set_code_kind(made, code=known[name], kind="category")
    takt = properties.add_property(
        made, code=known["Anrufen"], name="Takt", pole_from="laufend", pole_to="selten"
    )
    for name, words, value in (("A", CODED[0][1], "laufend"), ("B", CODED[7][1], "selten")):
        start = TEXTS[name].index(words)
        span = f"{sources[name]}:{start}-{start + len(words)}"
        properties.set_property_value(made, property=takt, segment=span, value=value)
    return made


@pytest.fixture
def open_study(german, tmp_path: Path) -> Iterator:
    """The real window in German with that study; the pointer of undo stands at its start."""
    path = tmp_path / "Netze.qdaproj"
    study(path).close()
    german.open_path(path)
    yield german


class Walk:
    """The window and what is looked at in it."""

    def __init__(self, window, qtbot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def desk(self):
        return self.window.desk

    @property
    def project(self) -> Project:
        return self.window.desk.project

    @property
    def axial(self):
        return self.window.workspace("axial")

    @property
    def selective(self):
        return self.window.workspace("selective")

    def until(self, condition) -> None:
        until(self.qtbot, condition)

    def state(self) -> str:
        found, faults = journalled(self.desk.path)
        assert faults == []
        return found

    def guid(self, name: str) -> str:
        return next(row.guid for row in codes.codes(self.project) if row.name == name)

    def case(self, name: str) -> str:
        return next(row.guid for row in material.cases(self.project) if row.name == name)

    def source(self, name: str) -> str:
        return next(row.guid for row in material.sources(self.project) if row.title == name)

    def run(self, words: str) -> None:
        """A command by the palette."""
        press(Key.Key_K, CTRL)
        write(words)
        press(Key.Key_Return)
