"""A small study built by public acts: for each question of method one thing that fires and one that does not.

Everything is invented. The names of relations say what is right about them; tests hold the right answers.
"""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path

from qda.coding import (
    axial,
    cases,
    codebook,
    consent,
    documents,
    evidence,
    material,
    memos,
    open_coding,
    properties,
    reading,
    sampling,
    selective,
    theory,
)
from qda.coding.references import resolve
from qda.models import Project
from tests.coding.conftest import draft
from tests.kept import kept_study

ADA = """I: Wie begann Ihre Arbeit?
B: Am Anfang stand ich allein da, ohne Geld und ohne Auftrag.
B: Dann kamen die Feste, und mit ihnen kam Vertrauen.
I: Und heute?
B: Heute trägt es sich, ähm, selbst. Frau Brenneke hilft."""
BEN = """I: Was hilft Ihnen?
B: Mir hilft die Geduld der anderen.
B: Feste allein bringen kein Vertrauen.
I: Wer zahlt das?
B: Das Land zahlt ein Jahr lang."""
EVA = """I: Was war im Beirat?
B: Wir haben es aus der Zeitung erfahren.
B: Das Vertrauen war danach weg."""
DEE = """I: Und bei Ihnen?
B: Vertrauen kam mit den Jahren."""
ROLES = {"I": "interviewer", "B": "respondent"}

CLAIM = "Feste führen immer zu Vertrauen und nie zu Streit."
QUESTION = "Was folgt daraus für die Gemeinden?"
DIFFERENT = "Am Ende stand ich allein da"


@dataclass
class Handmade:
    """The study with the GUIDs of what stands in it, by name."""

    project: Project
    sources: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    memos: dict[str, str] = field(default_factory=dict)
    model: str = ""
    slots: dict[str, str] = field(default_factory=dict)

    def spot(self, source: str, words: str) -> str:
        """Words of a document, as acts take a passage."""
        start = material.text(self.project, self.sources[source]).index(words)
        return f"{self.sources[source]}:{start}-{start + len(words)}"

    def code(self, source: str, words: str, name: str) -> str:
        """Codes words; returns the code."""
        start = material.text(self.project, self.sources[source]).index(words)
        open_coding.code_passage(
            self.project, source=self.sources[source], start=start, stop=start + len(words), code=name
        )
        self.codes[name] = resolve(self.project, "code", name)
        return self.codes[name]

    def relate(self, name: str, start: str = "Feste", end: str = "Vertrauen") -> str:
        """States a relation; its name is its statement."""
        self.relations[name] = axial.relate_codes(
            self.project,
            model=self.model,
            from_code=self.codes[start],
            to_code=self.codes[end],
            type="furthers",
            statement=name,
        )
        return self.relations[name]

    def give(self, relation: str, polarity: str, *passages: tuple[str, str]) -> str:
        """Gives a relation a piece of evidence."""
        return evidence.add_evidence(
            self.project,
            relation=self.relations[relation],
            segments=[self.spot(*one) for one in passages],
            polarity=polarity,  # type: ignore[arg-type]
        )


FEASTS = ("Ada", "mit ihnen kam Vertrauen")
NO_TRUST = ("Ben", "Feste allein bringen kein Vertrauen")
PATIENCE = ("Ben", "die Geduld der anderen")


def handmade_study(path: Path, **sheet: str) -> Handmade:
    """The whole study in a file of its own, open; it is built once and then copied."""
    project, made = kept_study(path, build, **{"title": "Netz", "language": "de", "coder": "Ada"} | sheet)
    return replace(deepcopy(replace(made, project=None)), project=project)  # type: ignore[arg-type]


def build(project: Project) -> Handmade:
    """The whole study."""
    made = Handmade(project)
    _material(made)
    _codes(made)
    _model(made)
    _relations(made)
    _core(made)
    _protection(made)
    return made


def _material(made: Handmade) -> None:
    project = made.project
    for name, text in (("Ada", ADA), ("Ben", BEN), ("Eva", EVA), ("Dee", DEE)):
        made.sources[name] = documents.take_in(project, draft=draft(text, ROLES), title=f"Interview {name}")
        made.cases[name] = cases.add_case(project, name=name)
        documents.set_source_case(project, source=made.sources[name], case=made.cases[name])
    made.cases["Cem"] = cases.add_case(project, name="Cem")
    for name in ("Cem", "Dee"):
        sampling.set_starting(project, case=made.cases[name], starting=False)
    sampling.decide_sampling(
        project, form="contrasting", why="ohne jedes Fest", targets=[f"source:{made.sources['Dee']}"]
    )
    for name, text in (("Ada", ADA), ("Dee", DEE)):  # these two are read to the end
        lines = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]
        assert reading.mark_seen(project, source=made.sources[name], starts=lines)


