"""The rows of the export of series, from the store: council by council, in an order that depends on what is observed alone."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from pipeline.decisions.overlay import decided_of, not_rejected, with_decided
from pipeline.decisions.standing import all_standings
from pipeline.reconcile.across.vintages import Reported, choose
from pipeline.store.queries import Found, imported
from pipeline.store.rows import decimal_of, dims_of, scope_of
from pipeline.store.tables import figures, observations, statements
from schemas.authorities import load_authorities
from schemas.exports import LinkRow, SeriesRow, StatementRow, json_number
from schemas.policies import Decision, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFilter:
    """Which observations; None leaves a column alone. `id` is how an observation's or a series' id begins, `series` are whole ids."""

    authority: str | None = None
    measure: str | None = None
    year: str | None = None
    status: str | None = None
    id: str | None = None
    series: tuple[str, ...] | None = None


def series_rows(
    connection: Connection, policy: Policy | None = None, chosen: SeriesFilter | None = None
) -> Iterator[SeriesRow]:
    """One row for each observation that `chosen` lets through, with the value that `policy` (or the usual one) chooses."""
    policy, chosen = with_decisions(connection, policy or Policy()), chosen or SeriesFilter()
    documents = {document["id"]: document for document in imported(connection)}
    scopes = _scopes(documents.values())
    wanted = _scopes_of(connection, chosen.id) if chosen.id else set(scopes)
    present = {one["authority"] for one in scopes.values() if one["authority"]}
    for scope, council in sorted(scopes.items(), key=lambda item: (item[1]["authority"] or "", item[0])):
        if scope not in wanted or (chosen.authority and not _is_named(council, chosen.authority)):
            continue
        where = (observations.c.scope == scope, *_conditions(chosen))
        found = connection.execute(select(observations).where(*where).order_by(observations.c.id)).mappings().all()
        said = _statements(connection, where) if found else {}
        related = _related(council["authority"] or "", frozenset(present))
        for observation in found:
            yield _row(council, related, observation, said.get(observation["id"], []), documents, policy)


def _scopes(documents: Iterable[Found]) -> dict[str, Found]:
    """One document of each council: what it says of the council, all of them say."""
    scopes: dict[str, Found] = {}
    for document in documents:
        scopes.setdefault(scope_of(document), document)
    return scopes


def _scopes_of(connection: Connection, prefix: str) -> set[str]:
    """The councils of the observations or series whose id begins so."""
    return set(connection.scalars(select(observations.c.scope).where(_begins(prefix)).distinct()))


def _begins(prefix: str) -> ColumnElement[bool]:
    """Ids are hexadecimal: those from the prefix on, and before the next, are found by the index."""
    columns = (observations.c.observation_id, observations.c.series_id)
    return or_(*(and_(c >= prefix, c < f"{prefix}g", c.startswith(prefix, autoescape=True)) for c in columns))


def _is_named(council: Found, wanted: str) -> bool:
    return wanted == council["authority_code"] or wanted.casefold() in (council["authority"] or "").casefold()


def _conditions(chosen: SeriesFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.measure:
        yield observations.c.measure == chosen.measure
    if chosen.year:
        yield observations.c.period.startswith(chosen.year, autoescape=True)
    if chosen.status:
        yield observations.c.status == chosen.status
    if chosen.id:
        yield _begins(chosen.id)
    if chosen.series is not None:
        yield observations.c.series_id.in_(chosen.series)


def _statements(connection: Connection, where: Sequence[ColumnElement[bool]]) -> dict[int, list[Found]]:
    """Statements with their figures, by observation."""
    columns = [figures.c[n] for n in ("figure_id", "value", "printed", "page", "role", "qualifier", "grade")]
    joined = statements.join(observations, observations.c.id == statements.c.observation).join(
        figures,
        (figures.c.document_id == statements.c.document_id) & (figures.c.position == statements.c.figure),
    )
    source, of_decisions = with_decided(joined)
    query = select(statements, *columns, *of_decisions).select_from(source).where(*where, not_rejected())
    found: dict[int, list[Found]] = {}
    for row in connection.execute(query.order_by(statements.c.observation, statements.c.position)).mappings():
        found.setdefault(row["observation"], []).append(row)
    return found


def with_decisions(connection: Connection, policy: Policy) -> Policy:
    """The policy with what was decided on observations: where a file names the same observation, the record counts."""
    known = all_standings(connection, kind="observation").values()
    decided = {
        one.subject.id: Decision(value=Decimal(dict(one.in_force.after)["value"]), why=one.in_force.why)
        for one in known
        if one.in_force
    }
    return policy.model_copy(update={"decisions": {**policy.decisions, **decided}}) if decided else policy


@cache
def _related(name: str, present: frozenset[str]) -> tuple[list[str], list[str]]:
    """Councils of the store that came before and after one, by the register."""
    register = load_authorities()
    own = register.by_name(name)
    if own is None:
        return [], []
    before = sorted(a.name for a in register.authorities if own.key in a.successors and a.name in present)
    after = sorted(a.name for a in register.authorities if a.key in own.successors and a.name in present)
    return before, after


def _row(
    council: Found,
    related: tuple[list[str], list[str]],
    observation: Found,
    said: Sequence[Found],
    documents: Mapping[int, Found],
    policy: Policy,
) -> SeriesRow:
    reported = [_reported(s, documents[s["document_id"]]["name"]) for s in said]
    choice = choose(observation["observation_id"], observation["measure"], reported, policy)
    return SeriesRow(
        observation_id=observation["observation_id"],
        series_id=observation["series_id"],
        authority=council["authority"],
        authority_code=council["authority_code"],
        predecessors=related[0],
        successors=related[1],
        service=observation["service"],
        measure=observation["measure"],
        statistic=observation["statistic"],
        dims=dict(dims_of(observation["dims"])),
        unit=observation["unit"],
        period=observation["period"],
        period_start=observation["period_start"],
        period_end=observation["period_end"],
        value=json_number(choice.value),
        document=choice.document,
        policy=choice.policy,
        why=choice.why,
        status=observation["status"],
        first_reported=json_number(choice.first.value) if choice.first else None,
        first_document=choice.first.document if choice.first else None,
        last_reported=json_number(choice.last.value) if choice.last else None,
        last_document=choice.last.document if choice.last else None,
        decided=json_number(choice.decided),
        statements=[_statement_row(s, documents[s["document_id"]]) for s in said],
        perhaps=[LinkRow(series_id=series_id, why=why) for series_id, why in json.loads(observation["perhaps"])],
    )


def _reported(said: Found, document: str) -> Reported:
    """A statement, with what was decided on its figure: of a misreading what the page says, beside a misprint what it should say."""
    decided, value = decided_of(said), decimal_of(said["value"])
    content = decided.content if decided else None
    misprint = decided is not None and decided.cause == "misprint"
    return Reported(
        value=content.value if content and not misprint else value,
        document=document,
        vintage=said["vintage"],
        agreement=said["agreement"],
        corrected=content.value if content and misprint else None,
    )


def _statement_row(said: Found, document: Found) -> StatementRow:
    decided = decided_of(said)
    return StatementRow(
        figure_id=said["figure_id"],
        document=document["name"],
        document_sha256=document["sha256"],
        page=said["page"],
        value=json_number(decimal_of(said["value"])),
        raw_text=said["printed"],
        role=said["role"],
        qualifier=said["qualifier"],
        grade=said["grade"],
        vintage=said["vintage"],
        agreement=said["agreement"],
        decision=decided.status if decided else "open",
        decided_value=json_number(decided.content.value) if decided and decided.content else None,
    )
