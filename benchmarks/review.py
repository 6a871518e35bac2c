"""How long the pages of the review take over a large store.

python -m benchmarks.review                             1,000 documents, 20,000 pages, 300,000 figures
python -m benchmarks.review --documents 100             a smaller store
python -m benchmarks.review --store FOLDER              fill it once, and use it again
python -m benchmarks.review --write docs/review-speed.md

The store is filled with invented reports straight through its writing functions: four measures, each with totals, stages, teams and
outcomes that add up, their shares and last year's figures, over twenty pages of print; one comparative in fifty and one total in a
hundred are wrong. It is reconciled, and one suspect in five is decided on. Then the application is asked for each of its pages again and
again, with another document, figure or council every time.
"""

import argparse
import http.client
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.machine import this_machine
from benchmarks.report import Table, page, table, write_into
from benchmarks.review_store import fill_review
from benchmarks.serving import served
from pipeline.store.database import Store, open_store
from pipeline.store.tables import decisions, documents, figures, findings, marks, observations, pages, suspects
from schemas.errors import CrossfootError

_TIMES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One kind of page: milliseconds of each request by the clock, and those that the processor worked on it; bytes (the median)."""

    name: str
    clock: tuple[float, ...]
    processor: tuple[float, ...]
    size: int


def p95(values: Sequence[float]) -> float:
    """What nineteen of twenty stay below."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was asked for."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__, formatter_class=form)
    parser.add_argument("--documents", type=int, default=1000, help="how many; 1000")
    parser.add_argument("--times", type=int, default=_TIMES, help=f"how often each page is asked for; {_TIMES}")
    parser.add_argument("--store", type=Path, metavar="FOLDER", help="keep the store here, or use the one that is here")
    parser.add_argument("--write", type=Path, metavar="PAGE.md", help="put the tables into the marked part of a page")
    asked = parser.parse_args(arguments)
    machine = this_machine()
    try:
        with tempfile.TemporaryDirectory(prefix="crossfoot-review-") as temporary:
            folder = asked.store or Path(temporary) / "store"
            tables = measure(folder, asked.documents, asked.times)
        text = page(f"Run: {machine}.", tables)
        sys.stdout.write(text)
        if asked.write:
            write_into(asked.write, text)
    except CrossfootError as error:
        print(f"benchmarks.review: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def measure(folder: Path, many: int, times: int) -> list[Table]:
    """Fill a store, unless it is there, and time the pages over it."""
    if not (folder / "crossfoot.db").exists():
        store = open_store(str(folder), create=True)
        fill_review(store, many)
        store.close()
    store = open_store(str(folder))
    try:
        with served(store) as address:
            timings = list(_timed(address, store, times))
        return [_sizes(store), _table(timings)]
    finally:
        store.close()


def _timed(address: str, store: Store, times: int) -> Iterator[Timing]:
    host = address.removeprefix("http://")
    chance = random.Random(1)
    for name, path_of in _kinds(store).items():
        took, worked, sizes = [], [], []
        connection = http.client.HTTPConnection(host, timeout=60)
        for _ in range(times):
            path = path_of(chance)
            begin, used = time.perf_counter(), time.process_time()
            connection.request("GET", path)
            answer = connection.getresponse()
            content = answer.read()
            took.append(1000 * (time.perf_counter() - begin))
            worked.append(1000 * (time.process_time() - used))
            sizes.append(len(content))
            if answer.status != 200:
                raise CrossfootError(f"{path} answered {answer.status}.")
        connection.close()
        size = int(statistics.median(sizes))
        yield Timing(name=name, clock=tuple(took), processor=tuple(worked), size=size)


def _kinds(store: Store) -> dict[str, Callable[[random.Random], str]]:
    """Every page, as an address that is another one each time."""
    with store.reading() as connection:
        keys = [key[:16] for key in connection.scalars(select(documents.c.key))]
        councils = list(connection.scalars(select(documents.c.authority_code).distinct()))
        queued = list(connection.scalars(select(suspects.c.figure_id)))
        found = connection.execute(select(findings.c.finding_id, findings.c.scope)).all()
        series = list(connection.scalars(select(observations.c.series_id).distinct().limit(5000)))
        doubtful = connection.execute(
            select(figures.c.figure_id, figures.c.page, documents.c.key)
            .join(documents, documents.c.id == figures.c.document_id)
            .where(figures.c.grade == "doubtful")
            .limit(3000)
        ).all()
    within, across = [f for f, scope in found if not scope], [f for f, scope in found if scope]
    number = range(1, 21)

    def chosen(chance: random.Random) -> str:
        figure_id, on, key = chance.choice(doubtful)
        return f"/documents/{key[:16]}/{on}?figure={figure_id}"

    return {
        "overview": lambda chance: "/",
        "documents": lambda chance: f"/documents?page={chance.choice(range(1, max(2, len(keys) // 50)))}",
        "documents of a council": lambda chance: f"/documents?authority={chance.choice(councils)}",
        "document page": lambda chance: f"/documents/{chance.choice(keys)}/{chance.choice(number)}",
        "document page, a figure chosen": chosen,
        "queue": lambda chance: f"/queue/{chance.choice(queued)}",
        "queue, filtered": lambda chance: (
            f"/queue/{chance.choice(queued)}?authority={chance.choice(councils)}&grade=doubtful"
        ),
        "queue, decided": lambda chance: f"/queue/{chance.choice(queued)}?state=decided",
        "findings": lambda chance: f"/findings?page={chance.choice(range(1, max(2, len(found) // 50)))}",
        "findings of a council": lambda chance: f"/findings?authority={chance.choice(councils)}&severity=medium",
        "finding": lambda chance: f"/findings/{chance.choice(within)}",
        "finding across documents": lambda chance: f"/findings/{chance.choice(across)}",
        "series": lambda chance: f"/series?authority={chance.choice(councils)}",
        "one series": lambda chance: f"/series/{chance.choice(series)}",
        "page picture, first time": _first_time(keys),
        "page picture, again": lambda chance: f"/documents/{keys[0]}/1/picture/1600.png",
    }


def _first_time(keys: Sequence[str]) -> Callable[[random.Random], str]:
    """Addresses of pictures that nobody has asked for yet: every document's pages are of a file of its own."""
    waiting = iter([(key, on) for on in range(1, 21) for key in keys[1:]])

    def address(_chance: random.Random) -> str:
        key, on = next(waiting)
        return f"/documents/{key}/{on}/picture/1600.png"

    return address


def _sizes(store: Store) -> Table:
    with store.reading() as connection:
        rows = [
            (name, f"{connection.scalar(select(func.count()).select_from(of)):,}")
            for name, of in (
                ("documents", documents),
                ("pages", pages),
                ("figures", figures),
                ("numbers on the pages", marks),
                ("findings", findings),
                ("figures to decide on", suspects),
                ("decisions", decisions),
                ("observations", observations),
            )
        ]
    return table("The store", ("what", "how many"), rows)


def _table(timings: Sequence[Timing]) -> Table:
    rows = [
        (
            one.name,
            *(f"{of(values):.0f}" for values in (one.clock, one.processor) for of in (statistics.median, p95)),
            f"{one.size / 1024:.0f}",
        )
        for one in timings
    ]
    note = (
        f"Milliseconds from the request to the last byte of the answer, over {len(timings[0].clock)} requests each, one after the other: by "
        "the clock, and what the processor worked on it, server and client together, which is what the clock says where nothing else runs."
    )
    columns = ("page", "clock: median", "p95", "processor: median", "p95", "KiB")
    return table("Pages", columns, rows, note)


if __name__ == "__main__":
    sys.exit(main())
