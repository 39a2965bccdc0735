"""The window with an interview whose codes were given before, so that there is something to propose."""

import pytest
from PySide6.QtTest import QTest

from qda.coding import documents, open_coding
from qda.exchange.reading import draft_from_text
from qda.models import Project
from qda.ui.suggesting.asking import Asking
from qda.ui.suggesting.switch import set_when
from tests.ui.open_coding.hands import Hands

EARLIER = """I: Wie kam es dazu?
B: Wir haben den Amtsleiter angerufen und auf dem kurzen Dienstweg eine Zusage bekommen.
B: Da ruft man den Amtsleiter an, auf dem kurzen Dienstweg, und hat die Zusage.
B: Eine Zusage vom Amtsleiter bekommt man am Telefon, kurzer Dienstweg eben.
B: Die Honorare stehen im Beschluss des Kreistags, mit Protokoll und Satzung.
B: Im Protokoll steht der Beschluss, und die Satzung regelt die Honorare.
B: Ohne Beschluss und Protokoll zahlt der Kreistag keine Honorare.
B: Am Abend haben wir im Gemeindesaal gekocht und gefeiert.
B: Beim Kochen im Gemeindesaal feiern alle zusammen.
B: Gefeiert wird im Gemeindesaal, und gekocht haben die Frauen."""
LATER = """I: Und bei Ihnen?
B: Ich rufe den Amtsleiter an und habe die Zusage auf dem kurzen Dienstweg.
B: Der Kreistag hat einen Beschluss, die Honorare stehen im Protokoll.
B: Der Bus fährt um sechs, der Fahrer wartet auf die Kinder.
B: Um sechs wartet der Fahrer mit dem Bus, bis die Kinder kommen.
B: Der Fahrer wartet mit dem Bus auf die Kinder."""
CODES = {"Zusage": "auf Zuruf regeln", "Honorare": "verschriftlichen", "Gemeindesaal": "Feste feiern"}


@pytest.fixture
def left_in() -> str:
    return "open"


class Suggesting(Hands):
    """The window, the later interview in it, and what is suggested there."""

    later = ""

    @property
    def showing(self):
        return self.pane.choosing.showing

    def answered(self) -> None:
        """What was asked is answered."""
        asking = Asking.of(self.desk)
        for _turn in range(3000):
            QTest.qWait(10)
            if not asking.busy:
                break
        QTest.qWait(10)

    def open_field(self, words: str) -> None:
        """Selects words, waits for what is known of them, and opens the field."""
        self.select(words)
        for _turn in range(3000):
            QTest.qWait(10)
            if self.showing.ready:
                break
        self.run("code")
        QTest.qWait(5)

    def rows(self, kind):
        return [row for row in self.field.model.rows if row.kind is kind]


@pytest.fixture
def later() -> str:
    """The interview that is open."""
    return LATER


@pytest.fixture
def suggesting(window, tmp_path, later) -> Suggesting:
    path = tmp_path / "study.qdaproj"
    project = Project.create(path, title="T", language="de", coder="MK", template="hajji")
    earlier = documents.take_in(project, draft=draft_from_text(EARLIER), title="Interview A")
    for line in EARLIER.split("\n")[1:]:
        start = EARLIER.index(line) + 3
        code = next(code for word, code in CODES.items() if word in line)
        open_coding.code_passage(project, source=earlier, start=start, stop=start + len(line) - 3, code=code)
    there = documents.take_in(project, draft=draft_from_text(later), title="Interview B")
    set_when(project, "on")
    window.open_project(project)
    window.show_workspace("open")
    made = Suggesting(window)
    made.later = there
    made.desk.source_wanted.emit(there, -1, -1)
    return made
