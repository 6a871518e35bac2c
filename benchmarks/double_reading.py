"""How well numbers of scans are read by two readers, and whether confidence means what it says.

python -m benchmarks.double_reading                                   make papers, scan and read them, hold them against the truth
python -m benchmarks.double_reading --pages 100 --seed 902            more or other pages
python -m benchmarks.double_reading --fit                             fit the weights of confidence, on papers of another seed
python -m benchmarks.double_reading --write docs/double-reading.md --plot docs/reliability.png
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from benchmarks.calibration import Bin, calibration_error, fit, reliability
from benchmarks.machine import this_machine
from benchmarks.plots import draw_reliability
from benchmarks.report import Table, page, table, write_into
from benchmarks.scanned import Scanned, printed_on, scanned_papers
from extractors.document import extract
from extractors.language.numbers import find_numbers
from extractors.reading.ocr.raster import Raster
from extractors.reading.second.compare import compare, digits_of
from extractors.reading.second.recogniser import load_recogniser
from extractors.reading.second.rereading import read_again
from fixtures.sample.archive import Order, load_producers, make_archive
from pipeline.evaluate import Key, Statement
from pipeline.reconcile.checks import check
from pipeline.reconcile.confidence import WEIGHTS, confidence, features, load_weights
from pipeline.reconcile.readings import settle
from schemas.errors import CrossfootError
from schemas.figures import Figure, Grade
from schemas.pages import Page

_FITTED, _JUDGED = (901, 903), 902  # seeds: weights that are fitted on one archive alone are those of its papers
# On a hundred pages the two readers differ on too few figures to say what that means.
_PAGES_TO_FIT = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One number on a page: what each reader read, what is used, and what is printed. `kind` is how the page was scanned."""

    kind: str
    first: str
    second: str
    used: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One figure. `misread` tells that its value is not printed there (None: it could not be told), `right` that gold states it."""

    figure: Figure
    grade: Grade
    misread: bool | None
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a run found out. Times are seconds of the processor."""

    pages: int
    tokens: tuple[Token, ...]
    figures: tuple[Judged, ...]
    second_seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, judge, print, and write what was asked for."""
    asked = _arguments(arguments)
    machine = this_machine()
    try:
        if asked.fit:
            pages = max(asked.pages, _PAGES_TO_FIT) // len(_FITTED)
            _fit([measure(papers(seed, pages)) for seed in _FITTED])
        found = measure(papers(asked.seed, asked.pages))
    except CrossfootError as error:
        print(f"benchmarks.double_reading: {error}", file=sys.stderr)
        return error.exit_code
    report = page(f"Run: {machine}.\n\nPapers of seed {asked.seed}, {found.pages} pages.", tables(found))
    sys.stdout.write(report)
    if asked.write:
        write_into(asked.write, report)
    if asked.plot:
        draw_reliability(asked.plot, _bins(found), calibration_error(_bins(found)))
    return 0


def papers(seed: int, pages: int) -> Iterator[Scanned]:
    """Scans of generated papers, made for the purpose and thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "papers"
        make_archive(
            archive, Order(councils=max(3, pages // 7), years=1, seed=seed, scans=0.0), load_producers(), workers=2
        )
        yield from scanned_papers(archive, seed * 1000, pages)


def measure(scans: Iterator[Scanned]) -> Measured:
    """Read the numbers of the scans again, extract figures and check them, and hold both against what is printed."""
    tokens: list[Token] = []
    figures: list[Judged] = []
    pages, seconds = 0, 0.0
    for scan in scans:
        began = time.process_time()
        read = [_again(one.page, one.raster) for one in scan.read]
        seconds += time.process_time() - began
        pages += len(read)
        tokens += _tokens(scan, read)
        figures += _figures(scan, read)
    return Measured(pages=pages, tokens=tuple(tokens), figures=tuple(figures), second_seconds=seconds)


def _again(once: Page, raster: Raster) -> Page:
    """The page read twice, left in the frame that it was read in."""
    return replace(read_again(once, raster, load_recogniser(), first="Tesseract"), placing=None)


def _tokens(scan: Scanned, read: Sequence[Page]) -> Iterator[Token]:
    """The words that are one number in print and were read as one word."""
    for truth, of_page in zip(scan.truth, read, strict=True):
        printed_at = printed_on(truth, of_page)
        for word in of_page.words if printed_at else ():
            printed = printed_at(word.bbox) if word.readings and printed_at else ""
            if len(digits_of(printed)) == 1 and " " not in printed:
                first, second = word.readings
                yield Token(kind=scan.kind, first=first.text, second=second.text, used=word.text, printed=printed)


def _figures(scan: Scanned, read: Sequence[Page]) -> Iterator[Judged]:
    """The figures of a paper after its checks, each with what is printed in its place and whether gold states it."""
    reading = extract(read, pdf=b"", file_name=scan.name, folder=scan.folder)
    figures = settle(reading.figures, reading.relations)
    checked = check(figures, reading.relations, period=reading.identity.period)
    printed_at = [printed_on(truth, of_page) for truth, of_page in zip(scan.truth, read, strict=True)]
    stated = {s.core(dims) for s in scan.gold.statements for dims in (s.dims, *s.alternatives)}
    for figure in figures:
        of_page = printed_at[figure.evidence.page - 1]
        printed = of_page(figure.evidence.bbox) if of_page else None
        yield Judged(
            figure=figure,
            grade=checked.grade(figure),
            misread=None if printed is None else _misread(figure, printed),
            right=_core(figure) in stated,
        )


def _misread(figure: Figure, printed: str) -> bool:
    """Whether a figure has a value that is not printed in its place."""
    if figure.value is None:
        return False
    numbers = {abs(n.value) for n in find_numbers(printed) if n.value is not None}
    return abs(figure.value) not in numbers | {Decimal(digits) for digits in digits_of(printed)}


def _core(figure: Figure) -> Key:
    """What a figure states, as gold is keyed."""
    value = None if figure.value is None else float(figure.value)
    period = figure.period.code if figure.period else None
    dims = dict(figure.dims)
    return Statement(
        measure=figure.measure, statistic=figure.statistic, value=None if value is None else round(value, 4), period=period, dims=dims
    ).core()  # fmt: skip


def tables(found: Measured) -> Iterator[Table]:
    """The results."""
    yield _readers(found.tokens)
    yield _grades(found.figures)
    yield _agreements(found.figures)
    yield _calibration(found)
    per_page = found.second_seconds / max(found.pages, 1)
    yield table("Time of the second reader", ("", "seconds"), [("a page", per_page)])


def _readers(tokens: Sequence[Token]) -> Table:
    kinds = sorted({t.kind for t in tokens})
    rows = [_reader_row(kind, [t for t in tokens if t.kind == kind]) for kind in kinds]
    columns = (
        "scanned as",
        "numbers",
        "Tesseract wrong",
        "recogniser wrong",
        "both wrong alike",
        "readers differ",
        "used wrong",
    )
    note = "Shares of the numbers that Tesseract found, each a single word, by what is printed there."
    return table("Misread numbers", columns, [*rows, _reader_row("all", tokens)], note)


def _reader_row(name: str, tokens: Sequence[Token]) -> tuple[object, ...]:
    first, second, used = (
        [compare(text, t.printed) != "agree" for text, t in zip(texts, tokens, strict=True)]
        for texts in ([t.first for t in tokens], [t.second for t in tokens], [t.used for t in tokens])
    )
    differ = [compare(t.first, t.second) != "agree" for t in tokens]
    alike = [a and not d for a, d in zip(first, differ, strict=True)]
    return (name, len(tokens), *(_share(hits) for hits in (first, second, alike, differ, used)))


def _grades(figures: Sequence[Judged]) -> Table:
    rows = [
        _grade_row(grade, [f for f in figures if f.grade == grade])
        for grade in ("proved", "read", "doubtful", "unreadable")
    ]
    trusted = _grade_row("proved or read", [f for f in figures if f.grade in ("proved", "read")])
    note = "A number is misread when its value is not printed in its place; a figure is right when gold states it (measure, statistic, value, period, stage)."  # noqa: E501
    columns = ("grade", "figures", "share", "misread", "misread of 1,000", "right")
    return table(
        "Figures by grade", columns, [(r[0], r[1], r[1] / max(len(figures), 1), *r[2:]) for r in (*rows, trusted)], note
    )


def _grade_row(name: str, figures: Sequence[Judged]) -> tuple[str, int, int, str, float]:
    misread = sum(bool(f.misread) for f in figures)
    told = sum(f.misread is not None for f in figures)
    return name, len(figures), misread, f"{1000 * misread / max(told, 1):.1f}", _share([f.right for f in figures])


def _agreements(figures: Sequence[Judged]) -> Table:
    why = Counter((f.figure.evidence.agreement or "number in words", f.grade) for f in figures)
    names = sorted({agreement for agreement, _ in why})
    grades: tuple[Grade, ...] = ("proved", "read", "doubtful", "unreadable")
    rows = [(name.replace("_", " "), *(why[name, grade] for grade in grades)) for name in names]
    return table("How the two readings of figures compare", ("", *grades), rows)


def _calibration(found: Measured) -> Table:
    bins = _bins(found)
    rows = [(f"{b.confidence:.3f}", b.cases, b.right) for b in bins]
    note = f"Expected calibration error {calibration_error(bins):.4f}: the mean distance of confidence and share that is right."
    return table("Confidence", ("mean confidence", "figures", "right"), rows, note)


def _bins(found: Measured) -> tuple[Bin, ...]:
    return reliability((confidence(f.figure, f.grade), f.right) for f in found.figures if f.figure.evidence.readings)


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / max(len(hits), 1)


def _fit(found: Sequence[Measured]) -> None:
    """Write the weights of confidence anew, fitted on one archive of each seed."""
    figures = [f for archive in found for f in archive.figures if f.figure.evidence.readings]
    weights = fit([features(f.figure, f.grade) for f in figures], [f.right for f in figures])
    pages, seeds = sum(archive.pages for archive in found), " and ".join(map(str, _FITTED))
    lines = [
        "# Weights of features in log-odds; see confidence.py. Written by `python -m benchmarks.double_reading --fit`.",
        f"fitted: {len(figures)} figures on {pages} generated scans of seeds {seeds}",
        "weights:",
        *(f"  {name}: {weight}" for name, weight in weights.items()),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")
    load_weights.cache_clear()


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.double_reading", description=__doc__.split("\n", 1)[0] if __doc__ else ""
    )
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=_JUDGED)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--plot", type=Path)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
