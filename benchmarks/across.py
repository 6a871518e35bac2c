"""How well documents are held against each other: disagreements that are found, and agreements that are called disagreements.

python -m benchmarks.across                            every corpus with a `_cross_year.jsonl` that is at hand
python -m benchmarks.across --write docs/across.md     put the tables into that page

A line of `_cross_year.jsonl` says what a later report gives for an earlier period, and what that period's own report gave. A disagreement is
found when a finding across documents names both documents and both values. An agreement is called a disagreement when the series says of
the later report's figure that it differs.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal

from benchmarks.corpora import Corpus, Reading, known_corpora, read_corpus
from benchmarks.machine import this_machine
from benchmarks.report import Table, page, table, write_into
from schemas.errors import CrossfootError
from schemas.exports import FigureRow, FindingRow

LINES = "_cross_year.jsonl"
Line = Mapping[str, Any]
_DIFFERS = ("restated", "restated_silently", "definition_changed", "misread", "slip", "carried_forward", "conflicts")
Outcome = Literal["found", "missed", "agreed", "not compared", "called", "not read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A line of gold and what became of it."""

    line: Line
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredAcross:
    """A corpus: its lines, and the findings across documents that no line accounts for."""

    corpus: str
    lines: tuple[Judged, ...]
    others: tuple[FindingRow, ...]

    def count(self, *outcomes: Outcome, agree: bool) -> int:
        """Lines with one of these outcomes that agree, or do not."""
        return sum(one.outcome in outcomes and one.line["agree"] == agree for one in self.lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was asked for."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.across", description=__doc__, formatter_class=form)
    parser.add_argument("--write", type=Path, metavar="PAGE.md", help="put the tables into the marked part of a page")
    asked = parser.parse_args(arguments)
    machine = this_machine()
    try:
        scored = [score_across(corpus, read_corpus(corpus, workers=machine.cores)) for corpus in with_lines()]
        text = page(f"Run: {machine}.", tables(scored))
        sys.stdout.write(text)
        if asked.write:
            write_into(asked.write, text)
    except CrossfootError as error:
        print(f"benchmarks.across: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def with_lines() -> list[Corpus]:
    """The corpora that say what one report tells of another."""
    return [corpus for corpus in known_corpora() if (corpus.gold / LINES).is_file()]


def score_across(corpus: Corpus, reading: Reading) -> ScoredAcross:
    """Hold the findings across documents against the lines of a corpus."""
    lines = [json.loads(line) for line in (corpus.gold / LINES).read_text("utf-8").splitlines() if line.strip()]
    figures = {found.row.figure_id: found.row for found in reading.figures}
    across = [finding for finding in reading.findings if len(finding.documents) > 1]
    accounted: set[str] = set()
    judged = []
    for line in lines:
        about = [finding for finding in across if not line["agree"] and _is_about(line, finding, figures)]
        accounted |= {finding.finding_id for finding in about}
        judged.append(Judged(line=line, outcome=_outcome(line, bool(about), reading)))
    return ScoredAcross(
        corpus=corpus.name, lines=tuple(judged), others=tuple(f for f in across if f.finding_id not in accounted)
    )


def _outcome(line: Line, about: bool, reading: Reading) -> Outcome:
    rows = [found.row for found in reading.figures]
    later = {row.figure_id for row in rows if _says(row, line, line["later_report_value"], later=True)}
    own = {row.figure_id for row in rows if _says(row, line, line["own_report_value"], later=False)}
    if about:
        return "found"
    if not later or not own:
        return "not read"
    if not line["agree"]:
        return "missed"
    said = [{s.figure_id: s.agreement for s in one.statements} for one in reading.series]
    if any(of.get(figure_id) in _DIFFERS for of in said for figure_id in later):
        return "called"
    return "agreed" if any(of.keys() & later and of.keys() & own for of in said) else "not compared"


def _is_about(line: Line, finding: FindingRow, figures: Mapping[str, FigureRow]) -> bool:
    """Whether a finding is about the later report's figure and the own report's."""
    rows = [figures[i] for i in finding.figure_ids]
    later = any(_says(row, line, line["later_report_value"], later=True) for row in rows)
    own = any(_says(row, line, line["own_report_value"], later=False) for row in rows)
    return later and own


def _says(row: FigureRow, line: Line, value: float, *, later: bool) -> bool:
    """Whether a figure is that of the line in the later report, or in the own report. Which breakdown it is given is a matter of taste."""
    name = PurePath(row.document).name
    of = name == line["later_document"] if later else name != line["later_document"]
    same = (row.measure, row.statistic, row.period) == (
        line["measure"],
        line.get("statistic", "count"),
        line["period"],
    )
    stage = line["dims"].get("stage") == row.dims.get("stage") if later else True
    return of and same and stage and row.authority == line["council"] and row.value == value


def tables(scored: Sequence[ScoredAcross]) -> list[Table]:
    """What a run prints."""
    rows = [
        (
            one.corpus,
            len(one.lines),
            f"{one.count('found', agree=False)} of {one.count('found', 'missed', 'not read', agree=False)}",
            one.count("missed", agree=False),
            one.count("not read", agree=False),
            f"{one.count('called', agree=True)} of {sum(line.line['agree'] for line in one.lines)}",
            one.count("agreed", agree=True),
            one.count("not compared", agree=True),
            one.count("not read", agree=True),
            len(one.others),
        )
        for one in scored
    ]
    columns = (
        "corpus",
        "lines",
        "disagreements found",
        "missed",
        "missed, not read",
        "agreements called disagreements",
        "agreed",
        "not compared",
        "agreements not read",
        "other findings",
    )
    note = "*not compared*: in two series, because the reports word the breakdown otherwise; *not read*: one of the two figures was not extracted; *other findings*: findings across documents that no line is about."
    others = [(one.corpus, f.kind, f.severity, f.message) for one in scored for f in one.others]
    listed = table("Other findings across documents", ("corpus", "kind", "severity", "message"), others)
    return [table("Agreement across documents", columns, rows, note), *([listed] if others else [])]


if __name__ == "__main__":
    sys.exit(main())
