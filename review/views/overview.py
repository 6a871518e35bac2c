"""The overview: what is in the store, what was proved, what is left to do."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from pipeline.review_plan import Plan, read_plan
from pipeline.store.queries import Found
from pipeline.store.tables import documents, finding_documents, findings, suspects, tallies
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
    """One line of the table of councils. `scope` is what the filters call it by, "" where a document names no council."""

    name: str
    scope: str
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
    by_council, plan = _tallies(connection), read_plan(connection)
    total = Counter[str]()
    for tally in by_council.values():
        total.update(tally)
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
        councils=_councils(connection, by_council),
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


# Name and code of a council, which documents may not tell.
_CouncilKey = tuple[str | None, str | None]


def _tallies(connection: Connection) -> dict[_CouncilKey, dict[str, int]]:
    """How many there are of what in the documents of each council."""
    council = (documents.c.authority, documents.c.authority_code)
    joined = tallies.join(documents, documents.c.id == tallies.c.document_id)
    query = select(*council, tallies.c.what, func.sum(tallies.c.number)).select_from(joined)
    found: dict[_CouncilKey, dict[str, int]] = {}
    for name, code, what, number in connection.execute(query.group_by(*council, tallies.c.what)):
        found.setdefault((name, code), {})[what] = int(number)
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


def _councils(connection: Connection, by_council: Mapping[_CouncilKey, Mapping[str, int]]) -> tuple[Council, ...]:
    council = (documents.c.authority, documents.c.authority_code)
    joined = finding_documents.join(documents, documents.c.id == finding_documents.c.document_id)
    # A finding across documents is one, however many of them it is about.
    about = select(*council, func.count(finding_documents.c.finding.distinct())).select_from(joined).group_by(*council)
    found_in = {(name, code): times for name, code, times in connection.execute(about)}
    left = select(suspects.c.scope, func.count()).where(undecided()).group_by(suspects.c.scope)
    waiting_in = {scope: times for scope, times in connection.execute(left)}
    papers = select(*council, func.count()).where(documents.c.status == "imported").group_by(*council)
    return tuple(
        Council(
            name=name or "Authority not known",
            scope=code or name or "",
            documents=many,
            figures=_sum(tally := by_council.get((name, code), {}), "grade:"),
            waiting=waiting_in.get(code or name or "", 0),
            findings=found_in.get((name, code), 0),
            unplaced=tally.get("mark:unplaced", 0),
            bar=grade_bar(tally),
        )
        for name, code, many in sorted(connection.execute(papers), key=lambda row: row[0] or "")
    )


def _refused(connection: Connection) -> tuple[Refused, ...]:
    query = select(documents.c.name, documents.c.message, documents.c.advice).where(documents.c.status == "quarantined")
    rows: list[Found] = list(connection.execute(query.order_by(documents.c.name).limit(20)).mappings())
    return tuple(Refused(name=row["name"], message=row["message"], advice=row["advice"]) for row in rows)
