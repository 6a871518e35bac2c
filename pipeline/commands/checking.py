"""`crossfoot reconcile`."""

import os

from pipeline import reconcile
from pipeline.commands.common import opened_store, plural
from pipeline.store.queries import count_findings


def reconcile_command(location: str, blobs: str | None) -> None:
    """Check every document again."""
    with opened_store(location, blobs) as store:
        checked = reconcile.reconcile(store, workers=os.cpu_count() or 1)
        print(f"{plural(checked, 'document')} checked; the store holds {plural(count_findings(store), 'finding')}.")
