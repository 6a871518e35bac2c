"""What the time of a page is spent on: one process, no workers, under Python's profiler.

    python -m benchmarks.profiling [PATH…] [--top N]     without paths: a few PDFs of those that benchmarks.speed takes

The profiler makes small functions look slower than they are: read it for the order of things, not for the times.
"""

import argparse
import cProfile
import pstats
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.corpora import ROOT, SHARED
from benchmarks.machine import this_machine
from benchmarks.report import Table, page, table
from pipeline import stages
from pipeline.importing import import_paths
from pipeline.reading import Engine
from pipeline.store.database import open_store

# (file, line, function) → (calls, seconds on its own, seconds with what it calls)
Profile = Mapping[tuple[str, int, str], tuple[int, float, float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Profile an import and print where the time went."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profiling", description=__doc__)
    parser.add_argument("paths", type=Path, nargs="*", metavar="PATH", help="files and folders to import")
    parser.add_argument("--top", type=int, default=25, metavar="N", help="so many functions; 25")
    asked = parser.parse_args(arguments)
    profile = profiled(asked.paths or _default_paths())
    ranked = [
        _ranked("With what they call", {f: (calls, whole) for f, (calls, _, whole) in profile.items()}, asked.top),
        _ranked("On their own", {f: (calls, own) for f, (calls, own, _) in profile.items()}, asked.top),
    ]
    sys.stdout.write(page(f"Run: {this_machine()}.", ranked))
    return 0


def profiled(paths: Sequence[Path]) -> Profile:
    """Import paths into a store that is thrown away."""
    stages.load()
    with tempfile.TemporaryDirectory(prefix="crossfoot-profile-") as folder:
        store = open_store(folder, create=True)
        engine = Engine(read=stages.read_document, workers=0)
        profiler = cProfile.Profile()
        try:
            arguments = ([str(path) for path in paths], stages.Settings(), engine)
            profiler.runcall(import_paths, store, *arguments, lambda event: None)
        finally:
            store.close()
    measured = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    return {function: (calls, own, whole) for function, (_, calls, own, whole, _) in measured.items()}


def _default_paths() -> list[Path]:
    reports = sorted((SHARED / "data" / "inspections").glob("*.pdf"))[::7]
    return reports or [ROOT / "fixtures" / "archive"]


def _ranked(title: str, times: Mapping[tuple[str, int, str], tuple[int, float]], top: int) -> Table:
    """The functions with the most time."""
    ranked = sorted(times.items(), key=lambda named: -named[1][1])[:top]
    rows = [(_name(*function), calls, f"{1000 * seconds:,.0f}") for function, (calls, seconds) in ranked]
    return table(title, ("function", "calls", "milliseconds"), rows)


def _name(file: str, line: int, function: str) -> str:
    path = Path(file)
    if path.is_relative_to(ROOT) and ".venv" not in path.parts:
        return f"{path.relative_to(ROOT)}:{line} {function}"
    return function if file == "~" else f"{path.parent.name}/{path.name} {function}"


if __name__ == "__main__":
    sys.exit(main())
