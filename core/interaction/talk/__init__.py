"""Characters that talk: a persona answers, a voice says it, lips, eyes, head and hands follow."""
