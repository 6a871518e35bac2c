"""The tables of the accuracy benchmark."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from benchmarks.report import Table, table
from benchmarks.scoring import Document, Judged, Pair, Scored, joined, total
from pipeline.evaluate import Score

_GRADES = ("proved", "read", "doubtful", "unreadable")
_BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_SCORES = ("gold", "found", "right", "precision", "recall", "F1 core", "F1 full")


def accuracy(corpora: Sequence[Scored]) -> tuple[Table, ...]:
    """All tables."""
    documents = tuple(chain.from_iterable(scored.documents for scored in corpora))
    figures = tuple(chain.from_iterable(scored.figures for scored in corpora))
    return (
        _overall(corpora),
        scores("By measure", "measure", joined(corpora, "measure")),
        scores("By statistic", "statistic", joined(corpora, "statistic")),
        _findings(corpora),
        groups("By type of document", "type", documents, lambda d: d.head.type),
        groups("By format", "format", documents, lambda d: d.media),
        groups("Clean text and text with scanning errors", "text", documents, _condition),
        _councils(documents),
        rules(figures),
        grades(figures),
        _confidence(figures),
        faults(figures, corpora),
        dimensions(figures),
    )


def _overall(corpora: Sequence[Scored]) -> Table:
    rows = []
    for scored in corpora:
        core, full = total(scored.documents)
        findings = sum((d.score.findings for d in scored.documents), Score())
        invented = sum(d.score.core.found for d in scored.documents if d.score.empty_gold)
        good = [f for f in scored.figures if f.row.grade in ("proved", "read")]
        rows.append(
            (
                scored.corpus,
                len(scored.documents),
                core.required,
                *(core.precision, core.recall, core.f1, full.precision, full.recall, full.f1),
                f"{findings.right} of {findings.required}",
                invented,
                f"{sum(not f.core for f in good)} of {len(good)}",
                scored.set_aside,
            )
        )
    shares = tuple(f"{name} {key}" for key in ("core", "full") for name in ("precision", "recall", "F1"))
    columns = ("corpus", "documents", "gold", *shares, "findings", "invented", "good but wrong", "set aside")
    note = (
        "*findings*: those of gold that were found; *invented*: figures in documents that state none; *good but wrong*: "
        "figures graded proved or read whose core gold does not state; *set aside*: figures on pages that gold does not label."
    )
    return table("Overall", columns, rows, note)


def scores(title: str, of: str, pairs: Mapping[str, Pair], note: str = "") -> Table:
    """A row for each name with its scores, those with most gold first."""
    ordered = sorted(pairs.items(), key=lambda named: (-named[1][0].required, named[0]))
    rows = [(name, *_cells(pair)) for name, pair in ordered if pair[0].required or pair[0].found]
    return table(title, (of, *_SCORES), rows, note or "Core unless it says full.")


def _cells(pair: Pair) -> tuple[object, ...]:
    core, full = pair
    return core.required, core.found, core.right, core.precision, core.recall, core.f1, full.f1


def _findings(corpora: Iterable[Scored]) -> Table:
    sums: dict[str, Score] = {}
    for scored in corpora:
        for kind, of_kind in scored.findings.items():
            sums[kind] = sums.get(kind, Score()) + of_kind
    rows = [(kind, s.required, s.right, s.recall if s.required else None, s.found) for kind, s in sorted(sums.items())]
    note = "Mistakes of the documents themselves. *reported*: all of that kind, those too that gold does not list."
    return table("Findings", ("kind", "gold", "found", "recall", "reported"), rows, note)


def groups(
    title: str, of: str, documents: Iterable[Document], name: Callable[[Document], str], note: str = ""
) -> Table:
    """A row for each group of documents that have a name in common."""
    rows = [(label, len(group), *_cells(total(group))) for label, group in grouped(documents, name).items()]
    return table(title, (of, "documents", *_SCORES), rows, note)


def grouped(documents: Iterable[Document], name: Callable[[Document], str]) -> dict[str, list[Document]]:
    """The documents by a name, in the order of the names."""
    named: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        named[name(document)].append(document)
    return dict(sorted(named.items()))


def _condition(document: Document) -> str:
    return "scanning errors" if "_ocr" in document.head.stem else "clean"


def _councils(documents: Sequence[Document]) -> Table:
    """Each council beside all others: a rule that is fitted to one council shows as a gap."""
    rows = []
    for council in sorted({d.head.authority for d in documents}):
        own = [d for d in documents if d.head.authority == council]
        core, full = total(own)
        if not (full.required or full.found):
            continue
        core_others, full_others = total(d for d in documents if d.head.authority != council)
        gap = core.f1 - core_others.f1
        rows.append((council, len(own), core.required, core.f1, core_others.f1, gap, full.f1, full_others.f1))
    columns = ("council", "documents", "gold", "core F1", "of the others", "gap", "full F1", "of the others")
    note = "Each council's own documents beside those of all others, the weakest first. It says how well they are read, nothing about the council. Councils without anything to read are left out."
    return table("By council", columns, sorted(rows, key=lambda row: (row[5], row[0])), note)


def rules(figures: Iterable[Judged]) -> Table:
    """How often each rule fires, and how often it is right."""
    of: dict[str, list[Judged]] = defaultdict(list)
    for figure in figures:
        of[figure.rule].append(figure)
    rows = []
    for rule, fired in sorted(of.items(), key=lambda named: (-len(named[1]), named[0])):
        councils = {f.head.authority for f in fired}
        clean = {f.head.authority for f in fired if not f.core}
        rows.append((rule, len(fired), *_shares(fired), len(councils), len(clean)))
    columns = ("rule", "figures", "right (core)", "share", "right (full)", "share", "councils", "with a wrong one")
    note = "How often a rule gave a figure, how often gold states it, and among how many councils it fired and erred."
    return table("By rule", columns, rows, note)


def _shares(figures: Sequence[Judged]) -> tuple[object, ...]:
    core, full = sum(f.core for f in figures), sum(f.full for f in figures)
    some = len(figures) > 0
    return core, core / len(figures) if some else None, full, full / len(figures) if some else None


def grades(figures: Sequence[Judged]) -> Table:
    """How often the figures of each grade are right."""
    rows = []
    for grade in _GRADES:
        of = [f for f in figures if f.row.grade == grade]
        mean = sum(f.row.confidence for f in of) / len(of) if of else None
        rows.append((grade, len(of), mean, *_shares(of)))
    columns = ("grade", "figures", "mean confidence", "right (core)", "share", "right (full)", "share")
    return table("By grade", columns, rows, "An unreadable figure is judged by the value proposed for it.")


def _confidence(figures: Sequence[Judged]) -> Table:
    rows, error = [], 0.0
    for low, high in zip(_BANDS, (*_BANDS[1:], 1.01), strict=True):
        of = [f for f in figures if low <= f.row.confidence < high]
        if not of:
            continue
        mean = sum(f.row.confidence for f in of) / len(of)
        error += abs(sum(f.core for f in of) - mean * len(of))
        rows.append((f"{low:.2f} to {min(high, 1.0):.2f}", len(of), mean, *_shares(of)))
    columns = ("confidence", "figures", "mean", "right (core)", "share", "right (full)", "share")
    note = (
        "A calibrated confidence equals the share of figures that are right. Expected calibration error (core): "
        f"{error / max(1, len(figures)):.3f}."
    )
    return table("Calibration of the confidence", columns, rows, note)


def faults(figures: Iterable[Judged], corpora: Iterable[Scored]) -> Table:
    """In what wrong figures, and missed ones, differ from the right ones."""
    invented = Counter(f.fault for f in figures if not f.core)
    missed: Counter[str] = Counter()
    for scored in corpora:
        missed += Counter(scored.missed)
    names = sorted({*invented, *missed}, key=lambda name: (-invented[name] - missed[name], name))
    rows = [(name, invented[name], missed[name]) for name in names]
    note = (
        "What tells a wrong figure from the most similar line of gold with the same value, and a missed line from the most similar "
        "figure; *no such value*: the number is not in gold at all, or was not read as a figure at all."
    )
    return table("What is wrong", ("differs in", "wrong figures", "missed gold"), rows, note)


def dimensions(figures: Iterable[Judged]) -> Table:
    """What else is wrong with figures whose core is right."""
    of: dict[str, list[Judged]] = defaultdict(list)
    for figure in figures:
        if figure.core and not figure.full:
            of[figure.fault].append(figure)
    ordered = sorted(of.items(), key=lambda named: (-len(named[1]), named[0]))
    rows = [(name, len(found), len({f.head.authority for f in found})) for name, found in ordered if len(found) > 1]
    note = (
        "Figures whose core is right and whose other dimensions are not: `-team` lacks it, `+team` has it and should not, "
        f"`team` has another. {len(ordered) - len(rows)} more have a combination of their own."
    )
    return table("What is wrong in the other dimensions", ("dimensions", "figures", "councils"), rows, note)
