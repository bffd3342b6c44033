"""Diagrams of computation graphs, laid out in columns from left to right.

In: nodes as a dictionary from id to text, edges as pairs of ids. Out: a `Picture` of boxes and arrows.
The layout: columns by longest path, one empty place in every column that a long edge crosses, and heights
that follow the neighbors (Sugiyama, Tagawa, Toda 1981), spaced by pooling adjacent violators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from groundup.plots.picture import Picture, counted, sentences, styled
from groundup.plots.sketch import BLUE_PAPER, ORANGE_PAPER, PAPER, box, sheet, text_height, text_width, winding_arrow

Edge = tuple[str, str]
GAP = 0.75
MARGIN = 0.25


@dataclass
class _Layout:
    """Columns of places (nodes, and bends of long edges), with a height for each place."""

    columns: list[list[str]]
    routes: list[list[str]]
    size: dict[str, tuple[float, float]]
    y: dict[str, float] = field(default_factory=dict)


@styled
def computation_graph(nodes: Mapping[str, str], edges: Sequence[Edge], *, title: str) -> Picture:
    """Draw a computation graph: values flow from left to right.

    `nodes` maps an id to the text in its box, of one or more lines; `edges` are pairs (from, to) of ids, and
    a pair may come twice (`a * a`). Raises ValueError for an unknown id or a graph that goes in a circle.
    """
    _check(nodes, edges)
    layout = _columns(nodes, edges)
    _settle(layout)
    picture = _draw(nodes, edges, layout, title)
    flat = {name: " ".join(text.split()) for name, text in nodes.items()}
    feeds = [
        f"{flat[name]}, from {' and '.join(flat[a] for a, b in edges if b == name)}"
        if any(b == name for _, b in edges)
        else f"{flat[name]}, an input"
        for column in layout.columns
        for name in column
        if name in nodes
    ]
    picture.alt = sentences(
        title,
        f"Computation graph of {counted(len(nodes), 'node')} and {counted(len(edges), 'arrow')}, "
        f"in {counted(len(layout.columns), 'column')} from left to right",
        "; ".join(feeds),
    )
    return picture


def _check(nodes: Mapping[str, str], edges: Sequence[Edge]) -> None:
    if not nodes:
        raise ValueError("nodes is empty: give at least one id with its text")
    for edge in edges:
        if isinstance(edge, str) or len(edge) != 2:
            raise ValueError(f"each edge must be a pair (from, to); got {edge!r}")
        for end in edge:
            if end not in nodes:
                raise ValueError(f"the edge {edge!r} names {end!r}, which is not among the nodes")


def _depths(nodes: Mapping[str, str], edges: Sequence[Edge]) -> dict[str, int]:
    """Longest path from an input to each node; then inputs move right, next to what they feed."""
    depth = dict.fromkeys(nodes, 0)
    for round_ in range(len(nodes) + 1):
        later = {name: max((depth[a] + 1 for a, b in edges if b == name), default=0) for name in nodes}
        if later == depth:
            break
        if round_ == len(nodes):
            raise ValueError("the graph goes in a circle, so it has no order from left to right")
        depth = later
    for name in nodes:
        fed = [depth[b] for a, b in edges if a == name]
        if depth[name] == 0 and fed:
            depth[name] = min(fed) - 1
    return depth


def _columns(nodes: Mapping[str, str], edges: Sequence[Edge]) -> _Layout:
    depth = _depths(nodes, edges)
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in nodes:
        columns[depth[name]].append(name)
    size = {name: (max(0.55, text_width(t) + 0.28), text_height(t) + 0.2) for name, t in nodes.items()}
    routes = []
    for place, (start, end) in enumerate(edges):
        bends = [f"bend {place} {column}" for column in range(depth[start] + 1, depth[end])]
        for bend, column in zip(bends, range(depth[start] + 1, depth[end]), strict=True):
            columns[column].append(bend)
            size[bend] = (0.0, 0.1)
        routes.append([start, *bends, end])
    return _Layout(columns, routes, size)


def _settle(layout: _Layout, sweeps: int = 12) -> None:
    """Give each place a height near its neighbors' mean, first going right, then left, and so on."""
    before: dict[str, list[str]] = {name: [] for column in layout.columns for name in column}
    after: dict[str, list[str]] = {name: [] for name in before}
    for route in layout.routes:
        for a, b in pairwise(route):
            before[b].append(a)
            after[a].append(b)
    for column in layout.columns:
        layout.y.update(zip(column, _apart(layout, column, [0.0] * len(column)), strict=True))
    both = {name: before[name] + after[name] for name in before}
    for sweep in range(sweeps):
        ahead = sweep % 2 == 0
        near = both if sweep >= sweeps - 4 else before if ahead else after
        for column in layout.columns if ahead else layout.columns[::-1]:
            wanted = {name: _mean([layout.y[n] for n in near[name]], layout.y[name]) for name in column}
            if sweep < sweeps - 4:
                column.sort(key=lambda name: -wanted[name])
            layout.y.update(zip(column, _apart(layout, column, [wanted[n] for n in column]), strict=True))


