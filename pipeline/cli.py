"""The command line: what can be asked, and nothing of how it is done.

Each command loads what it needs when it is called, so that `crossfoot --help` is there at once.
"""

import atexit
import gc
import os
import sys
from typing import Annotated, Literal

import typer

from schemas.errors import CrossfootError

app = typer.Typer(
    name="crossfoot",
    help="Turns an archive of old council reports and minutes into figures that an auditor can trust.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Store = Annotated[
    str, typer.Option("--store", envvar="CROSSFOOT_STORE", help="Where results are kept: a folder, or a database URL.")
]
Blobs = Annotated[
    str | None,
    typer.Option("--blobs", envvar="CROSSFOOT_BLOBS", help="Where files are kept, if not in the store's folder."),
]
Authority = Annotated[str | None, typer.Option(help="Only this council: a part of its name, or its code.")]
Measure = Annotated[str | None, typer.Option(help="Only this measure, such as complaints.")]
Year = Annotated[str | None, typer.Option(help="Only periods that begin so: 2014/15, or 2014.")]
Document = Annotated[str | None, typer.Option(help="Only documents with this in their names.")]
Limit = Annotated[int, typer.Option(min=0, help="At most so many rows; 0 for all.")]

Policy = Annotated[str | None, typer.Option(metavar="FILE", help="Which reported value to use, as YAML or TOML.")]

ExportKind = Literal[
    "figures", "findings", "relations", "documents", "marks", "series", "checklist", "decisions", "searchable"
]
Status = Literal["agreed", "single_sourced", "restated", "contradicted", "repaired", "unclear", "missing"]
Grade = Literal["proved", "read", "doubtful", "unreadable"]
Severity = Literal["high", "medium", "low"]

DEFAULT_STORE = "crossfoot-data"


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"crossfoot {version('crossfoot')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Turns an archive of old council reports and minutes into figures that an auditor can trust."""


@app.command("import")
def import_(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders and ZIP files.")],
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Documents at once; 0: no processes of their own.")
    ] = os.cpu_count() or 1,
    authority: Annotated[str | None, typer.Option(help="The council that all these documents are of.")] = None,
    period: Annotated[str | None, typer.Option(help="The period that they cover, such as 2014/15.")] = None,
    password: Annotated[str | None, typer.Option(help="Opens files that are protected.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one document may take.")] = 300.0,
    memory: Annotated[int, typer.Option(min=64, help="Megabytes that one document may take.")] = 4096,
    ocr: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="Read page images: where there is no usable text, or …")
    ] = "auto",
    languages: Annotated[str, typer.Option(help="Languages of scanned pages, as Tesseract names them.")] = "eng",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary and what was refused.")] = False,
) -> None:
    """Take in files, folders and ZIPs; go on where it was stopped; skip what is unchanged."""
    from pipeline.commands.importing import Request, import_command

    request = Request(
        paths=tuple(paths),
        store=store,
        blobs=blobs,
        workers=workers,
        authority=authority,
        period=period,
        password=password,
        timeout=timeout,
        memory=memory,
        quiet=quiet,
        ocr=ocr,
        languages=languages,
    )
    raise typer.Exit(import_command(request))


@app.command()
def reconcile(store: Store = DEFAULT_STORE, blobs: Blobs = None) -> None:
    """Check all figures against each other again."""
    from pipeline.commands.checking import reconcile_command

    reconcile_command(store, blobs)


@app.command()
def status(
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    documents: Annotated[bool, typer.Option("--documents", help="One line per document too.")] = False,
) -> None:
    """What is in the store: documents, figures by grade, numbers accounted for, findings, quarantine."""
    from pipeline.commands.status import status_command

    status_command(store, blobs, documents=documents)


@app.command()
def figures(
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    authority: Authority = None,
    measure: Measure = None,
    year: Year = None,
    grade: Annotated[Grade | None, typer.Option(help="Only this grade.")] = None,
    document: Document = None,
    limit: Limit = 100,
) -> None:
    """Figures as a table."""
    from pipeline.commands.tables import FigureFilter, figures_command

    chosen = FigureFilter(authority=authority, measure=measure, year=year, grade=grade, document=document)
    figures_command(store, blobs, chosen, limit)


