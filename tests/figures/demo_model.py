"""The model of the demo study as plain data, for tests and for looking at."""

from qda.coding.paradigms import addressees, level_name, relation_label, template
from qda.figures.paradigm import Arrow, Card, Group, ParadigmFigure, SlotColumn, badge
from qda.i18n import language

NAMES = {
    "mittel": ("befristete Mittel", "short-term funds"),
    "zustaendig": ("unklare Zuständigkeit", "unclear responsibility"),
    "rueckhalt": ("Rückhalt der Spitze", "backing from the top"),
    "auftrag": ("offener Auftrag", "open mandate"),
    "pflege": ("Netzwerkpflege", "tending the network"),
    "dienstweg": ("kurzer Dienstweg", "kurzer Dienstweg"),
    "ansprechen": ("wertschätzend ansprechen", "approaching with esteem"),
    "setzend": ("setzend führen", "leading by setting"),
    "beschluss": ("verschriftlichen und beschließen lassen", "having it written and resolved"),
    "papiere": ("Rückzug auf Papiere", "retreat to papers"),
    "unersetzbar": ("Unersetzbar werden", "becoming irreplaceable"),
    "wachstum": ("Wachstum und Abhängigkeit", "growth and dependence"),
    "aemter": ("Teilnahme der Ämter", "the offices take part"),
    "bleiben": ("Bleiben der MSO", "the associations stay"),
    "ehrenamt": ("Rückzug des Ehrenamts", "volunteers withdraw"),
    "projekte": ("wenige, dauerhafte Projekte", "few, lasting projects"),
}


def _card(key: str, colour: int, count: int, subline: str, in_vivo: bool = False) -> Card:
    return Card(key, _name(key), in_vivo, colour, count, subline)


def _name(key: str) -> str:
    return NAMES[key][0 if language() == "de" else 1]


def _level(*keys: str) -> str:
    return ", ".join(level_name(key, short=True) for key in keys)


def demo_model(*, template_id: str = "hajji") -> ParadigmFigure:
    """R1–R10 between the codes of DEMO's cases A and B, in the current language."""
    german = language() == "de"
    found = template(template_id)
    phenomenon = Card(
        "phenomenon",
        "Akteure zusammenhalten, denen man nichts anweisen kann"
        if german
        else "Holding together actors whom one cannot instruct",
        colour=7,
        count=42,
        subline="Verbindlichkeit herstellen · 42 Stellen · A 21 · B 21"
        if german
        else "Creating commitment · 42 segments · A 21 · B 21",
    )
    cards = _cards(german)
    slots = []
    for slot in found.columns:
        groups, note = (Group(),), ""
        if slot.key in ("conditions", "causal"):
            groups = (Group(cards=cards["conditions"]),)
            note = "1 weitere ohne Beziehung" if german else "1 more without relation"
        elif slot.role == "strategy":
            groups = (Group(cards=cards["strategies"]),)
            note = "5 weitere ohne Beziehung" if german else "5 more without relation"
        elif slot.role == "consequence":
            beside = ("+3", "+1", "+1", "leer" if german else "empty")
            groups = tuple(
                Group(str(term.name), cards[term.key], term.key, more)
                for term, more in zip(addressees(), beside, strict=True)
            )
        words = str(slot.name), str(slot.question)
        slots.append(SlotColumn(slot.key, *words, groups, str(slot.definition), slot.role, note))
    strip = found.phenomenon
    assert strip is not None
    return ParadigmFigure(phenomenon, tuple(slots), arrows(), str(strip.name), str(strip.question))


def _cards(german: bool) -> dict[str, tuple[Card, ...]]:
    return {
        "conditions": (
            _card("mittel", 8, 7, f"{_level('state')} · A 7"),
            _card("zustaendig", 12, 7, f"{_level('district')} · A 3 · B 4"),
            _card("rueckhalt", 5, 11, f"{_level('town', 'district')} · A 4 · B 7"),
            _card("auftrag", 2, 7, f"{_level('coordinator')} · A 4 · B 3"),
        ),
        "strategies": (
            _card("pflege", 3, 16, "A 11 · B 5"),
            _card("dienstweg", 7, 8, "A 6 · B 2", in_vivo=True),
            _card("ansprechen", 9, 7, "A 6 · B 1"),
            _card("setzend", 9, 7, "A 1 · B 6"),
            _card("beschluss", 7, 11, "A 1 · B 10"),
            _card("papiere", 2, 5, "B 5"),
        ),
        "self": (_card("unersetzbar", 10, 7, "A 7"),),
        "network": (
            _card("wachstum", 4, 6, "A 6"),
            _card("aemter", 4, 6, "A 3 · B 3"),
            _card("bleiben", 11, 4, "A 2 · B 2"),
            _card("ehrenamt", 4, 4, "B 4"),
        ),
        "projects": (_card("projekte", 4, 4, "A 1 · B 3"),),
        "immigrants": (),
    }


def arrows() -> tuple[Arrow, ...]:
    """R1–R10 with the figures of their evidence; R10 is rejected."""
    rows = (
        (1, "rueckhalt", "aemter", "furthers", "supported", (("A", 1), ("B", 1)), 1, 0, False),
        (2, "mittel", "pflege", "hinders", "modified", (("A", 1),), 0, 2, False),
        (3, "ansprechen", "bleiben", "leads_to", "modified", (("A", 5), ("B", 1)), 1, 2, False),
        (4, "setzend", "ehrenamt", "leads_to", "modified", (("B", 2),), 0, 1, False),
        (5, "zustaendig", "dienstweg", "condition_for", "supported", (("A", 1), ("B", 2)), 0, 0, True),
        (6, "pflege", "unersetzbar", "leads_to", "supported", (("A", 2),), 0, 0, False),
        (7, "auftrag", "papiere", "condition_for", "modified", (("B", 2),), 0, 1, False),
        (8, "beschluss", "projekte", "leads_to", "supposed", (("B", 1),), 0, 1, False),
        (9, "wachstum", "pflege", "acts_back_on", "supposed", (("A", 1),), 0, 0, False),
        (10, "pflege", "bleiben", "leads_to", "rejected", (("A", 1),), 0, 2, False),
    )
    return tuple(
        Arrow(
            guid=f"R{number}",
            from_card=start,
            to_card=end,
            badge=badge(cases, qualifying=qualifying, contradicting=contradicting, searched=searched),
            status=status,
            type_label=relation_label(kind),
            number=number,
            type_key=kind,
        )
        for number, start, end, kind, status, cases, qualifying, contradicting, searched in rows
    )