def _mean(values: list[float], default: float) -> float:
    return sum(values) / len(values) if values else default


def _apart(layout: _Layout, column: list[str], wanted: list[float]) -> list[float]:
    """The heights nearest to the wanted ones that keep the column's order, top first, without overlap."""
    drop, drops = 0.0, []
    for place, name in enumerate(column):
        if place:
            drop += (layout.size[column[place - 1]][1] + layout.size[name][1]) / 2 + 0.28
        drops.append(drop)
    blocks: list[list[float]] = []
    for height, down in zip(wanted, drops, strict=True):
        blocks.append([height + down])
        while len(blocks) > 1 and _mean(blocks[-2], 0) < _mean(blocks[-1], 0):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    level = [_mean(block, 0) for block in blocks for _ in block]
    return [top - down for top, down in zip(level, drops, strict=True)]


def _draw(nodes: Mapping[str, str], edges: Sequence[Edge], layout: _Layout, title: str) -> Picture:
    widths = [max(layout.size[name][0] for name in column) for column in layout.columns]
    lefts = [MARGIN + sum(widths[:place]) + GAP * place for place in range(len(widths))]
    top = max(layout.y[name] + layout.size[name][1] / 2 for name in layout.y)
    low = min(layout.y[name] - layout.size[name][1] / 2 for name in layout.y)
    width = max(lefts[-1] + widths[-1] + MARGIN, 4.2)
    shift = (width - (lefts[-1] + widths[-1] + MARGIN)) / 2
    picture, axes = sheet(width, top - low + 2 * MARGIN, title)
    middle = {
        name: (left + wide / 2 + shift, layout.y[name] - low + MARGIN)
        for column, left, wide in zip(layout.columns, lefts, widths, strict=True)
        for name in column
    }
    fed, feeding = {b for _, b in edges}, {a for a, _ in edges}
    for name, text in nodes.items():
        paper = BLUE_PAPER if name not in fed else PAPER if name in feeding else ORANGE_PAPER
        thick = 2.0 if paper == ORANGE_PAPER else 1.1
        box(axes, *middle[name], text, size=layout.size[name], facecolor=paper, linewidth=thick)
    for route in layout.routes:
        winding_arrow(axes, _way(route, layout, middle))
    return picture


def _way(route: list[str], layout: _Layout, middle: dict[str, tuple[float, float]]) -> list[tuple[float, float]]:
    """The places an arrow passes: out of the right side of a box, into its own port on the left side."""
    start, end = route[0], route[-1]
    arriving = sorted((r for r in layout.routes if r[-1] == end), key=lambda r: -middle[r[-2]][1])
    port = next(place for place, other in enumerate(arriving) if other is route)
    spacing = min(0.2, 0.7 * layout.size[end][1] / len(arriving))
    x, y = middle[start]
    first = (x + layout.size[start][0] / 2, y)
    x, y = middle[end]
    last = (x - layout.size[end][0] / 2, y + spacing * ((len(arriving) - 1) / 2 - port))
    return [first, *(middle[bend] for bend in route[1:-1]), last]
