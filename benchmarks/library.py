"""How fast the reference library trains, beside PyTorch, scikit-learn, a textbook and the matrix products alone.

In: which parts of the comparison, batch sizes, rounds. Out: a table of ratios for each, whether the results are the
same as PyTorch's, and which targets are reached (`--json FILE` writes the figures).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from rich.console import Console

import library_cnn
import library_contenders
from library_race import machine, races, same_results
from library_tables import show_race, show_same, show_targets

PARTS = ("one", "cnn", "all", "same")
NAMES = list(library_contenders.CONTENDERS)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--parts",
        nargs="+",
        choices=PARTS,
        default=PARTS,
        help="one thread, the convolutional network, all threads, whether results are the same (default: everything)",
    )
    parser.add_argument("--batch", type=int, nargs="+", default=[32, 64, 128, 512], help="batch sizes")
    parser.add_argument("--rounds", type=int, default=15, help="how often each contender trains; four are an epoch")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, help="contenders beside PyTorch's default")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    wanted = parser.parse_args()
    if min(wanted.rounds, *wanted.batch) < 1:
        parser.error("--rounds and --batch are 1 or more")
    figures = measure(wanted, Console())
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def measure(wanted: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run the parts that are wanted; print each when it is done."""
    figures: dict[str, Any] = {"machine": machine(), "rounds": wanted.rounds, "races": {}}
    console.print(figures["machine"], highlight=False)
    names = [name for name in NAMES if name == "torch" or name in wanted.only]
    plans = {
        "one": ("mlp", names, wanted.batch, wanted.rounds, True),
        "cnn": ("cnn", list(library_cnn.CONTENDERS), [64], wanted.rounds, True),
        # A third of the rounds: no target hangs on them, and beside another busy process they take ten times as long.
        "all": ("mlp", names, wanted.batch, -(-wanted.rounds // 3), False),
    }
    for part, plan in plans.items():
        for title, found in races(*plan) if part in wanted.parts else ():
            figures["races"][title] = found
            show_race(title, found, console)
    if "same" in wanted.parts:
        figures["same"] = same_results()
        show_same(figures["same"], console)
    figures["targets"] = show_targets(figures, console)
    return figures


if __name__ == "__main__":
    main()
