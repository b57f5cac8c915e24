"""One file per output format of `synlint diff`; the file's name is what `--output` takes."""
