"""The encoders beside the shape's, and what comes of them together."""

from __future__ import annotations

import json
import shutil
import subprocess
import wave

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from core.crossmodal import store
from core.crossmodal.efficientnet import EfficientNetLite0
from core.crossmodal.look import LOOK, look
from core.crossmodal.names import plain_words
from core.crossmodal.recording import AXES, read_touch
from core.crossmodal.views import surface, views
from core.errors import WorldwrightError
from core.learning.shapes import make
from core.learning.train_touch import MATERIALS, made_stroke
from core.scene import Material, Texture


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    torch.set_num_threads(1)


@pytest.mark.parametrize(
    ("name", "words"),
    [("SM_OakChair_01.003", "oak chair"), ("Cube.003", ""), ("food_ingredient_onion", "food ingredient onion"), ("Mesh", ""),
     ("桌子", "桌子")],  # fmt: skip
)
def test_names_say_what_artists_meant_and_nothing_where_a_program_named(name, words):
    assert plain_words(name) == words


def test_views_show_the_thing_in_its_colours_from_four_sides_and_the_same_each_time():
    mesh = make("tree", 1)
    first, again = (views(surface([mesh]), 4) for _ in range(2))
    assert first.shape == (4, 160, 160, 3) and (first == again).all()
    grey = views(surface([mesh]), 4, colored=False)
    assert np.abs(grey[..., 0].astype(int) - grey[..., 2]).max() <= 2
    assert np.abs(first[..., 0].astype(int) - first[..., 1]).max() > 20
    for picture in grey:
        covered = (picture < 230).any(axis=2)
        assert 0.03 < covered.mean() < 0.9
        assert covered.any(axis=0).sum() > 70 or covered.any(axis=1).sum() > 140  # it fills the frame one way


def test_the_image_network_reads_any_size_and_has_the_published_number_of_parameters():
    network = EfficientNetLite0().eval()
    assert sum(parameter.numel() for parameter in network.parameters()) == 4_652_008
    with torch.no_grad():
        assert network(torch.rand(2, 3, 160, 96)).shape == (2, 1280)


@pytest.mark.skipif(not store.available("image"), reason="the optional image model is not installed")
def test_the_image_encoder_knows_a_crate_from_a_tree():
    from core.crossmodal.image import image_encoder

    crates = [views(surface([make("storage", 2 * k)]), 1)[0] for k in range(3)]
    trees = [views(surface([make("tree", k)]), 1)[0] for k in range(3)]
    vectors = image_encoder().encode(np.stack(crates + trees))
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    likeness = vectors @ vectors.T
    assert likeness[:3, :3].mean() > likeness[:3, 3:].mean() and likeness[3:, 3:].mean() > likeness[:3, 3:].mean()


@pytest.mark.skipif(not store.available("text"), reason="the optional text model is not installed")
def test_the_text_encoder_finds_the_bench_for_somewhere_to_sit():
    from core.crossmodal.text import text_encoder

    asked, *rest = text_encoder().encode(["somewhere to sit in a garden", "garden bench", "barrel", "sword"])
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-5)
    assert int(np.argmax([asked @ other for other in rest])) == 0


def test_a_bert_folder_fills_the_text_slot(tmp_path):
    transformers = pytest.importorskip("transformers")
    from core.crossmodal.text import TextEncoder

    small = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = transformers.BertConfig(vocab_size=30, **small)
    transformers.BertModel(config).save_pretrained(tmp_path, safe_serialization=True)
    (tmp_path / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "chair", "lamp"]))
    transformers.BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    encoder = TextEncoder(store.find("text", {"text": str(tmp_path)})[0])
    vectors = encoder.encode(["a chair", "a lamp", "a chair"])
    assert vectors.shape == (3, 16) and np.allclose(vectors[0], vectors[2], atol=1e-6) and not np.allclose(vectors[0], vectors[1])


def test_a_model_folder_with_pickles_or_without_a_config_is_refused(tmp_path):
    with pytest.raises(WorldwrightError, match="no model folder"):
        store.find("text", {"text": str(tmp_path / "none")})
    with pytest.raises(WorldwrightError, match=r"no config\.json"):
        store.find("text", {"text": str(tmp_path)})
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04")
    with pytest.raises(WorldwrightError, match="never opened"):
        store.find("text", {"text": str(tmp_path)})
    save_file({"a": torch.zeros(1)}, tmp_path / "model.safetensors")
    assert store.kind(store.find("text", {"text": str(tmp_path)})[0]) == "bert"


