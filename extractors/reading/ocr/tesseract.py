"""Tesseract, the first reader: in process through tesserocr where that is installed, else as a program through pytesseract.

Both give the same words: they are read from the same table (TSV) that Tesseract writes.
"""

import csv
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

import cv2

from extractors.reading.ocr.raster import Image
from schemas.errors import CrossfootError
from schemas.pages import BBox, TokenReading

# How Tesseract looks at an image (--psm): as one line of print, or as a block of lines.
Layout = Literal["line", "block"]
_MODES: dict[Layout, int] = {"line": 7, "block": 6}
# The text of one page is read in a second or two.
_MOST_SECONDS = 120
# A line that is read badly is not read again in white on black: what is filled has been turned over.
_SETTINGS = {"tessedit_do_invert": "0"}
# What Tesseract is told of the resolution; strips of any resolution are scaled to its model's height of line.
_DPI = 200
_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


class Token(NamedTuple):
    """A word as Tesseract read it: box in pixels of the image, confidence 0-1, and the line of the image that it is on.

    `raw` is what it read where `text` is a part of that, else "". `readings` are there where `text` is what only the second reader
    read: the first reader's, and that.
    """

    text: str
    bbox: BBox
    confidence: float
    line: tuple[int, ...]
    raw: str = ""
    readings: tuple[TokenReading, ...] = ()


Tokens = tuple[Token, ...]


class ReaderError(CrossfootError):
    """The reader is not there, lacks a language, or broke down. `lasting` is true when it would fail on every page."""

    def __init__(self, message: str, *, advice: str = "", lasting: bool = False) -> None:
        super().__init__(message, advice=advice)
        self.lasting = lasting


class Reader(Protocol):
    """Reads words from an image. `name` and `version` say with what, for the record and for the cache."""

    @property
    def name(self) -> str:
        """Of the engine."""

    @property
    def version(self) -> str:
        """Of the engine."""

    @property
    def languages(self) -> str:
        """Of the texts, as Tesseract names them: "eng", "eng+cym"."""

    @property
    def model(self) -> Path | None:
        """The file of its model for lines of print, if there is one and no other."""

    def read(self, images: Sequence[Image], layout: Layout) -> tuple[Tokens, ...]:
        """The words of each image (grey, dark on white). Raises ReaderError."""


@dataclass(frozen=True, slots=True)
class InProcess:
    """Tesseract in this process: the model is loaded once."""

    languages: str
    version: str
    model: Path | None = None
    name: str = "Tesseract"

    def read(self, images: Sequence[Image], layout: Layout) -> tuple[Tokens, ...]:
        """See `Reader`."""
        api = _api(self.languages)
        api.SetPageSegMode(_MODES[layout])
        try:
            return tuple(self._read(api, image) for image in images)
        except RuntimeError as error:
            raise ReaderError(f"Tesseract could not read the image: {error}.") from error
        finally:
            api.Clear()

    def _read(self, api: Any, image: Image) -> Tokens:
        height, width = image.shape
        api.SetImageBytes(image.tobytes(), width, height, 1, width)
        api.SetSourceResolution(_DPI)
        if not api.Recognize():
            raise ReaderError("Tesseract could not read the image.")
        return tuple(token for _, token in tokens_of(api.GetTSVText(0)))


