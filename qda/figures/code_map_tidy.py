"""Puts a code map in order: by nearness or in layers. No two boxes overlap afterwards.

*By nearness* lets distances on the map follow those along the lines (the aim of Kamada and Kawai 1989,
reached by majorisation of the stress after Gansner, Koren and North 2004). *In layers* lets arrows lead from
left to right (after Sugiyama, Tagawa and Toda 1981). Parts that nothing joins are laid side by side. Lengths
are pixels of the drawings; places are the middles of the boxes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Order = Literal["near", "layers"]
Size = tuple[float, float]
Place = tuple[float, float]
_AIR: Final = 26.0  # between two boxes
_BETWEEN_PARTS: Final = 56.0
_FLAT: Final = 1.55  # a map is wider than high, as its boxes are
_EVEN: Final = 0.9  # the shortest line, in parts of one of the longer ones
_STEPS, _PUSHES, _SWEEPS = 60, 80, 10
_COLUMN: Final = 44.0  # between two layers, beside the words on their lines
_TOGETHER: Final = 1.9  # how much higher a box counts whose only line runs to where others end
_WIDE: Final = 1.7  # width over height that the parts together aim at


@dataclass(frozen=True, slots=True)
class Join:
    """A line as the order sees it: its ends, whether it leads one way, how much room its words take."""

    start: str
    end: str
    directed: bool = False
    words: Size = (0.0, 0.0)


def tidy(sizes: Mapping[str, Size], joins: Sequence[Join], order: Order) -> dict[str, Place]:
    """A place for each box, so that none overlaps another; the whole lies around (0, 0)."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(sizes)
    graph.add_edges_from((join.start, join.end) for join in joins if join.start != join.end)
    parts: list[dict[str, Place]] = []
    alone: dict[str, Size] = {}
    for nodes in nx.connected_components(graph):
        if len(nodes) == 1:
            alone |= {node: sizes[node] for node in nodes}
            continue
        names = [name for name in sizes if name in nodes]  # sets have no order of their own
        own = {name: sizes[name] for name in names}
        inside = [join for join in joins if join.start in nodes and join.start != join.end]
        parts.append(_layers(own, inside) if order == "layers" else _near(own, inside))
    parts.sort(key=len, reverse=True)
    parts += [{name: (0.0, 0.0)} for name in alone]
    return _centred(_side_by_side(parts, sizes))


# -- by nearness --------------------------------------------------------------------------------------------


