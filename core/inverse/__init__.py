"""From a shape back to the parameters of a generator: rebuild, complete, blend and vary props."""
