"""Writes the screen in README.md: what `synlint check` prints for the example corpus, between two marks.

Usage: python scripts/readme_screen.py [--check]. With --check nothing is written, and a stale screen is exit code 1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- screen:begin -->\n", "<!-- screen:end -->"
COMMAND = "synlint check examples/synthetic_qa.jsonl"
WIDTH = 110
LINES = 12  # of one part of the report


def screen() -> str:
    """What the command prints in a fresh clone, without colours and seconds, at a width that suits a page."""
    script = Path(sys.executable).with_name("synlint")
    command = [str(script), *COMMAND.split()[1:], "--width", str(WIDTH)]
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    environment.pop("SYNLINT_CONFIG", None)
    with tempfile.TemporaryDirectory() as clone:  # neither settings nor an earlier run are there
        shutil.copytree(ROOT / "examples", Path(clone) / "examples", ignore=shutil.ignore_patterns(".*"))
        done = subprocess.run(command, capture_output=True, cwd=clone, env=environment, check=False)
    if done.returncode != 1:
        sys.exit(f"{COMMAND}: exit {done.returncode}, expected 1\n{done.stderr.decode()}")
    timeless = re.sub(r" in [\d.,]+ (s|min)(?=:)", "", done.stdout.decode())
    lines = (line.rstrip() for line in timeless.splitlines())
    return shortened("\n".join(lines).strip("\n"))


def shortened(report: str) -> str:
    """The report with its long parts cut: a README has less room than a terminal."""
    parts = [part.splitlines() for part in report.split("\n\n")]
    cut = ["\n".join(part if len(part) <= LINES else [*part[:LINES], "  ..."]) for part in parts]
    quotes = next((n for n, part in enumerate(parts) if part[0].startswith("Rows to look at")), len(parts))
    if len(parts) > quotes + 3:
        cut[quotes + 2 : -1] = ["  ..."]
    return "\n\n".join(cut)


def main(arguments: list[str]) -> int:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    if not after:
        sys.exit(f"README.md has no {BEGIN.strip()} ... {END}")
    fresh = f"{before}{BEGIN}```text\n$ {COMMAND}\n{screen()}\n```\n{END}{after}"
    if fresh == text:
        return 0
    if "--check" in arguments:
        print("README.md: the screen is stale; run `make docs`", file=sys.stderr)
        return 1
    README.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
