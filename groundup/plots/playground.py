"""A neuron to play with: sliders for its weights and its bias, the line it draws, and the rows it answers wrong.

In: points `X` of shape (n, 2) with labels `y` of 0 and 1, one data set or several, each with its name. Out: a
`Playground`, which shows a picture, and below it sliders where Jupyter has widgets. Elsewhere the picture stands
with a sentence on how to go on without them.
"""

from __future__ import annotations

import functools
import html
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Polygon

from groundup.plots.boundaries import HATCHES, legend, scatter, tint
from groundup.plots.picture import INK, Picture, counted, number, numeric, one_panel, sentences, styled
from groundup.plots.planes import Array, read_points

CLASSES = [0, 1]
LABELS = {"w1": "weight w₁", "w2": "weight w₂", "b": "bias b"}
REACH = 3.0
STEP = 0.25
"""Sums of quarters are exact: on the corners of the unit square a score of 0 is 0, never -1e-17."""

ARROW = 0.14
"""How long the arrow of a weight vector of length 1 is drawn, as a share of the height of the view."""

TOLD = 4
"""So many wrong points are told in words; of more, the number."""

LOADED_ANEW = "Does the picture stay as it is? The page was loaded anew: run the cell again."
"""A page that is loaded anew finds the sliders in the kernel, and no longer the picture that belongs to them."""

NO_SLIDERS = "No sliders here? Run the cell. If none come, change the numbers in the cell and run it again."


class Playground:
    """One neuron with two inputs, on a data set to choose. As the value of a cell it shows itself.

    `chosen` names the data set, `values` holds w1, w2 and b. `text` says which points are answered wrong and
    `picture` shows them; both follow `move`. `controls` are the widgets: none before it is shown, and none where
    ipywidgets is not installed.
    """

    def __init__(self, data: Mapping[str, tuple[Array, Array]], chosen: str, values: Mapping[str, float]) -> None:
        self.data = dict(data)
        self.chosen = chosen
        self.values = dict(values)
        self.controls: dict[str, Any] = {}
        self.picture, self._axes = _sheet(np.concatenate([X for X, _ in self.data.values()]))
        self.text = ""
        self.move()

    def move(self, chosen: str | None = None, **values: float) -> None:
        """Choose another data set or other values, and draw again: `move("OR", b=-0.5)`."""
        self.chosen = self.chosen if chosen is None else chosen
        self.values |= values
        X, y = self.data[self.chosen]
        w, b = np.array([self.values["w1"], self.values["w2"]]), self.values["b"]
        z = X @ w + b
        answers = (z >= 0).astype(int)
        found = f"{self.chosen}: {(answers == y).sum()} of {len(y)} right"
        formula = _formula(w, b)
        mistakes = _mistakes(X, y, z, answers)
        ends = _draw(self._axes, f"{found}, {formula}", w, b, X, y, answers)
        self.text = sentences(formula, found, mistakes)
        self.picture.alt = sentences(
            f"{found}, {formula}",
            f"Scatter plot of {counted(len(y), 'point')}, x₁ across and x₂ up, on shaded regions",
            _line_in_words(w, b, ends),
            mistakes,
        )

    def _ipython_display_(self) -> None:
        from IPython.display import display

        # The picture is an output of its own and not a part of the widget: so a saved notebook keeps it as it was
        # left, and readers and pages without widgets show it.
        shown = display(self.picture.bundle(), raw=True, display_id=True)  # type: ignore[no-untyped-call]
        bundle: dict[str, Any] = {"text/html": f"<p>{NO_SLIDERS}</p>", "text/plain": NO_SLIDERS}
        panel = self._panel(lambda: shown.update(self.picture.bundle(), raw=True))
        if panel is not None:
            bundle = {**panel._repr_mimebundle_(), **bundle}
        display(bundle, raw=True)  # type: ignore[no-untyped-call]

    def _panel(self, redraw: Callable[[], None]) -> Any:
        """Widgets that move the neuron and call `redraw`; None where there are none."""
        try:
            import ipywidgets as widgets
        except ImportError:
            return None
        style = {"description_width": "6em"}
        choice = widgets.Dropdown(
            options=list(self.data), value=self.chosen, description="data set", style=style, layout={"width": "12em"}
        )
        status = widgets.HTML(_said(self.text))
        rows, fields = [], {}
        for name, value in self.values.items():
            reach = max(REACH, float(math.ceil(abs(value))))
            limits = {"value": value, "min": -reach, "max": reach, "step": STEP}
            # Screen readers hear the name of the field; the handle of a slider has none in ipywidgets 8.
            field = widgets.BoundedFloatText(description=LABELS[name], **limits, style=style, layout={"width": "12em"})
            slider = widgets.FloatSlider(**limits, readout=False, layout={"width": "22em"})
            slider.observe(functools.partial(_copy, field), "value")
            field.observe(functools.partial(_copy, slider), "value")
            fields[name] = field
            rows.append(widgets.HBox([field, slider], layout={"flex_flow": "row wrap"}))

        page = _page()

        def follow(_: Any) -> None:
            self.move(choice.value, **{name: field.value for name, field in fields.items()})
            status.value = _said(self.text if _page() == page else f"{self.text} {LOADED_ANEW}")
            redraw()

        self.controls = {"data": choice, **fields, "status": status}
        for control in (choice, *fields.values()):
            control.observe(follow, "value")
        return widgets.VBox([*([choice] if len(self.data) > 1 else []), *rows, status])


