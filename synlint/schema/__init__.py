"""JSON Schemas of what synlint reads and writes: settings files, rule files, reports."""
