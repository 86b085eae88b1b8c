"""Creatures: a skeleton grammar gives bones and flesh; a distance field, its closed quad surface, textures and gaits follow."""
