"""Chosen objects → a GLB that an engine opens, made and proved in a second Blender so that the artist's scene stays untouched."""
