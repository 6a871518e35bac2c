"""How often the repair of a damaged number is the right one, and how long the check takes.

    python -m benchmarks.repair [--documents N] [--write docs/repair.md]

Documents of figures and relations are made up that agree with themselves: stages that add up to a total, outcomes with their
percentages, the change from last year in number and in per cent. In each but the last row one number is then damaged by one slip, or made
unreadable. A repair is *provable* where the number stood in two relations or more.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from benchmarks.machine import this_machine
from benchmarks.report import Table, page, table, write_into
from pipeline.reconcile.checks import CheckResult, check
from schemas.figures import Evidence, Figure, Statistic
from schemas.pages import BBox
from schemas.periods import Period
from schemas.relations import Relation, RelationKind

_STAGES = ("1", "2", "3")
_OUTCOMES = ("upheld", "partly_upheld", "not_upheld", "withdrawn")


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A document that agrees with itself."""

    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A document with one damaged number; how many relations it stands in, and what was meant."""

    figures: tuple[Figure, ...]
    figure_id: str
    meant: Decimal
    relations: int


def made_up(chance: random.Random, name: str) -> MadeUp:
    """About twenty figures and a dozen relations."""
    figures: list[Figure] = []
    relations: list[Relation] = []

    def add(statistic: Statistic, value: Decimal | int, dims: dict[str, str], *, last: bool = False) -> str:
        figure = _figure(f"{name}-{len(figures)}", statistic, Decimal(value), dims, last=last)
        figures.append(figure)
        return figure.figure_id

    def relate(kind: RelationKind, **members: str) -> None:
        relations.append(_relation(f"{name}-r{len(relations)}", kind, tuple(members), tuple(members.values())))

    counts = [chance.randint(20, 300), chance.randint(5, 40), chance.randint(0, 9)]
    total, prior = sum(counts), chance.randint(30, 350)
    now, then = add("count", total, {}), add("count", prior, {}, last=True)
    stages = [add("count", n, {"stage": s}) for s, n in zip(_STAGES, counts, strict=True)]
    relations.append(_sum(f"{name}-sum", now, stages))
    relate("change", current=now, prior=then, difference=add("change", total - prior, {}))
    relate("percent_change", current=now, prior=then, percent=add("percent_change", _percent(total - prior, prior), {}))
    cuts = sorted(chance.randint(0, counts[0]) for _ in _OUTCOMES[1:])
    outcomes = [b - a for a, b in zip([0, *cuts], [*cuts, counts[0]], strict=True)]
    parts = [add("count", n, {"stage": "1", "outcome": o}) for o, n in zip(_OUTCOMES, outcomes, strict=True)]
    relations.append(_sum(f"{name}-outcomes", stages[0], parts))
    for outcome, part, number in zip(_OUTCOMES, parts, outcomes, strict=True):
        share = add("percent_of", _percent(number, counts[0]), {"stage": "1", "outcome": outcome})
        relate("share", part=part, whole=stages[0], percent=share)
    return MadeUp(tuple(figures), tuple(relations))


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.1"))


def _figure(figure_id: str, statistic: Statistic, value: Decimal, dims: dict[str, str], *, last: bool) -> Figure:
    percent = statistic.startswith("percent")
    printed = f"{value}%" if percent else f"{value}"
    return Figure(
        figure_id=figure_id, measure="complaints", statistic=statistic, dims=tuple(sorted(dims.items())), value=value,
        unit="percent" if percent else "count", decimals=1 if percent else 0, period=Period.financial(2014 - last),
        role="comparative" if last else "current",
        evidence=Evidence(page=1, bbox=BBox(0, 0, 1, 1), printed=printed, snippet=printed),
    )  # fmt: skip


def _relation(relation_id: str, kind: RelationKind, roles: tuple[str, ...], figure_ids: tuple[str, ...]) -> Relation:
    return Relation(relation_id=relation_id, kind=kind, figure_ids=figure_ids, roles=roles, evidence="as stated")


def _sum(relation_id: str, whole: str, parts: Sequence[str]) -> Relation:
    return _relation(relation_id, "sum", ("whole", *("part" for _ in parts)), (whole, *parts))


def _lose(digits: str, chance: random.Random) -> str:
    place = chance.randrange(len(digits))
    return digits[:place] + digits[place + 1 :]


def _add(digits: str, chance: random.Random) -> str:
    place = chance.randrange(len(digits) + 1)
    return digits[:place] + chance.choice("0123456789") + digits[place:]


def _double(digits: str, chance: random.Random) -> str:
    place = chance.randrange(len(digits))
    return digits[:place] + digits[place] + digits[place:]


def _transpose(digits: str, chance: random.Random) -> str:
    place = chance.randrange(len(digits) - 1) if len(digits) > 1 else 0
    return digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]


def _misread(digits: str, chance: random.Random) -> str:
    place = chance.randrange(len(digits))
    return digits[:place] + digits[place].translate(str.maketrans("0123456789", "8783568236")) + digits[place + 1 :]


def _other(digits: str, chance: random.Random) -> str:
    return str(chance.randint(1, 2 * int(digits) + 10))


SLIPS: Mapping[str, Callable[[str, random.Random], str]] = {
    "a digit lost": _lose,
    "a digit too many": _add,
    "a digit twice": _double,
    "two digits changed places": _transpose,
    "a digit misread": _misread,
    "any other number": _other,
}
UNREADABLE = "cannot be read"


def damaged(document: MadeUp, slip: str, chance: random.Random) -> Damaged | None:
    """The document with a slip in one number; None where the slip makes no other number of it."""
    place = chance.randrange(len(document.figures))
    figure = document.figures[place]
    meant = figure.value or Decimal(0)
    if slip == UNREADABLE:
        hurt = replace(figure, value=None, grade="unreadable", evidence=replace(figure.evidence, printed="~"))
    else:
        digits = SLIPS[slip](str(abs(meant)).replace(".", ""), chance)
        value = Decimal(digits or 0).scaleb(-figure.decimals).copy_sign(meant)
        if value == meant or (figure.statistic == "percent_of" and value > 100):
            return None
        hurt = replace(figure, value=value, evidence=replace(figure.evidence, printed=str(value)))
    touched = sum(figure.figure_id in r.figure_ids for r in document.relations)
    return Damaged((*document.figures[:place], hurt, *document.figures[place + 1 :]), figure.figure_id, meant, touched)


def trials(documents: int) -> Iterator[tuple[str, Damaged, CheckResult]]:
    """Each slip in so many documents, checked."""
    for slip in (*SLIPS, UNREADABLE):
        chance = random.Random(f"{slip} {documents}")
        for number in range(documents):
            document = made_up(chance, f"d{number}")
            hurt = damaged(document, slip, chance)
            if hurt is not None:
                yield slip, hurt, check(hurt.figures, document.relations)


@dataclass(slots=True)
class Tally:
    """What became of the damaged numbers of one slip."""

    damaged: int = 0
    noticed: int = 0
    provable: int = 0
    right: int = 0
    proved: int = 0
    wrong: int = 0
    wrongly_proved: int = 0

    def count(self, hurt: Damaged, result: CheckResult) -> None:
        """Add one trial. Noticed: some finding names the number. Wrong: a repair of any number to what was not meant."""
        own = next((r for r in result.repairs if r.figure_id == hurt.figure_id), None)
        is_right = own is not None and own.proposed == hurt.meant
        self.damaged += 1
        self.noticed += any(hurt.figure_id in f.figure_ids for f in result.findings)
        self.provable += hurt.relations > 1
        self.right += is_right and hurt.relations > 1
        self.proved += is_right and own is not None and own.proved
        others = [r for r in result.repairs if not (r is own and is_right)]
        self.wrong += bool(others)
        self.wrongly_proved += any(r.proved for r in others)


def repairs_table(documents: int) -> Table:
    """The trials, by slip."""
    tallies: dict[str, Tally] = {}
    for slip, hurt, result in trials(documents):
        tallies.setdefault(slip, Tally()).count(hurt, result)
    rows = [
        (slip, t.damaged, t.noticed, t.provable, t.right / max(1, t.provable), t.proved, t.wrong, t.wrongly_proved)
        for slip, t in tallies.items()
    ]
    return table(
        "Repairs",
        (
            "slip",
            "damaged",
            "noticed",
            "provable",
            "of these repaired rightly",
            "proved",
            "a wrong proposal",
            "proved wrongly",
        ),
        rows,
        "Provable: the number stands in two relations or more. A slip that the rounding allows is not noticed.",
    )


def speed_table(documents: int) -> Table:
    """Seconds of the check, without and with a slip in each document."""
    rows = []
    for title, slip in (("no slip", None), ("a slip in each", "two digits changed places")):
        chance = random.Random(title)
        made = [made_up(chance, f"d{n}") for n in range(documents)]
        hurt = [(damaged(d, slip, chance) if slip else None) for d in made]
        inputs = [(h.figures if h else d.figures, d.relations) for h, d in zip(hurt, made, strict=True)]
        begin = time.process_time()
        for figures, relations in inputs:
            check(figures, relations)
        seconds = time.process_time() - begin
        figures_read = sum(len(figures) for figures, _ in inputs)
        rows.append((title, figures_read, f"{seconds:.1f}", f"{seconds / figures_read * 1_000_000:.0f}"))
    return table(
        "Speed", ("documents", "figures", "seconds", "seconds for a million"), rows, "Processor time, one core."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=400, help="documents for each slip")
    parser.add_argument("--write", type=Path, help="a page to put the tables into")
    asked = parser.parse_args(arguments)
    text = page(f"Run: {this_machine()}.", [repairs_table(asked.documents), speed_table(asked.documents)])
    sys.stdout.write(text)
    if asked.write:
        write_into(asked.write, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
