"""Work on rooms that are furnished already: replace, re-arrange, scatter."""
