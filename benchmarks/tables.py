"""How right tables are read, cell by cell, and what that costs.

python -m benchmarks.tables                                   the competition's files, if they are there, and a generated archive
python -m benchmarks.tables --icdar DIR --archive DIR         those of another place
python -m benchmarks.tables --others PYTHON                   also Camelot, img2table, tabula and pdfplumber, by an interpreter
                                                              whose environment has the extra `bench` (tabula needs Java)
python -m benchmarks.tables --write docs/tables.md
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.adjacency import Agreement, PageTable, Placed, agreement, document_of, harmonic, read_truth
from benchmarks.cells import Counted, count_cells
from benchmarks.corpora import SHARED
from benchmarks.machine import this_machine
from benchmarks.report import Table, page, table, write_into
from extractors.layout import lay_out
from extractors.layout.aligned import with_tables
from extractors.layout.drawn import drawn_tables
from extractors.layout.lines import rows_of_words, usual_gap
from extractors.layout.turned import printed_rows
from extractors.reading.pdf import read_pdf
from fixtures.sample.archive import DOCUMENTS, MANIFEST, Order, load_producers, make_archive
from pipeline import stages
from schemas import layout
from schemas.errors import CrossfootError, UsageError
from schemas.pages import Page

TOOLS = ("camelot", "img2table", "tabula", "pdfplumber")
_SEED = 101  # of the archive: none of those that rules were made on


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a program found in the competition's files: tables by document, and its seconds a page."""

    name: str
    tables: Mapping[str, tuple[PageTable, ...]]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Seconds of the processor for a page: reading its words and rules, laying it out, and of that the search for tables."""

    reading: float
    layout: float
    search: float
    has_table: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was asked for."""
    asked = _arguments(arguments)
    machine = this_machine()
    try:
        with _archive(asked.archive) as archive:
            tables = [*_icdar(asked.icdar, asked.others), *_generated(archive)]
        report = page(f"Run: {machine}.", tables)
        sys.stdout.write(report)
        if asked.write:
            write_into(asked.write, report)
    except CrossfootError as error:
        print(f"benchmarks.tables: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tables", description=__doc__, formatter_class=form)
    parser.add_argument("--icdar", type=Path, metavar="DIR", default=SHARED / "data/tables/icdar2013")
    parser.add_argument("--archive", type=Path, metavar="DIR", help="an archive that `crossfoot sample` made")
    parser.add_argument("--others", metavar="PYTHON", help="an interpreter that has the other programs")
    parser.add_argument("--write", type=Path, metavar="PAGE.md", help="put the tables into the marked part of a page")
    return parser.parse_args(arguments)


@contextmanager
def _archive(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        if not (folder / MANIFEST).is_file():
            raise UsageError(f"{folder} is no generated archive.", advice="Name a folder of `crossfoot sample`.")
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="crossfoot-tables-") as made:
        target = Path(made) / "archive"
        make_archive(target, Order(councils=8, years=3, seed=_SEED, scans=0.0, slips=0.5), load_producers(), workers=2)
        yield target


def _icdar(folder: Path, others: str | None) -> Iterator[Table]:
    """The competition's files, read by Crossfoot and by others. Nothing where the files are not at hand."""
    paths = sorted(folder.rglob("*.pdf")) if folder.is_dir() else []
    if not paths:
        return
    truth = read_truth(folder)
    pages: dict[str, list[Timed]] = {}
    runs = [_ours(paths, truth, pages)]
    runs += [run for tool in TOOLS if others and (run := _other(others, tool, paths, truth))]
    rows = []
    for run in runs:
        agreed = [
            max((agreement(reading, run.tables.get(name, ())) for reading in readings), key=lambda a: (a.f1, a.right))
            for name, readings in truth.items()
        ]
        rows.append((run.name, *_scores(agreed), run.seconds * 1000, run.seconds / runs[0].seconds))
    columns = ("program", "precision", "recall", "F1", "pooled F1", "tables", "false", "ms a page", "times ours")
    note = (
        f"{len(truth)} documents. Precision and recall averaged over documents, F1 of the two averages; *pooled* over all relations. "
        "Rules of Crossfoot were made while looking at these files, as those of other programs may have been."
    )
    yield table("ICDAR 2013 table competition, end to end", columns, rows, note)
    yield _times([timed for document in pages.values() for timed in document])


def _scores(agreed: Sequence[Agreement]) -> tuple[float, float, float, float, int, int]:
    precision = sum(a.precision for a in agreed) / len(agreed)
    recall = sum(a.recall for a in agreed) / len(agreed)
    right, found, true = (sum(getattr(a, name) for a in agreed) for name in ("right", "found", "true"))
    pooled = harmonic(right / found if found else 0.0, right / true if true else 0.0)
    counts = sum(a.tables for a in agreed), sum(a.false_tables for a in agreed)
    return precision, recall, harmonic(precision, recall), pooled, *counts


