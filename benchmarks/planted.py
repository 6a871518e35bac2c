"""What became of the slips of a generated archive: which were found, and which findings nobody planted."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal

from benchmarks.corpora import Reading
from benchmarks.scoring import Judged
from pipeline.evaluate import owner, same_values
from schemas.exports import FigureRow, FindingRow

_OF_ONE_THING = ("conflicting_statement", "restated_figure")

Line = Mapping[str, Any]
Origin = Literal["planted", "consequence", "other kind", "false alarm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A slip and what was reported of it.

    `provable`: the document shows it; `across`: only it and others of the council do. `named`: reported as what gold calls it;
    `noticed`: some finding is about the very figure, whatever it is called.
    """

    slip: str
    provable: bool
    across: bool
    named: bool
    noticed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A finding and where it comes from.

    It is *planted* where it tells of a slip, a *consequence* where the document (or it and another) really contradicts
    itself there, and of *other kind* where gold has these values under another name, or it is about the very figure that a slip is
    in. A false alarm is none of these; `misread` says that it is about a figure which was read wrongly, be it in one dimension.
    """

    kind: str
    origin: Origin
    misread: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A repair, of a figure that a *slip* is in, of one that is *sound* (in gold as it was read) or of one that was *misread*.

    It is `right` where it is what gold says was meant; nothing is right for a sound figure but the figure itself.
    """

    of: Literal["slip", "sound", "misread"]
    right: bool
    proved: bool


def planted(reading: Reading, gold: Path) -> tuple[Planted, ...]:
    """Every slip of the documents of a reading. `gold` is the folder with the slips."""
    return tuple(_planted(reading, gold))


def reported(reading: Reading, judged: Iterable[Judged], gold: Path) -> tuple[Reported, ...]:
    """Every finding, held against all that gold knows to be wrong, what it calls optional included."""
    judged = tuple(judged)
    wrong = {one.row.figure_id for one in judged if not one.full}
    right = {one.row.figure_id: one.row for one in judged if one.full}
    known = _known(reading, gold)
    stems = list(known)
    slipped = _meant(reading, gold).keys()
    return tuple(
        Reported(
            kind=row.kind,
            origin=_origin(
                row,
                [line for stem in _stems(row, stems) for line in known.get(stem, ())],
                slipped=not slipped.isdisjoint(row.figure_ids),
                printed=_differ(row, right),
            ),
            misread=not wrong.isdisjoint(row.figure_ids),
        )
        for row in reading.findings
    )


def mended(reading: Reading, judged: Iterable[Judged], gold: Path) -> tuple[Mended, ...]:
    """Every repair that is proposed."""
    meant = _meant(reading, gold)
    sound = {one.row.figure_id for one in judged if one.full}
    repairs = [found.repair for found in reading.figures if found.repair is not None]
    return tuple(
        Mended(
            of="slip" if r.figure_id in meant else "sound" if r.figure_id in sound else "misread",
            right=r.figure_id in meant and float(r.proposed) == meant[r.figure_id],
            proved=r.proved,
        )
        for r in repairs
    )


def _meant(reading: Reading, gold: Path) -> dict[str, float | None]:
    """What the figures should be that a slip is in, by figure id."""
    stems = [head.stem for head in reading.heads]
    slips = {stem: _lines(gold / f"{stem}.slips.jsonl") for stem in stems}
    return {
        found.row.figure_id: right
        for found in reading.figures
        for line in slips.get(owner(found.row.document, stems), ())
        for wrong, right in ((line["figures"][0], line["right"]), *((o, o["right"]) for o in line.get("others", ())))
        if _same(found.row, wrong)
    }


def _planted(reading: Reading, gold: Path) -> Iterator[Planted]:
    stems = [head.stem for head in reading.heads]
    figures = {found.row.figure_id: found.row for found in reading.figures}
    for head in reading.heads:
        mine = [row for row in reading.findings if head.stem in _stems(row, stems)]
        for line in _lines(gold / f"{head.stem}.slips.jsonl"):
            # of a wrong year the years clash, not the values
            clash = [] if line["finding"] == "implausible_period" else [figure["value"] for figure in line["figures"]]
            about = [figures[key] for row in mine for key in row.figure_ids if key in figures]
            yield Planted(
                slip=line["slip"],
                provable=line["provable"],
                across=line["provable_across"] and not line["provable"],
                named=any(row.kind == line["finding"] and same_values({"values": clash}, row) for row in mine),
                noticed=any(_same(figure, line["figures"][0]) for figure in about),
            )


def _known(reading: Reading, gold: Path) -> dict[str, list[Line]]:
    """By document, what its gold says is wrong in it, and where it contradicts an earlier one."""
    known = {
        head.stem: [line for line in _lines(gold / f"{head.stem}.gold.jsonl") if "finding" in line]
        for head in reading.heads
    }
    for line in _lines(gold / "_cross_year.jsonl"):
        stem = PurePath(line["later_document"]).stem
        if not line["agree"] and stem in known:
            values = [line["own_report_value"], line["later_report_value"]]
            known[stem].append({"finding": "restated_figure", "values": values})
    return known


def _origin(row: FindingRow, lines: Iterable[Line], *, slipped: bool, printed: bool) -> Origin:
    fitting = [line for line in lines if same_values(line, row)]
    same = [line for line in fitting if line["finding"] == row.kind]
    if any("slip" in line for line in same):
        return "planted"
    return "consequence" if same or printed else "other kind" if fitting or slipped else "false alarm"


def _differ(row: FindingRow, right: Mapping[str, FigureRow]) -> bool:
    """Whether the figures of a finding about two values of one thing are all in gold, as they were read: the two are really printed.

    Gold lists what a slip makes wrong in its own document and, year by year, in the next reports, but not every other document
    of the council (a covering report beside its report) that then differs from it.
    """
    figures = [right[key] for key in row.figure_ids if key in right]
    if row.kind not in _OF_ONE_THING or len(figures) < len(row.figure_ids):
        return False
    things = {
        (f.measure, f.statistic, f.unit, f.period, *sorted((k, v.casefold()) for k, v in f.dims.items()))
        for f in figures
    }
    return len(things) == 1 and len({f.value for f in figures}) > 1


def _same(row: FigureRow, stated: Line) -> bool:
    """Whether a figure that was read is the one that a slip is in: its measure, value and period, or the print that cannot be read."""
    if row.value is None:
        return stated["printed"] in row.raw_text
    return (row.measure, row.value, row.period) == (stated["measure"], stated["value"], stated["period"])


def _stems(row: FindingRow, stems: Iterable[str]) -> set[str]:
    stems = list(stems)
    return {owner(name, stems) for name in row.documents}


def _lines(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []
