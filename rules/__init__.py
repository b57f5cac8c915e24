"""The built-in rules: one file each, in one folder per family. Installed as `synlint_rules`."""
