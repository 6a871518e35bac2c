"""`crossfoot export`."""

import sys
from functools import partial
from pathlib import Path

from pipeline.commands.common import opened_store, plural
from pipeline.exports.rows import EXPORTS
from pipeline.exports.series import series_rows
from pipeline.exports.writers import WRITERS, opened
from pipeline.review_plan import count_unchecked
from schemas.errors import UsageError
from schemas.exports import ROWS
from schemas.policies import read_policy

_NOUNS = {"series": "observation", "checklist": "answer"}


def export_command(location: str, blobs: str | None, what: str, format: str, output: str, policy: str | None) -> None:
    """Write one export; `policy` chooses the values of series."""
    rows = EXPORTS[what]
    if policy is not None:
        if what != "series":
            raise UsageError("A policy is for series only.", advice="Leave --policy out.")
        rows = partial(series_rows, policy=read_policy(Path(policy)))
    with opened_store(location, blobs) as store, store.reading() as connection, opened(output) as target:
        unchecked = count_unchecked(connection)
        written = WRITERS[format](rows(connection), ROWS[what], target)
    print(f"{plural(written, _NOUNS.get(what, what[:-1]))} written to {output}", file=sys.stderr)
    if unchecked:
        # Standard output may be the export.
        documents = f"{plural(unchecked, 'document')} {'has' if unchecked == 1 else 'have'}"
        print(f"{documents} new decisions: `crossfoot reconcile` works them into findings and series.", file=sys.stderr)


def searchable_command(location: str, blobs: str | None, output: str, password: str | None) -> None:
    """Write a searchable copy of each scanned document into a folder."""
    from pipeline.exports.searchable import write_searchable

    with opened_store(location, blobs) as store, store.reading() as connection:
        written = sum(1 for _ in write_searchable(connection, store.blobs, Path(output), password))
    print(f"{plural(written, 'searchable PDF')} written to {output}", file=sys.stderr)