@app.command()
def findings(
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind, such as sum_mismatch.")] = None,
    severity: Annotated[Severity | None, typer.Option(help="Only this severity.")] = None,
    document: Document = None,
    limit: Limit = 100,
) -> None:
    """Findings as a table, the most severe first."""
    from pipeline.commands.tables import findings_command

    findings_command(store, blobs, kind=kind, severity=severity, document=document, limit=limit)


@app.command()
def series(
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    authority: Authority = None,
    measure: Measure = None,
    year: Year = None,
    status: Annotated[Status | None, typer.Option(help="Only observations of this status.")] = None,
    policy: Policy = None,
    limit: Limit = 100,
) -> None:
    """One line per observation over all documents: the value to use, who said what, who disagrees."""
    from pipeline.commands.series import series_command
    from pipeline.exports.series import SeriesFilter

    chosen = SeriesFilter(authority=authority, measure=measure, year=year, status=status)
    series_command(store, blobs, chosen, policy, limit)


@app.command()
def checklist(store: Store = DEFAULT_STORE, blobs: Blobs = None, document: Document = None) -> None:
    """What each annual report states of what the law asks it to: found, unclear or missing."""
    from pipeline.commands.checklist import checklist_command

    checklist_command(store, blobs, document)


@app.command()
def tables(
    paths: Annotated[list[str], typer.Argument(metavar="FILE...", help="Documents; folders and ZIP files of them.")],
    pages: Annotated[str | None, typer.Option(metavar="1,3-5", help="Only tables on these pages.")] = None,
    format: Annotated[
        Literal["text", "html", "csv", "jsonl"],
        typer.Option("--format", help="For the terminal, a web page, CSV, or JSON lines with every cell."),
    ] = "text",
    charts: Annotated[bool, typer.Option("--charts", help="The values of charts too, as tables.")] = False,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The file to write; - for standard output.")
    ] = "-",
    workers: Annotated[
        int, typer.Option(min=0, help="Documents at once; 0: no processes of their own.")
    ] = os.cpu_count() or 1,
    password: Annotated[str | None, typer.Option(help="Opens files that are protected.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one document may take.")] = 300.0,
    memory: Annotated[int, typer.Option(min=64, help="Megabytes that one document may take.")] = 4096,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, only what could not be read.")] = False,
) -> None:
    """Show the tables of documents, cell by cell. No store is needed."""
    from pipeline.commands.page_tables import TablesRequest, tables_command

    request = TablesRequest(
        paths=tuple(paths),
        pages=pages,
        charts=charts,
        format=format,
        output=output,
        workers=workers,
        password=password,
        timeout=timeout,
        memory=memory,
        quiet=quiet,
    )
    raise typer.Exit(tables_command(request))


@app.command()
def show(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a figure, finding, series or observation, or how it begins.")
    ],
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    crop: Annotated[
        str | None, typer.Option(metavar="FILE.png", help="Write this part of the page as a picture.")
    ] = None,
    password: Annotated[str | None, typer.Option(help="Opens the document, if it is protected.")] = None,
) -> None:
    """One figure, finding, series or observation: value, where it stands, what it hangs together with."""
    from pipeline.commands.show import show_command

    show_command(store, blobs, id, crop, password)


@app.command()
def export(
    what: Annotated[ExportKind, typer.Argument(help="What to export.")],
    output: Annotated[
        str,
        typer.Option("--output", "-o", help="The file to write, or - for standard output; a folder for searchable."),
    ],
    format: Annotated[
        Literal["jsonl", "csv", "xlsx", "parquet"],
        typer.Option("--format", help="JSON lines, CSV, a workbook or Parquet."),
    ] = "jsonl",
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    policy: Policy = None,
    password: Annotated[str | None, typer.Option(help="Opens documents that are protected, for searchable.")] = None,
) -> None:
    """Write figures, findings, relations, documents, marks, series, the checklist or decisions to a file.

    Or write searchable copies of scanned documents into a folder: as PDF, with the words that were read over their print.
    """
    from pipeline.commands.export import export_command, searchable_command

    if what == "searchable":
        searchable_command(store, blobs, output, password)
        return
    export_command(store, blobs, what, format, output, policy)


