"""What a decision rests on: what the store holds of its subject, without any decision, as facts."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from pipeline.store.queries import Found
from pipeline.store.rows import dims_of
from pipeline.store.tables import documents, figures, findings, observations, statements
from schemas.decisions import SECOND_APPROVAL, Facts, Subject, SubjectKind, facts_of

ADDED = "added"
"""The rule of figures that a person added: rows of the store like the others, but nothing that was read."""

_AT_ONCE = 500


def read_now(connection: Connection, subjects: Iterable[Subject]) -> dict[Subject, Facts]:
    """The facts of those subjects that the store holds. A figure that was added is no evidence of itself: see `still_there`."""
    found: dict[Subject, Facts] = {}
    wanted = set(subjects)
    for kind, reader in _READERS.items():
        ids = sorted(subject.id for subject in wanted if subject.kind == kind)
        for start in range(0, len(ids), _AT_ONCE):
            found |= {Subject(kind, id): facts for id, facts in reader(connection, ids[start : start + _AT_ONCE])}
    return found


def still_there(connection: Connection, sha256s: Iterable[str]) -> set[str]:
    """Which of these documents (by the hash of their content) are in the store and can be read."""
    known = select(documents.c.sha256).where(documents.c.sha256.in_(sorted(set(sha256s))))
    return set(connection.scalars(known.where(documents.c.status == "imported")))


def figure_facts(row: Found) -> Facts:
    """What was read of a figure: what it says, and the print it was read from. Its id stands for the place."""
    said = {name: row[name] for name in ("value", "measure", "statistic", "unit", "period", "qualifier", "printed")}
    dims = {f"dims.{name}": text for name, text in dims_of(row["dims"])}
    return facts_of(said | dims | {"page": str(row["page"])})


def _figures(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Facts]]:
    # A copy of a document that was saved anew has the same figures: they say the same, and the first document speaks for all.
    query = select(figures).where(figures.c.figure_id.in_(ids), figures.c.rule != ADDED)
    for row in connection.execute(query.order_by(figures.c.document_id.desc())).mappings():
        yield row["figure_id"], figure_facts(row)


def _findings(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Facts]]:
    for row in connection.execute(select(findings).where(findings.c.finding_id.in_(ids))).mappings():
        names = ("kind", "values", "expected", "figure_ids")
        yield row["finding_id"], facts_of({name: row[name] for name in names})


def _observations(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Facts]]:
    said: dict[int, list[tuple[str, str | None]]] = {}
    chosen = observations.c.observation_id.in_(ids)
    joined = statements.join(observations, observations.c.id == statements.c.observation).join(
        figures, (figures.c.document_id == statements.c.document_id) & (figures.c.position == statements.c.figure)
    )
    columns = (statements.c.observation, figures.c.figure_id, figures.c.value)
    for number, figure_id, value in connection.execute(select(*columns).select_from(joined).where(chosen)):
        said.setdefault(number, []).append((figure_id, value))
    for row in connection.execute(select(observations).where(chosen)).mappings():
        names = ("measure", "statistic", "unit", "period")
        dims = {f"dims.{name}": text for name, text in dims_of(row["dims"])}
        stated = json.dumps(sorted(said.get(row["id"], []), key=lambda one: one[0]))
        yield row["observation_id"], facts_of({name: row[name] for name in names} | dims | {"statements": stated})


def _settings(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Facts]]:
    yield from ((id, facts_of({"value": "off"})) for id in ids if id == SECOND_APPROVAL)


_READERS: Mapping[SubjectKind, Callable[[Connection, Sequence[str]], Iterator[tuple[str, Facts]]]] = {
    "figure": _figures,
    "finding": _findings,
    "observation": _observations,
    "setting": _settings,
}
