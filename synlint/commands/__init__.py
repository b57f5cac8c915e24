"""Sub-commands of `synlint`: one module each, listed by file name; a package is a group of them."""
