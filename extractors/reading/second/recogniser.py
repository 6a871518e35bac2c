"""The recogniser of PP-OCR as the second reader: a neural network that reads the image of one line at a time.

Li et al. 2022, "PP-OCRv3: more attempts for the improvement of ultra lightweight OCR system" (arXiv:2206.03001); the model is that of
version 4, inside the wheel of rapidocr-onnxruntime. Only the model file is used: what the package puts around it finds lines, turns
them and gives one confidence for a line, where a number needs that of each character, and what else it could be.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.errors import CrossfootError

Image = NDArray[np.uint8]  # rows × columns, grey; white is 255
Floats = NDArray[np.float32]

ENGINE = "rapidocr"
_PACKAGE = "rapidocr_onnxruntime"
_MODEL = "models/ch_PP-OCRv4_rec_infer.onnx"

# Pixels: the height that the network is made for, and the steps in which images are made wider so that they can be read together.
_HEIGHT, _STEP, _NARROWEST, _WIDEST = 48, 16, 32, 960
# Three quarters of the width take three quarters of the time; 2.6% of numbers are then misread instead of 1.9%.
_SQUEEZE = 0.75
# Columns of pixels read at once, of all images together: five times as many take a tenth more time (and more memory).
_AT_ONCE = 240
_BLANK = 0
# What else a character could be is told where it is at least so probable.
_WORTH_TELLING = 0.01


class SecondReaderError(CrossfootError):
    """The second reader is not on this machine, or broke down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What the image of a line says. `confidence` is that of the least certain character; 0 for an image without any.

    `alternatives` are the texts with one character read as the next likeliest thing (or left out), with their probability at
    that place, the likeliest first.
    """

    text: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


class LineReader(Protocol):
    """Reads images of single lines; `name` and `version` tell its readings from those of another."""

    @property
    def name(self) -> str:
        """The engine, as evidence names it."""
        ...

    @property
    def version(self) -> str:
        """Changes with the engine and its model."""
        ...

    def read(self, images: Sequence[Image], *, quick: bool = False) -> list[Recognised]:
        """What each image says, in the order of the images; quicker and not quite as well, if that is asked for."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Recogniser:
    """The network with its characters: those of Latin script, of which `columns` are the places in its output."""

    session: Any
    characters: tuple[str, ...]
    columns: NDArray[np.intp]
    version: str
    name: str = ENGINE

    def read(self, images: Sequence[Image], *, quick: bool = False) -> list[Recognised]:
        """What each image says, in the order of the images. Images of like width are read together.

        The time that it takes is proportional to the width of the images; `quick` makes them narrower.
        """
        lines = [_as_line(image, _SQUEEZE if quick else 1.0) for image in images]
        found: dict[int, Recognised] = {}
        for places in _batches([line.shape[1] for line in lines]):
            chances = self._run(_batch([lines[i] for i in places]))
            found |= {i: decode(chances[k], self.characters) for k, i in enumerate(places)}
        return [found[i] for i in range(len(lines))]

    def _run(self, batch: Floats) -> Floats:
        """Probabilities: images × steps × characters. What is not of Latin script counts for none of them."""
        try:
            (chances,) = self.session.run(None, {self.session.get_inputs()[0].name: batch})
        except Exception as error:  # onnxruntime raises classes of its own, which are not exported
            raise SecondReaderError(f"The second reader broke down ({error}).") from error
        return np.asarray(chances)[:, :, self.columns]


@cache
def load_recogniser() -> Recogniser:
    """The recogniser, loaded once in a process, with one thread. Raises SecondReaderError when it cannot be used."""
    advice = "Install it: pip install rapidocr-onnxruntime. Until then figures from scans are doubtful."
    try:
        import onnxruntime

        from extractors.reading.second.network import faster

        model = _model()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        options.enable_cpu_mem_arena = False  # would keep what the largest batch took, and saves no time
        session = onnxruntime.InferenceSession(faster(model), options, providers=["CPUExecutionProvider"])
        characters = ("", *session.get_modelmeta().custom_metadata_map["character"].splitlines(), " ")
    except (ImportError, PackageNotFoundError, FileNotFoundError) as error:
        raise SecondReaderError(f"The second reader is not installed ({error}).", advice=advice) from None
    except Exception as error:  # as above
        raise SecondReaderError(f"The second reader cannot be started ({error}).", advice=advice) from None
    columns = [i for i, c in enumerate(characters) if i == _BLANK or ord(c) < 0x250]
    digest = hashlib.sha256(model.read_bytes()).hexdigest()[:8]
    return Recogniser(
        session=session,
        characters=tuple(characters[i] for i in columns),
        columns=np.array(columns, dtype=np.intp),
        version=f"{version('rapidocr-onnxruntime')}-{digest}",
    )


