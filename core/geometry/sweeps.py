"""Solids drawn out along a line: lofts through rings, lathed profiles, tubes, extrusions and bent sheets."""

from __future__ import annotations

import numpy as np

from .shape import Shape, outward

FLAT = 0.7  # cosine above which a lathed band counts as a disc and takes planar UVs


def loft(rings: np.ndarray, closed: bool = False) -> Shape:
    """A skin of quads through rings (S, K, 3) of K points each; the ends are capped, or joined where ``closed``.

    A ring whose points all coincide becomes one vertex. UVs: u along the rings' way, v around, planar on the caps.
    """
    rings = np.asarray(rings, float)
    count, around = rings.shape[:2]
    points = np.ptp(rings, axis=1).max(axis=1) < 1e-9
    index = np.empty((count, around), int)
    vertices: list[np.ndarray] = []
    total = 0
    for k in range(count):
        index[k] = total if points[k] else np.arange(total, total + around)
        vertices.append(rings[k, :1] if points[k] else rings[k])
        total += 1 if points[k] else around
    u, v = _lengths(rings, closed)
    faces, uvs = [], []
    for k in range(count if closed else count - 1):
        face, uv = _band(index[k], index[(k + 1) % count], u[k], u[k + 1], v, bool(points[k]), bool(points[(k + 1) % count]))
        faces.append(face)
        uvs.append(uv)
    if not closed:
        for k, reverse in ((0, True), (count - 1, False)):
            if not points[k]:
                face, uv, centre = _cap(index[k], rings[k], total, reverse)
                faces.append(face)
                uvs.append(uv)
                vertices.append(centre)
                total += len(centre)
    return outward(
        Shape(
            np.concatenate(vertices),
            np.concatenate([face.ravel() for face in faces]),
            np.concatenate([np.full(len(face), face.shape[1]) for face in faces]),
            np.concatenate([uv.reshape(-1, 2) for uv in uvs]),
        )
    )


def _lengths(rings: np.ndarray, closed: bool) -> tuple[np.ndarray, np.ndarray]:
    """Metres along (S or S + 1,) and around (K + 1,) the skin, of the longest way round."""
    steps = np.linalg.norm(np.diff(np.concatenate([rings, rings[:1]]) if closed else rings, axis=0), axis=2).mean(axis=1)
    sides = np.linalg.norm(np.roll(rings, -1, axis=1) - rings, axis=2)
    widest = sides[np.argmax(sides.sum(axis=1))]
    return np.concatenate([[0.0], np.cumsum(steps)]), np.concatenate([[0.0], np.cumsum(widest)])


def _band(a, b, ua, ub, v, a_point: bool, b_point: bool) -> tuple[np.ndarray, np.ndarray]:
    """Quads between rings ``a`` and ``b`` (K,), triangles where one of them is a point."""
    around = len(a)
    step = np.arange(around)
    following = (step + 1) % around
    ones = np.ones(around)
    corners = [(a[step], ua * ones, v[step]), (a[following], ua * ones, v[step + 1]),
               (b[following], ub * ones, v[step + 1]), (b[step], ub * ones, v[step])]  # fmt: skip
    if a_point:
        del corners[1]
    elif b_point:
        del corners[2]
    return np.stack([c[0] for c in corners], axis=1), np.stack([np.stack(c[1:], axis=1) for c in corners], axis=1)


