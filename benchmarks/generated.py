"""How right the figures and findings are on an archive whose truth is known, made by `crossfoot sample`.

python -m benchmarks.generated                                       make an archive, import it, hold it against its gold
python -m benchmarks.generated --archive DIR                         one that is there
python -m benchmarks.generated --councils 20 --years 8 --seed 1      another one
python -m benchmarks.generated --write docs/generated.md --plot docs/generated.png
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import score_tables as tables
from benchmarks.corpora import Corpus, part_of, read_corpus
from benchmarks.machine import this_machine
from benchmarks.planted import Mended, Planted, Reported, mended, planted, reported
from benchmarks.plots import Panel, draw
from benchmarks.report import Table, page, table, write_into
from benchmarks.scoring import Document, Scored, joined, score, total
from fixtures.sample.archive import DOCUMENTS, GOLD, MANIFEST, Order, load_producers, make_archive
from schemas.errors import CrossfootError, UsageError

_ERA = 5  # years
_ORIGINS = ("planted", "consequence", "other kind", "false alarm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a run found out: documents with text, those of which some page is scanned, slips, findings and repairs of the former."""

    text: Scored
    scanned: Scored
    slips: tuple[Planted, ...]
    findings: tuple[Reported, ...]
    repairs: tuple[Mended, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make or take an archive, measure, print, and write what was asked for."""
    asked = _arguments(arguments)
    machine = this_machine()
    try:
        with _archive(asked, machine.cores) as (archive, origin):
            found = measure(archive, workers=machine.cores)
        report = page(f"Run: {machine}.\n\nArchive: {origin}.", _tables(found))
        sys.stdout.write(report)
        if asked.write:
            write_into(asked.write, report)
        if asked.plot:
            draw(asked.plot, _panels(found))
    except CrossfootError as error:
        print(f"benchmarks.generated: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def measure(archive: Path, *, workers: int) -> Measured:
    """Import the documents of an archive, and hold what was read against its gold."""
    gold = archive / GOLD
    reading = read_corpus(Corpus(name="all", gold=gold, documents=(archive / DOCUMENTS,)), workers=workers)
    with_text = part_of(reading, "documents with text", lambda head: not head.scan)
    text = score(with_text)
    return Measured(
        text=text,
        scanned=score(part_of(reading, "scanned documents", lambda head: bool(head.scan))),
        slips=planted(with_text, gold),
        findings=reported(with_text, text.figures, gold),
        repairs=mended(with_text, text.figures, gold),
    )


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generated", description=__doc__, formatter_class=form)
    parser.add_argument("--archive", type=Path, metavar="DIR", help="an archive that `crossfoot sample` made")
    parser.add_argument("--councils", type=int, default=12)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--scans", type=float, default=0.0, help="share of scanned papers (default: 0)")
    parser.add_argument("--slips", type=float, default=1.0, help="mistakes in a paper (default: 1)")
    parser.add_argument("--write", type=Path, metavar="PAGE.md", help="put the tables into the marked part of a page")
    parser.add_argument("--plot", type=Path, metavar="FILE.png", help="draw the most important of them")
    return parser.parse_args(arguments)


@contextmanager
def _archive(asked: argparse.Namespace, workers: int) -> Iterator[tuple[Path, str]]:
    """The archive, and the command that it was made by. One that is made for this run is thrown away."""
    if asked.archive:
        yield asked.archive, _made_by(asked.archive)
        return
    order = Order(councils=asked.councils, years=asked.years, seed=asked.seed, scans=asked.scans, slips=asked.slips)
    with tempfile.TemporaryDirectory(prefix="crossfoot-generated-") as folder:
        archive = Path(folder) / "archive"
        make_archive(archive, order, load_producers(), workers=workers)
        yield archive, _made_by(archive)


def _made_by(archive: Path) -> str:
    try:
        manifest = json.loads((archive / MANIFEST).read_text("utf-8"))
        options = " ".join(f"--{name} {value:g}" for name, value in manifest["arguments"].items())
        return f"{len(manifest['documents'])} documents by `crossfoot sample {options}`"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{archive} is no generated archive.", advice="Name a folder of `crossfoot sample`.") from None


def _tables(found: Measured) -> Iterator[Table]:
    documents = found.text.documents
    yield _overall(found)
    yield tables.scores("By measure", "measure", joined([found.text], "measure"))
    yield tables.scores("By statistic", "statistic", joined([found.text], "statistic"))
    yield tables.groups("By format and producer", "format", documents, _format)
    yield tables.groups("By house style, PDF", "style", (d for d in documents if d.head.form == "pdf"), _style)
    yield tables.groups("By kind of paper", "kind", documents, _kind)
    yield tables.groups("By year", "years", documents, _era)
    if found.scanned.documents:
        note = "Hybrids have some pages as text, or an invisible text layer with errors. Nothing of these is in the other tables."
        yield tables.groups("Scanned documents", "scan", found.scanned.documents, lambda d: d.head.scan, note)
    yield _slips(found.slips)
    yield _findings(found)
    yield _repairs(found.repairs)
    yield tables.rules(found.text.figures)
    yield tables.grades(found.text.figures)
    yield tables.faults(found.text.figures, [found.text])
    yield tables.dimensions(found.text.figures)


def _overall(found: Measured) -> Table:
    rows = []
    for scored in (found.text, found.scanned):
        if scored.documents:
            core, full = total(scored.documents)
            shares = (core.precision, core.recall, core.f1, full.precision, full.recall, full.f1)
            rows.append((scored.corpus, len(scored.documents), core.required, *shares))
    shares_of = tuple(f"{name} {key}" for key in ("core", "full") for name in ("precision", "recall", "F1"))
    return table("Overall", ("documents", "number", "gold", *shares_of), rows)


def _slips(slips: Sequence[Planted]) -> Table:
    rows = []
    for name in (*sorted({one.slip for one in slips}), "all"):
        of = [one for one in slips if name in (one.slip, "all")]
        here, across = [one for one in of if one.provable], [one for one in of if one.across]
        cells = [
            (len(some), sum(one.named for one in some), sum(_seen(one) for one in some)) for some in (here, across)
        ]
        rows.append((name, len(of), *cells[0], cells[0][2] / len(here) if here else None, *cells[1]))
    columns = ("slip", "planted", "provable", "named", "noticed", "recall", "provable across", "named", "noticed")
    note = (
        "*provable*: the document itself shows that something is wrong; *named*: reported as gold calls it; *noticed*: that, or any "
        "finding about the wrong figure; *recall*: noticed of provable; *provable across*: only other documents of the council show it."
    )
    return table("Slips", columns, rows, note)


def _repairs(repairs: Sequence[Mended]) -> Table:
    rows = []
    for name in ("slip", "sound", "misread"):
        of = [one for one in repairs if one.of == name]
        right, proved = [one for one in of if one.right], [one for one in of if one.proved]
        wrongly = sum(not one.right for one in proved)
        rows.append((name, len(of), len(right), len(right) / len(of) if of else None, len(proved), wrongly))
    columns = ("figure", "repairs", "right", "share", "proved", "proved wrongly")
    note = (
        "What the best explanation puts in the place of a figure: of one that a *slip* is in, of a *sound* one (gold has it as it is "
        "printed) or of one that was *misread*, be it in one dimension. *right*: it is what was meant; no repair of a sound figure is."
    )
    return table("Repairs", columns, rows, note)


def _seen(one: Planted) -> bool:
    return one.named or one.noticed


def _findings(found: Measured) -> Table:
    rows = []
    for kind in (*sorted({one.kind for one in found.findings}), "all"):
        of = [one for one in found.findings if kind in (one.kind, "all")]
        false = [one for one in of if one.origin == "false alarm"]
        counts = [sum(one.origin == origin for one in of) for origin in _ORIGINS]
        each = len(false) / len(found.text.documents)
        rows.append((kind, len(of), *counts, sum(one.misread for one in false), each))
    columns = ("finding", "reported", "planted", "consequence", "other kind", "false", "of misread", "false a document")
    note = (
        "*planted*: tells of a slip; *consequence*: the document, or it and another, really contradicts itself there; "
        "*other kind*: gold gives these values another name, or a slip is in one of its figures; "
        "*false*: nobody planted it, and nothing is wrong there; "
        "*of misread*: false ones about a figure that was read wrongly, be it in one dimension."
    )
    return table("Findings", columns, rows, note)


def _format(document: Document) -> str:
    head = document.head
    return f"pdf, {head.producer}" if head.form == "pdf" else head.form


def _style(document: Document) -> str:
    return document.head.style


def _kind(document: Document) -> str:
    return document.head.kind.replace("_", " ")


def _era(document: Document) -> str:
    """The five years that a document's year is among, by the years in which they begin."""
    first = int(document.head.period[:4]) // _ERA * _ERA
    return f"{first} to {first + _ERA - 1}"


def _panels(found: Measured) -> Iterator[Panel]:
    """F1 by measure, format and style, and the share of provable slips that were noticed."""
    scored = sorted(joined([found.text], "measure").items(), key=lambda named: -named[1][0].required)
    shown = [(name, core.required, (core.f1, full.f1)) for name, (core, full) in scored if core.required]
    yield Panel(title="F1 by measure", unit="figures", series=("core", "full"), bars=tuple(shown))
    documents = found.text.documents
    for title, of, name in (
        ("F1 by format and producer", documents, _format),
        ("F1 by house style (PDF)", [d for d in documents if d.head.form == "pdf"], _style),
    ):
        pairs = [(label, total(group)) for label, group in tables.grouped(of, name).items()]
        shown = [(label, core.required, (core.f1, full.f1)) for label, (core, full) in pairs]
        yield Panel(title=title, unit="figures", series=("core", "full"), bars=tuple(shown))
    provable = [one for one in found.slips if one.provable]
    slips = []
    for slip in sorted({one.slip for one in provable}):
        like = [one for one in provable if one.slip == slip]
        slips.append((slip, len(like), (sum(map(_seen, like)) / len(like), sum(one.named for one in like) / len(like))))
    yield Panel(title="Provable slips", unit="slips", series=("noticed", "named"), bars=tuple(slips))


if __name__ == "__main__":
    sys.exit(main())
