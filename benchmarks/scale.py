"""How long the reconciliation of a whole store takes, and how much memory, as the store grows.

python -m benchmarks.scale                             10,000 and 100,000 figures
python -m benchmarks.scale 10000 100000 1000000        these many
python -m benchmarks.scale --write docs/scale.md --plot docs/scale.svg

The store is filled with invented reports straight through its writing functions: councils with a report a year, each with totals, stages,
teams and outcomes that add up, their shares, and last year's figures beside this year's. One comparative in fifty is not what the
year's own report said. Each size is reconciled by `crossfoot reconcile` in a process of its own.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.machine import this_machine
from benchmarks.report import Table, page, table, write_into
from pipeline.store.database import Store, open_store
from pipeline.store.rows import identity_row, rows_of
from pipeline.store.tables import documents
from pipeline.store.writing import write_document
from schemas.authorities import load_authorities
from schemas.documents import Identity, PageFacts, Reading
from schemas.errors import CrossfootError
from schemas.figures import Dims, Evidence, Figure, Statistic
from schemas.pages import BBox
from schemas.periods import Period
from schemas.relations import Relation

SIZES = (10_000, 100_000)
_TEAMS = (
    "Fostering",
    "Adoption",
    "Assessment",
    "Children in Care",
    "Disabled Children",
    "Leaving Care",
    "First Contact",
    "Family Support",
)
_FIRST_YEAR, _YEARS = 2006, 18
_RESTATED = 50
# Seconds between two looks at the memory.
_WATCH = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One size: seconds of filling and of reconciling, the most memory that all its processes took together, and what it found."""

    figures: int
    documents: int
    filling: float
    reconciling: float
    across: float
    processor: float
    memory_mib: float
    store_mib: float
    findings: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was asked for."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__, formatter_class=form)
    parser.add_argument("sizes", type=int, nargs="*", metavar="N", help="how many figures; 10000 100000")
    parser.add_argument("--write", type=Path, metavar="PAGE.md", help="put the table into the marked part of a page")
    parser.add_argument("--plot", type=Path, metavar="PICTURE", help="draw time and memory over size")
    asked = parser.parse_args(arguments)
    machine = this_machine()
    try:
        found = [measure(size) for size in asked.sizes or SIZES]
        text = page(f"Run: {machine}.", [_table(found)])
        sys.stdout.write(text)
        if asked.plot:
            plot(found, asked.plot)
        if asked.write:
            write_into(asked.write, text)
    except CrossfootError as error:
        print(f"benchmarks.scale: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def measure(size: int) -> Scale:
    """Fill a store with at least `size` figures, and reconcile it: first all, then the documents against each other alone."""
    with tempfile.TemporaryDirectory(prefix="crossfoot-scale-") as folder:
        begin = time.perf_counter()
        store = open_store(folder, create=True)
        try:
            papers, figures = fill(store, size)
        finally:
            store.close()
        filling = time.perf_counter() - begin
        took = _run(folder)
        store_mib = (Path(folder) / "crossfoot.db").stat().st_size / (1 << 20)
        return Scale(figures=figures, documents=papers, filling=filling, store_mib=store_mib, **took)


def _run(folder: str) -> dict[str, Any]:
    """Reconcile the store in processes of their own, and watch what they take together."""
    command = [sys.executable, "-m", "benchmarks.scale_run", folder]
    most, used = 0.0, dict[int, float]()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as ran:
        while ran.poll() is None:
            seen = list(_session(ran.pid))
            most = max(most, sum(memory for _, memory, _ in seen))
            used |= {process: seconds for process, _, seconds in seen}
            time.sleep(_WATCH)
        out, err = ran.communicate()
    if ran.returncode:
        raise CrossfootError(f"Reconciling failed: {err.strip()[-500:]}")
    return {**json.loads(out), "memory_mib": most, "processor": sum(used.values())}


def _session(session: int) -> Iterator[tuple[int, float, float]]:
    """The processes of a session: MiB that each holds, shared pages divided (PSS), and seconds of the processor that it has used."""
    for entry in (entry for entry in Path("/proc").iterdir() if entry.name.isdigit()):
        try:
            if os.getsid(int(entry.name)) != session:
                continue
            rollup = (entry / "smaps_rollup").read_text("ascii")
            times = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if "Pss:" in rollup:
            memory = int(rollup.partition("Pss:")[2].split()[0]) / 1024
            yield int(entry.name), memory, (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")


def fill(store: Store, size: int) -> tuple[int, int]:
    """Write invented reports until there are `size` figures; how many reports and figures there are."""
    councils = [a for a in load_authorities().authorities if a.social_care and a.nation == "England" and a.code]
    written = papers = 0
    for number in range(len(councils) * _YEARS * 1000):
        council, year = councils[number // _YEARS % len(councils)], _FIRST_YEAR + number % _YEARS
        # When all councils have had their years, the next copies are of councils that do not exist.
        turn = number // (_YEARS * len(councils))
        name, code = (council.name, council.code) if not turn else (f"{council.name} {turn}", f"{council.code}-{turn}")
        reading = report_of(name, code, Period.financial(year))
        _write(store, f"{code}_{year}.txt", reading)
        papers, written = papers + 1, written + len(reading.figures)
        if written >= size:
            break
    return papers, written


def _write(store: Store, name: str, reading: Reading) -> None:
    key = hashlib.sha256(name.encode()).hexdigest()
    with store.writing() as connection:
        values = {"key": key, "sha256": key, "name": name, "size": 1, "status": "pending"}
        number = connection.execute(insert(documents).values(values).returning(documents.c.id)).scalar_one()
    write_document(store, number, identity_row(reading.identity), rows_of(reading, number))


def report_of(name: str, code: str, period: Period) -> Reading:
    """A report on one year: its own figures, and last year's beside them."""
    own, before = list(_table_of(code, period)), list(_table_of(code, period.previous()))
    figures: list[Figure] = []
    relations: list[Relation] = []
    for of, counts in ((period, own), (period.previous(), before)):
        ids = [f"{code}-{period.code}-{of.code}-{i}".replace("/", "_") for i in range(2 * len(counts))]
        total = counts[0][1]
        chance = random.Random(f"{code} {period.code} {of.code}")
        for i, (dims, value) in enumerate(counts):
            told = value + 1 if of is not period and chance.randrange(_RESTATED) == 0 else value
            figures.append(_figure(ids[2 * i], "count", dims, Decimal(told), of, period, 0))
            if i:
                share = (Decimal(100 * value) / total).quantize(Decimal("0.1")) if total else Decimal(0)
                figures.append(_figure(ids[2 * i + 1], "percent_of", dims, share, of, period, 1))
                relations.append(
                    Relation(
                        relation_id=f"s-{ids[2 * i]}",
                        kind="share",
                        figure_ids=(ids[2 * i], ids[0], ids[2 * i + 1]),
                        roles=("part", "whole", "percent"),
                    )
                )
        parts = tuple(ids[2 * i] for i in range(1, len(_TEAMS) + 1))
        roles = ("whole", *["part"] * len(parts))
        relations.append(Relation(relation_id=f"t-{ids[0]}", kind="sum", figure_ids=(ids[0], *parts), roles=roles))
    identity = Identity(
        authority=name,
        authority_code=code,
        authority_reason="invented",
        period=period,
        period_reason="invented",
        type="annual_report",
        type_reason="invented",
        service="Children's Services",
    )
    page_facts = PageFacts(number=1, width=595, height=842, source="text", source_reason="", words=1)
    return Reading(
        identity=identity,
        pages=(page_facts,),
        figures=tuple(figures),
        relations=tuple(relations),
        marks=(),
        problems=(),
    )


def _table_of(code: str, period: Period) -> Iterator[tuple[Dims, int]]:
    """Counts of a council in a year: a total, its teams, stages and outcomes. The same whoever asks."""
    chance = random.Random(f"{code} {period.code}")
    teams = [chance.randint(2, 60) for _ in _TEAMS]
    yield (), sum(teams)
    for name, value in zip(_TEAMS, teams, strict=True):
        yield (("team", name),), value
    for stage in ("1", "2", "3"):
        yield (("stage", stage),), chance.randint(0, 60 // int(stage))
        for outcome in ("upheld", "partly_upheld", "not_upheld"):
            yield (("outcome", outcome), ("stage", stage)), chance.randint(0, 30 // int(stage))


def _figure(
    figure_id: str, statistic: Statistic, dims: Dims, value: Decimal, of: Period, own: Period, decimals: int
) -> Figure:
    evidence = Evidence(
        page=1, bbox=BBox(72, 72, 90, 84), printed=str(value), snippet=f"{dims} | {value}", rule="table"
    )
    return Figure(
        figure_id=figure_id,
        measure="complaints",
        statistic=statistic,
        dims=dims,
        value=value,
        unit="percent" if statistic == "percent_of" else "count",
        decimals=decimals,
        period=of,
        role="current" if of is own else "comparative",
        evidence=evidence,
    )


def _table(found: Sequence[Scale]) -> Table:
    rows = [
        (
            one.figures,
            one.documents,
            f"{one.reconciling:.1f}",
            f"{1e6 * one.reconciling / one.figures:.0f}",
            f"{one.across:.1f}",
            f"{one.processor:.1f}",
            f"{one.memory_mib:,.0f}",
            f"{one.store_mib:,.0f}",
            one.findings,
            f"{one.filling:.1f}",
        )
        for one in found
    ]
    columns = ("figures", "documents", "reconcile, s", "µs a figure", "across documents alone, s",
        "processor for both, s", "memory, MiB", "store, MiB", "findings", "filling, s")  # fmt: skip
    note = "`crossfoot reconcile` over the whole store: each document by itself, then the documents of each council against each other."
    return table("Reconciling a store", columns, [tuple(map(_text, row)) for row in rows], note)


def _text(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def plot(found: Sequence[Scale], target: Path) -> None:
    """Seconds and memory over the number of figures, on logarithmic axes, with a line of growth in proportion."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "crossfoot"
    from matplotlib import pyplot

    sizes = [one.figures for one in found]
    drawing, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    axes.loglog(sizes, [one.reconciling for one in found], "o-", label="reconcile, seconds")
    axes.loglog(sizes, [one.across for one in found], "o-", label="across documents alone, seconds")
    axes.loglog(sizes, [one.memory_mib / 1024 for one in found], "s--", label="memory, GiB")
    axes.loglog(
        sizes, [found[0].reconciling * size / sizes[0] for size in sizes], ":", color="grey", label="in proportion"
    )
    axes.set_xlabel("figures in the store")
    axes.legend()
    axes.grid(visible=True, which="both", alpha=0.3)
    drawing.savefig(target, metadata={"Date": None})
    pyplot.close(drawing)


if __name__ == "__main__":
    sys.exit(main())
