from __future__ import annotations

import subprocess
import sys

import pytest

from synlint.reports.contract import FileFormat, TextFormat
from synlint.reports.formats import brief, concise, findings, full, github, gitlab, json, jsonl, junit, markdown, sarif
from synlint.reports.formats import templates as templates_format
from synlint.reports.write import FORMATS

# mypy accepts a module where a Protocol is expected and refuses one that lacks a name.
TEXT: list[TextFormat] = [brief, concise, full, github, gitlab, json, jsonl, junit, markdown, sarif]
FILES: list[FileFormat] = [findings, templates_format]


def test_the_typed_lists_above_name_every_format() -> None:
    assert {module.__name__.rpartition(".")[2] for module in [*TEXT, *FILES]} == set(FORMATS.names())  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", FORMATS.names())
def test_every_format_offers_what_the_contract_says(name: str) -> None:
    module = FORMATS.load(name)
    assert isinstance(module.HELP, str) and module.HELP and len(module.HELP) < 100
    if hasattr(module, "SUFFIXES"):
        assert callable(module.write_path)
        assert all(suffix.startswith(".") for suffix in module.SUFFIXES)
    else:
        assert callable(module.write)
        assert isinstance(module.MACHINE, bool)
        assert isinstance(module.GIVES_VERDICT, bool)


def test_listing_the_formats_imports_none_of_them() -> None:
    code = (
        "import sys; from synlint.reports.write import FORMATS; FORMATS.names();"
        "heavy = ('polars', 'rich', 'orjson', 'synlint.reports.formats.');"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
