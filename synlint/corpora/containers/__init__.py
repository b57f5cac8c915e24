"""How records lie in a file: one module per container, each with `NAME` and `blocks`."""
