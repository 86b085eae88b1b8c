"""Points in space: sampling meshes, neighbours, files, and the networks that read clouds."""
