"""What decisions do to the store: grades of figures, statuses of findings, rows for added figures. All of it can be made again from the chain."""

from collections.abc import Mapping

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from pipeline.decisions.evidence import ADDED
from pipeline.decisions.overlay import CLEAN, decimals_of, role_of
from pipeline.decisions.standing import all_standings, content_facts, held_against_store, keep, place_facts
from pipeline.store.database import Store
from pipeline.store.queries import Found
from pipeline.store.rows import Row, figure_row
from pipeline.store.tables import documents, figures, findings, statements
from schemas.decisions import Facts, Standing, content_of, place_of
from schemas.figures import Evidence, Figure, Grade
from schemas.findings import FindingStatus
from schemas.periods import Period

_FINDINGS: Mapping[str, FindingStatus] = {"accepted": "accepted", "dismissed": "dismissed"}
_CONFIRMED = ("accepted", "corrected", "added")


def take_effect(connection: Connection, before: Standing, after: Standing) -> None:
    """Have a decision take effect, at once where that is a matter of a row, else when documents are next checked."""
    if after.subject.kind == "figure":
        if _matters(connection, before, after):
            _have_checked(connection, after)
        _place_addition(connection, after)
        _write_grade(connection, after)
    elif after.subject.kind == "finding":
        _write_status(connection, after)


def restore_additions(store: Store) -> None:
    """Give added figures their rows again, in documents that were read anew."""
    with store.writing() as connection:
        for one in _additions(connection):
            _place_addition(connection, one)


def settle(store: Store) -> None:
    """Hold all decisions against what there is now, and give figures and findings what was decided on them."""
    with store.writing() as connection:
        known = all_standings(connection)
        found = held_against_store(connection, known)
        keep(connection, [one for subject, one in found.items() if one.stale != known[subject].stale])
        for one in found.values():
            if one.in_force and one.subject.kind == "figure":
                _write_grade(connection, one)
            elif one.in_force and one.subject.kind == "finding":
                _write_status(connection, one)


def _matters(connection: Connection, before: Standing, after: Standing) -> bool:
    """Whether the checks see anything else than before."""
    same = content_facts(before.now) == content_facts(after.now)
    if not same or (before.status == "rejected") != (after.status == "rejected"):
        return True
    if (before.in_force is None) == (after.in_force is None):
        return False
    grades = select(figures.c.grade_as_read).where(figures.c.figure_id == after.subject.id)
    return any(grade not in CLEAN for grade in connection.scalars(grades))


def _write_grade(connection: Connection, one: Standing) -> None:
    """What a person confirmed is proved; where it is read in another way now, it is doubtful until somebody looks again."""
    of_figure = update(figures).where(figures.c.figure_id == one.subject.id)
    if one.status not in _CONFIRMED:
        connection.execute(
            of_figure.where(figures.c.grade != figures.c.grade_checked).values(grade=figures.c.grade_checked)
        )
        return
    grade: Grade = "doubtful" if one.stale else "proved"
    connection.execute(of_figure.where(figures.c.grade != grade).values(grade=grade))


def _write_status(connection: Connection, one: Standing) -> None:
    status = "open" if one.stale else _FINDINGS.get(one.status, "open")
    of_finding = update(findings).where(findings.c.finding_id == one.subject.id, findings.c.status != status)
    connection.execute(of_finding.values(status=status))


def _have_checked(connection: Connection, one: Standing) -> None:
    """Have the documents of a figure checked when there is time for it: by `crossfoot reconcile`, or at the end of the next import."""
    of_figure = select(figures.c.document_id).where(figures.c.figure_id == one.subject.id)
    place = place_facts(one.now) or place_facts(one.read)
    of_addition = documents.c.sha256 == dict(place).get("document_sha256", "")
    chosen = or_(documents.c.id.in_(of_figure), of_addition)
    connection.execute(update(documents).where(chosen).values(checked=""))


def _additions(connection: Connection) -> list[Standing]:
    known = all_standings(connection, kind="figure")
    return [one for one in known.values() if one.in_force and place_facts(one.in_force.after)]


def _place_addition(connection: Connection, one: Standing) -> None:
    """Make the row of an added figure, or change it, or take it away: as it stands."""
    place = place_facts(one.in_force.after) if one.in_force else ()
    content = content_facts(one.in_force.after) if one.in_force else ()
    row = (
        connection.execute(select(figures).where(figures.c.figure_id == one.subject.id, figures.c.rule == ADDED))
        .mappings()
        .one_or_none()
    )
    document = _document(connection, place) if content else None
    if document is None:
        if row is not None:
            _remove(connection, row)
        return
    wanted = _row(one, place, content, document)
    if row is None:
        after = select(func.coalesce(func.max(figures.c.position), -1) + 1).where(
            figures.c.document_id == document["id"]
        )
        position = connection.execute(after).scalar_one()
        connection.execute(insert(figures).values(wanted | {"document_id": document["id"], "position": position}))
        connection.execute(update(documents).where(documents.c.id == document["id"]).values(checked=""))
    elif any(row[name] != value for name, value in wanted.items() if not name.startswith("grade")):
        same = and_(figures.c.document_id == row["document_id"], figures.c.position == row["position"])
        connection.execute(update(figures).where(same).values(wanted))


def _document(connection: Connection, place: Facts) -> Found | None:
    sha256 = dict(place).get("document_sha256", "")
    query = select(documents).where(documents.c.sha256 == sha256, documents.c.status == "imported")
    return connection.execute(query).mappings().one_or_none()


def _row(one: Standing, place: Facts, content: Facts, document: Found) -> Row:
    said, where = content_of(content), place_of(place)
    period = Period.parse(said.period) if said.period else None
    own = Period.parse(document["period"]) if document["period"] else None
    return figure_row(
        Figure(
            figure_id=one.subject.id,
            measure=said.measure,
            statistic=said.statistic,
            dims=said.dims,
            value=said.value,
            unit=said.unit,
            decimals=decimals_of(said.value),
            period=period,
            role=role_of(period, own),
            qualifier=said.qualifier,
            grade="read",
            evidence=Evidence(page=where.page, bbox=where.bbox, printed=where.printed, snippet="", method="added", rule=ADDED),
        )
    )  # fmt: skip


def _remove(connection: Connection, row: Found) -> None:
    document, position = row["document_id"], row["position"]
    said = (statements.c.document_id == document, statements.c.figure == position)
    connection.execute(delete(statements).where(*said))
    connection.execute(delete(figures).where(figures.c.document_id == document, figures.c.position == position))
    connection.execute(update(documents).where(documents.c.id == document).values(checked=""))
