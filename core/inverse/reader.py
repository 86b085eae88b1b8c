"""From a shape to sliders: the network says kind, turn and sliders; building the likeliest few and measuring decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch

from ..environments.props import PROPS
from ..game.distance import deviation, nearest_on
from ..progress import Progress, silent
from ..scene import Mesh
from ..spatial.checkpoint import load_weights, read_header
from ..spatial.placing import placed
from .frame import QUARTERS, Cloud, cloud_of
from .network import KIND, InverseConfig, InverseNet, network_input
from .sliders import SIDES, Slider, Value, limits, make, sliders_of, usual
from .stand import square_turn, ups_of

WEIGHTS = Path(__file__).resolve().parents[1] / "weights" / "inverse.safetensors"
READ, MEASURE = 1024, 1024  # points the network reads, and points compared while candidates are tried
KINDS, TURNS = 5, 2  # candidates that are built: so many kinds, each in so many turns
PRIOR = 0.0012  # diagonals of distance that one unit of log probability is worth
BACK = 0.15  # how much the way back from the build counts when only one side was seen
LEAST, MOST = 1 / 4, 4.0  # how much a generator's mesh may be stretched


class Net:
    """The shipped network with the sliders its columns stand for."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        header = read_header(path, KIND)
        values = dict(header["config"])
        self.config = InverseConfig(**values | {"kinds": tuple(values["kinds"]), "widths": tuple(values["widths"])})
        self.notes = header["notes"]
        self.network = InverseNet(self.config)
        load_weights(path, self.network)
        self.network.eval()
        self.columns: dict[str, list[tuple[Slider, int]]] = {key: [] for key in self.config.kinds}
        known = {key: {slider.name: slider for slider in sliders_of(key)} for key in self.config.kinds if key in PROPS}
        for key, name, start, count in self.config.groups:
            slider = known.get(key, {}).get(name)
            if slider is not None and len(slider) == count:  # a generator that has changed since is read as far as it fits
                self.columns[key].append((slider, start))

    def read(self, clouds: list[Cloud]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, torch.Tensor]:
        """Log probabilities of kinds (C, K) and quarter turns (C, 4) and of being upright (C,), the box (C, 6), and the hidden."""
        points = torch.from_numpy(np.stack([cloud.points for cloud in clouds])).float()
        normals = torch.from_numpy(np.stack([cloud.normals for cloud in clouds])).float()
        with torch.inference_mode():
            reading = self.network(*network_input(points, normals))
            kind, turn = reading.kind.log_softmax(dim=-1), reading.turn.log_softmax(dim=-1)
            upright = torch.nn.functional.logsigmoid(reading.upright)
        return kind.numpy(), turn.numpy(), upright.numpy(), reading.box.numpy(), reading.hidden

    def sliders(self, hidden: torch.Tensor, key: str) -> dict[str, np.ndarray]:
        """Slider -> shares of its levels, for one cloud taken as of kind ``key``."""
        with torch.inference_mode():
            row = self.network.levels(hidden[None], torch.tensor([self.config.kinds.index(key)]))[0].exp().numpy()
        return {slider.name: row[start : start + len(slider)] for slider, start in self.columns[key]}


@lru_cache(maxsize=1)
def shipped() -> Net:
    """The shipped network, loaded once. Raises WorldwrightError where the weights are missing."""
    return Net()


@dataclass
class Read:
    """One way to build a shape.

    Attributes:
        prop, values, stretch: as in ``made.Made``.
        scale: how many times as large as the generator builds it the thing is meant; chunky ones are small ones, enlarged.
        turn: (3, 3) from the original's space to the prop's. low, high: the box it fills there, metres.
        shares: slider -> shares of its levels. score: log probability of kind and turn.
        distance: mean distance between the surfaces, metres; diagonal: of the original's box.
        trials: how many builds were compared. built: the generator's mesh of these values, before it is stretched.
    """

    prop: str
    values: dict[str, Value]
    stretch: np.ndarray
    turn: np.ndarray
    low: np.ndarray
    high: np.ndarray
    shares: dict[str, np.ndarray] = field(default_factory=dict)
    scale: float = 1.0
    score: float = 0.0
    distance: float = np.inf
    diagonal: float = 1.0
    trials: int = 0
    built: Mesh | None = field(default=None, repr=False)

    @property
    def place(self) -> np.ndarray:
        """(4, 4) where the prop's foot stands in the original's space."""
        foot = np.array([(self.low[0] + self.high[0]) / 2, (self.low[1] + self.high[1]) / 2, self.low[2]])
        place = np.eye(4)
        place[:3, :3], place[:3, 3] = self.turn.T, self.turn.T @ foot
        return place

    @property
    def cost(self) -> float:
        """What candidates are compared by, in diagonals: distance, and improbability."""
        return self.distance / self.diagonal - PRIOR * max(self.score, -12.0)


