"""Decisions: what people decided, as a chain of records that can only grow, and what it comes to.

with store.reading() as connection:
    standing = standing_of(connection, Subject("figure", figure_id))
record(store, Asked(who="ann", action="accept", subject=standing.subject, saw=standing.token))
"""

from pipeline.decisions.chain import all_decisions, history, prove
from pipeline.decisions.record import added_figure, record, second_approval
from pipeline.decisions.standing import standing_of, standings_of

__all__ = [
    "added_figure",
    "all_decisions",
    "history",
    "prove",
    "record",
    "second_approval",
    "standing_of",
    "standings_of",
]