@app.command()
def evaluate(
    gold_dir: Annotated[str, typer.Argument(metavar="GOLD_DIR", help="A folder with .gold.jsonl files.")],
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    show: Annotated[str | None, typer.Option(help="List what is missed and invented in this document.")] = None,
) -> None:
    """Precision, recall and F1 of the store against gold files."""
    from pipeline.commands.evaluate import evaluate_command

    evaluate_command(store, blobs, gold_dir, show)


@app.command()
def sample(
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The folder to make.")],
    councils: Annotated[int, typer.Option(help="How many councils.")] = 3,
    years: Annotated[int, typer.Option(help="How many years of each, up to 20.")] = 4,
    seed: Annotated[int, typer.Option(help="Another seed, another archive; the same, the same bytes.")] = 1,
    scans: Annotated[float, typer.Option(metavar="SHARE", help="The share of scans, from 0 to 1.")] = 0.2,
    slips: Annotated[float, typer.Option(metavar="RATE", help="Mistakes in a document, on average.")] = 0.3,
    charts: Annotated[
        float | None, typer.Option(metavar="SHARE", help="The share of tables with a chart; else as councils like it.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Councils at once; 0: no processes of their own.")] = os.cpu_count() or 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary.")] = False,
) -> None:
    """Make an archive of invented reports with known truth, to try things on or to measure with."""
    from fixtures.sample.archive import Order
    from pipeline.commands.sample import sample_command

    order = Order(councils=councils, years=years, seed=seed, scans=scans, slips=slips, charts=charts)
    sample_command(output, order, workers=workers, quiet=quiet)


@app.command()
def plan(
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    target: Annotated[float, typer.Option(help="Percent of unflagged figures that may be wrong.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Another seed draws another sample.")] = 1,
) -> None:
    """What is left to review, what the random sample says of the rest, and whether one may stop."""
    from pipeline.commands.plan import plan_command

    plan_command(store, blobs, target=target, seed=seed)


audit = typer.Typer(no_args_is_help=True, help="The record of decisions: prove it, read it, and say who must approve.")
app.add_typer(audit, name="audit")


@audit.command()
def verify(
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    expect: Annotated[
        str | None, typer.Option(metavar="NUMBER:HASH", help="A record noted down earlier, which must still be there.")
    ] = None,
) -> None:
    """Prove that no decision was changed, left out or slipped in; name the first record that was."""
    from pipeline.commands.audit import verify_command

    raise typer.Exit(verify_command(store, blobs, expect))


@audit.command()
def log(
    id: Annotated[str | None, typer.Argument(metavar="ID", help="Only decisions on this figure, finding …")] = None,
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    who: Annotated[str | None, typer.Option(help="Only decisions of this person.")] = None,
    limit: Limit = 100,
) -> None:
    """Who decided what, the last first."""
    from pipeline.commands.audit import log_command

    log_command(store, blobs, subject=id, who=who, limit=limit)


@audit.command()
def approval(
    value: Annotated[Literal["on", "off"], typer.Argument(help="Whether corrections wait for a second person.")],
    why: Annotated[str, typer.Option(help="Why; it is recorded.")],
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
) -> None:
    """Have corrections wait until a second person approves them, or not."""
    from pipeline.commands.audit import approval_command

    approval_command(store, blobs, value, why)


@app.command()
def doctor(store: Store = DEFAULT_STORE, blobs: Blobs = None) -> None:
    """Whether everything that Crossfoot needs is there; what is missing and how to get it."""
    from pipeline.commands.doctor import doctor_command

    raise typer.Exit(doctor_command(store, blobs))


def main() -> None:
    """Run a command; an error is one line with advice, and an exit code."""
    # Loading libraries makes many objects and no garbage: looking for it as often as usual takes a quarter of the start.
    gc.set_threshold(100_000, 20, 20)
    # Nor at the end: what the system takes back anyway need not be looked through first, which takes another quarter.
    atexit.register(gc.freeze)
    try:
        app()
    except CrossfootError as error:
        print(f"crossfoot: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has seen enough (`crossfoot figures | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("CROSSFOOT_DEBUG"):
            raise
        message = f"{type(error).__name__}: {error}".splitlines()[0]
        print(f"crossfoot: Something is wrong in Crossfoot itself ({message}).", file=sys.stderr)
        print("Set CROSSFOOT_DEBUG=1 to see where, and please report it.", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
