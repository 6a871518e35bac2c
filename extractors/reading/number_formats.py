"""Numbers as spreadsheets and charts show them, by their format codes ("#,##0", "0.0%", "mmm-yy").

Format codes are those of ECMA-376, part 1, 18.8.31. Kept: decimals, thousands, per cent, quoted and escaped text, currencies, dates
to the month and the day, a section for what is below nought. Colours, conditions, fractions and times of day are left out.
"""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

GENERAL = "General"
# Digits that a cell in the general format has room for.
_ROOM = Context(prec=10, rounding=ROUND_HALF_UP)
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_ASIDE = re.compile(r"\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].")
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?|\.[#0?]+")
_UNUSUAL = re.compile(r"[#0?]\s*/|E[+-]")  # fractions, powers of ten
_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LAST_DAY = 2_958_465  # 31 December 9999


def shown(value: Decimal, code: str, *, from_1904: bool = False) -> str:
    """A value as its format code shows it. `from_1904` says that days are counted from 1904, as on old Macintoshes."""
    if code.strip().lower() in ("", "general", "standard", "@"):
        return _plain(value)
    sections = _sections(code)
    own = len(sections) > 1 and value < 0 and sections[1].strip() != ""
    section = sections[1] if own else sections[2] if len(sections) > 2 and value == 0 else sections[0]
    texts: list[str] = []
    pattern = _ASIDE.sub(
        lambda m: _held(m[1] or "", texts), _QUOTED.sub(lambda m: _held(m[1] or m[2] or "", texts), section)
    )
    if re.search("[ymd]", pattern, re.IGNORECASE) and 0 <= value <= _LAST_DAY:
        return _date(_DAYS[from_1904] + timedelta(days=int(value)), pattern.lower())
    if _UNUSUAL.search(pattern):
        return _plain(value)
    filled = _filled(abs(value) if own else value, pattern)
    # a format that shows nothing hides the number, which is there all the same
    return re.sub(r"[\ue000-\uf8ff]", lambda m: texts[ord(m[0]) - 0xE000], filled).strip() or _plain(value)


def _sections(code: str) -> list[str]:
    """The parts of a code for numbers above and below nought, and for nought."""
    parts = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)', code)
    return [part for part in parts if part] or [GENERAL]


def _held(text: str, texts: list[str]) -> str:
    """A sign that stands for a text while the rest of the code is read."""
    if not text or len(texts) >= 6_000:
        return ""
    texts.append(text)
    return chr(0xE000 + len(texts) - 1)


def _filled(value: Decimal, pattern: str) -> str:
    digits = _DIGITS.search(pattern)
    if digits is None:
        return pattern.replace(GENERAL, _plain(value))
    if "%" in pattern:
        value *= 100
    whole, _, decimals = digits[0].partition(".")
    least = decimals.count("0")
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    while "." in text and text.endswith("0") and len(text.partition(".")[2]) > least:
        text = text[:-1]
    return pattern[: digits.start()] + text.rstrip(".") + pattern[digits.end() :]


def _plain(value: Decimal) -> str:
    """In the general format: as many digits as there is room for, and no noughts behind them."""
    text = f"{_ROOM.plus(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(day: date, pattern: str) -> str:
    """The day, the month or the year, whichever is the least that the pattern shows."""
    if "d" in pattern:
        return f"{day.day} {day:%B %Y}"
    return f"{day:%B %Y}" if "m" in pattern else f"{day.year}"
