"""How fast born-digital pages are imported, from the files to the store, by the command that people use.

    python -m benchmarks.speed [FOLDER]                 PDFs of that folder; otherwise real reports where they are at hand,
                                                        or else the sample archive as PDF, many times over
    python -m benchmarks.speed --write docs/speed.md    put the table into that page

All times are of one run on one machine, so that their ratios mean something when the times do not.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pdfplumber
import pypdfium2

from benchmarks.corpora import ROOT, SHARED
from benchmarks.machine import this_machine
from benchmarks.report import Table, page, table, write_into
from benchmarks.samples import make_pdfs
from pipeline.store.database import open_store
from pipeline.store.queries import counts
from pipeline.store.tables import pages
from schemas.errors import CrossfootError, UsageError

REPETITIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Seconds on the clock, and of a processor. Those of a worker's processor are not counted here."""

    wall: float
    processor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One way to import: how many workers, and the seconds that it took for the first time and again.

    Without workers the seconds are of the processor, which other work on the machine does not change much.
    """

    workers: int
    first: float
    again: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Times in seconds. `text_pages` are those that were read from their text layer, of `pages` in all."""

    folder: str
    documents: int
    pages: int
    text_pages: int
    imports: tuple[Import, ...]
    start_up: float
    plumber_pages: int
    plumber: Times

    def rate(self, one: Import) -> float:
        """Born-digital pages a second a core."""
        return self.text_pages / one.first / max(1, one.workers)

    def against_plumber(self, one: Import) -> float:
        """Our time for a page, from file to store, over pdfplumber's for finding its words alone, both on one core."""
        plumber = self.plumber.wall if one.workers else self.plumber.processor
        return (1 / self.rate(one)) / (plumber / self.plumber_pages)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was asked for."""
    asked = _arguments(arguments)
    machine = this_machine()
    try:
        with tempfile.TemporaryDirectory(prefix="crossfoot-speed-") as scratch:
            folder = asked.folder or _default_folder(Path(scratch))
            speed = measure(folder, Path(scratch), workers=tuple(asked.workers), every=asked.every)
        text = page(f"Run: {machine}.", [_table(speed)])
        sys.stdout.write(text)
        if asked.write:
            write_into(asked.write, text)
    except CrossfootError as error:
        print(f"benchmarks.speed: {error}", file=sys.stderr)
        return error.exit_code
    if asked.output:
        found = {"machine": asdict(machine), "speed": asdict(speed)}
        asked.output.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


def measure(folder: Path, scratch: Path, *, workers: tuple[int, ...], every: int) -> Speed:
    """Import the PDFs of a folder with each number of workers into a new store, and then again; compare with pdfplumber."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf")
    if not files:
        raise UsageError(f"There are no PDFs in {folder}.", advice="Name a folder that holds some.")
    _warm(files)
    code = frozen_code(scratch / "code")
    imports = tuple(import_twice(code, folder.absolute(), scratch / f"store-{number}", number) for number in workers)
    sources = _pages_by_source(scratch / f"store-{workers[0]}")
    sampled, plumber = _plumber(files, every)
    return Speed(
        folder=str(folder.relative_to(scratch) if folder.is_relative_to(scratch) else folder.name),
        documents=len(files),
        pages=sum(sources.values()),
        text_pages=sources.get("text", 0),
        imports=imports,
        start_up=statistics.median(_crossfoot(code, "--version").wall for _ in range(REPETITIONS)),
        plumber_pages=sampled,
        plumber=plumber,
    )


def import_twice(code: Path, folder: Path, store: Path, workers: int) -> Import:
    """Import a folder into a new store and then, some times, again, by the program at `code`."""
    first, again = (one.wall if workers else one.processor for one in times_twice(code, folder, store, workers))
    return Import(workers=workers, first=first, again=again)


def times_twice(code: Path, folder: Path, store: Path, workers: int) -> tuple[Times, Times]:
    """The times of importing a folder into a new store, and the medians of those of importing it again, by the program at `code`."""
    command = ("import", folder, "--store", store, "--workers", workers, "--quiet")
    first, *again = [_crossfoot(code, *command) for _ in range(1 + REPETITIONS)]
    wall, processor = (statistics.median(times) for times in ([t.wall for t in again], [t.processor for t in again]))
    return first, Times(wall=wall, processor=processor)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__, formatter_class=form)
    parser.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="a folder of PDFs")
    parser.add_argument(
        "--workers", type=int, nargs="+", default=[0, 1, 2], metavar="N", help="how many at once; 0 1 2"
    )
    parser.add_argument("--every", type=int, default=8, metavar="N", help="pdfplumber gets every Nth page; 8")
    parser.add_argument("--write", type=Path, metavar="PAGE.md", help="put the table into the marked part of a page")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.json", help="write the times as JSON too")
    return parser.parse_args(arguments)