def neuron_playground(
    data: Mapping[str, tuple[npt.ArrayLike, npt.ArrayLike]], chosen: str, *, w: Sequence[float], b: float
) -> Playground:
    """Show one neuron that says 1 where `x @ w + b >= 0`, with sliders for its weights and its bias.

    `data` gives each data set its name: points `X` (n, 2) and labels `y` (n,) of 0 and 1. `chosen` is the name of
    the one to begin with, `w` (2,) and `b` the values to begin with.
    Raises ValueError when a shape or a label does not fit, or no data set is called `chosen`.
    """
    if chosen not in data:
        raise ValueError(f"no data set is called {chosen!r}; there are: {', '.join(data) or 'none'}")
    read = {name: read_points(X, y) for name, (X, y) in data.items()}
    for name, (_, y) in read.items():
        if not np.isin(y, CLASSES).all():
            raise ValueError(f"the labels of {name} must be 0 and 1; got {np.unique(y).tolist()}")
    weights, bias = numeric(w, "w").astype(float), numeric(b, "b").astype(float)
    if weights.shape != (2,) or bias.shape != ():
        raise ValueError(f"w must have shape (2,), and b must be a number; got {weights.shape} and {bias.shape}")
    if not (np.isfinite(weights).all() and np.isfinite(bias)):
        raise ValueError("w or b is NaN or infinity, which cannot be drawn")
    return Playground(read, chosen, {"w1": float(weights[0]), "w2": float(weights[1]), "b": float(bias)})


def _copy(target: Any, change: Any) -> None:
    """Give one control the value of another. Sliders in browsers count in floats: a step to 0.5 may give 0.4999999."""
    target.value = round(change["new"], 6)


def _page() -> str:
    """The page in the browser that the kernel is listening to, as Jupyter names it; "" outside a kernel."""
    from IPython import get_ipython

    message: dict[str, Any] = getattr(get_ipython(), "get_parent", dict)()
    return str(message.get("header", {}).get("session", ""))


def _said(text: str) -> str:
    """A line in HTML that screen readers read out when it changes."""
    return (
        f'<div role="status" aria-live="polite" style="line-height:1.5; white-space:normal">{html.escape(text)}</div>'
    )


@styled
def _sheet(X: Array) -> tuple[Picture, Axes]:
    """Axes of one scale around points (n, 2), half as wide again as high, and a legend."""
    picture, axes = one_panel(" ", width=6.2, height=4.9)
    low, high = X.min(axis=0), X.max(axis=0)
    half = max((high - low).max(), 1.0)
    middle = (low + high) / 2
    axes.set(xlabel="x₁", ylabel="x₂", aspect="equal")
    axes.set(xlim=middle[0] + np.array([-1.5, 1.5]) * half, ylim=middle[1] + np.array([-1, 1]) * half)
    axes.locator_params(nbins=6)
    legend(picture, CLASSES, [f"class {each}" for each in CLASSES], any_wrong=True, shaded=False)
    return picture, axes


