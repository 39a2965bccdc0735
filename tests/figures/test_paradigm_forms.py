"""The ring around the phenomenon, cards put by hand, what is folded away, models too large to draw."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from qda.figures import painting
from qda.figures.painting import PRINT, Look, to_pdf, to_png, to_svg
from qda.figures.paradigm import Arrow, Card, Group, ParadigmFigure, SlotColumn
from qda.figures.paradigm_folding import CROWD, FULL, folded, related_to
from qda.figures.paradigm_places import Rerouting, moved, with_routes_of
from qda.i18n import use_language

from .demo_model import demo_model

TEMPLATES = ("hajji", "strauss-corbin", "corbin-strauss-2015")


@pytest.fixture
def look():
    painting.ensure_gui()
    return Look(PRINT, ("DejaVu Sans",), 13)


@pytest.fixture
def model():
    with use_language("de"):
        yield demo_model()


def ring(template):
    with use_language("de"):
        return replace(demo_model(template_id=template), form="ring", definitions=True)


def overlap(one, other):
    common = one.intersected(other)
    return common.width() > 0.01 and common.height() > 0.01


def large(cards, arrows, seed=3):
    """A model of three slots with so many cards and arrows."""
    dice = random.Random(seed)
    guids = [f"c{number}" for number in range(cards)]
    slots = tuple(
        SlotColumn(
            key, key, groups=(Group(cards=tuple(Card(guid, f"Kode {guid}") for guid in guids[at::3])),)
        )
        for at, key in enumerate(("a", "b", "c"))
    )
    lines = tuple(Arrow(f"r{number}", *dice.sample(guids, 2), ("1 Fall",)) for number in range(arrows))
    return ParadigmFigure(Card("P", "Phänomen"), slots, lines)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_slots_stand_around_the_phenomenon_and_cover_nothing(look, template):
    shown = ring(template).arrange(width=1190, look=look)
    boxes = [slot.head.united(slot.ground) for slot in shown.slots]
    for one, other in combinations([shown.strip.rect, *boxes], 2):
        assert not overlap(one, other)
    middle = shown.strip.rect.center()
    assert min(box.center().x() for box in boxes) < middle.x() < max(box.center().x() for box in boxes)
    for slot in shown.slots:
        for box in shown.cards:
            if box.slot == slot.slot.key:
                assert slot.ground.contains(box.rect)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_badge_of_a_ring_covers_a_card_or_another_badge(look, template):
    shown = ring(template).arrange(width=1190, look=look)
    badges = [route.badge.rect for route in shown.routes]
    for one, other in combinations(badges, 2):
        assert not overlap(one, other)
    for badge in badges:
        assert not any(overlap(badge, box.rect) for box in shown.cards)


@pytest.mark.parametrize("form", ["columns", "ring"])
def test_each_slot_tells_definition_and_question_where_they_are_wanted(look, model, form):
    shown = replace(model, form=form, definitions=True).arrange(width=1190, look=look)
    for box, slot in zip(shown.slots, model.slots, strict=True):
        written = " ".join(run.text for run in box.runs)
        assert slot.definition[:12] in written
        assert slot.question[:12] in written
    bare = replace(model, form=form).arrange(width=1190, look=look)
    assert model.slots[0].definition[:12] not in " ".join(run.text for run in bare.slots[0].runs)


@pytest.mark.parametrize("form", ["columns", "ring"])
def test_without_a_phenomenon_neither_form_shows_a_slot(look, model, form):
    shown = replace(model, phenomenon=None, form=form).arrange(width=800, look=look)
    assert [slot.slot.name for slot in shown.slots] == [""]


def put(figure, guid, at):
    """The figure with one card put somewhere."""
    slots = tuple(
        replace(
            slot,
            groups=tuple(
                replace(
                    group,
                    cards=tuple(replace(one, at=at) if one.guid == guid else one for one in group.cards),
                )
                for group in slot.groups
            ),
        )
        for slot in figure.slots
    )
    return replace(figure, slots=slots)


def test_a_card_put_by_hand_lies_there_and_nothing_else_has_moved(look, model):
    before = model.arrange(width=1190, look=look)
    card = before.cards[0]
    after = put(model, card.card.guid, (260.0, 40.0)).arrange(width=1190, look=look)
    corner = next(slot.ground.topLeft() for slot in before.slots if slot.slot.key == card.slot)
    assert (after.cards[0].rect.topLeft() - corner).toTuple() == pytest.approx((260.0, 40.0))
    assert [box.rect for box in after.cards[1:]] == [box.rect for box in before.cards[1:]]
    for one, other in zip(before.routes, after.routes, strict=True):
        if card.card.guid not in (one.arrow.from_card, one.arrow.to_card):
            assert one.cubics == other.cubics


def test_a_card_cannot_be_put_beyond_the_upper_left_corner_and_the_board_grows_to_the_right(look, model):
    guid = model.slots[-1].cards[0].guid
    away = put(model, guid, (-9000.0, -9000.0)).arrange(width=1190, look=look)
    rect = next(box.rect for box in away.cards if box.card.guid == guid)
    assert rect.x() >= 0
    assert rect.y() >= 0
    far = put(model, guid, (900.0, 2000.0)).arrange(width=1190, look=look)
    rect = next(box.rect for box in far.cards if box.card.guid == guid)
    assert far.width > rect.right()
    assert far.height > rect.bottom()


def test_no_badge_lies_under_a_card_put_onto_it(look, model):
    shown = model.arrange(width=1190, look=look)
    badge = shown.routes[0].badge.rect
    other = next(
        box
        for box in shown.cards
        if box.card.guid not in (shown.routes[0].arrow.from_card, shown.routes[0].arrow.to_card)
    )
    rect = other.rect.translated(badge.topLeft() - other.rect.topLeft())
    after = moved(shown, {other.card.guid: rect})
    assert not any(overlap(route.badge.rect, rect) for route in after.routes)


def test_arrows_follow_a_card_under_way(look, model):
    shown = model.arrange(width=1190, look=look)
    arrow = shown.routes[0].arrow
    box = next(box for box in shown.cards if box.card.guid == arrow.from_card)
    rerouting = Rerouting(shown, arrow.from_card)
    for step in range(4):
        rect = box.rect.translated(60.0 * step, 25.0 * step)
        route = next(one for one in rerouting.routes(rect) if one.arrow.guid == arrow.guid)
        x, y = route.cubics[0][0]
        assert rect.adjusted(-1, -1, 1, 1).contains(x, y)


def test_a_picture_with_cards_put_by_hand_keeps_its_width_wherever_it_is_shown(look, model):
    kept = replace(model, width=1300.0)
    assert kept.arrange(width=700, look=look).width == pytest.approx(1300.0)


def test_a_full_slot_folds_cards_without_relation_and_counts_them():
    cards = tuple(Card(f"c{number}", f"Kode {number}") for number in range(FULL + 4))
    slots = (
        SlotColumn("a", "A", groups=(Group(cards=cards),)),
        SlotColumn("b", "B", groups=(Group(cards=(Card("d", "D"),)),)),
    )
    figure = ParadigmFigure(Card("p", "P"), slots, (Arrow("r", "c2", "d"), Arrow("s", "c5", "d")))
    with use_language("en"):
        less = folded(figure)
    assert [card.guid for card in less.slots[0].cards] == ["c2", "c5"]
    assert less.slots[0].note == f"{FULL + 2} more without relation"
    assert not less.slots[1].foldable
    assert folded(figure, opened={"a"}).slots[0].cards == cards


def test_a_slot_that_no_screen_holds_shows_its_most_related_cards():
    figure = large(300, 900)
    less = folded(figure)
    assert [len(slot.cards) for slot in less.slots] == [CROWD] * 3
    degree = {card.guid: 0 for card in figure.cards}
    for arrow in figure.arrows:
        degree[arrow.from_card] += 1
        degree[arrow.to_card] += 1
    shown = {card.guid for card in less.slots[0].cards}
    least = min(degree[guid] for guid in shown)
    assert all(degree[card.guid] <= least for card in figure.slots[0].cards if card.guid not in shown)


def test_only_what_a_card_is_related_to(model):
    guid = model.drawn[0].from_card
    less = related_to(model, guid)
    partners = {
        end
        for arrow in model.drawn
        for end in (arrow.from_card, arrow.to_card)
        if guid in (arrow.from_card, arrow.to_card)
    }
    assert {card.guid for card in less.cards} == partners - {model.phenomenon.guid}
    assert all(guid in (arrow.from_card, arrow.to_card) for arrow in less.arrows)


def test_a_crowded_board_draws_the_arrows_of_what_is_chosen(look):
    figure = large(300, 900)
    shown = figure.arrange(width=1190, look=look)
    assert shown.crowded
    assert shown.routes == ()
    guid = figure.arrows[0].from_card
    chosen = with_routes_of(shown, guid)
    wanted = {arrow.guid for arrow in figure.drawn if guid in (arrow.from_card, arrow.to_card)}
    assert {route.arrow.guid for route in chosen.routes} == wanted
    assert [route.arrow.guid for route in with_routes_of(shown, "r7").routes] == ["r7"]


def test_a_ring_goes_into_every_kind_of_file(model):
    figure = replace(model, form="ring")
    assert to_svg(figure, width_mm=242, title="Ring").startswith(b"<?xml")
    assert to_png(figure, width_mm=242, dpi=72).startswith(b"\x89PNG")
    assert to_pdf(figure, width_mm=242).startswith(b"%PDF")