def _ours(paths: Sequence[Path], truth: Mapping[str, object], timed: dict[str, list[Timed]]) -> Run:
    found: dict[str, tuple[PageTable, ...]] = {}
    for path in paths:
        name, content = document_of(path.name, truth), path.read_bytes()
        began = time.process_time()
        pages = read_pdf(content)
        reading = (time.process_time() - began) / len(pages)
        tables = [e for e in lay_out(pages).elements if isinstance(e, layout.Table) and e.method != "chart"]
        found[name] = tuple(part for t in tables for part in _by_page(t))
        timed[name] = []
        for one in pages:
            began = time.process_time()
            laid = lay_out([one])
            spent = time.process_time() - began
            has_table = any(isinstance(e, layout.Table) for e in laid.elements)
            timed[name].append(Timed(reading=reading, layout=spent, search=_search(one), has_table=has_table))
    every = [t for document in timed.values() for t in document]
    return Run(name="Crossfoot", tables=found, seconds=sum(t.reading + t.layout for t in every) / len(every))


def _search(one: Page) -> float:
    """Seconds that the search for ruled, framed and aligned tables takes on a page."""
    space = usual_gap(rows_of_words(one.words))
    rows = printed_rows(one.number, one.words, space)
    began = time.process_time()
    drawn_tables(one, space)
    list(with_tables(rows, rules=one.rules))
    return time.process_time() - began


def _by_page(found: layout.Table) -> Iterator[PageTable]:
    pages: dict[int, list[Placed]] = defaultdict(list)
    for cell in found.cells:
        if cell.text.words:
            placed = Placed(row=cell.row, col=cell.col, rowspan=cell.rowspan, colspan=cell.colspan, text=cell.text.text)
            pages[cell.text.words[0].page].append(placed)
    for number, cells in sorted(pages.items()):
        yield PageTable(page=number, cells=tuple(cells))


def _other(python: str, tool: str, paths: Sequence[Path], truth: Mapping[str, object]) -> Run | None:
    """What another program finds, run in its own environment; None where that has it not."""
    with tempfile.TemporaryDirectory(prefix="crossfoot-tables-") as folder:
        out = Path(folder) / "tables.jsonl"
        script = str(Path(__file__).with_name("other_finders.py"))
        if subprocess.run([python, script, tool, str(out), *map(str, paths)], check=False).returncode:
            return None
        lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    found: dict[str, list[PageTable]] = defaultdict(list)
    seconds = 0.0
    for line in lines:
        if "seconds" in line:
            seconds += line["seconds"]
            continue
        cells = tuple(Placed(**cell) for cell in line["cells"])
        found[document_of(line["pdf"], truth)].append(PageTable(page=line["page"], cells=cells))
    count = sum(len(read_pdf(path.read_bytes())) for path in paths)
    return Run(name=tool, tables={name: tuple(t) for name, t in found.items()}, seconds=seconds / count)


def _times(timed: Sequence[Timed]) -> Table:
    rows = []
    for name, own in (
        ("with a table", [t for t in timed if t.has_table]),
        ("without", [t for t in timed if not t.has_table]),
    ):
        search, laid, reading = ([getattr(t, what) for t in own] for what in ("search", "layout", "reading"))
        spent = median(search), max(search), median(laid), max(laid), median(reading)
        rows.append((name, len(own), *(f"{1000 * s:.1f}" for s in spent), spent[0] / spent[4]))
    columns = (
        "pages", "number", "search, median ms", "longest", "layout, median ms", "longest", "reading, median ms", "search to reading",
    )  # fmt: skip
    note = (
        "Of the processor. *reading*: words and rules from the file, on average over its document; *layout*: blocks and tables of the page; "
        "*search*: the part of that for ruled, framed and aligned tables."
    )
    return table("Time a page", columns, rows, note)


def _generated(archive: Path) -> Iterator[Table]:
    """Cells with their heads and labels in a generated archive, by how the documents were made."""
    by: dict[str, list[Counted]] = defaultdict(list)
    manifest = json.loads((archive / MANIFEST).read_text("utf-8"))
    for made in manifest["documents"]:
        gold = archive / made["gold"].replace(".gold.jsonl", ".tables.jsonl")
        path = archive / made["path"]
        if not gold.is_file() or made.get("scan"):
            continue
        read = stages.read_tables(path.read_bytes(), name=path.name, settings=stages.Settings())
        counted = count_cells(gold, [t for t in read if t.method != "chart"])
        form = f"{made['form']}, {made['producer']}" if made["form"] == "pdf" else made["form"]
        styled = [f"style {made['style']}"] if made["form"] == "pdf" else []
        for group in ("all", form, *styled):
            by[group].append(counted)
    rows = []
    for group, counts in sorted(by.items()):
        whole = sum(counts, Counted())
        rows.append((group, len(counts), whole.gold, whole.read, whole.right, whole.recall, whole.precision))
    options = " ".join(f"--{name} {value:g}" for name, value in manifest["arguments"].items())
    note = (
        f"Made by `crossfoot sample {options}` ({DOCUMENTS} without tables and scans left out). A cell is right with its text, the label of "
        "its row and all heads above it; cells of the first column are not counted."
    )
    columns = ("documents", "number", "cells", "read", "right", "recall", "precision")
    yield table("Cells of a generated archive", columns, rows, note)


if __name__ == "__main__":
    sys.exit(main())
