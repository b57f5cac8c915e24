"""One file per output format of `synlint templates`; the file's name is what `--output` takes."""
