"""For tests that use synlint as others do: a copy of what they would check out, and small corpora, good and bad."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

FOLDERS = ("synlint", "rules", "scripts")
FILES = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "constraints.txt")
FILES += ("action.yml", ".pre-commit-hooks.yaml")


def copy_of_sources(repository: Path, folder: Path) -> None:
    """What installing needs, with the changes that are not committed yet, and without build products."""
    for name in FOLDERS:
        shutil.copytree(repository / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(repository / name, folder / name)


def rows(number: int = 40, *, bad: bool = False, start: int = 0) -> list[dict[str, str]]:
    """Made-up pairs; of bad ones, every fourth answer speaks of itself as an AI."""
    opener = "As an AI language model, I cannot visit it, but "
    places = [f"Place {n}" for n in range(start, start + number)]
    said = [f"{place} lies {7 * n} km down the road." for n, place in enumerate(places, start)]
    return [
        {"question": f"Where is {place}?", "answer": opener + text if bad and n % 4 == 0 else text}
        for n, (place, text) in enumerate(zip(places, said, strict=True))
    ]


def write(path: Path, records: list[dict[str, str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(records) if path.suffix == ".json" else "".join(json.dumps(row) + "\n" for row in records)
    path.write_text(text, encoding="utf-8")
    return path
