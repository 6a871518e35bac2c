"""From bytes to text, whatever the encoding.

In this order: a byte order mark; UTF-16 told by its zero bytes; strict UTF-8; UTF-8 with a few stray bytes; else the
old one-byte encoding whose reading looks most like English prose (the pound sign, quotes and dashes sit at different
places in each). charset-normalizer is not asked about these: on short English texts it prefers exotic encodings.
"""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD_ENCODINGS = ("cp1252", "mac-roman", "cp850")
# Characters beyond ASCII that English council papers use: signs all the time, letters with accents now and then.
_SIGNS = frozenset("£€‘’“”–—…•·½¼¾°©®™§\u00a0")
_LIKELY = _SIGNS | frozenset("éèêëáàâäóòôöíîïúüçñ")
_CONTROLS = frozenset(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B}
# UTF-8 that was read as cp1252 and saved again: "â€™" for an apostrophe, "Â£" for a pound sign.
_TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text, the name of its encoding, and how many characters could not be read (they are U+FFFD in the text)."""

    text: str
    encoding: str
    unreadable: int = 0


def decode(file: bytes, *, declared: str = "") -> Decoded:
    """The text of a file. `declared` is an encoding that the file itself names (HTML does); it is believed if it fits."""
    for mark, encoding in _MARKS:
        if file.startswith(mark):
            return _decoded(file, encoding)
    wide = _wide_encoding(file)
    if wide:
        return _decoded(file, wide)
    try:
        return _mended(file.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        # cut in the middle of a character: still UTF-8
        if error.start >= len(file) - 3 and error.start > 0 and error.reason == "unexpected end of data":
            return _mended(file[: error.start].decode("utf-8"), "utf-8")
    if declared and _fits(file, declared):
        return _mended(file.decode(declared), codecs.lookup(declared).name)
    mixed = _mixed(file)
    if mixed:
        return mixed
    encoding = max(_OLD_ENCODINGS, key=lambda name: _likelihood(file, name))
    return _decoded(file, encoding)


def looks_like_text(file: bytes) -> bool:
    """Whether bytes are text in some encoding: hardly any control characters once decoded."""
    sample = file[:65536]
    if any(sample.startswith(mark) for mark, _ in _MARKS) or _wide_encoding(sample):
        text = decode(sample).text
        odd = sum(ord(c) in _CONTROLS or c == "\ufffd" for c in text)
        plain = sum(c.isascii() or c in _LIKELY for c in text)
        return odd <= 0.01 * len(text) and plain >= 0.5 * len(text)
    controls = sum(byte in _CONTROLS for byte in sample)
    high = sum(byte >= 0x80 for byte in sample)
    if controls > 0.005 * len(sample) + (len(sample) > 200):
        return False
    if high <= 0.3 * len(sample):
        return True
    decoded = decode(sample)
    return decoded.encoding == "utf-8" and not decoded.unreadable


def _decoded(file: bytes, encoding: str) -> Decoded:
    text = file.decode(encoding, errors="replace")
    return Decoded(text=text, encoding=encoding.removesuffix("-sig"), unreadable=text.count("\ufffd"))


def _wide_encoding(file: bytes) -> str | None:
    """UTF-16 without a mark: English has a zero byte in every second place."""
    sample = file[:4096]
    pairs = len(sample) // 2
    if pairs < 4:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _fits(file: bytes, encoding: str) -> bool:
    try:
        file.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return False
    return True


def _mixed(file: bytes) -> Decoded | None:
    """UTF-8 into which a few cp1252 bytes were pasted; None unless at least half of the characters beyond ASCII are good UTF-8."""
    text = file.decode("utf-8", errors="surrogateescape")
    stray = sum(0xDC80 <= ord(c) <= 0xDCFF for c in text)
    good = sum(ord(c) >= 0x80 for c in text) - stray
    if good < stray or not good:
        return None
    mended = "".join(_old_character(ord(c) - 0xDC00) if 0xDC80 <= ord(c) <= 0xDCFF else c for c in text)
    return Decoded(text=mended, encoding="utf-8 with cp1252", unreadable=mended.count("\ufffd"))


def _old_character(byte: int) -> str:
    return bytes([byte]).decode("cp1252", errors="replace")


def _likelihood(file: bytes, encoding: str) -> float:
    """Share of the characters beyond ASCII that English papers use, read in an encoding; a letter counts as half a sign."""
    beyond = [c for c in file.decode(encoding, errors="replace") if ord(c) >= 0x80]
    return sum((c in _LIKELY) + (c in _SIGNS) for c in beyond) / (2 * len(beyond)) if beyond else 1.0


def _mended(text: str, encoding: str) -> Decoded:
    """Text whose UTF-8 was once read as cp1252 is read back; all other text is left alone."""
    mended = _TWICE.sub(_once, text)
    if mended != text:
        encoding += ", stored twice"
    return Decoded(text=mended, encoding=encoding, unreadable=mended.count("\ufffd"))


def _once(match: re.Match[str]) -> str:
    wrong = match.group()
    try:
        raw = b"".join(bytes([ord(c)]) if 0x80 <= ord(c) <= 0x9F else c.encode("cp1252") for c in wrong)
        return raw.decode("utf-8")
    except UnicodeError:
        return wrong
