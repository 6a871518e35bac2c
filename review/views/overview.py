"""The overview: what is in the store, what was proved, what is left to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from pipeline.review_plan import Plan, read_plan
from pipeline.store.queries import Found
from pipeline.store.tables import documents, findings, suspects, tallies
from review import labels
from review.views.charts import Bar, grade_bar
from review.views.suspects import undecided


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an import is: documents read, waiting, refused."""

    imported: int
    pending: int
    quarantined: int

    @property
    def total(self) -> int:
        """All documents."""
        return self.imported + self.pending + self.quarantined

    @property
    def settled(self) -> int:
        """Documents that are read or refused."""
        return self.imported + self.quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A count with its share of a whole, as text."""

    name: str
    count: int
    share: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """One line of the table of councils."""

    name: str
    code: str
    documents: int
    figures: int
    waiting: int
    findings: int
    unplaced: int
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A document that could not be read, why, and what to do."""

    name: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """How far the review is. `bound` and `rule_of_three` are percentages as text, "" before the sample is begun."""

    why: str
    may_stop: bool
    unchecked: int
    decided: int
    flagged: int
    looked_at: int
    sample: int
    errors: int
    bound: str
    rule_of_three: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """The overview."""

    progress: Progress
    figures: int
    grades: tuple[Share, ...]
    bar: Bar
    numbers: int
    accounted: tuple[Share, ...]
    alone: Share
    pages: int
    pages_without_text: int
    findings: tuple[Share, ...]
    findings_total: int
    waiting: int
    plan: PlanView
    councils: tuple[Council, ...]
    refused: tuple[Refused, ...]


def read_progress(connection: Connection) -> Progress:
    """How many documents are read, waiting and refused."""
    query = select(documents.c.status, func.count()).group_by(documents.c.status)
    found = {status: times for status, times in connection.execute(query)}
    return Progress(**{status: found.get(status, 0) for status in ("imported", "pending", "quarantined")})


def read_overview(connection: Connection) -> OverviewPage:
    """The overview of a store."""
    by_document, plan = _tallies(connection), read_plan(connection)
    total: dict[str, int] = {}
    for tally in by_document.values():
        for what, number in tally.items():
            total[what] = total.get(what, 0) + number
    figures = _sum(total, "grade:")
    numbers = _sum(total, "mark:")
    placed, unplaced = total.get("mark:figure", 0), total.get("mark:unplaced", 0)
    alone = total.get("alone", 0)
    found = tuple(_findings(connection))
    return OverviewPage(
        progress=read_progress(connection),
        figures=figures,
        grades=tuple(
            Share(name=grade, count=total.get(f"grade:{grade}", 0), share=_share(total.get(f"grade:{grade}", 0), figures), note=note)
            for grade, note in labels.GRADES.items()
        ),
        bar=grade_bar(total),
        numbers=numbers,
        accounted=(
            Share(name="in figures", count=placed, share=_share(placed, numbers)),
            Share(name="known to be no figures", count=numbers - placed - unplaced, share=_share(numbers - placed - unplaced, numbers),
                note="dates, references, legal time limits, page numbers"),
            Share(name="unplaced", count=unplaced, share=_share(unplaced, numbers), note="nobody knows yet what they count"),
        ),
        alone=Share(name="figures that no relation touches", count=alone, share=_share(alone, figures)),
        pages=_sum(total, "page:"),
        pages_without_text=total.get("page:none", 0),
        findings=found,
        findings_total=sum(one.count for one in found),
        waiting=plan.waiting,
        plan=_plan(plan),
        councils=_councils(connection, by_document),
        refused=_refused(connection),
    )  # fmt: skip


def _plan(plan: Plan) -> PlanView:
    return PlanView(
        why=plan.why,
        may_stop=plan.may_stop,
        unchecked=plan.unchecked,
        decided=plan.flagged - plan.waiting,
        flagged=plan.flagged,
        looked_at=plan.looked_at,
        sample=plan.sample,
        errors=plan.errors,
        bound="" if plan.bound is None else f"{100 * float(plan.bound):.2g}%",
        rule_of_three="" if plan.rule_of_three is None or plan.errors else f"{100 * float(plan.rule_of_three):.2g}%",
    )


def _tallies(connection: Connection) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for number, what, times in connection.execute(select(tallies.c.document_id, tallies.c.what, tallies.c.number)):
        found.setdefault(number, {})[what] = times
    return found


def _sum(total: Mapping[str, int], prefix: str) -> int:
    return sum(number for what, number in total.items() if what.startswith(prefix))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _findings(connection: Connection) -> list[Share]:
    query = select(findings.c.severity, func.count()).group_by(findings.c.severity)
    found = {severity: times for severity, times in connection.execute(query)}
    whole = sum(found.values())
    return [Share(name=s, count=found.get(s, 0), share=_share(found.get(s, 0), whole)) for s in labels.SEVERITIES]


def _councils(connection: Connection, by_document: Mapping[int, Mapping[str, int]]) -> tuple[Council, ...]:
    query = select(documents.c.id, documents.c.authority, documents.c.authority_code)
    of: dict[tuple[str, str], list[Mapping[str, int]]] = {}
    for number, name, code in connection.execute(query.where(documents.c.status == "imported")):
        of.setdefault((name or "Authority not known", code or ""), []).append(by_document.get(number, {}))
    left = select(suspects.c.scope, func.count()).where(undecided()).group_by(suspects.c.scope)
    waiting_of = {scope: times for scope, times in connection.execute(left)}
    councils = []
    for (name, code), tallied in sorted(of.items()):
        total: dict[str, int] = {}
        for tally in tallied:
            for what, number in tally.items():
                total[what] = total.get(what, 0) + number
        councils.append(
            Council(
                name=name,
                code=code,
                documents=len(tallied),
                figures=_sum(total, "grade:"),
                waiting=waiting_of.get(code or name, 0),
                findings=_sum(total, "finding:"),
                unplaced=total.get("mark:unplaced", 0),
                bar=grade_bar(total),
            )
        )
    return tuple(councils)


def _refused(connection: Connection) -> tuple[Refused, ...]:
    query = select(documents.c.name, documents.c.message, documents.c.advice).where(documents.c.status == "quarantined")
    rows: list[Found] = list(connection.execute(query.order_by(documents.c.name).limit(20)).mappings())
    return tuple(Refused(name=row["name"], message=row["message"], advice=row["advice"]) for row in rows)
