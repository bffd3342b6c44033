"""IPython without a kernel: runs a cell as a notebook would, and gives its outputs in the form of a notebook.

In: the text of a cell. Out: outputs (text only: nobody looks at pictures here), the name and text of an error. Outputs
are cut at a size, so that a cell that prints for ever fills nothing.
"""

from __future__ import annotations

import io
import re
import sys
from typing import Any

TERMINAL_CODES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-_])")
CUT = "\n... (more was printed than is kept)\n"


class Shell:
    """One notebook's Python."""

    _prepared: Any = None

    @classmethod
    def prepare(cls) -> None:
        """Make IPython's shell once; forks inherit it."""
        if cls._prepared is None:
            cls._prepared = _make_shell()

    def __init__(self) -> None:
        self.prepare()
        self._shell = self._prepared

    @property
    def namespace(self) -> dict[str, Any]:
        """The names of the notebook."""
        found: dict[str, Any] = self._shell.user_ns
        return found

    def run(self, source: str, most: int) -> dict[str, Any]:
        """Run a cell; at most `most` characters of output are kept."""
        record = _Record(most)
        self._shell.display_pub.record = self._shell.displayhook.record = self._shell.record = record
        keep = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Printed(record, "stdout"), _Printed(record, "stderr")
        try:
            result = self._shell.run_cell(source, store_history=False)
        finally:
            sys.stdout, sys.stderr = keep
        error = result.error_before_exec or result.error_in_exec
        name = type(error).__name__ if error is not None else ""
        return {"outputs": record.outputs, "error": name, "message": _said(error)[:4000]}


def _said(error: BaseException | None) -> str:
    try:
        return "" if error is None else str(error)
    except BaseException:
        return "(this error cannot be shown)"


class _Record:
    """The outputs of one cell, up to a size."""

    def __init__(self, most: int) -> None:
        self.outputs: list[dict[str, Any]] = []
        self._left = most

    def write(self, name: str, text: str) -> None:
        if not text or self._left <= 0:
            return
        kept = text[: self._left]
        self._left -= len(kept)
        if self._left <= 0:
            kept += CUT
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last.get("name") == name:
            last["text"] += kept
        else:
            self.outputs.append({"output_type": "stream", "name": name, "text": kept})

    def add(self, output: dict[str, Any], text: str) -> None:
        if self._left > 0:
            self._left -= len(text) + 50
            self.outputs.append(output)


class _Printed(io.TextIOBase):
    """What `print` writes to."""

    encoding = "utf-8"

    def __init__(self, record: _Record, name: str) -> None:
        self._record, self._name = record, name

    def write(self, text: str) -> int:
        self._record.write(self._name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True


def _make_shell() -> Any:
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Publisher(DisplayPublisher):
        """Keeps what `display` shows."""

        record: Any = None

        def publish(self, data: Any, metadata: Any = None, *others: Any, **settings: Any) -> None:
            text = str(data.get("text/plain", ""))[:20_000]
            output = {"output_type": "display_data", "data": {"text/plain": text}, "metadata": {}}
            self.record.add(output, text)

        def clear_output(self, wait: bool = False) -> None:
            self.record.outputs.clear()

    class Hook(DisplayHook):
        """Keeps what the last line of a cell gives."""

        record: Any = None

        def write_output_prompt(self) -> None:
            pass

        def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
            text = str(format_dict.get("text/plain", ""))[:20_000]
            data = {"text/plain": text}
            output = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}
            self.record.add(output, text)

        def log_output(self, format_dict: Any) -> None:
            pass

        def finish_displayhook(self) -> None:
            pass

        def update_user_ns(self, result: Any) -> None:
            shell.user_ns["_"] = result

    class Notebook(InteractiveShell):
        """A shell that keeps errors as outputs."""

        record: Any = None
        system = InteractiveShell.system_raw  # `!ls`: the usual way wants a terminal, and a sandbox has none

        def enable_gui(self, gui: Any = None) -> None:
            pass

        def enable_matplotlib(self, gui: Any = None) -> tuple[str, str]:
            return "agg", "agg"  # `%matplotlib inline`: pictures are drawn, and nobody looks at them

        def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
            lines = [TERMINAL_CODES.sub("", str(line))[:2000] for line in list(stb)[-30:]]
            error = {
                "ename": str(getattr(etype, "__name__", etype)),
                "evalue": _said(evalue)[:4000],
                "traceback": lines,
            }
            self.record.add({"output_type": "error", **error}, "\n".join(lines))

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Plain"
    config.InteractiveShell.display_pub_class = Publisher
    config.InteractiveShell.displayhook_class = Hook
    shell: Any = Notebook.instance(config=config)
    shell.display_formatter.active_types = ["text/plain"]
    shell.atexit_operations = lambda: None
    return shell
