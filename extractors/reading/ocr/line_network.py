"""Tesseract's network for lines of print, computed by onnxruntime: in a sixth of the time that Tesseract takes for it.

Tesseract computes one column of one image after the other; here the columns of many images are computed together. The numbers are
those of the model file; Tesseract rounds what goes between its layers to whole numbers, so that chances differ a little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from extractors.reading.ocr.model import Floats, Layer, Model, UnknownModelError, read_model

# The order in which Tesseract writes the four matrices of a memory: what comes in, and the gates for that, for what was known and for
# what goes out; and the order in which ONNX wants them: in, out, known, what comes in.
_ORDER = (1, 3, 2, 0)
# The layers that are known how to put, in their order; the last but some memories, of which there may be any number.
_BEGINNING = ("Input", "Convolve", "Tanh", "Maxpool", "SummLSTM")
_OPSET, _IR = 17, 9
# Columns of pixels read at once, of all images together: more take more memory and save no time.
_AT_ONCE = 2_400


@dataclass(frozen=True, slots=True, eq=False)
class LineNetwork:
    """The network: images of lines in, chances of `characters` out.

    Images are `height` pixels high; one step of what comes out stands for `step` columns of pixels.
    """

    session: Any
    characters: tuple[str, ...]
    height: int
    step: int

    def chances(self, lines: Sequence[Floats]) -> list[Floats]:
        """Of each line (rows × columns, from -1, ink, to 1, paper) the chances of each character: steps × characters."""
        widths = [line.shape[1] for line in lines]
        found: dict[int, Floats] = {}
        for places in _batches(widths):
            across = -(-max(widths[place] for place in places) // self.step) * self.step
            batch = np.ones((len(places), 1, self.height, across), np.float32)
            for row, place in enumerate(places):
                batch[row, 0, :, : widths[place]] = lines[place]
            steps = [max(widths[place] // self.step, 1) for place in places]
            (made,) = self.session.run(None, {"image": batch, "steps": np.array(steps, np.int32)})
            found |= {place: made[: steps[row], row] for row, place in enumerate(places)}
        return [found[place] for place in range(len(lines))]


@lru_cache(maxsize=2)
def load_network(model: Path) -> LineNetwork | None:
    """The network of a model file, loaded once in a process, with one thread; None where it cannot be used."""
    try:
        import onnxruntime

        read = read_model(model.read_bytes())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        session = onnxruntime.InferenceSession(put(read), options, providers=["CPUExecutionProvider"])
    except (ImportError, OSError, UnknownModelError):
        return None
    image, pooled = read.layers[0].sizes, read.layers[3].sizes
    return LineNetwork(session=session, characters=read.characters, height=image[1], step=pooled[0])


def put(model: Model) -> bytes:
    """The network in ONNX. Raises UnknownModelError if its layers are others than expected."""
    kinds = tuple(layer.kind for layer in model.layers)
    memories = model.layers[len(_BEGINNING) : -1]
    whole = kinds[: len(_BEGINNING)] == _BEGINNING and kinds[-1] == "Softmax"
    if not whole or any(layer.kind != "LSTM" or "XYTranspose" in layer.inside for layer in memories):
        raise UnknownModelError(f"It has other layers than expected: {', '.join(kinds)}.")
    graph = _Graph()
    columns = _picture(graph, model.layers)
    for layer in memories:
        columns = graph.step("Squeeze", _memory(graph, layer, columns, "steps")[0], graph.constant(np.array([1])))
    last = model.layers[-1].weights[0]
    sums = graph.step("MatMul", columns, graph.constant(last[:, :-1].T))
    graph.nodes.append(
        helper.make_node("Softmax", [graph.step("Add", sums, graph.constant(last[:, -1]))], ["chances"], axis=-1)
    )
    rows = model.layers[0].sizes[1]
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["lines", 1, rows, "columns"])
    steps = helper.make_tensor_value_info("steps", TensorProto.INT32, ["lines"])
    chances = helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["most", "lines", len(model.characters)])
    made = helper.make_graph(graph.nodes, "lines", [image, steps], [chances], graph.constants)
    opset = [helper.make_opsetid("", _OPSET)]
    return bytes(helper.make_model(made, opset_imports=opset, ir_version=_IR).SerializeToString())


@dataclass(slots=True)
class _Graph:
    """Steps and constants, each with a name of its own."""

    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, numbers: NDArray[Any]) -> str:
        """A constant; its name."""
        name = f"constant {len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(numbers), name))
        return name

    def step(self, kind: str, *inputs: str, **settings: Any) -> str:
        """A step with one result; its name."""
        name = f"result {len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name


def _picture(graph: _Graph, layers: Sequence[Layer]) -> str:
    """From the image to one row of numbers for each column: steps × lines × numbers."""
    _, window, tanh, pooled, down = layers[: len(_BEGINNING)]
    beside, above = window.sizes
    across, high = 2 * beside + 1, 2 * above + 1
    # Tesseract takes the pixels of a window column by column
    weights = tanh.weights[0][:, :-1].reshape(-1, 1, across, high).transpose(0, 1, 3, 2)
    convolved = graph.step(
        "Conv",
        "image",
        graph.constant(weights),
        graph.constant(tanh.weights[0][:, -1]),
        pads=[above, beside, above, beside],
        kernel_shape=[high, across],
    )
    size = [pooled.sizes[1], pooled.sizes[0]]
    # tanh keeps the order of numbers, so that of the largest of nine is the largest tanh
    curved = graph.step("Tanh", graph.step("MaxPool", convolved, kernel_shape=size, strides=size))
    turned = graph.step("Transpose", curved, perm=[2, 3, 0, 1])  # rows × steps × lines × channels
    rows, channels = layers[0].sizes[1] // pooled.sizes[1], len(tanh.weights[0])
    apart = graph.step("Reshape", turned, graph.constant(np.array([rows, -1, channels])))
    _, end = _memory(graph, down, apart)
    lines = graph.step("Slice", graph.step("Shape", turned), *(graph.constant(np.array([n])) for n in (1, 3)))
    numbers = graph.constant(np.array([len(down.weights[0])]))
    return graph.step("Reshape", end, graph.step("Concat", lines, numbers, axis=0))


def _memory(graph: _Graph, layer: Layer, sequence: str, steps: str = "") -> tuple[str, str]:
    """A layer with memory (Hochreiter and Schmidhuber 1997, "Long short-term memory"): what it gives at each step, and at the last."""
    gates = [layer.weights[n] for n in _ORDER]
    hidden = len(gates[0])
    coming = gates[0].shape[1] - hidden - 1
    added = np.concatenate([gate[:, -1] for gate in gates])
    names = [
        sequence,
        graph.constant(np.concatenate([gate[:, :coming] for gate in gates])[None]),
        graph.constant(np.concatenate([gate[:, coming:-1] for gate in gates])[None]),
        graph.constant(np.concatenate([added, np.zeros_like(added)])[None]),
        steps,
    ]
    direction = "reverse" if "RTLReversed" in layer.inside else "forward"
    results = (f"all {len(graph.nodes)}", f"end {len(graph.nodes)}")
    graph.nodes.append(helper.make_node("LSTM", names, list(results), hidden_size=hidden, direction=direction))
    return results


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """The places of images that are read together: of like width, and not too many."""
    batch: list[int] = []
    for place in sorted(range(len(widths)), key=lambda n: widths[n]):
        if batch and (len(batch) + 1) * widths[place] > _AT_ONCE:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
