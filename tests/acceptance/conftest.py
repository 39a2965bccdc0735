"""The command line as tests use it, and a small invented study that holds one of everything."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from qda.cli import main

INTERVIEW_A = """Interview A – frei erfunden
I: Wie fing das an? 😀
B: Da hat keiner gefragt, wer zuständig ist. Wir haben’s gemacht. 👩‍👩‍👧 Und dann stand die Halle.
I: Und der Bürgermeister?
B: Der kam. Auf einmal saßen da die Amtsleiter, die vorher nie Zeit hatten.
I: Was blieb?
B: Das Netzwerk bin ja ich. Das ist kein Lob. 🙂
"""
INTERVIEW_B = """I: Womit haben Sie begonnen?
B: Mit achtzig Seiten. Steht alles drin, außer was ich morgen früh mache.
I: Sie führen über Regeln?
B: Nee. Ich schütz mich mit Regeln.
I: Und der Beirat?
B: Formal war das korrekt.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a call gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON; nothing else may stand there."""
        return json.loads(self.out)


Call = Callable[..., Said]


@pytest.fixture
def qda(capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls ``qda`` in this process."""

    def call(*words: object) -> Said:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return call


@pytest.fixture(scope="session")
def made_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented study, made once by acts; never written to."""
    from qda.acts import perform
    from qda.exchange.importing import import_files
    from qda.models import Project

    folder = tmp_path_factory.mktemp("study")
    for name, text in (("Interview_A.txt", INTERVIEW_A), ("Interview_B.txt", INTERVIEW_B)):
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "study.qdaproj"
    with Project.create(path, title="Netze", language="de", coder="MK") as project:
        import_files(project, [folder / "Interview_A.txt", folder / "Interview_B.txt"])

        def do(act: str, **words: Any) -> str:
            return perform(project, act, words)

        def passage(source: str, words: str) -> dict[str, Any]:
            text = INTERVIEW_A if source == "Interview A" else INTERVIEW_B
            return {"source": source, "start": text.index(words), "stop": text.index(words) + len(words)}

        do("add-case", name="A")
        do("add-case", name="B")
        do("set-source-case", source="Interview A", case="A")
        do("set-source-case", source="Interview B", case="B")
        do("set-attribute", case="A", name="Alter", value="52")
        do("set-topic", source="Interview A", paragraph="1", topic="Anfang")
        do("add-group", name="Erste Welle")
        do("move-to-group", source="Interview A", group="Erste Welle")
        do("code", **passage("Interview A", "Auf einmal saßen da die Amtsleiter"), code="Rückhalt > Spitze")
        do("code", **passage("Interview A", "Das Netzwerk bin ja ich."), code="Unersetzbar werden")
        do("code-in-vivo", **passage("Interview B", "Ich schütz mich mit Regeln"))
        do("code", **passage("Interview B", "Formal war das korrekt."), code="Absicherung", coder="Eva")
        do("set-code-kind", code="Rückhalt > Spitze", kind="category")
        do("add-property", code="Spitze", name="Sichtbarkeit", pole_from="abwesend", pole_to="Leuchtturm")
        do("write-memo", kind="theoretical", title="Rückhalt", body="Wer kommt?", target="code:Spitze")
        do(
            "write-memo",
            kind="diary",
            title="Für mich",
            body="geheim: Frau Brinkhorst, Herr Zabel",
            private="yes",
        )
        do("pseudonymise", entries='[{"clear": "Herr Zabel", "kind": "person", "replacement": "[Kollege]"}]')
        do("add-model", name="Modell", template="hajji", phenomenon="Unersetzbar werden")
        do("place-code", model="Modell", code="Spitze", slot="conditions", level="town")
        do(
            "relate-codes",
            model="Modell",
            from_code="Spitze",
            to_code="Unersetzbar werden",
            type="furthers",
            statement="Rückhalt fördert die Teilnahme",
        )
        do("add-condition", relation="R1", text="solange der Bürgermeister kommt")
        first = "Interview A:{start}-{stop}".format(**passage("Interview A", "Der kam."))
        second = "Interview B:{start}-{stop}".format(**passage("Interview B", "Mit achtzig Seiten."))
        do("add-evidence", relation="R1", segments=[first], polarity="supporting", kind="spoken")
        do("add-evidence", relation="R1", segments=[second], polarity="qualifying", kind="inferred")
        do("pencil", **passage("Interview A", "Wir haben’s gemacht."), note="wer ist wir?")
        do("mark-uncoded", source="Interview A", paragraph="1")
        do("add-concept", name="Soziales Kapital", origin="Bourdieu 1983")
        do("new-pile", name="Schutz")
        do("pile-code", pile="Schutz", code="Absicherung")
        do("save-query", name="Rückhalt", spec='{"version": 1, "query": {"type": "text", "words": "kam"}}')
        do("new-memo-pile", name="Kapitel 1")
        do("add-property", code="Spitze", name="Dauer", pole_from="kurz", pole_to="lang")
        do("set-property-value", property="Sichtbarkeit", segment=first, value="Leuchtturm")
        do("set-case-value", property="Dauer", case="A", value="lang")
        do("name-type", rows="Sichtbarkeit", row="Leuchtturm", columns="Dauer", column="lang", name="Fels")
        do("put-memo", pile="Kapitel 1", memo="Rückhalt")
        do("freeze-model", model="Modell", name="vor Fall C")
        do("decide-sampling", form="contrasting", gap="ohne Spitze", targets="case:B")
        do("judge-saturation", code="Spitze", state="open", reason="zwei Fälle")
        do("answer-method", key="2", target="relation:R1", text="ein Kontrast")
        do("new-map", name="Skizze")
        do("put-on-map", map="Skizze", target="code:Spitze", x="10", y="20")
        do("choose-core", code="Unersetzbar werden", reasons="alles hängt daran")
        _suggest(project)
    return path


def _suggest(project: Any) -> None:
    """A proposal was shown for a passage, and passed."""
    from qda.coding import material
    from qda.coding.suggestion_events import Proposed, record

    shown = Proposed("new", "invented", "1", 0.4, "passed", name="Regeln haben", form="process")
    (_first, source) = material.sources(project)
    assert record(project, source=source.guid, start=0, stop=20, proposed=[shown])


@pytest.fixture
def study(made_study: Path, tmp_path: Path) -> Path:
    """A copy of the invented study."""
    return Path(copyfile(made_study, tmp_path / "study.qdaproj"))
