import pytest

from extractors.reading.decode import decode

TEXT = "Complaints rose – “by 7%” – to 117; redress of £3,600 was paid in the Council’s café"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"]
)
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize(
    ("file", "expected", "encoding"),
    [
        pytest.param(
            "Redress: £3,600 and £40".encode("cp850"), "Redress: £3,600 and £40", "cp850", id="dos pound sign"
        ),
        pytest.param("£40".encode("latin-1"), "£40", "cp1252", id="latin-1"),
        pytest.param(
            "Redress Â£40, childrenâ€™s".encode(), "Redress £40, children’s", "utf-8, stored twice", id="twice"
        ),
        pytest.param("the “report”".encode() + b" \x93ok\x94", "the “report” “ok”", "utf-8 with cp1252", id="mixed"),
        pytest.param("the Council’s".encode()[:-2], "the Council", "utf-8", id="cut in a character"),
        pytest.param(b"", "", "utf-8", id="nothing"),
    ],
)
def test_old_and_damaged(file: bytes, expected: str, encoding: str) -> None:
    decoded = decode(file)
    assert decoded.text.startswith(expected)
    assert decoded.encoding == encoding


def test_declared_encoding_is_believed_if_it_fits() -> None:
    assert decode("č £".encode("iso-8859-2", errors="ignore"), declared="iso-8859-2").text.startswith("č")
    assert decode("£".encode("cp1252"), declared="no-such-encoding").text == "£"


def test_every_byte_decodes_to_something() -> None:
    assert len(decode(bytes(range(1, 256))).text) == 255