class Target:
    """The original while candidates are compared with it, in metres, in its own space."""

    def __init__(self, cloud: Cloud, one_sided: bool) -> None:
        self.cloud, self.one_sided = cloud, one_sided
        self.diagonal = cloud.diagonal
        step = max(len(cloud.points) // MEASURE, 1)
        self.few = torch.from_numpy(cloud.points[::step][:MEASURE]).float()

    def distance(self, read: Read) -> float:
        """Chamfer distance of what ``read`` builds, between points, which is quick and a little too large; of a one-sided scan
        from the scan to the build, and a little of the way back."""
        place = read.place
        made = cloud_of([built(read)], MEASURE).points * read.stretch
        world = torch.from_numpy(made @ place[:3, :3].T + place[:3, 3]).float()
        apart = torch.cdist(self.few, world)
        there, back = float(apart.min(dim=1)[0].mean()), float(apart.min(dim=0)[0].mean())
        return there + BACK * back if self.one_sided else (there + back) / 2


def built(read: Read) -> Mesh:
    """The generator's mesh of what was read, built once."""
    if read.built is None:
        read.built = make(read.prop, read.values).mesh
    return read.built


def surface_distance(mesh: Mesh, read: Read, one_sided: bool) -> float:
    """Metres from surface to surface on average: both ways, of a one-sided scan from the scan to what takes its place."""
    place = read.place
    place[:3, :3] = place[:3, :3] * read.stretch
    other = placed(built(read), place, mesh.name)
    if one_sided:
        return float(nearest_on(other, cloud_of([mesh], MEASURE).points).mean())
    return deviation(mesh, other)[0]


def read_shape(
    cloud: Cloud,
    keys: Iterable[str] = (),
    prior: Mapping[str, float] | None = None,
    one_sided: bool = False,
    tidy: bool = True,
    net: Net | None = None,
    progress: Progress = silent,
) -> list[Read]:
    """The ways to build the shape that were tried, best first.

    Args:
        cloud: at least ``READ`` points of the original, metres.
        keys: the generators that may be used; all where empty.
        prior: log weights of generators, from what is known beside the shape.
        one_sided: only a side of it was seen.
        tidy: it may lie on its side, or lean.
    """
    net = net or shipped()
    chosen = [key for key in net.config.kinds if (not keys or key in set(keys)) and key in PROPS]
    target = Target(cloud, one_sided)
    step = max(len(cloud.points) // READ, 1)
    few = Cloud(cloud.points[::step][:READ], cloud.normals[::step][:READ])
    turns = [QUARTERS[q] @ square_turn(few, up) for up in ups_of(few, tidy and not one_sided) for q in range(4)]
    clouds = [few.turned(turn) for turn in turns]
    kind, turn, upright, box, hidden = net.read(clouds)
    lean = np.array([0.0 if n < 4 else -1.5 for n in range(len(turns))])  # what stands is taken to stand
    lean -= np.array([0.02 * min(q, 4 - q) for _ in range(len(turns) // 4) for q in range(4)])  # and to face as it does
    columns = [net.config.kinds.index(key) for key in chosen]
    known = np.array([(prior or {}).get(key, 0.0) for key in chosen])
    scores = kind[:, columns] + (turn[:, 0] + 2 * upright + lean)[:, None] + known
    tries: list[Read] = []
    best_kinds = np.argsort(-scores.max(axis=0))[:KINDS]
    for number, column in enumerate(best_kinds):
        progress(number / len(best_kinds), f"Trying {chosen[column].replace('_', ' ')}")
        for row in np.argsort(-scores[:, column])[:TURNS]:
            found = _sized(net, chosen[column], clouds[row], turns[row], box[row] if one_sided else None, hidden[row])
            found.score, found.diagonal = float(scores[row, column] - scores.max()), target.diagonal
            found.distance = target.distance(found)
            tries.append(found)
    tries.sort(key=lambda found: found.cost)
    tries[0] = alternatives(tries[0], target)
    tries[0].trials = len(tries)
    return tries


def _sized(net: Net, key: str, cloud: Cloud, turn: np.ndarray, box: np.ndarray | None, hidden: torch.Tensor) -> Read:
    """The prop of this kind that fills the cloud's box, with the sliders the network reads at the prop's own size."""
    low, high = cloud.box
    if box is not None:
        middle, half = (low + high) / 2, (high - low) / 2
        low, high = middle + half * np.minimum(box[:3], -1.0), middle + half * np.maximum(box[3:], 1.0)
    size = np.maximum(high - low, 1e-4)
    scale = _unit(size, limits(key))
    if abs(np.log(scale)) > 0.01:
        hidden = net.read([Cloud(cloud.points / scale, cloud.normals)])[4][0]
    shares = net.sliders(hidden, key)
    values = usual(key)
    for slider in sliders_of(key):
        if slider.name in shares:
            values[slider.name] = slider.value(shares[slider.name])
        elif slider.levels == (False, True):
            values[slider.name] = False  # an extra that the shape does not show is not added
    for name, other, level in net.notes.get("hidden", {}).get(key, []):
        if values[other] == level:
            shares.pop(name, None)  # does nothing on this one, so nothing is to be known of it
    found = Read(key, values, np.ones(3), turn, low, high, shares, scale)
    fill(found)
    return found


def fill(read: Read) -> None:
    """Sets width, depth and height, and the stretch, so that the prop fills its box; in place."""
    size = np.maximum(read.high - read.low, 1e-4)
    least, most = limits(read.prop)
    scale = read.scale
    wanted = np.clip(size / scale, least, most)
    for _ in range(2):
        read.built = None
        read.values |= dict(zip(SIDES, (round(float(side), 4) for side in wanted), strict=True))
        made = np.maximum(np.ptp(built(read).vertices, axis=0), 1e-6)
        again = np.clip(wanted * size / scale / made, least, most)
        if (np.abs(again / wanted - 1) < 0.004).all():
            break
        wanted = again
    read.stretch = np.clip(size / np.maximum(np.ptp(built(read).vertices, axis=0), 1e-6), LEAST * scale, MOST * scale)


def _unit(size: np.ndarray, bounds: np.ndarray) -> float:
    """The scale, nearest to 1, by which a size must be divided to lie within limits (2, 3) as nearly as it can."""
    low, high = np.log(size / bounds[1]), np.log(size / bounds[0])
    start, end = float(low.max()), float(high.min())
    if start > end:  # no scale suits all sides: the one that is least out
        return float(np.exp((start + end) / 2))
    return float(np.exp(min(max(0.0, start), end)))


def alternatives(read: Read, target: Target) -> Read:
    """The same with the second likeliest level of doubtful sliders where that fits the shape better."""
    for slider in sliders_of(read.prop):
        shares = read.shares.get(slider.name)
        if shares is None or slider.doubt(shares) < 0.2:
            continue
        order = np.argsort(-shares)[1:3]
        for level in order[shares[order] > 0.08]:
            other = with_values(read, {slider.name: slider.levels[int(level)]}, target)
            if other.distance < read.distance * 0.995:
                read = other
    return read


def with_values(read: Read, values: Mapping[str, Value], target: Target, scale: float = 0.0) -> Read:
    """The same with other sliders, and built at another ``scale`` where given, filled into the box and measured."""
    changed = replace(read, values=read.values | dict(values), scale=scale or read.scale, built=None)
    if scale:
        for slider in sliders_of(read.prop):
            if slider.metres:  # what was half-way up stays half-way up
                moved = float(changed.values[slider.name]) * read.scale / scale
                changed.values[slider.name] = float(np.clip(moved, slider.levels[0], slider.levels[-1]))
    fill(changed)
    changed.distance = target.distance(changed)
    return changed
