"""Prove the record: the chain is whole, what was noted down earlier is still in it, and what stands is what the decisions come to."""

from dataclasses import replace

from sqlalchemy import Connection

from pipeline.decisions.chain import Verified, all_decisions, decisions_by_number, prove
from pipeline.decisions.standing import all_standings, row_of
from schemas.decisions import Decision, Standing, Subject, replay
from schemas.errors import UsageError


def verify(connection: Connection, expect: str = "") -> Verified:
    """Go through the whole record. `expect` is a number and a hash that were noted down, as "17:9f3c…", or nothing.

    The chain alone cannot tell when its last records are cut off, or all of it is made anew: what was noted down elsewhere can.
    Raises UsageError when `expect` is not understood.
    """
    wanted = _noted(expect) if expect else None
    verified = prove(connection)
    if verified.problem:
        return verified
    if wanted is not None:
        number, hash = wanted
        found = decisions_by_number(connection, [number]).get(number)
        if found is None or not found.hash.startswith(hash):
            is_not = "is not there any more" if found is None else f"is another: its hash is {found.hash}"
            return replace(verified, broken_at=number, problem=f"record {number}, which was noted down, {is_not}")
    return _compared(connection, verified)


def _noted(expect: str) -> tuple[int, str]:
    number, _, hash = expect.partition(":")
    if not number.isdecimal() or len(hash) < 8:
        message = f"“{expect}” is not a record's number and hash."
        raise UsageError(message, advice="Give it as `crossfoot audit verify` printed it: 17:9f3c….")
    return int(number), hash.lower()


def _compared(connection: Connection, verified: Verified) -> Verified:
    """Whether what is kept of each subject is what its decisions come to."""
    made: dict[Subject, list[Decision]] = {}
    for decision in all_decisions(connection):
        made.setdefault(decision.subject, []).append(decision)
    kept = all_standings(connection)
    for subject, of in made.items():
        if _plain(kept.get(subject)) != _plain(replay(subject, of)):
            problem = f"what is kept of the {subject.kind} {subject.id} is not what the decisions on it come to"
            return replace(verified, broken_at=of[-1].number, problem=problem)
    if extra := sorted(kept.keys() - made.keys()):
        problem = f"nobody decided on the {extra[0].kind} {extra[0].id}, but something is kept of it"
        return replace(verified, broken_at=None, problem=problem)
    return verified


def _plain(one: Standing | None) -> object:
    # Whether a decision is stale depends on what was read, not on the decisions.
    return None if one is None else row_of(replace(one, stale=""))
