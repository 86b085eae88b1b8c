"""The grammar that writes the tagger's training sentences: wide wording, spelling mistakes and what speech recognition mishears.

It is used in training only. The held-out requests were written before it and in other words.
"""
