"""`crossfoot doctor`."""

from rich.table import Table
from rich.text import Text

from pipeline.commands.common import console
from pipeline.doctor import checks

_STYLES = {"ok": "green", "missing": "bold red", "optional": "yellow"}


def doctor_command(store: str, blobs: str | None) -> int:
    """Print every check; 1 when something is missing that Crossfoot cannot do without."""
    found = list(checks(store, blobs))
    table = Table(box=None, pad_edge=False)
    for heading in ("what", "state", "found", "how to get it"):
        table.add_column(heading, overflow="fold")
    for check in found:
        table.add_row(check.name, Text(check.state, style=_STYLES[check.state]), Text(check.detail), Text(check.advice))
    console().print(table)
    return int(any(check.state == "missing" for check in found))
