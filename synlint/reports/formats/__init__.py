"""One file per output format; the file's name is what `--output` takes (contract: synlint/reports/contract.py)."""