def _cap(ring: np.ndarray, points: np.ndarray, total: int, reverse: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A quad over four points, else a fan around the centre: faces, UVs and the added vertices."""
    centre = points.mean(axis=0)
    one = points[0] - centre
    one = one / max(np.linalg.norm(one), 1e-12)
    normal = np.cross(points - centre, np.roll(points, -1, axis=0) - centre).sum(axis=0)
    two = np.cross(normal / max(np.linalg.norm(normal), 1e-12), one)
    flat = np.stack([(points - centre) @ one, (points - centre) @ two], axis=1)
    if len(ring) == 4:
        order = np.arange(4)[::-1] if reverse else np.arange(4)
        return ring[order][None], flat[order][None], np.empty((0, 3))
    step = np.arange(len(ring))
    following = (step + 1) % len(ring)
    first, second = (following, step) if reverse else (step, following)
    faces = np.stack([np.full(len(ring), total), ring[first], ring[second]], axis=1)
    uvs = np.stack([np.zeros((len(ring), 2)), flat[first], flat[second]], axis=1)
    return faces, uvs, centre[None]


def lathe(profile: np.ndarray | list, segments: int = 24) -> Shape:
    """A profile (K, 2) of (radius, z) turned about the Z axis; radius 0 ends on the axis. Discs get planar UVs."""
    profile = np.asarray(profile, float)
    angles = 2 * np.pi * np.arange(segments) / segments
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rings = np.empty((len(profile), segments, 3))
    rings[..., :2] = profile[:, None, :1] * circle
    rings[..., 2] = profile[:, None, 1]
    shape = loft(rings)
    face = np.repeat(np.arange(len(shape.sizes)), shape.sizes)
    height = shape.vertices[shape.corners, 2]
    low, high = np.full(len(shape.sizes), np.inf), np.full(len(shape.sizes), -np.inf)
    np.minimum.at(low, face, height)
    np.maximum.at(high, face, height)
    radius = np.linalg.norm(shape.vertices[shape.corners, :2], axis=1)
    narrow, wide = np.full(len(shape.sizes), np.inf), np.full(len(shape.sizes), -np.inf)
    np.minimum.at(narrow, face, radius)
    np.maximum.at(wide, face, radius)
    run, rise = wide - narrow, high - low
    disc = (run > FLAT * np.hypot(run, rise))[face]
    shape.uvs[disc] = shape.vertices[shape.corners[disc], :2]
    return shape


def cylinder(radius: float, low: float, high: float, bevel: float = 0.002, segments: int = 16, top: float | None = None) -> Shape:
    """An upright cylinder, or a cone frustum with radius ``top`` above, with bevelled rims."""
    top = radius if top is None else top
    bevel = min(bevel, 0.3 * (high - low), 0.5 * radius, 0.5 * top)
    profile = [(0, low), (radius - bevel, low), (radius, low + bevel), (top, high - bevel), (top - bevel, high), (0, high)]
    return lathe(profile, segments)


def sweep(path: np.ndarray | list, outline: np.ndarray, closed: bool = False, up: tuple[float, float, float] = (0, 0, 1)) -> Shape:
    """An outline (K, 2), or one per station (S, K, 2), carried along a path (S, 3).

    The outline's second axis starts towards ``up`` and turns as little as possible on the way (rotation-minimising frames
    by double reflection: Wang, Jüttler, Zheng and Liu, 2008).
    """
    path = np.asarray(path, float)
    tangents, across, second = _frames(path, closed, np.asarray(up, float))
    outline = np.asarray(outline, float)
    if outline.ndim == 2:
        outline = np.broadcast_to(outline, (len(path), *outline.shape))
    rings = path[:, None] + outline[..., :1] * across[:, None] + outline[..., 1:] * second[:, None]
    return loft(rings, closed)


def _frames(path: np.ndarray, closed: bool, up: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if closed:
        tangents = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0)
    else:
        tangents = np.gradient(path, axis=0)
    tangents = tangents / np.linalg.norm(tangents, axis=1, keepdims=True)
    start = np.cross(up, tangents[0])
    if np.linalg.norm(start) < 1e-6:
        start = np.cross((0.0, 1.0, 0.0), tangents[0])
    across = np.empty_like(path)
    across[0] = start / np.linalg.norm(start)
    for k in range(len(path) - 1):
        chord = path[k + 1] - path[k]
        side = across[k] - 2 * chord * (chord @ across[k]) / (chord @ chord)
        ahead = tangents[k] - 2 * chord * (chord @ tangents[k]) / (chord @ chord)
        turn = tangents[k + 1] - ahead
        square = turn @ turn
        across[k + 1] = side - 2 * turn * (turn @ side) / square if square > 1e-18 else side
    return tangents, across, np.cross(tangents, across)


def circle(radius: float, sides: int = 8) -> np.ndarray:
    """(sides, 2) points of a circle."""
    angles = 2 * np.pi * (np.arange(sides) + 0.5) / sides
    return radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def rounded_rectangle(width: float, height: float, radius: float, steps: int = 2) -> np.ndarray:
    """(4 (steps + 1), 2) outline centred on the origin, counter-clockwise."""
    radius = min(radius, 0.499 * width, 0.499 * height)
    angles = np.pi / 2 * np.arange(steps + 1) / steps
    arc = radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    corners = []
    for k, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        cos, sin = (1, 0, -1, 0)[k], (0, 1, 0, -1)[k]
        turned = np.stack([cos * arc[:, 0] - sin * arc[:, 1], sin * arc[:, 0] + cos * arc[:, 1]], axis=1)
        corners.append(turned + (sx * (width / 2 - radius), sy * (height / 2 - radius)))
    return np.concatenate(corners)


def tube(path: np.ndarray | list, radius: float, sides: int = 8, closed: bool = False, bevel: float = 0.001) -> Shape:
    """A round bar along a path (S, 3) with slightly bevelled ends, or a ring where ``closed``."""
    path = np.asarray(path, float)
    outline = circle(radius, sides)
    if closed or bevel <= 0:
        return sweep(path, outline, closed)
    bevel = min(bevel, 0.4 * radius)
    first = path[0] + (path[1] - path[0]) * min(0.4, bevel / np.linalg.norm(path[1] - path[0]))
    last = path[-1] + (path[-2] - path[-1]) * min(0.4, bevel / np.linalg.norm(path[-2] - path[-1]))
    stations = np.concatenate([path[:1], [first], path[1:-1], [last], path[-1:]])
    scale = np.ones(len(stations))
    scale[[0, -1]] = (radius - bevel) / radius
    return sweep(stations, outline * scale[:, None, None])


def fillet(path: np.ndarray | list, radius: float, steps: int = 4) -> np.ndarray:
    """A polyline (S, 3) with its inner corners rounded by arcs of up to ``radius`` metres, each of ``steps`` pieces."""
    path = np.asarray(path, float)
    out = [path[0]]
    for before, here, after in zip(path[:-2], path[1:-1], path[2:], strict=True):
        back, ahead = before - here, after - here
        reach = min(np.linalg.norm(back), np.linalg.norm(ahead)) * 0.49
        back, ahead = back / np.linalg.norm(back), ahead / np.linalg.norm(ahead)
        half = np.arccos(np.clip(back @ ahead, -1.0, 1.0)) / 2
        cut = min(radius / max(np.tan(half), 1e-6), reach)
        start, end = here + back * cut, here + ahead * cut
        t = np.linspace(0.0, 1.0, steps + 1)[:, None]
        weight = np.sin(half)  # a rational quadratic with this weight is the circular arc
        w = (1 - t) ** 2 + 2 * weight * t * (1 - t) + t**2
        out.extend(((1 - t) ** 2 * start + 2 * weight * t * (1 - t) * here + t**2 * end) / w)
    return np.array([*out, path[-1]])


def extrude(outline: np.ndarray, low: float, high: float, bevel: float = 0.002) -> Shape:
    """A convex or star-shaped outline (K, 2) in (x, y) drawn up from ``low`` to ``high``, its rims bevelled inwards."""
    outline = np.asarray(outline, float)
    bevel = min(bevel, 0.3 * (high - low))
    ahead = np.roll(outline, -1, axis=0) - outline
    ahead = ahead / np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-12)
    behind = np.roll(ahead, 1, axis=0)
    following = np.roll(outline, -1, axis=0)
    area = 0.5 * (outline[:, 0] * following[:, 1] - outline[:, 1] * following[:, 0]).sum()
    normal = np.sign(area) * np.stack([ahead[:, 1] + behind[:, 1], -ahead[:, 0] - behind[:, 0]], axis=1)
    inset = outline - bevel * 2 * normal / np.maximum((normal**2).sum(axis=1, keepdims=True), 0.5)
    levels = [(inset, low), (outline, low + bevel), (outline, high - bevel), (inset, high)]
    return loft(np.stack([np.column_stack([ring, np.full(len(ring), z)]) for ring, z in levels]))


def sheet(grid: np.ndarray, thickness: float, rim: float = 0.35, sharp: bool = False) -> Shape:
    """A bent panel of a grid of points (M, N, 3): closed, with a rounded rim, or a knife edge (leaves) where ``sharp``.

    ``rim``: how far the edge stands out, in thicknesses. UVs are arc lengths, u along the first axis.
    """
    grid = np.asarray(grid, float)
    rows, columns = grid.shape[:2]
    along, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    normal = np.cross(along, across)
    normal = normal / np.maximum(np.linalg.norm(normal, axis=2, keepdims=True), 1e-12)
    top = (grid + normal * thickness / 2).reshape(-1, 3)
    bottom = (grid - normal * thickness / 2).reshape(-1, 3)
    number = np.arange(rows * columns).reshape(rows, columns)
    edge = np.concatenate([number[0, :-1], number[:-1, -1], number[-1, :0:-1], number[:0:-1, 0]])
    quads = np.stack([number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:]], axis=-1).reshape(-1, 4)
    u = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(grid, axis=0), axis=2).mean(axis=1))])
    v = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(grid, axis=1), axis=2).mean(axis=0))])
    uv = np.stack(np.meshgrid(u, v, indexing="ij"), axis=-1).reshape(-1, 2)
    size, flat = rows * columns, grid.reshape(-1, 3)
    if sharp:
        lower = np.where(np.isin(number.ravel(), edge), number.ravel(), number.ravel() + size)
        top[edge] = flat[edge]
        faces = np.concatenate([quads, lower[quads[:, ::-1]]])
        vertices, corners = _compact(np.concatenate([top, bottom]), faces.ravel())
        return outward(
            Shape(vertices, corners, np.full(len(faces), 4), np.concatenate([uv[quads], uv[quads[:, ::-1]]]).reshape(-1, 2))
        )
    outside = _outward_edge(flat[edge], normal.reshape(-1, 3)[edge])
    middle = flat[edge] + outside * thickness * rim
    count = len(edge)
    ring, following = 2 * size + np.arange(count), 2 * size + (np.arange(count) + 1) % count
    ahead = np.roll(edge, -1)
    upper = np.stack([edge, ahead, following, ring], axis=1)
    under = np.stack([ring, following, ahead + size, edge + size], axis=1)
    uv_rim = uv[np.stack([edge, ahead, ahead, edge], axis=1)]
    return outward(
        Shape(
            np.concatenate([top, bottom, middle]),
            np.concatenate([quads, quads[:, ::-1] + size, upper, under]).ravel(),
            np.full(2 * len(quads) + 2 * count, 4),
            np.concatenate([uv[quads], uv[quads[:, ::-1]], uv_rim, uv_rim]).reshape(-1, 2),
        )
    )


def _compact(vertices: np.ndarray, corners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Without the vertices no corner uses."""
    used, renumbered = np.unique(corners, return_inverse=True)
    return vertices[used], renumbered.reshape(-1)


def _outward_edge(points: np.ndarray, normals: np.ndarray) -> np.ndarray:
    """(E, 3) unit vectors in the sheet, away from it, along its closed edge."""
    chord = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
    out = np.cross(chord, normals)
    out = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)
    centre = points.mean(axis=0)
    return out if np.einsum("ij,ij->", out, points - centre) > 0 else -out
