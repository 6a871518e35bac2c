"""The command line: exit codes, messages, and every kind of bad input. Files are really read; figures come from a stand-in."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import update

from extractors.reading.ocr.tesseract import ReaderError
from pipeline import cli, reconcile
from pipeline.reconcile.checks import CheckResult
from pipeline.store.database import open_store
from pipeline.store.tables import documents
from schemas.documents import Reading
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.pages import Page
from schemas.relations import Relation
from tests.pipeline import fakes
from tests.pipeline.samples import pdf_of, zip_of

Run = Callable[..., tuple[int, str, str]]


def extract(
    pages: Sequence[Page], *, file_name: str, folder: str, authority: str | None, period: str | None, **_: Any
) -> Reading:
    """What `extractors.document.extract` does, with the words of the pages alone."""
    text = " ".join(word.text for page in pages for word in page.words)
    settings = fakes.Settings(authority=authority, period=period)
    return fakes.read_numbers(text.encode(), name=file_name, folder=folder, settings=settings).reading


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in this process, in an empty folder: exit code, standard output, standard error."""
    stand_in = ModuleType("extractors.document")
    stand_in.extract = extract  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractors.document", stand_in)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reconcile, "_check", fakes.find_nothing)
    for name in ("CROSSFOOT_STORE", "CROSSFOOT_BLOBS"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["crossfoot", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


def test_import_then_everything_else(run: Run, archive: Path) -> None:
    (archive / "a.pdf").write_bytes(pdf_of("There were 75 complaints, 58 and 17."))
    code, out, err = run("import", archive, "--workers", 0)
    assert (code, out.splitlines()[0]) == (
        0,
        "1 document imported, 0 unchanged, 0 duplicates, 0 quarantined; the store holds 3 figures and 0 findings.",
    )
    assert err == "read a.pdf: 3 figures\n"
    code, out, _ = run("export", "figures", "-o", "-")
    first = json.loads(out.splitlines()[0])
    assert (code, first["value"], first["document"]) == (0, 75, "a.pdf")
    code, out, _ = run("figures", "--measure", "complaints", "--year", "2014", "--limit", 2)
    assert (code, "2 of 3 figures" in out, "75" in out) == (0, True, True)
    assert "0 figures." in run("figures", "--grade", "doubtful")[1]
    assert "0 figures." in run("figures", "--authority", "no%such")[1]
    code, out, _ = run("status", "--documents")
    assert "3 on the pages: 3 in figures" in out
    assert run("findings")[1] == "0 findings.\n"
    assert run("reconcile")[:2] == (0, "1 document checked; the store holds 0 findings.\n")
    code, out, _ = run("show", first["figure_id"], "--crop", "crop.png")
    assert (code, "relation   sum: whole 75" in out) == (0, True)
    with Image.open("crop.png") as crop:
        assert (200, 30, 30) in {colour for _, colour in crop.getcolors(100_000)}


BAD_INPUT: dict[str, tuple[bytes, str, str]] = {
    "empty file": (b"", "a.txt", "empty"),
    "blank file": (b" \n\n", "a.txt", "empty"),
    "encrypted PDF": (pdf_of("5 complaints", password="sesame"), "a.pdf", "encrypted"),
    "truncated PDF": (pdf_of("5 complaints")[:150], "a.pdf", "truncated"),
    "binary rubbish": (bytes(range(256)) * 8, "a.pdf", "unknown_type"),
    "truncated ZIP": (zip_of({"b.txt": b"1 2 3" * 90})[:60], "a.zip", "damaged"),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_file_is_quarantined_and_the_rest_imported(case: str, run: Run, archive: Path) -> None:
    content, name, reason = BAD_INPUT[case]
    (archive / name).write_bytes(content)
    (archive / "good.txt").write_text("There were 7 complaints.")
    code, out, err = run("import", archive, "--workers", 0)
    assert code == 3
    assert out.startswith("1 document imported")
    line = next(line for line in out.splitlines() if line.startswith("quarantined"))
    assert line.startswith(f"quarantined {name}: {reason}.")
    assert "Traceback" not in out + err
    assert line in run("status")[1]
    kept = list(Path("crossfoot-data/blobs").rglob("*"))
    assert content in [path.read_bytes() for path in kept if path.is_file()]


def test_password_opens_a_locked_pdf(run: Run, archive: Path) -> None:
    (archive / "a.pdf").write_bytes(pdf_of("5 complaints", password="sesame"))
    code, out, _ = run("import", archive, "--workers", 0)
    assert (code, "--password" in out) == (3, True)
    assert run("import", archive, "--workers", 0, "--password", "wrong")[0] == 3
    assert run("import", archive, "--workers", 0, "--password", "sesame")[0] == 0
    assert run("import", archive, "--workers", 0)[1].startswith("0 documents imported, 1 unchanged")
    figure = json.loads(run("export", "figures", "-o", "-")[1])["figure_id"]
    assert run("show", figure, "--crop", "crop.png")[0] == 2
    assert run("show", figure, "--crop", "crop.png", "--password", "sesame")[0] == 0


@pytest.mark.parametrize(
    ("content", "name", "value"),
    [
        (pdf_of("There were 5 complaints"), "report.txt", 5),
        ("There were 6 complaints – naïve".encode("cp1252"), "a.pdf", 6),
        ("There were 7 complaints".encode("utf-16"), "b", 7),
        (b"<!DOCTYPE html><html><body><p>There were 8 complaints.</p></body></html>", "c.doc", 8),
    ],
    ids=["PDF called .txt", "odd encoding called .pdf", "UTF-16 without ending", "HTML called .doc"],
)
def test_wrong_names_and_odd_encodings_are_read(content: bytes, name: str, value: int, run: Run, archive: Path) -> None:
    (archive / name).write_bytes(content)
    assert run("import", archive, "--workers", 0)[0] == 0
    assert [json.loads(line)["value"] for line in run("export", "figures", "-o", "-")[1].splitlines()] == [value]


def test_archive_in_an_archive(run: Run, archive: Path) -> None:
    inner = zip_of({"b.txt": b"There were 7 complaints."})
    (archive / "z.zip").write_bytes(zip_of({"inner.zip": inner, "a.txt": b"There were 8."}))
    assert run("import", archive, "--workers", 0)[0] == 0
    documents = [json.loads(line)["document"] for line in run("export", "documents", "-o", "-")[1].splitlines()]
    assert documents == ["z.zip/a.txt", "z.zip/inner.zip/b.txt"]


def test_folder_without_documents(run: Run, archive: Path) -> None:
    code, out, _ = run("import", archive)
    assert (code, "quarantined archive: no_documents." in out) == (3, True)
    (archive / "a.txt").write_text("There were 7 complaints.")
    assert run("import", archive, "--workers", 0)[0] == 0
    assert "quarantined" not in run("status")[1]


def test_file_without_permission(run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "a.txt").write_text("There were 7 complaints.")
    (archive / "b.txt").write_text("There were 8 complaints.")
    read = Path.read_bytes

    def guarded(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", guarded)
    code, out, _ = run("import", archive, "--workers", 0)
    assert (code, "quarantined a.txt: permission_denied." in out) == (3, True)
    monkeypatch.setattr(Path, "read_bytes", read)
    assert run("import", archive, "--workers", 0)[0] == 0
    assert "quarantined" not in run("status")[1]


def test_file_that_cannot_be_read_any_more_keeps_what_was_imported(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "a.txt").write_text("There were 7 complaints.")
    run("import", archive, "--workers", 0)
    (archive / "a.txt").write_text("There were 8 complaints.")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", _denied)
        code, out, _ = run("import", archive, "--workers", 0)
    assert (code, "quarantined a.txt: permission_denied." in out) == (3, True)
    assert json.loads(run("export", "figures", "-o", "-")[1])["value"] == 7


def _denied(path: Path) -> bytes:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "nothing"], "no file or folder nothing"),
        (["import", ".", "--period", "soon"], "soon is no period"),
        (["import"], "Missing argument"),
        (["import", ".", "--store", "nosuch://x", "--blobs", "b"], "not understood"),
        (["status"], "There is no store"),
        (["show", "x", "--store", "none"], "There is no store"),
        (["export", "nonsense", "-o", "-"], "nonsense"),
        (["nonsense"], "nonsense"),
        (["evaluate", "nothing"], "no folder nothing"),
    ],
)
def test_usage_errors(arguments: list[str], words: str, run: Run) -> None:
    code, out, err = run(*arguments)
    assert code == 2
    assert words in err
    assert "Traceback" not in out + err
    assert not Path("crossfoot-data").exists()


