"""What starting costs: neither help nor a check may import a heavy package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "torch",
    "spacy",
    "transformers",
    "sentence_transformers",
    "scipy",
    "numba",
    "pyarrow",
    "pandas",
    "datasets",
    "textual",
}
NOT_FOR_HELP = HEAVY | {"polars", "numpy", "rich", "yaml", "orjson", "zstandard"}
# Runs the command line in a fresh interpreter and reports the imported packages as the last line of stderr.
PROBE = """
import json, sys
from synlint.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code
sys.stdout.flush()
print(json.dumps({"code": code, "modules": sorted({name.split(".")[0] for name in sys.modules})}), file=sys.stderr)
"""


def run_probe(*arguments: str) -> tuple[int | None, set[str], str]:
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=False)
    lines = done.stderr.splitlines()
    assert lines and lines[-1].startswith("{"), done.stderr
    told = json.loads(lines[-1])
    return told["code"], set(told["modules"]), done.stdout


@pytest.mark.parametrize(
    "arguments", [("--help",), ("check", "--help"), ("diff", "--help"), ("--version",)], ids=" ".join
)
def test_help_imports_almost_nothing(arguments: tuple[str, ...]) -> None:
    code, modules, output = run_probe(*arguments)
    assert code in {0, None}
    assert "synlint" in output
    assert not modules & NOT_FOR_HELP


def test_a_check_imports_nothing_heavy(tmp_path: Path) -> None:
    corpus = tmp_path / "rows.jsonl"
    rows = ({"question": f"What is {n} plus {n}?", "answer": f"It is {2 * n}."} for n in range(1000))
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    code, modules, output = run_probe("check", str(corpus), "--isolated")
    assert code in {0, 1}, output
    assert "polars" in modules  # the check did run
    assert not modules & HEAVY


def test_the_probe_can_fail() -> None:
    """The probe sees a package that is imported; otherwise the tests above would prove nothing."""
    probe = PROBE.replace("import json, sys", "import json, sys, yaml", 1)
    done = subprocess.run([sys.executable, "-c", probe, "--help"], capture_output=True, text=True, check=False)
    assert "yaml" in json.loads(done.stderr.splitlines()[-1])["modules"]
