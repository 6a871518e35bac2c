"""The network for lines of print inside a model file of Tesseract (`*.traineddata`), as layers of numbers.

The file says where each of its parts begins, and the part of the network is one layer written after the other, some inside others
(Tesseract 5: tessdatamanager.cpp, network.cpp, lstm.cpp, weightmatrix.cpp, unicharcompress.cpp).
"""

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# The parts of the file, by their places in its table.
_NETWORK, _CHARACTERS, _CODES = 17, 21, 22
# How weights are written: as whole numbers with a factor for each row, and with factors of eight bytes.
_WHOLE, _LONG = 1, 128
# Layers that only hold others, and what follows them if they learned at rates of their own.
_HOLDERS = frozenset({"Series", "XYTranspose", "RTLReversed"})
_OWN_RATES = 64
_MEMORIES = frozenset({"LSTM", "SummLSTM"})
_GATES = 4
# What the list of characters calls the space.
_SPACE = "NULL"


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer by the name of its `kind`, with its `weights`: one or four matrices, the last column of which is added to the sums.

    `inside` are the layers that hold it: "XYTranspose" if it runs down the columns of the image, "RTLReversed" if it runs backwards.
    `sizes` are the rows and columns of an image (Input: batch, rows, columns, depth; 0 for any), of a window to either side (Convolve), or of
    what is made one (Maxpool), columns first.
    """

    kind: str
    inside: tuple[str, ...]
    sizes: tuple[int, ...] = ()
    weights: tuple[Floats, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """The layers from the image to the chances of characters; `characters` are those of the outputs, "" of none (the blank)."""

    layers: tuple[Layer, ...]
    characters: tuple[str, ...]


class UnknownModelError(ValueError):
    """A model file is put otherwise than expected."""


def read_model(content: bytes) -> Model:
    """The network of a model file. Raises UnknownModelError for one of another make."""
    try:
        parts = _parts(content)
        network = _Bytes(parts[_NETWORK])
        layers = tuple(_layers(network, ()))
        network.text()  # the layers in words
        *_, blank = network.take("4i")
        outputs = len(layers[-1].weights[0])
        return Model(layers=layers, characters=_characters(parts[_CHARACTERS], _Bytes(parts[_CODES]), outputs, blank))
    except (struct.error, KeyError, IndexError, ValueError) as error:
        raise UnknownModelError(f"It is not put as expected ({error}).") from error


class _Bytes:
    """Bytes that are taken from their beginning, low byte first."""

    def __init__(self, content: bytes) -> None:
        self._content, self._place = content, 0

    def take(self, what: str) -> Any:
        """Numbers, as struct names them; a single one as such."""
        taken = struct.unpack_from(f"<{what}", self._content, self._place)
        self._place += struct.calcsize(f"<{what}")
        return taken[0] if len(taken) == 1 else taken

    def text(self) -> str:
        """A text behind its length."""
        return bytes(self.take(f"{self.take('I')}s")).decode("utf-8")

    def array(self, kind: str, count: int) -> NDArray[Any]:
        """So many numbers, as numpy names them."""
        made = np.frombuffer(self._content, f"<{kind}", count, self._place)
        self._place += made.nbytes
        return made


def _parts(content: bytes) -> dict[int, bytes]:
    table = _Bytes(content)
    begins = {number: int(begin) for number, begin in enumerate(table.array("i8", table.take("i"))) if begin >= 0}
    ends = [*sorted(begins.values())[1:], len(content)]
    return {number: content[begin : min(end for end in ends if end > begin)] for number, begin in begins.items()}


def _layers(content: _Bytes, inside: tuple[str, ...]) -> list[Layer]:
    """The layer that comes next, or those that it holds."""
    written = content.take("b")
    kind = content.text()
    if written != 0:
        raise UnknownModelError(f"a layer {kind}")
    *_, flags, _, _, _ = content.take("2b4i")
    content.text()  # its name
    if kind in _HOLDERS:
        held = [layer for _ in range(content.take("I")) for layer in _layers(content, (*inside, kind))]
        if flags & _OWN_RATES:
            content.array("f4", content.take("I"))
        return held
    if kind == "Input":
        return [Layer(kind, inside, sizes=content.take("5i"))]
    if kind in ("Convolve", "Maxpool"):
        return [Layer(kind, inside, sizes=content.take("2i"))]
    if kind in _MEMORIES:
        content.take("i")  # the width of its matrices
        return [Layer(kind, inside, weights=tuple(_weights(content) for _ in range(_GATES)))]
    if kind in ("Tanh", "Softmax"):
        return [Layer(kind, inside, weights=(_weights(content),))]
    raise UnknownModelError(f"a layer {kind}")


def _weights(content: _Bytes) -> Floats:
    how = content.take("B")
    rows, columns = content.take("2I")
    if not how & _WHOLE:
        raise UnknownModelError("weights that are no whole numbers")
    content.take("b")  # what an empty place would hold
    whole = content.array("i1", rows * columns).reshape(rows, columns)
    factors = content.array("f8" if how & _LONG else "f4", content.take("I"))
    return np.asarray(whole * factors[:rows, None], np.float32)


def _characters(listed: bytes, codes: _Bytes, outputs: int, blank: int) -> tuple[str, ...]:
    """The character of each output: the file lists the characters, and by what outputs each is told."""
    names = [line.split(" ")[0] for line in listed.decode("utf-8").splitlines()[1:]]
    characters = [""] * outputs
    for name in names[: codes.take("I")]:
        codes.take("b")
        told = codes.array("i4", codes.take("i"))
        if len(told) != 1:
            raise UnknownModelError("characters of several parts")
        if told[0] != blank:
            characters[told[0]] = " " if name == _SPACE else name
    return tuple(characters)
