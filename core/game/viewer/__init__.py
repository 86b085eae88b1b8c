"""A page that shows a pack in any browser, from disk, without a network."""