def _near(sizes: Mapping[str, Size], joins: Sequence[Join]) -> dict[str, Place]:
    import networkx as nx
    import numpy as np

    names = list(sizes)
    graph = nx.Graph()
    graph.add_nodes_from(names)
    lengths = [_length(sizes[join.start], sizes[join.end], join.words) for join in joins]
    least = _EVEN * sorted(lengths)[len(lengths) * 3 // 4]  # a much shorter line would stand in the way
    for join, length in zip(joins, lengths, strict=True):
        wanted = max(length, least)
        known = graph.get_edge_data(join.start, join.end, {"weight": 0.0})["weight"]
        graph.add_edge(join.start, join.end, weight=max(wanted, known))
    far = np.asarray(nx.floyd_warshall_numpy(graph, nodelist=names), dtype=float)
    places = _unfolded(far) * np.array([_FLAT, 1.0])
    wide = np.array([sizes[name] for name in names])
    return dict(zip(names, _apart(places, wide, _room(names, joins)), strict=True))


def _room(names: Sequence[str], joins: Sequence[Join]) -> "Floats":
    """How much more two joined boxes stand apart, beside each other or one above the other: for the words."""
    import numpy as np

    at = {name: number for number, name in enumerate(names)}
    room = np.zeros((len(names), len(names), 2))
    for join in joins:
        one, other = at[join.start], at[join.end]
        room[one, other] = np.maximum(room[one, other], join.words)
        room[other, one] = room[one, other]
    return room


def _length(one: Size, other: Size, words: Size) -> float:
    """How far apart two joined boxes should be, across the flattened plane."""
    wide = ((one[0] + other[0]) / 2 + words[0] + 40) / _FLAT
    tall = (one[1] + other[1]) / 2 + words[1] + 50
    return max(70.0, 0.55 * wide + 0.45 * tall)


def _unfolded(far: "Floats") -> "Floats":
    """Places whose distances come as near to ``far`` as they can, the longest way lying level."""
    import numpy as np

    count = len(far)
    places = _scaled(far)
    weights = np.zeros_like(far)
    np.divide(1.0, far * far, out=weights, where=far > 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    solved = np.linalg.inv(laplacian + np.full((count, count), 1.0 / count)) - 1.0 / count
    pull = weights * far
    for _step in range(_STEPS):
        here = places[:, None, :] - places[None, :, :]
        apart = np.sqrt((here * here).sum(axis=2))
        np.fill_diagonal(apart, 1.0)
        share = pull / np.maximum(apart, 1e-6)
        moved = solved @ (share.sum(axis=1)[:, None] * places - share @ places)
        if float(np.abs(moved - places).max()) < 0.5:
            places = moved
            break
        places = moved
    return _level(places)


def _scaled(far: "Floats") -> "Floats":
    """Where to begin: classical scaling of the distances, slightly stirred so that nothing coincides."""
    import numpy as np

    count = len(far)
    middle = np.eye(count) - 1.0 / count
    values, vectors = np.linalg.eigh(-0.5 * middle @ (far * far) @ middle)
    places = vectors[:, -2:][:, ::-1] * np.sqrt(np.maximum(values[-2:][::-1], 0.0))
    places = places * np.sign(places.sum(axis=0) + 1e-9)
    turns = np.arange(count) * 2.399963  # the golden angle spreads evenly
    stirred = places + np.column_stack([np.cos(turns), np.sin(turns)]) * (3.0 + 0.02 * turns[:, None])
    return np.asarray(stirred, dtype=float)


def _level(places: "Floats") -> "Floats":
    """Turned so that it is wider than high, and so that what came first lies above or left."""
    import numpy as np

    centred = places - places.mean(axis=0)
    _values, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    return np.asarray(turned * np.where(turned[0] > 0, -1.0, 1.0), dtype=float)


def _apart(places: "Floats", sizes: "Floats", room: "Floats") -> list[Place]:
    """Pushes overlapping boxes aside along the shorter way until none overlaps."""
    import numpy as np

    wide = (sizes[:, None, 0] + sizes[None, :, 0]) / 2 + room[:, :, 0] + _AIR
    tall = (sizes[:, None, 1] + sizes[None, :, 1]) / 2 + room[:, :, 1] + _AIR
    np.fill_diagonal(wide, 0.0)  # a box does not meet itself
    xs, ys = places[:, 0].copy(), places[:, 1].copy()
    for _push in range(_PUSHES):
        over_x = wide - np.abs(xs[:, None] - xs[None, :])
        over_y = tall - np.abs(ys[:, None] - ys[None, :])
        one, other = np.nonzero(np.triu((over_x > 0.5) & (over_y > 0.5), 1))
        if not len(one):
            break
        by_x, by_y = over_x[one, other], over_y[one, other]
        across = by_x <= by_y
        crowd = np.sqrt(np.maximum(np.bincount(np.concatenate([one, other]), minlength=len(xs)), 1))
        for axis, by, meant in ((xs, by_x, across), (ys, by_y, ~across)):
            way = np.where(axis[one] > axis[other], 1.0, -1.0) * np.where(meant, by, 0.0) * 0.55
            step = np.bincount(one, way, len(xs)) - np.bincount(other, way, len(xs))
            np.add(axis, step / crowd, out=axis)
    places = np.column_stack([xs, ys])
    return _settled(places, sizes)


def _settled(places: "Floats", sizes: "Floats") -> list[Place]:
    """One box after the other, from the middle out; what still overlaps goes to the nearest free place."""
    import numpy as np

    found: dict[int, Place] = {}
    taken = np.empty((len(places), 4))
    for number, at in enumerate(np.argsort(((places - places.mean(axis=0)) ** 2).sum(axis=1), kind="stable")):
        size = float(sizes[at, 0]), float(sizes[at, 1])
        wish = float(places[at, 0]), float(places[at, 1])
        place = _free(taken[:number], size, wish)
        found[int(at)] = place
        taken[number] = (
            place[0] - size[0] / 2,
            place[1] - size[1] / 2,
            place[0] + size[0] / 2,
            place[1] + size[1] / 2,
        )
    return [found[at] for at in range(len(places))]


def free_place(taken: Sequence[tuple[float, float, float, float]], size: Size, wish: Place) -> Place:
    """The place nearest to ``wish`` where a box overlaps none of ``taken`` (left, top, right, bottom)."""
    import numpy as np

    return _free(np.array(taken, dtype=float).reshape(-1, 4), size, wish)


def _free(taken: "Floats", size: Size, wish: Place) -> Place:
    import numpy as np

    air = _AIR / 2
    wide, tall = size[0] / 2 + air, size[1] / 2 + air
    for ring in range(400):
        around = _ring(ring)
        xs, ys = wish[0] + around[:, 0] * 18.0, wish[1] + around[:, 1] * 14.0
        meets = (
            (taken[None, :, 0] < (xs + wide)[:, None])
            & (taken[None, :, 2] > (xs - wide)[:, None])
            & (taken[None, :, 1] < (ys + tall)[:, None])
            & (taken[None, :, 3] > (ys - tall)[:, None])
        ).any(axis=1)
        free = np.flatnonzero(~meets)
        if len(free):
            best = free[np.argmin((xs[free] - wish[0]) ** 2 + (ys[free] - wish[1]) ** 2)]
            return float(xs[best]), float(ys[best])
    return wish[0], float(taken[:, 3].max()) + tall if len(taken) else wish[1]


def _ring(ring: int) -> "Floats":
    """The places of a grid that many steps from the middle."""
    import numpy as np

    if not ring:
        return np.zeros((1, 2))
    level = np.arange(-ring, ring + 1, dtype=float)
    edge = np.full_like(level, float(ring))
    inner, short = level[1:-1], edge[1:-1]
    pieces = [(level, -edge), (level, edge), (-short, inner), (short, inner)]
    return np.concatenate([np.column_stack(piece) for piece in pieces])


# -- in layers ----------------------------------------------------------------------------------------------


def _layers(sizes: Mapping[str, Size], joins: Sequence[Join]) -> dict[str, Place]:
    columns = _ordered(_columns(list(sizes), joins), joins)
    tall = dict(sizes)
    near = _neighbours(joins)
    for join in joins:  # the words beside a box need its height; more of it where lines run together
        for end, other in ((join.start, join.end), (join.end, join.start)):
            share = 1.0 if len(near[other]) == 1 or len(near[end]) > 1 else _TOGETHER
            tall[end] = tall[end][0], max(tall[end][1], join.words[1] * share)
    sizes = tall
    words = max((join.words[0] for join in joins), default=0.0)
    places: dict[str, Place] = {}
    left = 0.0
    for column in columns:
        wide = max(sizes[name][0] for name in column)
        top = -(sum(sizes[name][1] for name in column) + _AIR * (len(column) - 1)) / 2
        for name in column:
            places[name] = left + wide / 2, top + sizes[name][1] / 2
            top += sizes[name][1] + _AIR
        left += wide + words + _COLUMN
    return _drawn_level(places, columns, sizes, joins)


def _columns(names: list[str], joins: Sequence[Join]) -> list[list[str]]:
    """The boxes by layer: an arrow leads to a later one, unless it would lead round in a circle."""
    import networkx as nx

    graph = nx.DiGraph()
    arrows = [join for join in joins if join.directed]
    for join in arrows:
        graph.add_nodes_from((join.start, join.end))
        if not nx.has_path(graph, join.end, join.start):
            graph.add_edge(join.start, join.end)
    layer = {name: at for at, names_in in enumerate(nx.topological_generations(graph)) for name in names_in}
    for name in reversed(list(nx.topological_sort(graph))):  # what begins stands just before what follows
        after = [layer[one] for one in graph.successors(name)]
        if after and not graph.in_degree(name):
            layer[name] = min(after) - 1
    if not layer:
        layer[max(names, key=lambda one: sum(one in (join.start, join.end) for join in joins))] = 0
    _beside(layer, joins)
    first = min(layer.values())
    found: list[list[str]] = [[] for _ in range(max(layer.values()) - first + 1)]
    for name in names:
        found[layer[name] - first].append(name)
    return [column for column in found if column]


def _beside(layer: dict[str, int], joins: Sequence[Join]) -> None:
    """What no arrow touches stands in the layer after the first box it is joined to."""
    waiting = [join for join in joins if not (join.start in layer and join.end in layer)]
    while waiting:
        for join in waiting:
            if join.start in layer and join.end not in layer:
                layer[join.end] = layer[join.start] + 1
            elif join.end in layer and join.start not in layer:
                layer[join.start] = layer[join.end] + 1
        waiting = [join for join in waiting if not (join.start in layer and join.end in layer)]


def _neighbours(joins: Iterable[Join]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for join in joins:
        found.setdefault(join.start, []).append(join.end)
        found.setdefault(join.end, []).append(join.start)
    return found


def _ordered(columns: list[list[str]], joins: Sequence[Join]) -> list[list[str]]:
    """The boxes of each layer near the middle of those they are joined to, so that fewer lines cross."""
    near = _neighbours(joins)
    rank = {name: float(at) for column in columns for at, name in enumerate(column)}
    for sweep in range(_SWEEPS):
        for number in range(len(columns)) if sweep % 2 == 0 else reversed(range(len(columns))):
            column = columns[number]
            wish = {name: _mean([rank[one] for one in near.get(name, [])], rank[name]) for name in column}
            column.sort(key=lambda name: wish[name])
            middle = (len(column) - 1) / 2
            rank |= {name: at - middle for at, name in enumerate(column)}
    return columns


def _mean(values: Sequence[float], usual: float) -> float:
    return sum(values) / len(values) if values else usual


def _drawn_level(
    places: dict[str, Place], columns: list[list[str]], sizes: Mapping[str, Size], joins: Sequence[Join]
) -> dict[str, Place]:
    """Each box at the height of its neighbours, as far as the others of its layer let it."""
    near = _neighbours(joins)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wish = {
                name: _mean([places[o][1] for o in near.get(name, [])], places[name][1]) for name in column
            }
            tops = _stacked([(wish[name], sizes[name][1]) for name in column])
            places |= {name: (places[name][0], y) for name, y in zip(column, tops, strict=True)}
    return places


def _stacked(wishes: Sequence[Size]) -> list[float]:
    """Middles in this order, none overlapping, as near to the wishes as blocks of boxes can be."""
    blocks: list[tuple[float, float, int]] = []  # sum of (wish − own offset), height, how many
    for wish, tall in wishes:
        total, height, count = wish - tall / 2, tall + _AIR, 1
        while blocks and blocks[-1][0] / blocks[-1][2] + blocks[-1][1] > total / count:
            above, above_height, above_count = blocks.pop()
            total, count = above + total - count * above_height, above_count + count
            height = above_height + height
        blocks.append((total, height, count))
    found: list[float] = []
    rest = list(wishes)
    for total, _height, count in blocks:
        top = total / count
        for _wish, tall in rest[:count]:
            found.append(top + tall / 2)
            top += tall + _AIR
        rest = rest[count:]
    return found


# -- parts that nothing joins -------------------------------------------------------------------------------


def _side_by_side(parts: Sequence[dict[str, Place]], sizes: Mapping[str, Size]) -> dict[str, Place]:
    """Lays the parts out in rows, about as wide as a page."""
    boxes = [_bounds(part, sizes) for part in parts]
    area = sum((b[2] - b[0] + _BETWEEN_PARTS) * (b[3] - b[1] + _BETWEEN_PARTS) for b in boxes)
    widest = max([(area * _WIDE) ** 0.5, *(b[2] - b[0] for b in boxes)], default=0.0)
    places: dict[str, Place] = {}
    left = top = high = 0.0
    for part, bounds in zip(parts, boxes, strict=True):
        wide, tall = bounds[2] - bounds[0], bounds[3] - bounds[1]
        if left and left + wide > widest:
            left, top, high = 0.0, top + high + _BETWEEN_PARTS, 0.0
        for name, (x, y) in part.items():
            places[name] = x - bounds[0] + left, y - bounds[1] + top
        left, high = left + wide + _BETWEEN_PARTS, max(high, tall)
    return places


def _bounds(part: Mapping[str, Place], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    return (
        min(x - sizes[name][0] / 2 for name, (x, _y) in part.items()),
        min(y - sizes[name][1] / 2 for name, (_x, y) in part.items()),
        max(x + sizes[name][0] / 2 for name, (x, _y) in part.items()),
        max(y + sizes[name][1] / 2 for name, (_x, y) in part.items()),
    )


def _centred(places: dict[str, Place]) -> dict[str, Place]:
    if not places:
        return places
    xs, ys = [x for x, _y in places.values()], [y for _x, y in places.values()]
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {name: (float(round(a - x)), float(round(b - y))) for name, (a, b) in places.items()}