def _default_folder(scratch: Path) -> Path:
    reports = SHARED / "data" / "inspections"
    return reports if reports.is_dir() else make_pdfs(ROOT / "fixtures" / "archive", scratch / "sample archive")


def _warm(files: Sequence[Path]) -> None:
    """Read the files once, so that the first import does not wait for the disk where the second does not."""
    for path in files:
        path.read_bytes()


def frozen_code(folder: Path) -> Path:
    """A copy of the program: after an edit while this runs, every document would have to be read again."""
    for package in ("schemas", "extractors", "pipeline"):
        shutil.copytree(ROOT / package, folder / package)
    return folder


def _crossfoot(code: Path, *arguments: object) -> Times:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    begin, used = time.perf_counter(), _used()
    done = subprocess.run(command, cwd=code, capture_output=True, text=True, check=False)
    times = Times(wall=time.perf_counter() - begin, processor=_used() - used)
    # 3: some documents are in quarantine; their pages are not counted.
    if done.returncode not in (0, 3):
        raise CrossfootError(f"The import failed: {done.stderr.strip()}", advice="`crossfoot doctor` looks closer.")
    return times


def _used() -> float:
    """Seconds of the processor that ended commands have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _pages_by_source(folder: Path) -> dict[str, int]:
    store = open_store(str(folder))
    try:
        with store.reading() as connection:
            return dict(counts(connection, pages.c.source))
    finally:
        store.close()


def _plumber(files: Sequence[Path], every: int) -> tuple[int, Times]:
    """Pages, and how long pdfplumber takes for their words, when it gets every so many-th page of all files in a row.

    Opening a file is not counted: it would weigh more on the few pages that are taken than on a whole document.
    """
    place, sampled, wall, processor = 0, 0, 0.0, 0.0
    for path in files:
        with pypdfium2.PdfDocument(path) as document:
            count = len(document)
        chosen = [n for n in range(count) if (place + n) % every == 0]
        place += count
        with pdfplumber.open(path) as opened:
            for number in chosen:
                begin, used = time.perf_counter(), time.process_time()
                opened.pages[number].extract_words()
                wall, processor = wall + time.perf_counter() - begin, processor + time.process_time() - used
                opened.pages[number].close()
        sampled += len(chosen)
    return sampled, Times(wall=wall, processor=processor)


def _table(speed: Speed) -> Table:
    imports = speed.imports
    names = [f"--workers {one.workers}" if one.workers else "one process, processor time" for one in imports]
    rows: list[tuple[str, ...]] = [
        ("first import, seconds", *(f"{one.first:.1f}" for one in imports)),
        ("**born-digital pages a second a core** (target: 12)", *(f"**{speed.rate(one):.1f}**" for one in imports)),
        ("milliseconds a page a core", *(f"{1000 / speed.rate(one):.1f}" for one in imports)),
        ("pages a second in all", *(f"{speed.text_pages / one.first:.1f}" for one in imports)),
        (f"import again, seconds (median of {REPETITIONS})", *(f"{one.again:.2f}" for one in imports)),
        ("**import again: times faster** (target: 100)", *(f"**{one.first / one.again:.0f}**" for one in imports)),
        (
            "**our time over pdfplumber's `extract_words`**",
            *(f"**{speed.against_plumber(one):.2f}**" for one in imports),
        ),
    ]
    note = (
        f"{speed.documents} PDFs ({speed.folder}), {speed.pages:,} pages, {speed.text_pages:,} of them read from their text layer. "
        f"`crossfoot --version` takes {speed.start_up:.2f} s of every command. pdfplumber: {speed.plumber_pages} of the pages, "
        f"{1000 * speed.plumber.wall / speed.plumber_pages:.1f} ms each "
        f"({1000 * speed.plumber.processor / speed.plumber_pages:.1f} of the processor)."
    )
    return table("Speed of import", ("", *names), rows, note)


if __name__ == "__main__":
    sys.exit(main())
