"""What clicks make of a query: every query can be said, and taken apart again."""

import random

import pytest

from qda.coding.retrieval import spec as q
from qda.ui.retrieval import tree

A, B, C, D = q.Code("a"), q.Code("b"), q.Role("respondent"), q.Text("wort")
LEAVES = (
    *(q.Code("a"), q.Code("b", with_children=True), q.Text("wort", whole=True), q.Speaker("B")),
    *(q.Role("respondent"), q.Case("fall", with_inner=False), q.Attribute("Alter", "≥", "40")),
    *(q.Coder("eva"), q.Date("2025-01-01", ""), q.Document("d"), q.Group("g"), q.Kind("interview")),
)


def drawn(chance: random.Random, depth: int, outer: type | None = None) -> q.Spec:
    """A query; a group stands in no group of its own kind (that is one group on the screen)."""
    kinds = [kind for kind in (q.And, q.Or) if kind is not outer]
    choice = chance.random() if depth else 0
    if choice < 0.3:
        return chance.choice(LEAVES)
    if choice < 0.6:
        kind = chance.choice(kinds)
        return kind(tuple(drawn(chance, depth - 1, kind) for _n in range(chance.randint(2, 3))))
    if choice < 0.75:
        inner = drawn(chance, depth - 1)
        return inner if isinstance(inner, q.Not) else q.Not(inner)
    name, n = chance.choice(tree.RELATIONS), chance.randint(0, 4)
    return tree.relation(name, drawn(chance, depth - 1), drawn(chance, depth - 1), n)


def first_leaf(query: q.Spec) -> q.Spec:
    while q.parts(query):
        query = q.parts(query)[0]
    return query


def grown(group: tree.Group, path: tree.Path, wanted: q.Spec) -> tree.Group:
    """Makes, click by click, ``wanted`` of its first condition, which stands at ``path``."""
    if isinstance(wanted, q.Not):
        return grown(tree.negated(group, path), (*path, 0), wanted.what)
    if isinstance(wanted, q.Relation):
        here, new = tree.at(group, path), first_leaf(wanted.right)
        n = tree.paragraphs(wanted) or 0
        group = tree.changed(group, path, tree.relation(tree.relation_name(wanted), here, new, n))
        return grown(grown(group, (*path, 0), wanted.left), (*path, 1), wanted.right)
    if isinstance(wanted, q.And | q.Or):
        for number, part in enumerate(wanted.of[1:]):
            alone = len(group.of) == 1
            last = path if number == 0 or path == () else (*path, number)
            group = tree.beside(group, last, first_leaf(part), type(wanted))
            if number == 0 and path == (0,) and alone and len(group.of) == 2:
                path = ()  # the group is the whole query now
        for number, part in enumerate(wanted.of):
            group = grown(group, (*path, number), part)
    return group


@pytest.mark.parametrize("seed", range(200))
def test_every_query_can_be_said_click_by_click(seed):
    wanted = drawn(random.Random(seed), 3)
    assert tree.asked(grown(tree.shown(first_leaf(wanted)), (0,), wanted)) == wanted


@pytest.mark.parametrize("seed", range(200))
def test_every_piece_of_a_query_is_on_the_screen_once(seed):
    group = tree.shown(drawn(random.Random(seed), 3))
    tokens = [token for line in tree.lines(group) for token in line.tokens]
    assert len(set(tokens)) == len(tokens)
    chips = [tree.at(group, token.path) for token in tokens if token.piece == "chip"]
    leaves = [one for one in q.walk(group) if isinstance(one, q.Leaf)]
    assert [one.what if isinstance(one, q.Not) else one for one in chips] == leaves
    relations = [token for token in tokens if token.piece == "relation"]
    assert len(relations) == sum(isinstance(one, q.Relation) for one in q.walk(group))


@pytest.mark.parametrize("seed", range(200))
def test_a_query_can_be_taken_apart_to_nothing(seed):
    chance = random.Random(seed)
    group = tree.shown(drawn(chance, 3))
    for _click in range(100):
        if not group.of:
            break
        tokens = [t for line in tree.lines(group) for t in line.tokens if t.piece in ("chip", "relation")]
        group = tree.removed(group, chance.choice(tokens).path)
    assert group == tree.EVERYTHING


def test_of_a_relation_the_other_side_stays():
    group = tree.shown(q.And((q.Near(A, B), C)))
    assert tree.removed(group, (0, 1)) == q.And((A, C))
    assert tree.removed(group, (0, 0)) == q.And((B, C))


def test_or_between_two_of_three_puts_these_in_brackets():
    group = tree.shown(q.And((A, B, C)))
    assert tree.joined(group, (), 1, q.Or, every=False) == q.And((A, q.Or((B, C))))
    assert tree.joined(group, (), 1, q.Or, every=True) == q.Or((A, B, C))
    assert tree.joined(q.And((A, B)), (), 0, q.Or, every=False) == q.Or((A, B))


def test_brackets_come_and_go():
    inside = tree.bracketed(q.And((A, B, C)), (), 1)
    assert inside == q.And((A, q.And((B, C))))
    assert tree.unbracketed(inside, (1,)) == q.And((A, B, C))


def test_a_group_of_one_is_that_one():
    group = tree.shown(q.And((A, q.Or((B, q.And((C, D)))))))
    assert tree.removed(group, (1, 0)) == q.And((A, C, D))
    assert tree.removed(tree.shown(q.Not(A)), (0,)) == tree.EVERYTHING


def test_a_new_relation_begins_with_the_last_part_that_names_a_code():
    assert tree.last_named(q.And((A, B, C, D))) == (1,)
    assert tree.last_named(q.And((C, D))) == (1,)


def test_parts_are_moved_and_relations_turned_round():
    assert tree.moved(q.And((A, B)), (0,), 1) == (q.And((B, A)), (1,))
    assert tree.moved(q.And((A, B)), (1,), 1) == (q.And((A, B)), (1,))
    assert tree.swapped(tree.shown(q.Within(A, B)), (0,)) == q.And((q.Within(B, A),))