@pytest.mark.skipif(not store.available("speech") or shutil.which("espeak-ng") is None, reason="needs a speech model and espeak-ng")
def test_speech_is_understood_and_silence_is_silence(tmp_path):
    from core.crossmodal.sound import read_wav
    from core.crossmodal.speech import speech_encoder

    path = tmp_path / "note.wav"
    subprocess.run(["espeak-ng", "-w", str(path), "-s", "140", "put four chairs around the table"], check=True)
    heard = speech_encoder().hear(read_wav(path))
    assert "chairs around the table" in heard.text.lower() and 1.5 < heard.seconds < 4 and heard.vector.shape == (384,)
    assert speech_encoder().hear(np.zeros(16_000, np.float32)).text == ""


def _write_wav(path, samples: np.ndarray, width: int, rate: int, channels: int = 1) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        scaled = np.round(samples * (2 ** (8 * width - 1) - 1)).astype("<i4")
        data = scaled.view(np.uint8).reshape(-1, 4)[:, :width] if width > 1 else (scaled + 128).astype(np.uint8)
        file.writeframes(data.tobytes())


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_wav_files_of_every_width_are_read_at_16_khz(tmp_path, width):
    from core.crossmodal.sound import read_wav

    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(22_050) / 22_050)
    _write_wav(tmp_path / "tone.wav", tone, width, 22_050)
    samples = read_wav(tmp_path / "tone.wav")
    assert len(samples) == 16_000
    assert np.argmax(np.abs(np.fft.rfft(samples))) == pytest.approx(440, abs=2)
    assert np.abs(samples).max() == pytest.approx(0.5, abs=0.03)


def test_bad_sound_files_are_refused_in_one_sentence(tmp_path):
    from core.crossmodal.sound import read_wav

    (tmp_path / "bad.wav").write_bytes(b"RIFF nonsense")
    with pytest.raises(WorldwrightError, match="no readable WAV"):
        read_wav(tmp_path / "bad.wav")
    _write_wav(tmp_path / "long.wav", np.zeros(8000 * 130), 2, 8000)
    with pytest.raises(WorldwrightError, match=r"2\.2 minutes long"):
        read_wav(tmp_path / "long.wav")


def _write_touch(path, samples: np.ndarray) -> None:
    lines = ["time," + ",".join(AXES)] + [f"{k / 100:.2f}," + ",".join(f"{v:.6f}" for v in row) for k, row in enumerate(samples)]
    path.write_text("\n".join(lines))


def test_the_touch_network_names_strokes_and_its_answers_sum_to_one(tmp_path):
    from core.crossmodal.touch import shipped

    rng = np.random.default_rng(5)
    _write_touch(tmp_path / "stroke.csv", made_stroke("metal", rng, 600))
    samples = read_touch(tmp_path / "stroke.csv")
    felt = shipped().feel(samples)
    assert set(felt.materials) == set(MATERIALS) and sum(felt.materials.values()) == pytest.approx(1, abs=1e-5)
    assert felt.spectrum.shape == (16,) and (felt.spectrum >= 0).all()


def test_touch_files_that_are_none_are_refused(tmp_path):
    (tmp_path / "a.csv").write_text("time,accel_x\n0,1\n")
    with pytest.raises(WorldwrightError, match="no column “accel_y”"):
        read_touch(tmp_path / "a.csv")
    _write_touch(tmp_path / "b.csv", np.zeros((20, 6)))
    with pytest.raises(WorldwrightError, match=r"lasts 0\.2 s"):
        read_touch(tmp_path / "b.csv")
    (tmp_path / "c.csv").write_text("time," + ",".join(AXES) + "\n0,1,2,3,x,5,6\n")
    with pytest.raises(WorldwrightError, match="not made of numbers"):
        read_touch(tmp_path / "c.csv")


def test_a_look_is_the_colour_and_the_surface():
    red = look(Material("Red", base_color=(1, 0, 0, 1), metallic=1.0, roughness=0.2))
    assert red.shape == (LOOK,) and red[0] == pytest.approx(1, abs=1e-3) and red[8] == 1 and red[9] == pytest.approx(0.2)
    pixels = np.zeros((4, 4, 3), np.uint8)
    pixels[:, :2] = 255
    checked = look(Material("Checked", base_color_texture=Texture("t", pixels)))
    assert checked[7] == pytest.approx(0.5, abs=0.01) and checked[13] == 1
