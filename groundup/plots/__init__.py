"""The pictures of the course: every function returns a `Picture`, a matplotlib figure with alt text.
(`neuron_playground` returns a `Playground`, a picture with sliders.)

In: plain arrays, functions and names. Out: a picture that shows itself when it is the value of a cell; its
`alt` says in words what it shows, numbers included, and `save(path)` writes it as a PNG.

    from groundup import plots

    plots.lines({"train": loss}, title="The loss falls", x_label="epoch", y_label="loss")

Colors are the Okabe-Ito palette, and nothing is told by color alone: classes differ by marker, regions by
hatch, curves by dash. Figures are made directly, never through pyplot: nothing global is kept or changed.
"""

from groundup.plots.boundaries import boundary_steps, decision_boundary
from groundup.plots.curves import functions, lines
from groundup.plots.graphs import computation_graph
from groundup.plots.grids import confusion_matrix, image_grid
from groundup.plots.histograms import histogram
from groundup.plots.landscapes import descent_paths
from groundup.plots.networks import network, neuron
from groundup.plots.picture import Picture
from groundup.plots.playground import Playground, neuron_playground

__all__ = [
    "Picture",
    "Playground",
    "boundary_steps",
    "computation_graph",
    "confusion_matrix",
    "decision_boundary",
    "descent_paths",
    "functions",
    "histogram",
    "image_grid",
    "lines",
    "network",
    "neuron",
    "neuron_playground",
]
