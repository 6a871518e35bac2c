"""How well the figures of the store agree with gold files.

Figures are matched one to one within a document, on two keys:
  core  measure, statistic, value, period, stage
  full  core, and the texts of all other dimensions (free text without case, punctuation, or a closing "team" or "service";
        which dimension a free text is given as is a matter of taste)
A figure without a value counts by its proposed value, and only where gold marks it garbled. Optional gold is neither required
nor punished; `alt_dims` of gold are breakdowns to accept as well.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from schemas.errors import UsageError
from schemas.exports import FigureRow, FindingRow

FREE_TEXT = ("team", "service", "category", "channel", "ethnicity", "gender", "age", "role")
CONTROLLED = ("event", "outcome", "complainant", "source", "cohort", "investigator")

Key = tuple[Any, ...]
GoldLine = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A figure, found or gold, reduced to what is compared."""

    measure: str
    statistic: str
    value: float | None
    period: str | None
    dims: Mapping[str, str]
    alternatives: tuple[Mapping[str, str], ...] = ()
    optional: bool = False
    garbled: bool = False

    def core(self, dims: Mapping[str, str] | None = None) -> Key:
        """Measure, statistic, value, period and stage."""
        chosen = self.dims if dims is None else dims
        return self.measure, self.statistic, self.value, self.period, str(chosen.get("stage") or "")

    def full(self, dims: Mapping[str, str] | None = None) -> Key:
        """Core and all dimensions."""
        chosen = self.dims if dims is None else dims
        texts = [str(chosen[name]).lower() for name in CONTROLLED if chosen.get(name)]
        texts += [plain(chosen[name]) for name in FREE_TEXT if chosen.get(name)]
        return (*self.core(chosen), tuple(sorted(texts)))


@dataclass(frozen=True, slots=True)
class Score:
    """`right` of the `required` figures were found, among `found`."""

    right: int = 0
    required: int = 0
    found: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.required + other.required, self.found + other.found)

    @property
    def precision(self) -> float:
        """How many of those found are right."""
        return self.right / self.found if self.found else float(not self.required)

    @property
    def recall(self) -> float:
        """How many of those required were found."""
        return self.right / self.required if self.required else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScore:
    """One document's scores; `missed` and `invented` are core keys."""

    name: str
    core: Score
    full: Score
    by_measure: Mapping[str, Score]
    missed: tuple[Key, ...]
    invented: tuple[Key, ...]
    findings: Score = field(default_factory=Score)
    empty_gold: bool = False
    seen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A gold file: the stem of its document's name, and what it states."""

    stem: str
    statements: tuple[Statement, ...]
    findings: tuple[GoldLine, ...]


def evaluate(
    gold: Sequence[Gold], figures: Iterable[FigureRow], findings: Iterable[FindingRow]
) -> tuple[DocumentScore, ...]:
    """A score for each gold file."""
    stems = [g.stem for g in gold]
    figures_of: dict[str, list[FigureRow]] = {}
    for figure in figures:
        figures_of.setdefault(owner(figure.document, stems), []).append(figure)
    findings_of: dict[str, list[FindingRow]] = {}
    for finding in findings:
        for stem in {owner(name, stems) for name in finding.documents}:
            findings_of.setdefault(stem, []).append(finding)
    return tuple(_score(g, figures_of.get(g.stem, []), findings_of.get(g.stem, [])) for g in gold)


def read_gold(folder: Path) -> tuple[Gold, ...]:
    """The gold files of a folder, in the order of their names."""
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", advice="Name the folder with the .gold.jsonl files.")
    paths = sorted(folder.glob("*.gold.jsonl"))
    if not paths:
        raise UsageError(f"There are no .gold.jsonl files in {folder}.", advice="Name the folder that holds them.")
    return tuple(_read_gold_file(path) for path in paths)


def plain(text: str) -> str:
    """Free text as it is compared."""
    words = re.sub(r"[^a-z0-9]+", " ", str(text).lower().replace("&", " and ")).split()
    while len(words) > 1 and words[-1] in ("team", "teams", "service", "services"):
        words.pop()
    return " ".join(words)


