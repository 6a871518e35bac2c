"""The network of the second reader, put into other words that onnxruntime computes in three quarters of the time.

It was exported step by step: after a convolution come a factor and a shift, then x · clip(x + 3, 0, 6) / 6 (hard swish; Howard et al.
2019, "Searching for MobileNetV3", ICCV), then again a factor and a shift. Each is a walk of its own over all numbers, and none is
done in the blocked layout in which convolutions are fast, so numbers are laid out anew before and after. Here factors and shifts go
into the weights, and what is left is said by convolutions of one pixel, which stay in that layout. Results are the same to the rounding.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, helper, numpy_helper

Numbers = NDArray[np.float64]


class _Affine(NamedTuple):
    """Two steps that make `factor` · x + `shift` of x; `end` is the name of the result."""

    factor: float
    shift: float
    steps: Sequence[NodeProto]
    end: str


@dataclass(frozen=True, slots=True)
class _Graph:
    """The steps that use each result, and the constants, by their names."""

    users: dict[str, list[NodeProto]]
    constants: dict[str, NDArray[np.generic]]

    def scalar(self, step: NodeProto) -> float | None:
        """The one number that a step computes with; None if there is none."""
        single = [self.constants[name] for name in step.input if name in self.constants]
        return float(single[0].item()) if len(single) == 1 and single[0].size == 1 else None

    def next(self, name: str, kind: str) -> NodeProto | None:
        """The step that alone uses a result, if it is of this kind."""
        users = self.users[name]
        return users[0] if len(users) == 1 and users[0].op_type == kind else None

    def affine(self, name: str) -> _Affine | None:
        """A factor and a shift of a result."""
        times = self.next(name, "Mul")
        plus = times and self.next(times.output[0], "Add")
        if times is None or plus is None:
            return None
        factor, shift = self.scalar(times), self.scalar(plus)
        return None if factor is None or shift is None else _Affine(factor, shift, (times, plus), plus.output[0])

    def swish(self, name: str) -> tuple[NodeProto, ...]:
        """The four steps of the hard swish of a result; none if it is not what follows."""
        plus = next((step for step in self.users[name] if step.op_type == "Add" and self.scalar(step) == 3), None)
        clip = plus and self.next(plus.output[0], "Clip")
        times = clip and self.next(clip.output[0], "Mul")
        over = times and self.next(times.output[0], "Div")
        if plus is None or clip is None or times is None or over is None or self.scalar(over) != 6:
            return ()
        limits = [float(self.constants[limit].item()) for limit in clip.input[1:] if limit in self.constants]
        return (plus, clip, times, over) if name in times.input and limits == [0, 6] else ()

    def takes_shifts(self, name: str) -> bool:
        """Whether a shift of a result can go into what follows: convolutions that do not look beyond the edge of the image."""
        return all(step.op_type == "Conv" and not any(_pads(step)) for step in self.users[name])


def faster(path: Path) -> bytes:
    """The model of a file, to be loaded by onnxruntime. What is put otherwise than expected in it stays as it is."""
    model = onnx.load(str(path))
    constants = {
        step.output[0]: numpy_helper.to_array(step.attribute[0].t)
        for step in model.graph.node
        if step.op_type == "Constant"
    }
    constants |= {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    steps = [step for step in model.graph.node if step.op_type != "Constant"]
    users: dict[str, list[NodeProto]] = defaultdict(list)
    for step in steps:
        for name in step.input:
            users[name].append(step)
    made = list(_steps(steps, _Graph(users, constants)))
    used = {name for step in made for name in step.input}
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(made)
    model.graph.initializer.extend(
        numpy_helper.from_array(array, name) for name, array in constants.items() if name in used
    )
    return bytes(model.SerializeToString())


def _steps(steps: Sequence[NodeProto], graph: _Graph) -> Iterator[NodeProto]:
    """The steps to take instead, in their order; the constants that they need are put into the graph."""
    done: set[str] = set()
    shifts: dict[str, float] = {}  # of results, left to the convolutions that use them
    for step in steps:
        if step.output[0] in done:
            continue
        if step.op_type != "Conv":
            yield step
            continue
        weights = graph.constants[step.input[1]].astype(np.float64)
        bias = graph.constants[step.input[2]].astype(np.float64) if len(step.input) > 2 else np.zeros(len(weights))
        bias += weights.sum(axis=(1, 2, 3)) * shifts.get(step.input[0], 0.0)
        end = step.output[0]
        if affine := graph.affine(end):
            weights, bias, end = weights * affine.factor, bias * affine.factor + affine.shift, affine.end
            done |= {each.output[0] for each in affine.steps}
        yield _convolution(graph, step.input[0], end, weights, bias, like=step)
        if swish := graph.swish(end):
            result = swish[-1].output[0]
            then = graph.affine(result) or _Affine(1.0, 0.0, (), result)
            done |= {each.output[0] for each in (*swish, *then.steps)}
            if graph.takes_shifts(then.end):
                shifts[then.end] = then.shift
                then = then._replace(shift=0.0)
            yield from _swish(graph, end, then, len(weights))


def _swish(graph: _Graph, name: str, then: _Affine, channels: int) -> Iterator[NodeProto]:
    """The hard swish of a result, x · clip(x / 6 + 1/2, 0, 1), with a factor and a shift after it."""
    gate, part, product = f"{name}/gate", f"{name}/part", f"{name}/product" if then.shift else then.end
    for limit, value in (("low", min(then.factor, 0)), ("high", max(then.factor, 0))):
        graph.constants[f"{name}/{limit}"] = np.array(value, np.float32)
    each = np.ones((channels, 1, 1, 1))
    yield _convolution(graph, name, gate, each * then.factor / 6, np.full(channels, then.factor / 2))
    yield helper.make_node("Clip", [gate, f"{name}/low", f"{name}/high"], [part])
    yield helper.make_node("Mul", [name, part], [product])
    if then.shift:
        yield _convolution(graph, product, then.end, each, np.full(channels, then.shift))


def _convolution(
    graph: _Graph, name: str, end: str, weights: Numbers, bias: Numbers, like: NodeProto | None = None
) -> NodeProto:
    """A convolution of a result: as another looks at pixels, or of each channel and pixel alone."""
    graph.constants[f"{end}/weights"], graph.constants[f"{end}/bias"] = (
        weights.astype(np.float32),
        bias.astype(np.float32),
    )
    names = [name, f"{end}/weights", f"{end}/bias"]
    if like is None:
        return helper.make_node("Conv", names, [end], group=len(weights), kernel_shape=[1, 1])
    made = helper.make_node("Conv", names, [end])
    made.attribute.extend(like.attribute)
    return made


def _pads(step: NodeProto) -> Sequence[int]:
    return next((list(attribute.ints) for attribute in step.attribute if attribute.name == "pads"), [])
