"""Whether one number may have been printed in the place of another."""

from decimal import Decimal


def slips_into(meant: Decimal, printed: Decimal, decimals: int) -> bool:
    """Whether one number is the other with two neighbouring digits exchanged, one typed twice or put in, or one left out."""
    fewer, more = sorted((f"{value:.{decimals}f}".replace(".", "") for value in (meant, printed)), key=len)
    if len(fewer) == len(more):
        off = [i for i in range(len(more)) if fewer[i] != more[i]]
        return len(off) == 2 and off[1] == off[0] + 1 and fewer[off[0]] + fewer[off[1]] == more[off[1]] + more[off[0]]
    return len(more) == len(fewer) + 1 and any(more[:i] + more[i + 1 :] == fewer for i in range(len(more)))
