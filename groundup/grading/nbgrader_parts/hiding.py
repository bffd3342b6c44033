"""Keep hidden tests out of the feedback that students get.

nbgrader writes the autograded notebook as it is: the source of hidden tests, and tracebacks that quote it.
`HideHiddenTests` shortens those tracebacks to the error itself; nbgrader's own `ClearHiddenTests` then removes
the source. nbgrader_config.py names both.
"""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from groundup.lessons.source import hidden_regions


class HideHiddenTests(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Reduce the traceback of a cell with hidden tests to the name and text of the error."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Called by nbconvert for every cell; see nbconvert's Preprocessor."""
        if cell.cell_type == "code" and hidden_regions(cell.source):
            for output in cell.outputs:
                if output.output_type == "error" and output.ename != "CheckFailed":
                    if output.ename != "NameError":  # which only says what is missing
                        output.evalue = ""
                    text = f"{output.ename}: a hidden test of this exercise stopped here. {output.evalue}"
                    output.traceback = [text.rstrip()]
        return cell, resources
