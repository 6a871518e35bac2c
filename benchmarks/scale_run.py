"""Reconcile one store, in a process of its own, so that it can be watched: `python -m benchmarks.scale_run STORE`."""

import gc
import json
import os
import sys
import time

from pipeline.reconcile import across_documents, reconcile
from pipeline.store.database import open_store
from pipeline.store.queries import count_findings


def main() -> int:
    """Print seconds and findings as JSON."""
    gc.set_threshold(100_000, 20, 20)  # as `crossfoot` does
    store = open_store(sys.argv[1])
    try:
        begin = time.perf_counter()
        reconcile(store, workers=os.cpu_count() or 1)
        reconciling = time.perf_counter() - begin
        begin = time.perf_counter()
        across_documents(store, workers=os.cpu_count() or 1)
        across = time.perf_counter() - begin
        took = {"reconciling": reconciling, "across": across, "findings": count_findings(store)}
    finally:
        store.close()
    print(json.dumps(took))
    return 0


if __name__ == "__main__":
    sys.exit(main())
