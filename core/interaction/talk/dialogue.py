"""A local language model that words a persona's answers, held to what the persona knows.

Retrieval decides whether there is an answer at all and which sentences it may be made of; the model only words it. Every sentence
it writes must be like one of these, and must not bring a name or a number that they do not have; otherwise the persona's own
sentence is said.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...crossmodal.store import cannot_load, find, loading_errors
from .answer import Answer, likeness
from .persona import Persona

MOST_TOKENS = 80
MOST_SENTENCES = 3
ALIKE = 0.6  # of a sentence to one of the persona's, to be said


@functools.lru_cache(maxsize=1)
def _loaded(folder: Path) -> tuple[Any, Any]:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        safe = {"local_files_only": True, "trust_remote_code": False, "use_safetensors": True}
        model: Any = AutoModelForCausalLM.from_pretrained(folder, **safe)
    except loading_errors() as error:
        raise cannot_load("language", folder, error, "Choose a causal language model's folder.") from error
    return tokenizer, model.eval().requires_grad_(False)


def reworded(persona: Persona, found: Answer, models: dict[str, str] | None = None) -> Answer:
    """``found`` in the words of the language model in the slot "dialogue". Raises WorldwrightError when that cannot be loaded."""
    if not found.known:
        return found
    tokenizer, model = _loaded(find("dialogue", models)[0])
    text = _sentences(_generate(tokenizer, model, _prompt(persona, found)))
    if text and supported(text, [*found.sources, persona.name, persona.about], models):
        return replace(found, text=" ".join(text), note="Worded by the language model.")
    return replace(found, note="The language model strayed from the facts; the persona's own words were said.")


def supported(sentences: list[str], known: list[str], models: dict[str, str] | None = None) -> bool:
    """Whether each sentence is like a known one, and has no number and no name that is in none of them."""
    words = set(re.findall(r"\w+", " ".join(known).lower()))
    for sentence in sentences:
        for place, word in enumerate(re.findall(r"\w+", sentence)):
            particular = any(map(str.isdigit, word)) or (place and word[:1].isupper() and word != "I")
            if particular and word.lower() not in words:
                return False
    return bool((likeness(sentences, known, models) >= ALIKE).all())


def _prompt(persona: Persona, found: Answer) -> str:
    facts = "\n".join(f"- {fact}" for fact in found.sources)
    about = f", {persona.about}" if persona.about else ""
    return (
        f"You are {persona.name}{about}. Answer the visitor in one or two {persona.tone} sentences, saying only what is written "
        f"here.\n{facts}\nVisitor: {found.question}\n{persona.name}:"
    )


def _generate(tokenizer: Any, model: Any, prompt: str) -> str:
    import torch

    if getattr(tokenizer, "chat_template", None):
        message = [{"role": "user", "content": prompt}]
        tokens = tokenizer.apply_chat_template(message, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    else:
        tokens = tokenizer(prompt, return_tensors="pt")
    longest = int(getattr(model.config, "max_position_embeddings", 0) or 2048) - MOST_TOKENS
    ids = tokens["input_ids"][:, -max(longest, 1) :]
    pad = tokenizer.eos_token_id if tokenizer.eos_token_id is not None else 0
    options = {"max_new_tokens": MOST_TOKENS, "do_sample": False, "pad_token_id": pad}
    with torch.inference_mode():
        made = model.generate(ids, attention_mask=torch.ones_like(ids), **options)
    return str(tokenizer.decode(made[0, ids.shape[1] :], skip_special_tokens=True))


def _sentences(text: str) -> list[str]:
    """The first sentences of the first line; an unfinished last one is left out."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return [match.strip() for match in re.findall(r"[^.!?]+[.!?]+", line)][:MOST_SENTENCES]