def _read_gold_file(path: Path) -> Gold:
    try:
        head, *lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        statements = [_gold_statement(line) for line in lines if "measure" in line]
        findings = tuple(line for line in lines if "finding" in line and not line.get("optional"))
        return Gold(stem=PurePath(head["document"]).stem, statements=_distinct(statements), findings=findings)
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} is no gold file: {type(error).__name__}: {error}."
        raise UsageError(message, advice="Its form is described with the vocabulary.") from None


def _gold_statement(line: GoldLine) -> Statement:
    return Statement(
        measure=line["measure"],
        statistic=line.get("statistic") or "count",
        value=_number(line.get("value")),
        period=line.get("period"),
        dims=line.get("dims") or {},
        alternatives=tuple(line.get("alt_dims") or ()),
        optional=bool(line.get("optional")),
        garbled=bool(line.get("garbled")),
    )


def statement_of(row: FigureRow, value: float | None) -> Statement:
    """A figure that was read, with the value that it is held to state."""
    return Statement(
        measure=row.measure, statistic=row.statistic, value=_number(value), period=row.period, dims=row.dims
    )


def _score(gold: Gold, figures: list[FigureRow], findings: list[FindingRow]) -> DocumentScore:
    garbled = {s.full() for s in gold.statements if s.garbled}
    found = _distinct(_countable(figures, garbled))
    core, missed, invented = _match(gold.statements, found, Statement.core)
    full, _, _ = _match(gold.statements, found, Statement.full)
    measures = sorted({s.measure for s in (*gold.statements, *found)})
    return DocumentScore(
        name=gold.stem,
        core=core,
        full=full,
        by_measure={m: _match(_of(m, gold.statements), _of(m, found), Statement.core)[0] for m in measures},
        missed=tuple(missed.elements()),
        invented=tuple(invented.elements()),
        findings=_score_findings(gold.findings, findings),
        empty_gold=not gold.statements,
        seen=bool(figures),
    )


def _countable(figures: Iterable[FigureRow], garbled: set[Key]) -> Iterator[Statement]:
    for row in figures:
        if row.value is not None:
            yield statement_of(row, row.value)
        elif row.proposed_value is not None:
            proposed = statement_of(row, row.proposed_value)
            if proposed.full() in garbled:
                yield proposed


def _of(measure: str, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(s for s in statements if s.measure == measure)


def _match(gold: Iterable[Statement], found: Iterable[Statement], key: Any) -> tuple[Score, Counter[Key], Counter[Key]]:
    """The score, the required keys that are missed, and the found ones that nothing in gold accounts for."""
    left = Counter(key(statement) for statement in found)
    missed: Counter[Key] = Counter()
    right = required = 0
    for statement in sorted(gold, key=lambda s: s.optional):
        keys = (key(statement, dims) for dims in (statement.dims, *statement.alternatives))
        match = next((k for k in keys if left[k] > 0), None)
        if match is not None:
            left[match] -= 1
        if statement.optional:
            continue
        required += 1
        right += match is not None
        if match is None:
            missed[key(statement)] += 1
    invented = +left
    return Score(right, required, right + invented.total()), missed, invented


def _score_findings(gold: Iterable[GoldLine], found: Iterable[FindingRow]) -> Score:
    rows, lines = list(found), list(gold)
    right = sum(any(row.kind == line["finding"] and same_values(line, row) for row in rows) for line in lines)
    return Score(right, len(lines), len(rows))


def same_values(line: GoldLine, row: FindingRow) -> bool:
    """Whether a finding shares two of the values that gold gives for it (or its only one)."""
    wanted = _numbers(line.get("values") or [])
    return len(wanted & _numbers(row.values)) >= min(2, len(wanted))


def owner(document: str, stems: Iterable[str]) -> str:
    """The stem of the gold that is about a document: the longest that its name is, or begins with before a "." or "-"; "" if none."""
    name = PurePath(document).name
    fits = [stem for stem in stems if name == stem or (name.startswith(stem) and name[len(stem)] in ".-")]
    return max(fits, key=len, default="")


def _distinct(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements without repetitions: one is enough, however often a document says the same."""
    first: dict[Key, Statement] = {}
    for statement in statements:
        first.setdefault(statement.full(), statement)
    return tuple(first.values())


def _numbers(values: Iterable[Any]) -> set[float | None]:
    return {_number(v) for v in values if isinstance(v, int | float)}


def _number(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