def reads_a_number(reader: LineReader) -> bool:
    """Whether a reader reads a number that is drawn for it. Raises SecondReaderError when it breaks down."""
    drawn = np.full((48, 120), 255, dtype=np.uint8)
    cv2.putText(drawn, "117", (12, 38), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (0,), 3, cv2.LINE_AA)
    return reader.read([drawn])[0].text == "117"


def _model() -> Path:
    """The model file, found without loading the package, which would load much that is not used."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise FileNotFoundError(f"there is no package {_PACKAGE}")
    model = Path(found.origin).with_name("models") / Path(_MODEL).name
    if not model.is_file():
        raise FileNotFoundError(f"{model.name} is not in the package {_PACKAGE}")
    return model


def _as_line(image: Image, squeeze: float) -> Floats:
    """The image at the height of the network, from -1 (black) to 1 (white), and not narrower or wider than it can read."""
    height, width = image.shape
    across = min(max(round(squeeze * width * _HEIGHT / max(height, 1)), 8), _WIDEST)
    resized = cv2.resize(image, (across, _HEIGHT), interpolation=cv2.INTER_LINEAR)
    return np.asarray(resized, dtype=np.float32) / 127.5 - 1.0


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """The places of images that are read together: of the same width when they are filled up, and not too many.

    What is filled up takes as much time as print.
    """
    filled = [_filled(width) for width in widths]
    batch: list[int] = []
    for place in sorted(range(len(widths)), key=lambda i: widths[i]):
        if batch and (filled[place] != filled[batch[0]] or (len(batch) + 1) * filled[place] > _AT_ONCE):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _filled(width: int) -> int:
    """The width of an image when it is filled up."""
    return -(-max(width, _NARROWEST) // _STEP) * _STEP


def _batch(lines: Sequence[Floats]) -> Floats:
    """Images side by side in one array, images × 3 × rows × columns, each filled up with grey (as the network was trained)."""
    across = _filled(max(line.shape[1] for line in lines))
    batch = np.zeros((len(lines), 3, _HEIGHT, across), dtype=np.float32)
    for place, line in enumerate(lines):
        batch[place, :, :, : line.shape[1]] = line
    return batch


def decode(chances: Floats, characters: Sequence[str]) -> Recognised:
    """The likeliest character of each step, with repeats and blanks taken out (best path decoding).

    Graves et al. 2006, "Connectionist temporal classification" (ICML). `chances` is steps × characters; character 0 is the blank.
    """
    best = chances.argmax(axis=1)
    runs: list[tuple[int, int]] = []  # the step at which each character is surest, and the character
    for step, character in enumerate(best.tolist()):
        if character == _BLANK:
            continue
        if runs and step > 0 and best[step - 1] == character:
            if chances[step, character] > chances[runs[-1][0], character]:
                runs[-1] = (step, character)
        else:
            runs.append((step, character))
    texts = [characters[c] for _, c in runs]
    text = "".join(texts)
    if not text.strip():
        return Recognised(text="", confidence=0.0)
    others: dict[str, float] = {}
    for place, (step, character) in enumerate(runs):
        for other in np.argsort(chances[step])[-3:][::-1].tolist():
            chance = float(chances[step, other])
            if other != character and chance >= _WORTH_TELLING:
                changed = "".join((*texts[:place], characters[other], *texts[place + 1 :])).strip()
                others[changed] = max(others.get(changed, 0.0), round(chance, 4))
    others.pop(text.strip(), None)
    confidence = min(float(chances[step, c]) for step, c in runs if characters[c] != " ")
    ranked = sorted(others.items(), key=lambda o: (-o[1], o[0]))
    return Recognised(text=text.strip(), confidence=round(confidence, 4), alternatives=tuple(ranked))
