"""Small closed solids as plain arrays, with UVs in metres, for generators to put together."""
