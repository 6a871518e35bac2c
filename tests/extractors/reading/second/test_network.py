"""The network put into other words says the same."""

from collections import Counter

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from extractors.reading.second.network import faster
from extractors.reading.second.recogniser import _model

_SHAPE = (2, 3, 48, 64)


def outputs(model: bytes, *, shape: tuple[int, ...] = _SHAPE) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    image = np.random.default_rng(1).uniform(-1, 1, shape).astype(np.float32)
    (result,) = session.run(None, {session.get_inputs()[0].name: image})
    return np.asarray(result)


def kinds(model: bytes) -> Counter[str]:
    return Counter(step.op_type for step in onnx.load_from_string(model).graph.node)


def test_probabilities_are_the_same() -> None:
    path = _model()
    np.testing.assert_allclose(outputs(faster(path)), outputs(path.read_bytes()), atol=2e-3)


def test_each_hard_swish_takes_four_steps_less() -> None:
    before, after = kinds(_model().read_bytes()), kinds(faster(_model()))
    swishes = before["Clip"]
    assert swishes > 20
    assert after["Clip"] == swishes
    assert before["Add"] - after["Add"] >= 3 * swishes - 2
    assert before["Div"] - after["Div"] == swishes


def small(tmp_path_factory: pytest.TempPathFactory, *, limit: float, pad: int) -> tuple[bytes, bytes]:
    """A network of two convolutions with a hard swish between them, that clips at `limit`: as it is, and put into other words."""
    rng = np.random.default_rng(2)
    constants = {
        "w1": rng.normal(size=(4, 3, 1, 1)), "w2": rng.normal(size=(2, 4, 3, 3)),
        "two": 2.0, "half": 0.5, "three": 3.0, "zero": 0.0, "limit": limit, "six": 6.0, "less": -0.7,
    }  # fmt: skip
    steps = [
        helper.make_node("Conv", ["x", "w1"], ["a"], kernel_shape=[1, 1]),
        helper.make_node("Mul", ["two", "a"], ["b"]),
        helper.make_node("Add", ["b", "half"], ["c"]),
        helper.make_node("Add", ["c", "three"], ["d"]),
        helper.make_node("Clip", ["d", "zero", "limit"], ["e"]),
        helper.make_node("Mul", ["c", "e"], ["f"]),
        helper.make_node("Div", ["f", "six"], ["g"]),
        helper.make_node("Mul", ["less", "g"], ["h"]),
        helper.make_node("Add", ["h", "half"], ["i"]),
        helper.make_node("Conv", ["i", "w2"], ["y"], kernel_shape=[3, 3], pads=[pad] * 4),
    ]
    graph = helper.make_graph(
        steps, "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 3, 8, 8])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in constants.items()],
    )  # fmt: skip
    path = tmp_path_factory.mktemp("model") / "small.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 12)], ir_version=7), path)
    return path.read_bytes(), faster(path)


@pytest.mark.parametrize(
    "pad", [pytest.param(0, id="the shift goes into the next weights"), pytest.param(1, id="it cannot, at edges")]
)
def test_factors_and_shifts_are_kept(tmp_path_factory: pytest.TempPathFactory, pad: int) -> None:
    before, after = small(tmp_path_factory, limit=6.0, pad=pad)
    np.testing.assert_allclose(outputs(after, shape=(2, 3, 8, 8)), outputs(before, shape=(2, 3, 8, 8)), atol=1e-5)
    assert kinds(after)["Div"] == 0
    assert kinds(after)["Conv"] == 3 + pad


def test_what_is_no_hard_swish_stays(tmp_path_factory: pytest.TempPathFactory) -> None:
    before, after = small(tmp_path_factory, limit=5.0, pad=0)
    np.testing.assert_allclose(outputs(after, shape=(2, 3, 8, 8)), outputs(before, shape=(2, 3, 8, 8)), atol=1e-5)
    assert kinds(after)["Div"] == 1