def test_id_that_is_not_there_or_not_enough(run: Run, archive: Path) -> None:
    (archive / "a.txt").write_text("There were 7 complaints and 8.")
    run("import", archive, "--workers", 0)
    ids = [json.loads(line)["figure_id"] for line in run("export", "figures", "-o", "-")[1].splitlines()]
    for prefix, words in (("nothing", "No figure"), (ids[0][:4], "Several begin"), ("", "An id is needed")):
        code, _, err = run("show", prefix)
        assert (code, words in err) == (2, True)


def test_store_from_the_environment(run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSFOOT_STORE", "elsewhere")
    monkeypatch.setenv("CROSSFOOT_BLOBS", "files")
    (archive / "a.txt").write_text("There were 7 complaints.")
    assert run("import", archive, "--workers", 0, "--quiet")[2] == ""
    assert Path("elsewhere/crossfoot.db").exists()
    assert len([p for p in Path("files").rglob("*") if p.is_file()]) == 2


def test_store_in_the_archive_is_not_imported(run: Run, archive: Path) -> None:
    (archive / "a.txt").write_text("There were 7 complaints.")
    for _ in range(2):
        code, out, _ = run("import", archive, "--workers", 0, "--store", archive / "mine", "--blobs", archive / "files")
        assert (code, "skipped     mine: a store of Crossfoot" in out, "skipped     files: a store" in out) == (
            0,
            True,
            True,
        )
    assert len(run("export", "documents", "-o", "-", "--store", archive / "mine")[1].splitlines()) == 1


def test_store_in_postgresql(run: Run, archive: Path, postgres_url: str) -> None:
    (archive / "a.txt").write_text("There were 7 complaints.")
    where = ("--store", postgres_url, "--blobs", "files")
    assert run("import", archive, "--workers", 0, *where)[0] == 0
    assert json.loads(run("export", "figures", "-o", "-", *where)[1])["value"] == 7
    assert "figures" in run("status", *where)[1]


def test_findings_are_kept_and_shown(run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "a.txt").write_text("There were 75 complaints, 58 and 19.0")
    monkeypatch.setattr(reconcile, "_check", _sum_check)
    assert "3 figures and 1 finding." in run("import", archive, "--workers", 0)[1]
    row = json.loads(run("export", "findings", "-o", "-")[1])
    assert (row["values"], row["documents"], row["severity"]) == ([75, 58, 19.0, "&$"], ["a.txt"], "high")
    code, out, _ = run("show", "x1")
    assert (code, "perhaps" in out, "58 and 19 are 77" in out) == (0, True, True)
    assert "sum_mismatch" in run("findings", "--severity", "high")[1]
    assert run("import", archive, "--workers", 0)[0] == 0
    assert len(run("export", "findings", "-o", "-")[1].splitlines()) == 1
    run("reconcile")
    grades = [json.loads(line)["grade"] for line in run("export", "figures", "-o", "-")[1].splitlines()]
    assert grades == ["proved", "doubtful", "read"]


def test_series_are_shown_and_exported(run: Run, archive: Path) -> None:
    for name, words, period in (("a.txt", "75 and 58", "2014/15"), ("b.txt", "76 and 58", "2015/16")):
        (archive / name).write_text(f"There were {words} complaints.")
        assert (
            run("import", archive / name, "--workers", 0, "--authority", "Leeds City Council", "--period", period)[0]
            == 0
        )
    code, out, _ = run("series", "--status", "restated")
    assert (code, "75 → 76" in out, "2 documents" in out, "1 observations." in out) == (0, True, True, True)
    assert "1 of 2 observations" in run("series", "--limit", 1)[1]
    assert run("series", "--authority", "york")[1] == "0 observations.\n"
    lines = [json.loads(line) for line in run("export", "series", "-o", "-")[1].splitlines()]
    restated = next(line for line in lines if line["status"] == "restated")
    assert (restated["value"], restated["policy"], len(restated["statements"])) == (75, "own-year", 2)
    Path("policy.yaml").write_text("measures: {complaints: latest}")
    latest = [
        json.loads(line) for line in run("export", "series", "--policy", "policy.yaml", "-o", "-")[1].splitlines()
    ]
    assert [line["value"] for line in latest if line["status"] == "restated"] == [76]
    for kind in ("series_id", "observation_id"):
        code, out, _ = run("show", restated[kind], "--crop", "crop.png")
        assert (code, "restated silently" in out, Path("crop.png").exists()) == (0, True, True)
    code, out, _ = run("findings", "--kind", "restated_figure")
    assert (code, "a.txt" in out, "b.txt" in out, "(page 1) gives 76" in out) == (0, True, True, True)


@pytest.mark.parametrize(("arguments", "words"), [
    (("series", "--policy", "none.yaml"), "cannot be read"),
    (("export", "series", "--policy", "bad.toml", "-o", "-"), "is no policy"),
    (("export", "figures", "--policy", "good.yaml", "-o", "-"), "for series only"),
    (("show", "ffffff"), "No figure, finding or series"),
])  # fmt: skip
def test_bad_policies_and_ids_are_refused(arguments: tuple[str, ...], words: str, run: Run, archive: Path) -> None:
    (archive / "a.txt").write_text("There were 7 complaints.")
    run("import", archive, "--workers", 0)
    Path("bad.toml").write_text("default = 'newest'")
    Path("good.yaml").write_text("default: latest")
    code, _, err = run(*arguments)
    assert (code, words in err, "Traceback" in err) == (2, True, False)


def test_checklist_of_a_report(run: Run, archive: Path) -> None:
    (archive / "a.txt").write_text("There were 75, 58 and 17 complaints.")
    run("import", archive, "--workers", 0, "--authority", "Leeds City Council", "--period", "2014/15")
    assert "No annual report" in run("checklist")[1]
    store = open_store("crossfoot-data")
    with store.writing() as connection:
        connection.execute(update(documents).values(type="annual_report"))
    store.close()
    code, out, _ = run("checklist", "--document", "a.txt")
    assert (code, "1 report: 0 found, 1 unclear, 13 missing." in out) == (0, True)
    lines = [json.loads(line) for line in run("export", "checklist", "-o", "-")[1].splitlines()]
    assert [(line["item"], line["pages"]) for line in lines if line["status"] == "unclear"] == [("stages", [1])]


def _sum_check(figures: tuple[Figure, ...], relations: tuple[Relation, ...], *_: object) -> CheckResult:
    ids = relations[0].figure_ids
    finding = Finding(
        finding_id="x1",
        kind="sum_mismatch",
        severity="high",
        documents=(),
        values=(*(f.value for f in figures if f.value is not None), "&$"),
        expected="77",
        message="58 and 19 are 77, not 75.",
        figure_ids=ids,
        hypotheses=("17 was printed as 19",),
    )
    return CheckResult(
        findings=(finding,), verdicts=(), repairs=(), proved=frozenset(ids[:1]), doubtful=frozenset(ids[1:2])
    )


def test_doctor_says_what_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    code, out, _ = run("doctor")
    assert (code, "apt-get install fontconfig" in out) == (1, True)
    assert not Path("crossfoot-data").exists()


def test_doctor_says_that_the_reader_of_scans_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(languages: str = "eng") -> None:
        raise ReaderError("Tesseract is not installed.", advice="apt-get install tesseract-ocr")

    monkeypatch.setattr("extractors.reading.ocr.tesseract.find_reader", nobody)
    code, out, _ = run("doctor")
    assert (code, "apt-get install tesseract-ocr" in out) == (1, True)


def test_fault_of_ours_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.commands.status.status_command", lambda *_a, **_k: 1 / 0)
    code, _, err = run("status")
    assert (code, "ZeroDivisionError" in err, "Traceback" in err) == (1, True, False)


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_start_loads_nothing_heavy(argument: str) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "review.cli", argument]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    heavy = {
        "pandas",
        "spacy",
        "cv2",
        "numpy",
        "weasyprint",
        "pypdfium2",
        "pdfplumber",
        "ortools",
        "onnxruntime",
        "fastapi",
        "alembic",
    }
    assert "typer" in loaded
    assert loaded & heavy == set()


def test_output_may_be_cut_short(run: Run, archive: Path) -> None:
    for number in range(30):
        (archive / f"{number}.txt").write_text(" ".join(f"There were {n} complaints." for n in range(100)))
    run("import", archive, "--workers", 0)
    command = f"{sys.executable} -m pipeline.cli export figures -o - | head -1"
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, check=True)
    assert len(ended.stdout.splitlines()) == 1
    assert "Traceback" not in ended.stderr


def test_every_command_is_described(run: Run) -> None:
    listed = run("--help")[1]
    names = ("import", "reconcile", "status", "figures", "findings", "series", "checklist", "show")
    names += ("export", "evaluate", "doctor")
    assert all(name in listed for name in (*names, "sample"))
    assert all("--store" in run(name, "--help")[1] for name in names)
