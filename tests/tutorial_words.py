"""What the tutorial has the reader type, by language; it stands in its text word by word."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """What is typed, by language."""

    title: str
    coder: str
    question: str
    preconception: str
    case_is: str
    names: tuple[tuple[str, str], ...]  # in the text, instead
    open_duty: str
    ringing: str
    how: str  # answer to "How?"
    passages: dict[str, tuple[tuple[int, str, str], ...]]  # interview, paragraph, words, code; "" in vivo
    note: str  # comparing
    slip: str  # a code that is taken back
    memo: str
    reaching: str  # the first category
    reaching_why: str
    reaching_differs: str
    hanging: str  # the second category
    hanging_why: str
    hanging_differs: str
    poles: tuple[str, str]
    between: str
    definition: str
    model: str
    keeps: str  # statement of the first relation
    needs: str  # statement of the second
    searched: str
    version: str
    cell_a: str
    cell_b: str
    judged: str  # why a category is open
    sought: str  # in the next case
    story: str
    line: tuple[str, ...]  # the story line; after each part but the last Enter takes what is proposed


def _passages(
    *,
    support: str,
    going: str,
    asking: str,
    staying: str,
    leaving: str,
    ringing: str,
    no_orders: str,
    writing: str,
    open_duty: str,
    replaceable: str,
) -> dict[str, tuple[tuple[int, str, str], ...]]:
    """The passages that are coded one by one, with the codes of a language."""
    return {
        "A": (
            (14, "Auf einmal saßen da die Amtsleiter, die vorher nie Zeit hatten.", support),
            (24, "Da müssen Sie hin.", going),
            (28, "Ich hab gefragt, was sie brauchen.", asking),
            (28, "Dann sind sie geblieben.", staying),
            (32, "Blumen kriegen wir jedes Jahr, hat er gesagt, einen Raum nie.", leaving),
            (34, "Ich war bei jeder Aufführung!", going),
            (36, "Ich geh jetzt nirgends mehr hin, ohne dass ich was dabeihab.", going),
            (48, "Angerufen hab ich, und dann ging’s doch über den Chef.", ringing),
            (52, "das Netzwerk bin ja ich", ""),
            (70, "Ich kann da keinem was anschaffen", no_orders),
        ),
        "B": (
            (10, "Anweisen kann ich von denen keinem was.", no_orders),
            (12, "Weil’s im Protokoll steht", writing),
            (32, "Solang keiner genau weiß, wem’s gehört, geht das ja auch irgendwie", open_duty),
            (34, "Das überlebt auch mich.", writing),
            (48, "Gelobt werden die überall. Gekommen ist keiner.", leaving),
            (50, "Seitdem rufen die an.", staying),
            (73, "An mir hängt nix.", replaceable),
            (50, "da bin ich halt hin", going),
        ),
    }


DE: Final = Words(
    title="Zusammenhalten, wen man nicht anweisen kann",
    coder="AB",
    question="Unter welchen Kontextbedingungen handeln Koordinierende kommunaler Integrationsnetzwerke, "
    "welche Strategien entwickeln sie, und welche Folgen hat das?",
    preconception="Ich erwarte, dass Koordination vor allem am Geld scheitert und dass Wertschätzung genügt.",
    case_is="eine Koordinationsstelle mit ihrem Netzwerk",
    names=(
        ("Moorstetten", "Talheim"),
        ("Pfrängle", "Weber"),
        ("Terlinden", "Krause"),
        ("Frau Öztan-Weiss", "Frau Demir"),
    ),
    open_duty="Zuständigkeit offen",
    ringing="direkt anrufen",
    how="Über jemanden, den man kennt: Angerufen wird ein Mensch, kein Amt.",
    passages=_passages(
        support="Rückhalt von oben",
        going="hingehen",
        asking="nach dem Bedarf fragen",
        staying="Vereine bleiben",
        leaving="Vereine gehen",
        ringing="direkt anrufen",
        no_orders="nicht anweisen können",
        writing="schriftlich festhalten",
        open_duty="Zuständigkeit offen",
        replaceable="ersetzbar bleiben",
    ),
    note="Dasselbe Tun wie in A 34, anderer Ausgang: Was wird mitgebracht?",
    slip="Zufall",
    memo="Beide können niemandem etwas anweisen. Was tritt an die Stelle der Anweisung?",
    reaching="persönlich ansprechen",
    reaching_why="Überall wird ein Mensch angesprochen, bevor es ein Papier gibt.",
    reaching_differs="Mitgebrachtes",
    hanging="unersetzbar werden",
    hanging_why="In A hängt alles an einer Person, in B angeblich nichts.",
    hanging_differs="Verteilung des Wissens",
    poles=("nichts", "Raum oder Geld"),
    between="Zeit und Interesse",
    definition="Auf einen Menschen zugehen, bevor etwas aufgeschrieben ist.",
    model="Nach zwei Fällen",
    keeps="Wer die Vereine persönlich anspricht, behält sie.",
    needs="Weil niemand sicher zuständig ist, geht es nur über Personen.",
    searched="B ganz gelesen: keine Stelle, an der klare Zuständigkeit zum Anruf führt",
    version="vor dem dritten Fall",
    cell_a="geht hin, fragt, bringt etwas mit",
    cell_b="schreibt fest; hingefahren ist er einmal, ohne Auftrag",
    judged="nur zwei Fälle, ein Pol nicht gesehen",
    sought="Jemand, der anspricht und weder Geld noch Raum hat",
    story="Zwei sollen andere zusammenhalten, denen sie nichts anweisen können. "
    "Die eine geht hin, der andere schreibt auf.",
    line=(
        "Beide haben ein Problem: @nicht anw",
        ". Wer hingeht, behält die Vereine (#Wer die",
        "). A sagt: >Da müssen",
        " Das führt in A dazu, dass alles an ihr hängt.",
    ),
)
EN: Final = Words(
    title="Holding together whom one cannot instruct",
    coder="AB",
    question="Under which context conditions do coordinators of municipal integration networks act, "
    "which strategies do they develop, and which consequences does that have?",
    preconception="I expect that coordination fails for lack of money and that appreciation is enough.",
    case_is="a coordinator’s post with its network",
    names=DE.names,
    open_duty="responsibility left open",
    ringing="ringing someone directly",
    how="Through someone one knows: a person is rung, not an office.",
    passages=_passages(
        support="backing from above",
        going="going there",
        asking="asking what is needed",
        staying="associations stay",
        leaving="associations leave",
        ringing="ringing someone directly",
        no_orders="not being able to instruct",
        writing="putting it in writing",
        open_duty="responsibility left open",
        replaceable="remaining replaceable",
    ),
    note="The same doing as in A 34, another outcome: what is brought along?",
    slip="coincidence",
    memo="Neither can instruct anybody. What takes the place of instruction?",
    reaching="approaching people in person",
    reaching_why="Everywhere a person is approached before there is a paper.",
    reaching_differs="What is brought along",
    hanging="becoming irreplaceable",
    hanging_why="In A everything hangs on one person, in B supposedly nothing does.",
    hanging_differs="Distribution of knowledge",
    poles=("nothing", "a room or money"),
    between="time and interest",
    definition="Going up to a person before anything is written down.",
    model="After two cases",
    keeps="Those who approach the associations in person keep them.",
    needs="As nobody is surely responsible, things only work through persons.",
    searched="read B to the end: no passage in which clear responsibility leads to a call",
    version="before the third case",
    cell_a="goes there, asks, brings something along",
    cell_b="puts it in writing; went there once, without a mandate",
    judged="only two cases, one pole not seen",
    sought="Someone who approaches people and has neither money nor a room",
    story="Two people are to hold others together whom they cannot instruct. "
    "One goes there, the other puts it in writing.",
    line=(
        "Both face this: @not being",
        ". Those who go there keep the associations (#Those who",
        "). A says: >Da müssen",
        " In A this leads to everything hanging on her.",
    ),
)
TYPED: Final = {"de": DE, "en": EN}
