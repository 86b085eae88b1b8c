"""Trees, bushes, grass, flowers and rocks, each near, middling and far away."""
