"""Everything that is not shape: pictures, words, speech and touch, each an encoder, and what joins them with the shape."""
