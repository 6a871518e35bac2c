"""Where subjects stand: what was decided on them, held against what the store now holds of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, RowMapping, delete, insert, select, tuple_

from pipeline.decisions.chain import decisions_by_number, facts_hash
from pipeline.decisions.evidence import read_now, still_there
from pipeline.store.rows import Row
from pipeline.store.tables import standings
from schemas.decisions import Decision, Facts, Stale, Standing, Subject, SubjectKind, facts_of

_AT_ONCE = 400
PLACE = ("document_sha256", "page", "bbox", "printed")
_NOT_CONTENT = (*PLACE, "cause")


def standing_of(connection: Connection, subject: Subject) -> Standing:
    """Where one subject stands."""
    return standings_of(connection, [subject])[subject]


def standings_of(connection: Connection, subjects: Iterable[Subject]) -> dict[Subject, Standing]:
    """Where each of these subjects stands; of one that nobody decided on, what was read of it and the token to decide with."""
    wanted = list(dict.fromkeys(subjects))
    return held_against_store(connection, {s: Standing(subject=s) for s in wanted} | _kept(connection, wanted))


def held_against_store(connection: Connection, known: dict[Subject, Standing]) -> dict[Subject, Standing]:
    """These standings with what the store now holds of them: whether they are stale, and the token to decide with."""
    read = read_now(connection, known)
    read |= _places(connection, [one for subject, one in known.items() if subject not in read])
    return {subject: _seen(one, read.get(subject, ())) for subject, one in known.items()}


def token_of(last: int, read: Facts) -> str:
    """What names a state: the number of the last decision on the subject, and a hash of what was read of it."""
    return f"{last}-{facts_hash(read)[:16]}"


def keep(connection: Connection, found: Sequence[Standing]) -> None:
    """Keep what the decisions come to."""
    for one in found:
        kept = (standings.c.subject_kind == one.subject.kind, standings.c.subject_id == one.subject.id)
        connection.execute(delete(standings).where(*kept))
        connection.execute(insert(standings).values(row_of(one)))


def row_of(one: Standing) -> Row:
    """The columns of a standing."""
    return {
        "subject_kind": one.subject.kind,
        "subject_id": one.subject.id,
        "status": one.status,
        "in_force": one.in_force.number if one.in_force else None,
        "pending": one.pending.number if one.pending else None,
        "stale": one.stale,
        "comments": one.comments,
        "last": one.last,
        "suspected": one.suspected,
    }


def place_facts(after: Facts) -> Facts:
    """Where an added figure stands, by what was decided on it; empty for one that was read."""
    place = facts_of({name: text for name, text in after if name in PLACE})
    return place if len(place) == len(PLACE) else ()


def content_facts(facts: Facts) -> Facts:
    """What a figure says, without its place and without why it is said."""
    return facts_of({name: text for name, text in facts if name not in _NOT_CONTENT})


def all_standings(connection: Connection, kind: SubjectKind | None = None) -> dict[Subject, Standing]:
    """What was decided on every subject (of one kind), as it is kept."""
    query = select(standings)
    chosen = query if kind is None else query.where(standings.c.subject_kind == kind)
    return _standings(connection, connection.execute(chosen).mappings().all())


def _kept(connection: Connection, wanted: Sequence[Subject]) -> dict[Subject, Standing]:
    rows: list[RowMapping] = []
    key = tuple_(standings.c.subject_kind, standings.c.subject_id)
    for start in range(0, len(wanted), _AT_ONCE):
        some = [(s.kind, s.id) for s in wanted[start : start + _AT_ONCE]]
        rows += connection.execute(select(standings).where(key.in_(some))).mappings().all()
    return _standings(connection, rows)


def _standings(connection: Connection, rows: Sequence[RowMapping]) -> dict[Subject, Standing]:
    numbers = {row[name] for row in rows for name in ("in_force", "pending")} - {None}
    decisions = decisions_by_number(connection, sorted(numbers))
    found = {}
    for row in rows:
        subject = Subject(row["subject_kind"], row["subject_id"])
        found[subject] = Standing(
            subject=subject,
            status=row["status"],
            in_force=decisions.get(row["in_force"]),
            pending=decisions.get(row["pending"]),
            stale=row["stale"],
            comments=row["comments"],
            last=row["last"],
            suspected=row["suspected"],
        )
    return found


def _places(connection: Connection, missing: Sequence[Standing]) -> dict[Subject, Facts]:
    """Of figures that were added: their places, where the document is still there."""
    said = {one.subject: place_facts(d.after) for one in missing if (d := one.in_force or one.pending) is not None}
    there = still_there(connection, (dict(place)["document_sha256"] for place in said.values() if place))
    return {subject: place for subject, place in said.items() if dict(place).get("document_sha256") in there}


def _seen(one: Standing, read: Facts) -> Standing:
    token = token_of(one.last, read) if read or one.last else ""
    return replace(one, read=read, stale=_stale(one.in_force, read), token=token)


def _stale(decision: Decision | None, read: Facts) -> Stale:
    if decision is None or decision.evidence == facts_hash(read):
        return ""
    if not read:
        return "gone"
    # What is now read is what was decided: nothing is left to decide.
    said = content_facts(decision.after)
    return "" if said and said == content_facts(read) else "changed"
