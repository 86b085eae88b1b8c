"""MakeHuman clothes: read, fitted to different bodies, and refused with one sentence when broken."""

from pathlib import Path

import numpy as np
import pytest

from core.characters.body import build, load_pack
from core.characters.brief import CharacterBrief
from core.characters.mhclo import fit_garment, read_garment
from core.errors import WorldwrightError

MATERIAL = "name Red wool\ndiffuseColor 0.6 0.05 0.04\nshininess 0.1\nbackfaceCull False\ndiffuseTexture red.png\n"


def write_cuff(folder: Path, change=lambda text: text) -> Path:
    """A cuff around the left forearm: every tights quad there, 2 mm over the helper, its vertices hung on the quad's corners."""
    pack = load_pack()
    chosen = pack.face_mask("tights") & (pack.bone_weight("lowerarm_l")[pack.faces].min(axis=1) > 0.95)
    quads = pack.faces[chosen]
    used, corners = np.unique(quads, return_inverse=True)
    follower = {int(quad[k]): quad for quad in quads for k in range(4)}
    rows = []
    for vertex in used:
        others = [int(other) for other in follower[int(vertex)] if other != vertex][:2]
        numbers = [pack.source[vertex], pack.source[others[0]], pack.source[others[1]]]
        rows.append(" ".join(map(str, numbers)) + " 0.8 0.1 0.1 0.0 0.05 0.02")
    hidden = pack.source[pack.vertex_mask("body") & (pack.bone_weight("lowerarm_l") > 0.98)]
    text = "# a cuff\nbasemesh hm08\nname Cuff\nobj_file cuff.obj\nmaterial cuff.mhmat\nx_scale 5399 11998 1.4453\n"
    text += "y_scale 791 881 2.0\nz_scale 962 5320 1.9\nverts 0\n" + "\n".join(rows) + "\ndelete_verts\n"
    text += f"{hidden[0]} - {hidden[0]} " + " ".join(map(str, hidden[1:])) + "\n"
    obj = "".join("v 0 0 0\n" for _ in used) + "vt 0.25 0.75\n"
    obj += "".join("f " + " ".join(f"{corner + 1}/1" for corner in face) + "\n" for face in corners.reshape(-1, 4))
    (folder / "cuff.obj").write_text(obj)
    (folder / "cuff.mhmat").write_text(MATERIAL)
    path = folder / "cuff.mhclo"
    path.write_text(change(text))
    return path


BODIES = {
    "man": CharacterBrief(gender=1.0, age=30, seed=1),
    "woman": CharacterBrief(gender=0.0, age=60, weight=0.8, seed=2),
    "child": CharacterBrief(age=5, seed=3),
}


@pytest.mark.parametrize("who", BODIES)
def test_a_garment_fits_every_body(tmp_path, who):
    shape = build(BODIES[who], np.random.default_rng(0))
    pictures = []

    def image(path: Path) -> np.ndarray:
        pictures.append(path.name)
        return np.full((4, 4, 3), 200, np.uint8)

    (tmp_path / "red.png").write_bytes(b"")
    mesh, hidden = fit_garment(read_garment(write_cuff(tmp_path)), shape, image)
    pack = shape.pack
    elbow, wrist = shape.joint("lowerarm_l"), shape.joint("hand_l")
    away = mesh.vertices - elbow
    along = away @ (wrist - elbow) / np.linalg.norm(wrist - elbow)
    radius = np.linalg.norm(away - along[:, None] * (wrist - elbow) / np.linalg.norm(wrist - elbow), axis=1)
    assert -0.03 < along.min() and along.max() < np.linalg.norm(wrist - elbow) + 0.03
    assert radius.max() < 0.1 * shape.height / 1.7
    forearm = pack.bone("lowerarm_l")
    assert ((mesh.skin.joints == forearm) * mesh.skin.weights).sum(axis=1).min() > 0.9
    np.testing.assert_allclose(mesh.skin.weights.sum(axis=1), 1, atol=1e-5)
    assert hidden.sum() > 100 and pack.bone_weight("lowerarm_l")[hidden].min() > 0.9
    material = mesh.materials[0]
    assert material.name == "Red wool" and material.double_sided and pictures == ["red.png"]
    assert material.base_color[:3] == (0.6, 0.05, 0.04) and material.base_color_texture.pixels.shape == (4, 4, 3)
    assert mesh.name == "Cuff" and np.allclose(mesh.uvs, [0.25, 0.75])


def test_a_vertex_on_one_vertex_lies_there(tmp_path):
    def stick(text: str) -> str:
        head, _, tail = text.partition("verts 0\n")
        first, _, rest = tail.partition("\n")
        return f"{head}verts 0\n{first.split()[0]}\n{rest}"

    shape = build(BODIES["man"], np.random.default_rng(0))
    garment = read_garment(write_cuff(tmp_path, stick))
    mesh, _ = fit_garment(garment, shape)
    own = np.searchsorted(shape.pack.source, garment.reference[0, 0])
    np.testing.assert_allclose(mesh.vertices[0], shape.vertices[own], atol=1e-6)


@pytest.mark.parametrize(
    "change, sentence",
    [
        (lambda text: text.replace("obj_file cuff.obj\n", ""), "names no mesh"),
        (lambda text: text.replace("cuff.obj", "away.obj"), "is not beside it"),
        (lambda text: text.split("verts 0")[0], "places no vertices"),
        (lambda text: text.replace(" 0.8 0.1 0.1", "", 1), "by 6 numbers"),
        (lambda text: text.replace("verts 0\n", "verts 0\n99999\n"), "its mesh has|refers to vertex"),
        (lambda text: text.replace("verts 0\n", "verts 0\n12\n"), "its mesh has"),
        (lambda text: text.replace("basemesh hm08", "basemesh hm07"), "made for the base mesh hm07"),
        (lambda text: text.replace("0.8 0.1", "nan 0.1"), "not finite"),
        (lambda text: text.replace("x_scale 5399 11998 1.4453", "x_scale 5399 11998 0"), "scale"),
        (lambda text: text.replace("delete_verts\n", "delete_verts\n0 - 99999999999 "), "hides more"),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(tmp_path, change, sentence):
    with pytest.raises(WorldwrightError, match=sentence) as caught:
        read_garment(write_cuff(tmp_path, change))
    assert caught.value.sentence.endswith(".") and caught.value.cure


def test_no_file_and_no_text_are_refused(tmp_path):
    with pytest.raises(WorldwrightError, match="could not be read"):
        read_garment(tmp_path / "none.mhclo")
    (tmp_path / "noise.mhclo").write_bytes(bytes(range(128, 256)))
    with pytest.raises(WorldwrightError, match="no text file"):
        read_garment(tmp_path / "noise.mhclo")
