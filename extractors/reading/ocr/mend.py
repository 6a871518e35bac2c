"""Words that Tesseract breaks in ways that are its own, put right; what it read is kept beside (`Word.raw`).

Only slips of shape that no text has. What a number may be that was misread is left to the second reader and to the arithmetic.
"""

import re

_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("ﬃ"), "ffi"),
    (re.compile("ﬄ"), "ffl"),
    (re.compile("ﬀ"), "ff"),
    (re.compile("ﬁ"), "fi"),
    (re.compile("ﬂ"), "fl"),
    # the quarters of a year
    (re.compile(r"^([(“‘]?Q)[lIi|!](?=\W*$)"), r"\g<1>1"),
    # a percent sign whose rings were read as letters
    (re.compile(r"(?<=\d)(?:%o|°/o|°/0|°%|%0)(?=[).,;:]*$)"), "%"),
)


def mended(text: str) -> str:
    """The word as it must have been printed."""
    for slip, right in _SLIPS:
        text = slip.sub(right, text)
    return text
