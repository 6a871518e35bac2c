"""`crossfoot plan`: how far a review is, and when one may stop."""

from fractions import Fraction

from rich.table import Table

from pipeline.commands.common import console, opened_store
from pipeline.review_plan import read_plan
from schemas.errors import UsageError


def plan_command(location: str, blobs: str | None, *, target: float, seed: int) -> None:
    """Print the plan; `target` is a percentage."""
    if not 0 < target < 100:
        raise UsageError("The target is a percentage between 0 and 100.")
    with opened_store(location, blobs) as store, store.reading() as connection:
        plan = read_plan(connection, target=Fraction(str(target)) / 100, seed=seed)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    table.add_row("flagged", f"{plan.flagged:,}, of which {plan.waiting:,} are to be decided on")
    table.add_row("to approve", f"{plan.pending:,}")
    table.add_row("sample", f"{plan.looked_at:,} of {plan.sample:,} looked at, {plan.errors:,} wrong")
    if plan.bound is not None and plan.rule_of_three is not None:
        exact, three = (f"{100 * float(share):.2g}%" for share in (plan.bound, plan.rule_of_three))
        table.add_row("wrong at most", f"{exact} of {plan.unflagged:,} unflagged figures (3/n: {three})")
    if plan.next_in_sample:
        table.add_row("next in sample", plan.next_in_sample)
    console().print(table)
    console().print(plan.why)
