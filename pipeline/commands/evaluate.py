"""`crossfoot evaluate`."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from rich.table import Table
from rich.text import Text

from pipeline.commands.common import console, opened_store
from pipeline.evaluate import DocumentScore, Score, evaluate, read_gold
from pipeline.exports.rows import figure_rows, finding_rows
from schemas.errors import UsageError


def evaluate_command(location: str, blobs: str | None, gold_dir: str, show: str | None) -> None:
    """Print scores by document and by measure, and over all."""
    gold = read_gold(Path(gold_dir))
    with opened_store(location, blobs) as store, store.reading() as connection:
        scores = evaluate(gold, figure_rows(connection), finding_rows(connection))
    screen = console()
    if show is not None:
        _show_document(scores, show)
        return
    by_document = {score.name: (score.core, score.full) for score in scores}
    screen.print(_table("document", by_document, sort=True))
    measures: Counter[str] = Counter(m for score in scores for m in score.by_measure)
    by_measure = {m: (sum((s.by_measure.get(m, Score()) for s in scores), Score()), None) for m in sorted(measures)}
    screen.print(_table("measure", by_measure, sort=False))
    _print_totals(scores)


def _table(heading: str, rows: Mapping[str, tuple[Score, Score | None]], *, sort: bool) -> Table:
    table = Table()
    table.add_column(heading, overflow="fold")
    for name in ("gold", "found", "right", "precision", "recall", "F1 core", "F1 full"):
        table.add_column(name, justify="right")
    ordered = sorted(rows.items(), key=lambda row: (row[1][0].f1, row[0])) if sort else list(rows.items())
    for name, (core, full) in ordered:
        counts = (core.required, core.found, core.right)
        shares = (core.precision, core.recall, core.f1) + ((full.f1,) if full else ())
        table.add_row(Text(name), *map(str, counts), *(f"{share:.3f}" for share in shares))
    return table


def _print_totals(scores: tuple[DocumentScore, ...]) -> None:
    core, full = sum((s.core for s in scores), Score()), sum((s.full for s in scores), Score())
    for name, total in (("core", core), ("full", full)):
        print(
            f"{name}  precision {total.precision:.3f}  recall {total.recall:.3f}  F1 {total.f1:.3f}  "
            f"({total.right} right of {total.required} gold, {total.found} found)"
        )
    findings = sum((s.findings for s in scores), Score())
    print(f"findings: {findings.right} of {findings.required} gold findings found")
    traps = [s for s in scores if s.empty_gold]
    print(f"documents without figures: {len(traps)}, figures invented in them: {sum(s.core.found for s in traps)}")
    unseen = [s.name for s in scores if not s.seen and not s.empty_gold]
    if unseen:
        print(f"no figures at all for {len(unseen)}: {', '.join(unseen[:8])}{' …' if len(unseen) > 8 else ''}")


def _show_document(scores: tuple[DocumentScore, ...], name: str) -> None:
    chosen = next((score for score in scores if score.name == name), None)
    if chosen is None:
        raise UsageError(f"There is no gold for {name}.", advice="Give the name without its ending.")
    for word, keys in (("missed", chosen.missed), ("invented", chosen.invented)):
        for key in sorted(keys, key=str):
            print(word.ljust(8), *(str(part) for part in key if part not in ("", None)))
