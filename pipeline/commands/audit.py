"""`crossfoot audit`: prove the record of decisions, read it, and switch second approval on and off."""

import getpass

from rich.table import Table
from rich.text import Text
from sqlalchemy import Select, func, select

from pipeline.commands.common import console, opened_store, plural
from pipeline.decisions import record, standing_of
from pipeline.decisions.chain import decision_of
from pipeline.decisions.verify import verify
from pipeline.store.tables import decisions
from schemas.decisions import SECOND_APPROVAL, Asked, Decision, Facts, Subject, facts_of
from schemas.errors import UsageError


def verify_command(location: str, blobs: str | None, expect: str | None) -> int:
    """Prove the record; exit code 1 when it is not whole."""
    with opened_store(location, blobs) as store, store.reading() as connection:
        verified = verify(connection, expect or "")
    if verified.problem:
        at = f" at record {verified.broken_at}" if verified.broken_at is not None else ""
        print(f"The record of decisions does not hold{at}: {verified.problem}.")
        if verified.count:
            print(f"{plural(verified.count, 'record')} up to {verified.count}:{verified.head} are as they were made.")
        return 1
    if not verified.count:
        print("No decision has been made yet.")
        return 0
    print(f"{plural(verified.count, 'decision')}, each as it was made. The last: {verified.count}:{verified.head}")
    print("Note that line down elsewhere: `--expect` with it proves later that nothing was cut off.")
    return 0


def log_command(location: str, blobs: str | None, *, subject: str | None, who: str | None, limit: int) -> None:
    """Print decisions, the last first."""
    with opened_store(location, blobs) as store, store.reading() as connection:
        chosen = _chosen(subject, who)
        total = connection.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
        query = chosen.order_by(decisions.c.number.desc()).limit(limit or None)
        found = [decision_of(row) for row in connection.execute(query).mappings()]
    table = Table()
    for heading in ("no.", "when", "who", "what", "on", "before → after", "why"):
        table.add_column(heading, overflow="fold")
    for decision in found:
        table.add_row(*map(Text, _cells(decision)))
    if found:
        console().print(table)
    more = "; --limit 0 shows all" if len(found) < total else ""
    console().print(f"{len(found):,} of {plural(total, 'decision')}{more}.")


def approval_command(location: str, blobs: str | None, value: str, why: str) -> None:
    """Switch second approval on or off, as the user of this machine."""
    subject = Subject("setting", SECOND_APPROVAL)
    with opened_store(location, blobs) as store:
        with store.reading() as connection:
            now = standing_of(connection, subject)
        if dict(now.now)["value"] == value:
            raise UsageError(f"Second approval is {value} already.")
        who = f"{getpass.getuser()} (command line)"
        after = facts_of({"value": value})
        record(store, Asked(who=who, action="set", subject=subject, saw=now.token, after=after, why=why))
    print(f"Second approval is {value}.")


def _chosen(subject: str | None, who: str | None) -> Select[tuple[object, ...]]:
    query = select(decisions)
    if subject:
        query = query.where(decisions.c.subject_id.startswith(subject, autoescape=True))
    return query.where(decisions.c.who == who) if who else query


def _cells(decision: Decision) -> tuple[str, ...]:
    of = f" of {decision.of}" if decision.of else ""
    return (
        str(decision.number),
        f"{decision.at:%Y-%m-%d %H:%M:%S}",
        decision.who,
        f"{decision.action}{of}",
        f"{decision.subject.kind} {decision.subject.id}",
        changed(decision.before, decision.after),
        decision.why,
    )


def changed(before: Facts, after: Facts) -> str:
    """What a decision changes, as in “value 19 → 17, cause misread”."""
    was, then = dict(before), dict(after)
    parts = [
        f"{name} {was[name]} → {text}" if name in was else f"{name} {text}"
        for name, text in after
        if was.get(name) != text
    ]
    gone = [f"{name} {was[name]} → none" for name in was if name.startswith("dims.") and after and name not in then]
    return ", ".join(parts + gone)
