"""What the keys of a record mean: one module per layout, each with `NAME`, `fits` and `bind`."""
