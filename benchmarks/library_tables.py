"""What the comparison prints: tables of ratios, the results beside PyTorch's, the targets of the reference library.

In: the figures of library_race.py and library_same.py. Out: tables on the terminal, and the list of targets.
"""

from __future__ import annotations

from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from library_race import ratio

ONE = "mlp, batch {}, one thread"
CNN = "cnn, batch 64, one thread"
Figures = dict[str, Any]


def show_race(title: str, found: Figures, console: Console) -> None:
    """A line for each contender."""
    floored = "floor" in found
    clock = "CPU s" if title.endswith("one thread") else "seconds"
    headings = [clock, "times torch", "quartiles", "times floor" if floored else "peak MB"]
    table = Table(title=f"{title}: medians of {len(found['torch']['seconds'])} rounds")
    table.add_column("", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right")
    for name, one in found.items():
        torch, peak = one["to_torch"], one["peak_mb"]
        cells = [f"{median(one['seconds']):.3f}", f"{torch['median']:.2f}", f"{torch['low']:.2f}–{torch['high']:.2f}"]
        last = f"{one['to_floor']['median']:.2f}" if floored else f"{peak:.0f}" if peak else "?"
        table.add_row(name, *cells, last)
    console.print(table)


def show_same(same: Figures, console: Console) -> None:
    """Gradients and accuracies in two lines."""
    gradients = ", ".join(f"{name} {error:.0e}" for name, error in same["gradients"].items())
    console.print(f"Gradients of the first batch against PyTorch's, relative to the largest: {gradients}")
    for name in ("reference", "torch"):
        each = ", ".join(f"{100 * one:.2f}" for one in same["accuracy"][name])
        console.print(f"Test accuracy after {same['epochs']} epochs, {name}: {each} %")


def targets(figures: Figures) -> list[tuple[str, float, float]]:
    """Of each target whose figures are there: what it is about, what was measured, and what it must stay under."""
    found = []
    for batch_size in (32, 64, 128, 512):
        times = times_others(figures, ONE.format(batch_size))
        if batch_size == 64:
            limits = {"torch": 0.40, "torch fused": 0.52, "floor": 2.2}
            found += [(f"batch 64: times {name}", times[name], limits[name]) for name in limits if name in times]
        rivals = {name: value for name, value in times.items() if name != "floor"}
        if rivals:
            nearest = max(rivals, key=rivals.__getitem__)
            found.append((f"batch {batch_size}: times {nearest}, the next", rivals[nearest], 1.0))
    if CNN in figures["races"]:
        seconds = {name: one["seconds"] for name, one in figures["races"][CNN].items()}
        for order in ("", ", pool first"):
            times = ratio(seconds[f"reference{order}"], seconds[f"torch{order}"])["median"]
            found.append((f"Conv2D{order}: times torch in this order" if order else "Conv2D: times torch", times, 1.3))
        peak = figures["races"][CNN]["reference"]["peak_mb"]
        found += [("Conv2D: peak MB", peak, 1000)] if peak else []
    if "same" in figures:
        found.append(("gradients: difference from PyTorch's", max(figures["same"]["gradients"].values()), 1e-5))
        found.append(("accuracy: points from PyTorch's", figures["same"]["points"], 0.3))
    return found


def times_others(figures: Figures, title: str) -> dict[str, float]:
    """The reference's time in a race, in times of each other contender's; nothing if it did not run in it."""
    seconds = {name: one["seconds"] for name, one in figures["races"].get(title, {}).items()}
    ours = seconds.pop("reference", None)
    return {name: ratio(ours, theirs)["median"] for name, theirs in seconds.items()} if ours else {}


def show_targets(figures: Figures, console: Console) -> list[Figures]:
    """Which targets are reached."""
    table = Table(title="Targets")
    for heading in ("", "measured", "at most", ""):
        table.add_column(heading, justify="right" if heading else "left")
    listed = []
    for about, value, limit in targets(figures):
        reached = value <= limit
        table.add_row(about, f"{value:.3g}", f"{limit:g}", "reached" if reached else "[bold]not reached[/bold]")
        listed.append({"about": about, "measured": value, "at_most": limit, "reached": reached})
    if listed:
        console.print(table)
    return listed
