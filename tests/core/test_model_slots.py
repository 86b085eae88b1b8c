"""Models of the user's own in the slots: real loading of small checkpoints that are made here, in transformers' own formats."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.crossmodal import store
from core.crossmodal.image import ImageEncoder
from core.crossmodal.sound import RATE
from core.crossmodal.speech import SpeechEncoder
from core.crossmodal.text import TextEncoder
from core.errors import WorldwrightError

transformers = pytest.importorskip("transformers")
SMALL = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
LETTERS = ["<pad>", "<s>", "</s>", "<unk>", "|", *ALPHABET, "'"]


def folder(slot: str, path: Path) -> Path:
    return store.find(slot, {slot: str(path)})[0]


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A CLIP with a text half that knows a few pieces of words, and a picture half of 32 x 32 pixels."""
    vocabulary = [
        "<|startoftext|>",
        "<|endoftext|>",
        *"abcdefghijklmnopqrstuvwxyz",
        *(f"{c}</w>" for c in "abcdefghijklmnopqrstuvwxyz"),
    ]
    (tmp_path / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(vocabulary)}))
    (tmp_path / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = transformers.CLIPTokenizer(str(tmp_path / "vocab.json"), str(tmp_path / "merges.txt"), pad_token="<|endoftext|>")
    text = SMALL | {"vocab_size": len(vocabulary), "bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 1}
    config = transformers.CLIPConfig(text_config=text, vision_config=SMALL | {"image_size": 32, "patch_size": 8}, projection_dim=16)
    transformers.CLIPModel(config).save_pretrained(tmp_path)
    size = {"height": 32, "width": 32}
    transformers.CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=size).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    return tmp_path


def test_a_clip_folder_fills_the_image_and_the_text_slot(clip: Path) -> None:
    image, text = ImageEncoder(folder("image", clip), False), TextEncoder(folder("text", clip))
    pictures = np.stack([np.zeros((40, 50, 3), np.uint8), np.full((40, 50, 3), 255, np.uint8)])
    vectors = image.encode(pictures)
    assert vectors.shape == (2, 16) and image.width == text.width == 16, "both halves end in one space"
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-4
    words = text.encode(["a chair", "lamp", "a chair"])
    assert np.allclose(words[0], words[2], atol=1e-6) and not np.allclose(words[0], words[1], atol=1e-6)


def test_a_siglip_folder_fills_the_image_slot(tmp_path: Path) -> None:
    vision = SMALL | {"image_size": 32, "patch_size": 8}
    config = transformers.SiglipConfig(text_config=SMALL | {"vocab_size": 40}, vision_config=vision)
    transformers.SiglipModel(config).save_pretrained(tmp_path)
    transformers.SiglipImageProcessor(size={"height": 32, "width": 32}).save_pretrained(tmp_path)
    vectors = ImageEncoder(folder("image", tmp_path), False).encode(np.zeros((3, 20, 20, 3), np.uint8))
    assert vectors.shape == (3, 32) and np.isfinite(vectors).all()


def test_a_text_model_in_the_image_slot_is_refused(tmp_path: Path) -> None:
    transformers.BertModel(transformers.BertConfig(vocab_size=30, **SMALL)).save_pretrained(tmp_path)
    with pytest.raises(WorldwrightError, match="image model .* cannot be loaded|does not read pictures"):
        ImageEncoder(folder("image", tmp_path), False)


def test_a_wav2vec_folder_fills_the_speech_slot(tmp_path: Path) -> None:
    (tmp_path / "vocab.json").write_text(json.dumps({letter: number for number, letter in enumerate(LETTERS)}))
    transformers.Wav2Vec2CTCTokenizer(str(tmp_path / "vocab.json")).save_pretrained(tmp_path)
    transformers.Wav2Vec2FeatureExtractor().save_pretrained(tmp_path)
    config = transformers.Wav2Vec2Config(
        vocab_size=len(LETTERS),
        conv_dim=(16,) * 7,
        num_conv_pos_embeddings=16,
        num_conv_pos_embedding_groups=2,
        pad_token_id=0,
        **SMALL,
    )
    transformers.Wav2Vec2ForCTC(config).save_pretrained(tmp_path)
    encoder = SpeechEncoder(folder("speech", tmp_path), False)
    noise = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    heard = encoder.hear(noise)
    assert heard.vector.shape == (32,) and heard.seconds == 1.0
    assert set(heard.text) <= set("abcdefghijklmnopqrstuvwxyz' <unk>"), "letters, with what separates words as a space"
    assert encoder.hear(np.zeros(RATE, np.float32)).text == "" and encoder.hear(np.zeros(0, np.float32)).text == ""


def test_a_whisper_folder_fills_the_speech_slot(tmp_path: Path) -> None:
    words = ["<|endoftext|>", "<|startoftranscript|>", *ALPHABET, "Ġ"]
    (tmp_path / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}))
    (tmp_path / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = transformers.WhisperTokenizer(str(tmp_path / "vocab.json"), str(tmp_path / "merges.txt"))
    tokenizer.save_pretrained(tmp_path)
    transformers.WhisperFeatureExtractor().save_pretrained(tmp_path)
    config = transformers.WhisperConfig(
        vocab_size=len(tokenizer), d_model=32, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32, decoder_ffn_dim=32, bos_token_id=0, eos_token_id=0, pad_token_id=0, decoder_start_token_id=1,
        max_target_positions=40, begin_suppress_tokens=None,
    )  # fmt: skip
    model = transformers.WhisperForConditionalGeneration(config)
    model.generation_config = transformers.GenerationConfig(decoder_start_token_id=1, eos_token_id=0, pad_token_id=0, max_length=12)
    model.save_pretrained(tmp_path)
    encoder = SpeechEncoder(folder("speech", tmp_path), False)
    heard = encoder.hear(np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32))
    assert heard.vector.shape == (32,) and isinstance(heard.text, str)
    assert encoder.hear(np.zeros(RATE, np.float32)).text == ""


def test_a_folder_of_another_kind_in_the_speech_slot_says_what_fits(tmp_path: Path) -> None:
    transformers.BertModel(transformers.BertConfig(vocab_size=30, **SMALL)).save_pretrained(tmp_path)
    with pytest.raises(WorldwrightError, match="Whisper or a wav2vec"):
        SpeechEncoder(folder("speech", tmp_path), False)


@pytest.mark.parametrize("slot", ["text", "image", "speech"])
def test_a_checkpoint_cut_short_is_refused(slot: str, clip: Path) -> None:
    weights = clip / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:2000])
    encoder = {"text": lambda: TextEncoder(folder("text", clip)), "image": lambda: ImageEncoder(folder("image", clip), False),
               "speech": lambda: SpeechEncoder(folder("speech", clip), False)}[slot]  # fmt: skip
    with pytest.raises(WorldwrightError, match="cannot be loaded"):
        encoder()
