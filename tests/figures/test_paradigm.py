"""The paradigm as a picture: what is drawn, where it lies, and how it reads."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from qda.coding.paradigms import template
from qda.figures import painting
from qda.figures.painting import PRINT, Look, print_look
from qda.figures.paradigm import Arrow, Card, Group, ParadigmFigure, SlotColumn, badge, describe, untangled
from qda.figures.paradigm_arrows import point_on
from qda.i18n import use_language

from .demo_model import demo_model

WORDS = (
    *("Aushandlung", "Verwaltungsvorschriften", "Sprachmittlerpoolhonorarordnung", "kurz", "Netzwerk"),
    *("persönlich", "verschriftlichen", "Integrationsbeauftragtenstelle", "ohne", "Rückhalt"),
)


@pytest.fixture
def look():
    painting.ensure_gui()
    return Look(PRINT, ("DejaVu Sans",), 13)


@pytest.fixture
def model():
    with use_language("de"):
        yield demo_model()


def crowded(seed, relations=18):
    """A large model with relations of every course: back, within a column, to the phenomenon, over one."""
    dice = random.Random(seed)
    guids, slots = [], []
    for slot, count in zip(template("strauss-corbin").columns, (3, 2, 3, 8, 7), strict=True):
        cards = []
        for _n in range(count):
            guids.append(f"c{len(guids)}")
            title = " ".join(dice.choice(WORDS) for _word in range(dice.randint(1, 5)))
            cards.append(
                Card(guids[-1], title, dice.random() < 0.2, dice.randint(1, 12), 7, "Land · A 1 · B 2")
            )
        slots.append(
            SlotColumn(slot.key, slot.name.de, slot.question.de, (Group(cards=tuple(cards)),), role=slot.role)
        )
    kinds = ("leads_to", "hinders", "in_tension_with", "acts_back_on")
    arrows = []
    for number in range(relations):
        one, other = dice.sample(guids, 2)
        other = "P" if number % 8 == 0 else other
        words = badge([("A", 2), ("B", 1)], qualifying=number % 2, contradicting=number % 3)
        arrows.append(
            Arrow(f"r{number}", one, other, words, "supported", "führt zu", number, dice.choice(kinds))
        )
    return ParadigmFigure(Card("P", "Akteure zusammenhalten"), tuple(slots), tuple(arrows), "Phänomen")


def overlap(one, other):
    common = one.intersected(other)
    return common.width() > 0.01 and common.height() > 0.01


@pytest.mark.parametrize("width", [560, 760, 1192, 1900])
@pytest.mark.parametrize("name", ["hajji", "strauss-corbin", "corbin-strauss-2015"])
def test_cards_and_badges_of_the_demo_cover_nothing_at_any_width(look, width, name):
    with use_language("de"):
        shown = demo_model(template_id=name).arrange(width=width, look=look)
    boxes = [box.rect for box in shown.cards] + [route.badge.rect for route in shown.routes]
    for one, other in combinations(boxes, 2):
        assert not overlap(one, other)


@pytest.mark.parametrize("relations", [18, 40])
@pytest.mark.parametrize("seed", range(4))
def test_even_in_a_crowded_model_no_badge_covers_a_card_or_a_badge(look, seed, relations):
    shown = untangled(crowded(seed, relations)).arrange(width=1192, look=look)
    badges = [route.badge.rect for route in shown.routes]
    for one, other in combinations(badges, 2):
        assert not overlap(one, other)
    for one in badges:
        assert not any(overlap(one, box.rect) for box in shown.cards)


@pytest.mark.parametrize("width", [560, 1192])
@pytest.mark.parametrize("seed", range(3))
def test_no_text_leaves_its_card_or_its_badge(look, seed, width):
    shown = crowded(seed).arrange(width=width, look=look)
    for box in shown.cards:
        for run in box.runs:
            assert run.x + look.metrics(run.style).horizontalAdvance(run.text) <= box.rect.width()
            assert run.baseline + look.metrics(run.style).descent() <= box.rect.height()
    for route in shown.routes:
        for run in route.badge.runs:
            assert run.x >= 0
            assert run.baseline <= route.badge.rect.height()


def test_arrows_cross_no_card(look, model):
    shown = model.arrange(width=1192, look=look)
    for route in shown.routes:
        ends = {route.arrow.from_card, route.arrow.to_card}
        points = [point_on(cubic, step / 40) for cubic in route.cubics for step in range(41)]
        for box in shown.cards:
            if box.card.guid not in ends:
                assert not any(box.rect.contains(x, y) for x, y in points)


def test_rejected_relations_are_left_out_and_counted_in_the_text(look, model):
    shown = model.arrange(width=1192, look=look)
    assert {route.arrow.guid for route in shown.routes} == {f"R{n}" for n in range(1, 10)}
    with use_language("en"):
        assert "1 rejected relation is hidden." in describe(model)


def test_without_a_phenomenon_no_slot_is_shown(look, model):
    shown = replace(model, phenomenon=None).arrange(width=800, look=look)
    assert shown.cards == ()
    assert shown.routes == ()
    assert [slot.slot.name for slot in shown.slots] == [""]


def test_conditions_of_strauss_and_corbin_share_a_column_in_their_order(look):
    with use_language("de"):
        shown = demo_model(template_id="strauss-corbin").arrange(width=1192, look=look)
    boxes = {box.slot.key: box for box in shown.slots}
    lane = [boxes[key].ground for key in ("causal", "context", "intervening")]
    assert len({ground.x() for ground in lane}) == 1
    assert lane[0].bottom() < lane[1].top() < lane[1].bottom() < lane[2].top()


def test_hindering_ends_in_a_bar_and_tension_has_two_heads(look, model):
    arrows = tuple(
        replace(arrow, type_key="in_tension_with") if arrow.guid == "R3" else arrow for arrow in model.arrows
    )
    shown = replace(model, arrows=arrows).arrange(width=1192, look=look)
    tips = {route.arrow.guid: [tip.shape for tip in route.tips] for route in shown.routes}
    assert tips["R2"] == ["bar"]
    assert tips["R3"] == ["head", "head"]
    assert tips["R1"] == ["head"]


def test_on_paper_no_letter_is_smaller_than_seven_and_a_half_points(model):
    painting.ensure_gui()
    look = print_look()
    shown = model.arrange(width=170 / 25.4 * painting.PRINT_UNITS, look=look)
    runs = [run for box in shown.cards for run in box.runs]
    runs += [run for route in shown.routes for run in route.badge.runs]
    smallest = min(look.font(run.style).pixelSize() for run in runs)
    assert smallest / painting.PRINT_UNITS * 72 >= 7.5


def test_a_badge_counts_cases_first():
    with use_language("en"):
        assert badge([("A", 5), ("B", 1)], qualifying=1, contradicting=2) == (
            "2 cases (A 5 · B 1)",
            "1 qualifies · 2 against",
        )
        assert badge([("A", 1)], searched=True) == ("1 case (A 1)", "searched: 0 against")
        assert badge([]) == ("no evidence yet",)


def test_the_description_names_phenomenon_slots_cards_and_relations(model):
    words = describe(model)
    assert words.startswith("Phänomen: Akteure zusammenhalten")
    assert "Kontextbedingungen:" in words
    assert "„kurzer Dienstweg“" in words
    assert "3. wertschätzend ansprechen führt zu Bleiben der MSO" in words


def test_untangling_keeps_every_card_in_its_group(model):
    slots = tuple(
        replace(slot, groups=tuple(replace(group, cards=group.cards[::-1]) for group in slot.groups))
        for slot in model.slots
    )
    result = untangled(replace(model, slots=slots))
    for before, after in zip(model.slots, result.slots, strict=True):
        for one, other in zip(before.groups, after.groups, strict=True):
            assert sorted(card.guid for card in one.cards) == sorted(card.guid for card in other.cards)


def test_untangling_lets_no_two_arrows_cross_where_that_can_be():
    left = tuple(Card(f"l{n}", f"links {n}") for n in range(5))
    right = tuple(Card(f"r{n}", f"rechts {n}") for n in (3, 0, 4, 1, 2))
    slots = (
        SlotColumn("a", "A", groups=(Group(cards=left),)),
        SlotColumn("b", "B", groups=(Group(cards=right),)),
    )
    figure = ParadigmFigure(Card("p", "P"), slots, tuple(Arrow(f"x{n}", f"l{n}", f"r{n}") for n in range(5)))
    result = untangled(figure)
    numbers = [[card.guid[1:] for card in slot.cards] for slot in result.slots]
    assert numbers[0] == numbers[1]
