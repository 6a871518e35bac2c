"""Files that broke other PDF readers: each is read, or refused with a reason; nothing crashes or hangs."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.reading.pdf import read_pdf
from extractors.reading.sniff import sniff
from schemas.errors import DocumentError

HOSTILE = Path(__file__).parents[4] / "shared" / "data" / "hostile"

pytestmark = pytest.mark.skipif(not HOSTILE.is_dir(), reason="shared data is not here")

# Read in a process of its own: a crash of native code is then a failure of this test and not of the run.
SCRIPT = """
import sys
from pathlib import Path
from extractors.reading.pdf import read_pdf
from schemas.errors import DocumentError
for line in sys.stdin:
    try:
        pages = read_pdf(Path(line.rstrip("\\n")).read_bytes())
    except DocumentError as error:
        print(error.reason)
    else:
        print("read", len(pages))
"""
REASONS = {"empty", "encrypted", "truncated", "damaged", "no_pages", "too_large"}


def listed() -> list[Path]:
    """The files that expected.csv names, as far as they are here."""
    with (HOSTILE / "expected.csv").open(encoding="utf-8", newline="") as file:
        paths = [row["path"].removeprefix("hostile/") for row in csv.DictReader(file)]
    found = [
        HOSTILE / path if (HOSTILE / path).is_file() else HOSTILE / "other" / path.replace("/", "__") for path in paths
    ]
    return [path for path in found if path.is_file()]


def test_every_listed_file_is_read_or_refused() -> None:
    files = listed()
    assert len(files) > 40
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], input="\n".join(map(str, files)), capture_output=True, text=True, timeout=50
    )
    outcomes = ran.stdout.splitlines()
    assert ran.returncode == 0, f"died on {files[len(outcomes)]}: {ran.stderr}"
    assert len(outcomes) == len(files)
    assert {outcome for outcome in outcomes if not outcome.startswith("read")} <= REASONS


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("openpreserve/pdfCabinetOfHorrors/encryption_openpassword.pdf", "encrypted"),
        ("openpreserve/pdfCabinetOfHorrors/corruptionOneByteMissing.pdf", "1"),
        ("other/ocrmypdf__tests__resources__invalid.pdf", "damaged"),
        ("other/pdfplumber__tests__pdfs__empty.pdf", "empty"),
        ("openpreserve/govdocs1-error-pdfs/error_set_2/027613.pdf", "429"),
        ("qpdf/bad-xref.pdf", "1"),
    ],
)
def test_known_cases(path: str, outcome: str) -> None:
    file = HOSTILE / path
    if not file.is_file():
        pytest.skip("not here")
    try:
        found = str(len(read_pdf(file.read_bytes())))
    except DocumentError as error:
        found = error.reason
    assert found == outcome


def test_a_web_page_saved_as_pdf_is_html() -> None:
    (file,) = (HOSTILE / "other").glob("ofsted_ilacs__*rotherham*.pdf")
    assert sniff(file.read_bytes(), file.name) == "html"
