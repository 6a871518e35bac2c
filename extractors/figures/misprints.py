"""Whether one number may have been printed in the place of another."""

from decimal import Decimal


def slips_into(meant: Decimal, printed: Decimal, decimals: int) -> bool:
    """Whether one number is the other with two neighbouring digits exchanged, one typed twice or put in, or one left out."""
    fewer, more = sorted((f"{value:.{decimals}f}".replace(".", "") for value in (meant, printed)), key=len)
    return are_exchanged(fewer, more) or lost_a_digit(more, fewer)


def are_exchanged(digits: str, others: str) -> bool:
    """Whether two neighbouring digits are those of the other number the other way round: 48 and 84."""
    if len(digits) != len(others):
        return False
    off = [i for i in range(len(digits)) if digits[i] != others[i]]
    return len(off) == 2 and off[1] == off[0] + 1 and digits[off[0]] + digits[off[1]] == others[off[1]] + others[off[0]]


def lost_a_digit(meant: str, printed: str) -> bool:
    """Whether one digit less of those that were `meant` gives what is `printed`: 455 and 45."""
    return any(meant[:i] + meant[i + 1 :] == printed for i in range(len(meant)))