@dataclass(frozen=True, slots=True)
class Program:
    """Tesseract as a program, started once for the images of a page."""

    languages: str
    version: str
    model: Path | None = None
    name: str = "Tesseract"

    def read(self, images: Sequence[Image], layout: Layout) -> tuple[Tokens, ...]:
        """See `Reader`."""
        import pytesseract

        if not images:
            return ()
        with tempfile.TemporaryDirectory(prefix="crossfoot-ocr-") as folder:
            paths = [Path(folder) / f"{number}.png" for number in range(len(images))]
            for path, image in zip(paths, images, strict=True):
                cv2.imwrite(str(path), image)
            listed = Path(folder) / "images.txt"
            listed.write_text("".join(f"{path}\n" for path in paths), "utf-8")
            settings = " ".join(f"-c {name}={setting}" for name, setting in _SETTINGS.items())
            config = f"--psm {_MODES[layout]} --dpi {_DPI} {settings}"
            try:
                table = pytesseract.image_to_data(
                    str(listed), lang=self.languages, config=config, timeout=_MOST_SECONDS
                )
            except pytesseract.TesseractNotFoundError as error:
                raise _not_installed() from error
            except pytesseract.TesseractError as error:
                raise ReaderError(f"Tesseract broke down: {str(error.message)[:200]}") from error
            except RuntimeError as error:  # what pytesseract raises when the time is up
                raise ReaderError(f"Tesseract took longer than {_MOST_SECONDS} seconds.") from error
        found: list[list[Token]] = [[] for _ in images]
        for page, token in tokens_of(table):
            found[page - 1].append(token)
        return tuple(tuple(tokens) for tokens in found)


def tokens_of(table: str) -> Iterator[tuple[int, Token]]:
    """The words of a table that Tesseract wrote (level 5) with the numbers of their images, without those that are only space."""
    for row in csv.reader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] != "5" or not row[11].strip():
            continue
        page, block, paragraph, line = (int(cell) for cell in row[1:5])
        left, top, width, height = (float(cell) for cell in row[6:10])
        confidence = min(max(float(row[10]) / 100, 0.0), 1.0)
        box = BBox(left, top, left + width, top + height)
        yield page, Token(row[11].strip(), box, confidence, (block, paragraph, line))


@lru_cache(maxsize=4)
def find_reader(languages: str = "eng", *, in_process: bool = True) -> Reader:
    """The best reader that is installed. Raises ReaderError when there is none, or a language is missing."""
    # pages are what is done in parallel
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    cv2.setNumThreads(1)
    wanted = [name for name in languages.split("+") if name]
    folder = data_folder(wanted)
    model = folder / f"{wanted[0]}.traineddata" if folder and len(wanted) == 1 else None
    if in_process and (version := _library()) is not None and folder is not None:
        return InProcess("+".join(wanted), version, model)
    version = _program_version()
    if version is None:
        raise _not_installed()
    missing = [name for name in wanted if name not in program_languages()]
    if missing:
        packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing)
        raise ReaderError(
            f"Tesseract has no data for {', '.join(missing)}.", advice=f"apt-get install {packages}", lasting=True
        )
    return Program("+".join(wanted), version, model)


def data_folder(languages: list[str]) -> Path | None:
    """Where the data of all these languages lies; None if nowhere."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    places = [prefix, f"{prefix}/tessdata"] if prefix else []
    for place in (*places, *_PLACES):
        if all((Path(place) / f"{name}.traineddata").is_file() for name in languages):
            return Path(place)
    return None


@cache
def program_languages() -> frozenset[str]:
    """The languages that the installed program has data for."""
    lines = (_output("--list-langs") or "").splitlines()
    return frozenset(line.strip() for line in lines[1:])


@cache
def _program_version() -> str | None:
    shown = _output("--version")
    return shown.splitlines()[0].removeprefix("tesseract ").strip() if shown else None


def _library() -> str | None:
    """The version of Tesseract inside tesserocr; None where that is not installed."""
    try:
        import tesserocr
    except ImportError:
        return None
    return str(tesserocr.tesseract_version().splitlines()[0].removeprefix("tesseract ").strip())


@lru_cache(maxsize=1)
def _api(languages: str) -> Any:
    import tesserocr

    folder = data_folder(languages.split("+"))
    try:
        return tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=languages, variables=_SETTINGS)
    except RuntimeError as error:
        raise ReaderError(
            f"Tesseract cannot load its data for {languages} from {folder}.", advice="Install them again.", lasting=True
        ) from error


def _not_installed() -> ReaderError:
    return ReaderError(
        "Tesseract is not installed, so scanned pages cannot be read.",
        advice="apt-get install tesseract-ocr tesseract-ocr-eng",
        lasting=True,
    )


def _output(*arguments: str) -> str | None:
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        run = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout or run.stderr
