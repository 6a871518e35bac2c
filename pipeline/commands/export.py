"""`crossfoot export`."""

import sys

from pipeline.commands.common import opened_store, plural
from pipeline.exports.rows import EXPORTS
from pipeline.exports.writers import WRITERS, opened
from schemas.exports import ROWS


def export_command(location: str, blobs: str | None, what: str, format: str, output: str) -> None:
    """Write one export."""
    with opened_store(location, blobs) as store, store.reading() as connection, opened(output) as target:
        written = WRITERS[format](EXPORTS[what](connection), ROWS[what], target)
    print(f"{plural(written, what[:-1])} written to {output}", file=sys.stderr)
