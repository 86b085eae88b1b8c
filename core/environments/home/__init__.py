"""Homes of several rooms: plans from words, their walls, and the furnished whole."""