@styled
def _draw(axes: Axes, title: str, w: Array, b: float, X: Array, y: Array, answers: Array) -> Array:
    """Draw regions, line, arrow and points anew. Returns the ends of the line, (2, 2), or (0, 2) out of view."""
    axes.set_title(title)
    for old in [*axes.patches, *axes.lines, *axes.collections, *axes.texts]:
        old.remove()
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    corners = np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
    ends = np.empty((0, 2))
    for side, sign in zip(CLASSES, (-1.0, 1.0), strict=True):
        region, ends = _part(corners, sign * (corners @ w + b), sign > 0)
        if len(region) > 2:
            look: dict[str, Any] = {"hatch": HATCHES[side], "edgecolor": tint(side, 0.45), "facecolor": tint(side)}
            axes.add_patch(Polygon(region, linewidth=0, zorder=0, **look))
    if len(ends) == 2:
        axes.plot(*ends.T, color=INK, linewidth=1.5, zorder=1)
        foot = ends.mean(axis=0)
        tip = foot + ARROW * (top - bottom) * w
        look = {"arrowstyle": "-|>", "mutation_scale": 14, "shrinkA": 0, "shrinkB": 0, "linewidth": 1.5}
        axes.add_patch(FancyArrowPatch(tuple(foot), tuple(tip), color=INK, zorder=2, **look))
        beside_x, beside_y = tip + 0.05 * (top - bottom) * w / np.hypot(*w)
        axes.text(beside_x, beside_y, "w", ha="center", va="center", fontweight="bold", clip_on=True)
    scatter(axes, X, y, answers, CLASSES, scale=1.0)
    return ends


def _part(corners: Array, scores: Array, closed: bool) -> tuple[Array, Array]:
    """The part of a polygon (m, 2) whose corners score above 0 (or 0, if closed), and where its border is cut."""
    inside = scores >= 0 if closed else scores > 0
    kept, cuts = [], []
    for here, there in enumerate(np.roll(np.arange(len(corners)), -1)):
        if inside[here]:
            kept.append(corners[here])
        if inside[here] != inside[there]:
            share = scores[here] / (scores[here] - scores[there])
            cuts.append(corners[here] + share * (corners[there] - corners[here]))
            kept.append(cuts[-1])
    return np.array(kept).reshape(-1, 2), np.array(cuts).reshape(-1, 2)


def _formula(w: Array, b: float) -> str:
    terms = [f"{number(abs(part))}{name}" for part, name in ((w[0], " · x₁"), (w[1], " · x₂"), (b, ""))]
    signs = ["−" if part < 0 else "+" for part in (w[0], w[1], b)]
    return f"z = {signs[0].strip('+')}{terms[0]} {signs[1]} {terms[1]} {signs[2]} {terms[2]}"


def _mistakes(X: Array, y: Array, z: Array, answers: Array) -> str:
    wrong = np.flatnonzero(answers != y)
    if not 0 < len(wrong) <= TOLD:
        return f"Wrong: {counted(len(wrong), 'point')}" if len(wrong) else "None is wrong"
    each = [
        f"({number(X[i, 0])}, {number(X[i, 1])}) has z = {number(z[i])} and gets {answers[i]}, wanted {y[i]}"
        for i in wrong
    ]
    return f"Wrong: {'; '.join(each)}"


def _line_in_words(w: Array, b: float, ends: Array) -> str:
    if len(ends) < 2:
        why = "The neuron has no line, because both weights are 0" if not w.any() else "The line is out of view"
        return why
    places = " to ".join(f"({number(x, 2)}, {number(y, 2)})" for x, y in sorted(map(tuple, ends)))
    ways = [("left", "", "right")[int(np.sign(w[0])) + 1], ("down", "", "up")[int(np.sign(w[1])) + 1]]
    pointing = " and ".join(way for way in ways if way)
    return f"The line z = 0 runs from {places}; the arrow w points {pointing}, to the side that gets 1"
