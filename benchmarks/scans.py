"""How right figures are on scans against the same documents born-digital, and how fast scanned pages are read.

    python -m benchmarks.scans                             both, on generated archives and on texts that are typeset and scanned
    python -m benchmarks.scans --councils 4 --every 4      a larger archive, every 4th text
    python -m benchmarks.scans --speed                     only how fast, and with how much memory
    python -m benchmarks.scans --write docs/scans.md       put the tables into that page

Times are of the processor, one page after the other in one process, and of one run, so that their ratios mean something on a
machine that does other work too. OCRmyPDF is compared where it is installed (pip install ocrmypdf).
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.corpora import read_corpus
from benchmarks.machine import this_machine
from benchmarks.report import Table, page, table, write_into
from benchmarks.scan_sets import GENERATED, ScanSet, known_sets
from benchmarks.scoring import Scored, score, total
from benchmarks.speed import frozen_code, times_twice
from extractors.reading.ocr.prepare import prepare
from extractors.reading.ocr.raster import Image, draw_page
from extractors.reading.ocr.scans import read_once, read_page
from extractors.reading.ocr.tesseract import Reader, data_folder, find_reader
from extractors.reading.pdf import open_pdf
from extractors.reading.rendition import render
from extractors.reading.second.recogniser import LineReader, SecondReaderError, load_recogniser
from extractors.reading.sniff import sniff
from pipeline.evaluate import Score
from schemas.errors import CrossfootError
from schemas.pages import Page

_UNKNOWN = Page(number=1, width=0, height=0, source="none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A set of documents, read as scans and born-digital."""

    name: str
    scans: Scored
    digital: Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One way to read the same pages: processor seconds for all of them."""

    name: str
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was asked for."""
    asked = _arguments(arguments)
    machine = this_machine()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        with tempfile.TemporaryDirectory(prefix="crossfoot-scans-") as scratch:
            sets = known_sets(
                Path(scratch), councils=asked.councils, years=asked.years, seeds=asked.seed, every=asked.every
            )
            compared = [] if asked.speed else [compare(one, workers=machine.cores) for one in sets]
            pdfs = list(_some_pdfs(sets, Path(scratch) / "pdfs", asked.pages))
            tables = [_accuracy(compared), _by_document(compared)] if compared else []
            tables += [*_speed_tables(pdfs), _memory(pdfs), _twice(sets, Path(scratch))]
        report = page(f"Run: {machine}.", tables)
        sys.stdout.write(report)
        if asked.write:
            write_into(asked.write, report)
    except CrossfootError as error:
        print(f"benchmarks.scans: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def compare(documents: ScanSet, *, workers: int) -> Compared:
    """Read a set both ways and hold it against its gold."""
    scans, digital = (score(read_corpus(c, workers=workers)) for c in (documents.scans, documents.digital))
    return Compared(name=documents.name, scans=scans, digital=digital)


def measure(pdfs: Sequence[Path]) -> tuple[int, list[Timed]]:
    """The number of pages of some scans, and the processor time that each way to read them takes."""
    pages = sum(1 for pdf in pdfs for _ in _images(pdf))
    reader, second = find_reader(), _second()
    reader.read([np.full((60, 60), 255, np.uint8)], "line")  # loads the model
    timed = [
        Timed(name="bare Tesseract in process", seconds=_processor(lambda: _bare(pdfs))),
        Timed(name="first reader", seconds=_processor(lambda: _each(pdfs, reader, None))),
    ]
    if second is not None:
        _each(pdfs[:1], reader, second)
        timed.append(Timed(name="both readers", seconds=_processor(lambda: _each(pdfs, reader, second))))
    if shutil.which("ocrmypdf", path=_programs()):
        timed.append(Timed(name="OCRmyPDF", seconds=_processor(lambda: _ocrmypdf(pdfs))))
    return pages, timed


def _bare(pdfs: Sequence[Path]) -> None:
    """What anybody would do: each page drawn and given to Tesseract, with its usual settings."""
    import tesserocr

    with tesserocr.PyTessBaseAPI(path=f"{data_folder(['eng'])}/", lang="eng") as api:
        for image in (image for pdf in pdfs for image in _images(pdf)):
            height, width = image.shape
            api.SetImageBytes(image.tobytes(), width, height, 1, width)
            api.Recognize()
            api.GetTSVText(0)


def _each(pdfs: Sequence[Path], reader: Reader, second: LineReader | None) -> None:
    for pdf in pdfs:
        with open_pdf(pdf.read_bytes()) as document:
            for loaded in document:
                if second is None:
                    read_once(loaded, _UNKNOWN, reader)
                else:
                    read_page(loaded, _UNKNOWN, reader, second)


def _ocrmypdf(pdfs: Sequence[Path]) -> None:
    program = shutil.which("ocrmypdf", path=_programs())
    for pdf in pdfs:
        made = pdf.with_suffix(".ocr")
        command = [program, "--output-type", "pdf", "--jobs", "1", "--quiet", "--force-ocr", pdf, made]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # type: ignore[arg-type]
        if done.returncode:
            raise CrossfootError(f"OCRmyPDF failed: {done.stderr.strip()[-200:]}")


def _programs() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"


def _second() -> LineReader | None:
    try:
        return load_recogniser()
    except SecondReaderError:
        return None


def _images(pdf: Path) -> Iterator[Image]:
    with open_pdf(pdf.read_bytes()) as document:
        for loaded in document:
            yield draw_page(loaded)[0]


def _some_pdfs(sets: Sequence[ScanSet], folder: Path, pages: int) -> Iterator[Path]:
    """Scans as PDF, from all sets by turns, until there are so many pages."""
    folder.mkdir()
    files = [sorted(p for d in one.scans.documents for p in d.rglob("*") if p.is_file()) for one in sets]
    for turn in range(max(map(len, files))):
        for path in (group[turn] for group in files if turn < len(group)):
            if pages <= 0:
                return
            content = path.read_bytes()
            made = folder / f"{turn}-{path.stem}.pdf"
            made.write_bytes(render(content, sniff(content)).pdf)
            pages -= sum(1 for _ in _images(made))
            yield made


def _is_upright(pdf: Path) -> bool:
    """Whether all pages of a scan lie as they are read; of others bare Tesseract reads hardly anything, in hardly any time."""
    made = (prepare(image) for image in _images(pdf))
    return all(prepared is None or prepared.turning.quarter_turns == 0 for prepared in made)


def _peak_memory(pdf: Path) -> int:
    """Megabytes at most of a process that reads a PDF by both readers, its pages drawn at 300 dots an inch.

    By the kernel's VmHWM: what getrusage tells is never less than what the parent took before the program was started.
    """
    code = (
        "import sys\nfrom pathlib import Path\nfrom benchmarks import scans\n"
        "from extractors.reading.ocr import raster\nraster.resolution = lambda page: 300.0\n"
        "scans._each([Path(sys.argv[1])], scans.find_reader(), scans._second())\n"
        "status = Path('/proc/self/status').read_text().splitlines()\n"
        "print(next(int(line.split()[1]) // 1024 for line in status if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(pdf)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def _processor(work: Callable[[], None]) -> float:
    """Seconds of the processor that work takes, here and in the programs that it starts."""
    before = time.process_time() + _of_children()
    work()
    return time.process_time() + _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _accuracy(compared: Sequence[Compared]) -> Table:
    made = [one for one in compared if one.name.startswith(GENERATED)]
    groups = [(one.name, [one]) for one in compared] + ([("all generated", made)] if len(made) > 1 else [])
    rows = []
    for name, group in groups:
        scans = total(document for one in group for document in one.scans.documents)[0]
        digital = total(document for one in group for document in one.digital.documents)[0]
        documents = sum(len(one.scans.documents) for one in group)
        lost = 100 * (digital.f1 - scans.f1)
        rows.append((name, documents, digital.required, *_parts(digital), *_parts(scans), lost))
    columns = ("", "documents", "figures in gold", "born-digital: precision", "recall", "F1", "scans: precision", "recall",
               "F1", "points of F1 lost (target: 3)")  # fmt: skip
    return table("Figures of scans and of the same documents born-digital, core", columns, rows)


def _by_document(compared: Sequence[Compared]) -> Table:
    rows = []
    for one in compared:
        digital = {d.head.stem: d.score.core for d in one.digital.documents}
        for document in sorted(one.scans.documents, key=lambda d: d.score.core.f1):
            core = document.score.core
            kind = document.head.scan or "200 dpi, JPEG 40"
            rows.append((document.head.stem, kind, core.required, digital[document.head.stem].f1, core.f1))
    return table("By document, the worst first", ("", "scan", "figures", "born-digital F1", "scan F1"), rows)


def _parts(core: Score) -> tuple[float, float, float]:
    return core.precision, core.recall, core.f1


def _speed_tables(pdfs: Sequence[Path]) -> list[Table]:
    """Upright pages apart from others."""
    upright = [pdf for pdf in pdfs if _is_upright(pdf)]
    turned = [pdf for pdf in pdfs if pdf not in upright]
    groups = (("Speed, upright pages", upright), ("Speed, pages on their side or upside down", turned))
    return [_speed(name, *measure(group)) for name, group in groups if group]


def _speed(title: str, pages: int, times: Sequence[Timed]) -> Table:
    seconds = {one.name: one.seconds for one in times}
    rows = []
    for one in times:
        ratios = [seconds[other] / one.seconds if other in seconds else None for other in ("OCRmyPDF", "bare Tesseract in process")]  # fmt: skip
        rows.append((one.name, one.seconds / pages, 60 * pages / one.seconds, *ratios))
    note = f"{pages} pages, processor time. Targets, for both readers: 1.8 times as fast as OCRmyPDF, 0.85 of bare Tesseract."
    columns = ("", "seconds a page", "pages a minute a core", "times OCRmyPDF", "times bare Tesseract")
    return table(title, columns, rows, note)


def _memory(pdfs: Sequence[Path]) -> Table:
    rows = [(pdf.stem.partition("-")[2], sum(1 for _ in _images(pdf)), _peak_memory(pdf)) for pdf in pdfs]
    note = "Megabytes at most of a process that reads all pages of a document by both readers, drawn at 300 dpi (target: 600)."
    return table("Memory", ("", "pages", "megabytes"), rows, note)


def _twice(sets: Sequence[ScanSet], scratch: Path) -> Table:
    """All scans of all sets are imported: of a dozen pages the second time would be that of starting Python."""
    folder = scratch / "scans"
    for one in sets:
        for documents in one.scans.documents:
            shutil.copytree(documents, folder / one.name, dirs_exist_ok=True)
    files = [path for path in folder.rglob("*") if path.is_file()]
    pages = sum(_pages(path.read_bytes()) for path in files)
    first, again = times_twice(frozen_code(scratch / "code"), folder, scratch / "store", 0)
    rows = [
        (kind, one, other, one / other)
        for kind, one, other in (("processor", first.processor, again.processor), ("clock", first.wall, again.wall))
    ]
    note = f"{len(files)} documents, {pages} pages, in one process. Target: 100 times less."
    return table("Importing again, seconds", ("", "first", "again", "times less"), rows, note)


def _pages(content: bytes) -> int:
    with open_pdf(render(content, sniff(content)).pdf) as document:
        return len(document)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__, formatter_class=form)
    parser.add_argument("--councils", type=int, default=3)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument(
        "--seed", type=int, nargs="+", default=[11, 61, 62], help="of generated archives; 11, 61 and 62"
    )
    parser.add_argument("--every", type=int, default=6, metavar="N", help="every Nth text; 6")
    parser.add_argument("--speed", action="store_true", help="only how fast, and with how much memory")
    parser.add_argument("--pages", type=int, default=16, metavar="N", help="so many pages are timed; 16")
    parser.add_argument("--write", type=Path, metavar="PAGE.md", help="put the tables into the marked part of a page")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
