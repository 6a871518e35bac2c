"""What a cell of a plain text holds: a value, or words."""

import re

VALUE = re.compile(r"[£+(–-]{0,2}\d[\d,.]*\s?%?\)?(?:\s*\(.*\))?\*?|[-–—]|n/?a|nil|none", re.IGNORECASE)
"""A number, with its share or last year's in brackets, or a sign for none."""
YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[/–-]\s*\d{2,4})?")


def is_number(cell: str) -> bool:
    """Whether a cell holds a number or a sign for none, and no year."""
    return VALUE.fullmatch(cell) is not None and YEAR.fullmatch(cell) is None