def _codes(made: Handmade) -> None:
    project = made.project
    for source in ("Ada", "Ben", "Dee"):
        made.code(source, "Vertrauen", "Vertrauen")
    made.code("Ada", "Feste", "Feste")
    made.code("Ben", "Feste", "Feste")
    made.code("Ada", "ohne Geld", "Mittel")  # used once
    made.code("Ben", "Das Land zahlt ein Jahr lang", "Förderung")
    made.code("Dee", "Jahren", "Förderung")
    made.code("Ada", "allein", "Alleinsein")  # not since Ada
    made.code("Ada", "selbst", "Alleinsein")
    made.code("Dee", "Vertrauen kam", "Alleinseins")  # nearly the same name
    made.code("Ben", "Geduld", "Alleinseins")
    made.code("Ben", "Wer zahlt das?", "Förderung")  # the interviewer's words
    made.code("Ben", "I: Wer zahlt das?\nB: Das Land", "Förderung")  # both speak
    made.codes["Leer"] = codebook.add_code(project, name="Leere Kategorie", kind="category")
    for name in ("Vertrauen", "Feste"):
        codebook.set_code_kind(project, code=made.codes[name], kind="category")
    for code, name, poles in (
        ("Vertrauen", "Grundlage", ("Person", "Regel")),  # both poles seen
        ("Vertrauen", "Dauer", ("kurz", "lang")),  # one pole seen
        ("Feste", "Größe", ("klein", "")),  # one pole named
        ("Feste", "Takt", ("selten", "oft")),  # no value yet
    ):
        made.properties[name] = properties.add_property(
            project, code=made.codes[code], name=name, pole_from=poles[0], pole_to=poles[1]
        )
    for name, source, value in (
        ("Grundlage", "Ada", "Person"),
        ("Grundlage", "Ben", "Regel"),
        ("Dauer", "Ada", "kurz"),
    ):
        properties.set_property_value(
            project, property=made.properties[name], segment=made.spot(source, "Vertrauen"), value=value
        )


def _model(made: Handmade) -> None:
    project = made.project
    made.model = axial.add_model(project, name="Netz", template="hajji", phenomenon=made.codes["Vertrauen"])
    made.slots = {slot.key: slot.guid for slot in theory.models(project)[0].slots}
    axial.place_code(project, model=made.model, code=made.codes["Feste"], slot=made.slots["strategies"])
    axial.place_code(project, model=made.model, code=made.codes["Förderung"], slot=made.slots["conditions"])
    axial.add_model(project, name="Ohne Phänomen", template="hajji")
    given_up = axial.add_model(project, name="Aufgegeben", template="hajji", phenomenon=made.codes["Feste"])
    axial.relate_codes(
        project,
        model=given_up,
        from_code=made.codes["Feste"],
        to_code=made.codes["Vertrauen"],
        type="hinders",
        statement="aufgegeben",
    )
    axial.set_model_status(project, model=given_up, status="abandoned")


def _relations(made: Handmade) -> None:
    project = made.project
    for name in (
        *("no evidence", "one case", "both cases", "against", "against, then a memo"),
        *("against, then a condition", "a condition, then against", "searched", "rejected"),
    ):
        made.relate(name)
    made.give("one case", "supporting", FEASTS)
    made.give("one case", "supporting", ("Ada", "selbst"))
    made.give("both cases", "supporting", FEASTS, PATIENCE)
    for name in ("against", "against, then a memo", "against, then a condition"):
        made.give(name, "supporting", FEASTS)
        made.give(name, "contradicting", NO_TRUST)
    memos.write_memo(
        project,
        kind="theoretical",
        title="Warum",
        body="Bei Ben fehlt die Zeit.",
        target=f"relation:{made.relations['against, then a memo']}",
    )
    axial.add_condition(project, relation=made.relations["against, then a condition"], text="wo es Zeit gibt")
    later = made.relations["a condition, then against"]
    axial.add_condition(project, relation=later, text="wo es Zeit gibt")
    made.give("a condition, then against", "supporting", FEASTS)
    made.give("a condition, then against", "contradicting", NO_TRUST)
    made.give("searched", "supporting", FEASTS, PATIENCE)
    evidence.note_search(project, relation=made.relations["searched"])
    made.give("rejected", "contradicting", FEASTS)
    axial.set_relation_status(project, relation=made.relations["rejected"], status="rejected")


def _core(made: Handmade) -> None:
    project = made.project
    selective.choose_core(project, code=made.codes["Vertrauen"])
    whole = made.spot("Ada", "Am Anfang stand ich allein da, ohne Geld und ohne Auftrag.")
    body = "\n".join(
        (
            f"{CLAIM} Das gilt nicht überall ([Beziehung 3](relation:{made.relations['both cases']})).",
            QUESTION,
            f"[Am Anfang stand ich allein da […] ohne Auftrag](segment:{whole})",
            f"[{DIFFERENT}](segment:{made.spot('Ada', 'Am Anfang stand ich allein da')})",
            f"[Heute trägt es sich selbst](segment:{made.spot('Ada', 'Heute trägt es sich, ähm, selbst')})",
        )
    )
    selective.write_story(project, kind="story_line", body=body)


def _protection(made: Handmade) -> None:
    project = made.project
    consent.set_consent(project, case=made.cases["Eva"], quote="no")
    consent.set_consent(project, case=made.cases["Ada"], quote="yes")
    made.code("Eva", "aus der Zeitung", "Förderung")
    for title, private in (("Für mich", True), ("Für alle", False)):
        made.memos[title] = memos.write_memo(
            project, kind="reflection", title=title, body="…", private=private
        )
