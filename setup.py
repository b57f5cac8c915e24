"""The list of packages, read off the folders; `rules/` is installed as `synlint_rules`. The rest: pyproject.toml."""

from setuptools import find_namespace_packages, find_packages, setup

setup(
    packages=[
        *find_packages(include=["synlint", "synlint.*"]),
        "synlint_rules",
        *(f"synlint_rules.{name}" for name in find_namespace_packages("rules")),
    ]
)
