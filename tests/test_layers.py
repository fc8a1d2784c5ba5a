"""Imports go down only, the front door is cheap, and the repository names no machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "cleaner"

# From the ground up: a room may know the rooms above it in this list, and nothing below. A new room gets its place here.
ROOMS = [
    "errors",
    "model",
    "options",
    "lines",
    "labels",
    "text",
    "language",
    "facts",
    "tags",
    "signs",
    "profile",
    "repeats",
    "segment",
    "roles",
    "agencies",
    "detectors",
    "keep",
    "collapse",
    "compose",
    "copy_text",
    "clean",
    "records",
    "readers",
    "writers",
    "nearduplicates",
    "output",
    "restore",
    "view",
    "differences",
    "plan",
    "cache",
    "gates",
    "run",
    "learn",
    "stream",
    "review",
    "manual",
    "reports",
    "engines",
    "integrations",
    "cli",
]

# A noun may open a room above itself in a method, where callers look for it: ``record.to_text()``.
ON_CALL = {("model", "copy_text")}

# Libraries, and the rooms that know them. What is not here is the standard library, or used nowhere.
LIBRARIES = {
    "chardet": {"readers"},
    "jinja2": {"reports"},
    "markupsafe": {"reports"},  # comes with jinja2
    "msgspec": {"options", "profile", "detectors", "keep", *ROOMS[ROOMS.index("records") :]},
    "numpy": {"nearduplicates"},
    "polars": {"readers", "writers", "nearduplicates"},
    "py3langid": {"language"},
    "rapidfuzz": {"text"},
    "rich": {"reports", "cli"},
    "typer": {"cli"},
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def sources() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def imports_of(path: Path) -> Iterator[str]:
    """The full names of what a file imports, at its top and inside its functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides which room it goes to"
            # "from cleaner import run" names a room, "from cleaner.run import clean_folder" something in it.
            yield from (f"cleaner.{alias.name}" for alias in node.names) if node.module == "cleaner" else (node.module or "",)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down_only(path):
    """A room knows only the rooms under it, and nobody inside comes in by the front door."""
    room = room_of(path)
    assert room in ROOMS, f"{room} has no place in the order of rooms"
    for name in imports_of(path):
        if name.split(".")[0] != "cleaner":
            continue
        assert name != "cleaner", f"{path}: imports the front door"
        other = name.split(".")[1]
        assert other in ROOMS, f"{path}: imports {name}, which is no room"
        assert other == room or ROOMS.index(other) < ROOMS.index(room) or (room, other) in ON_CALL, f"{room} must not know {other}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_library_is_known_in_its_room(path):
    """One room knows a library, so it can be changed in one place."""
    for name in imports_of(path):
        library = name.split(".")[0]
        if library != "cleaner" and library not in sys.stdlib_module_names:
            assert room_of(path) in LIBRARIES.get(library, ()), f"{room_of(path)} must not know {library}"


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that a Python process has loaded when it ends."""
    asked = "import atexit, sys\natexit.register(lambda: print('LOADED', *{name.split('.')[0] for name in sys.modules}))\n"
    run = subprocess.run([sys.executable, "-c", asked + "\n".join(arguments)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.rpartition("LOADED")[2].split())


HEAVY = {"polars", "rapidfuzz", "jinja2", "numpy", "py3langid"}


def test_importing_the_package_is_cheap():
    """``import cleaner`` loads nothing heavy and nothing of the command line."""
    assert not loaded_by("import cleaner") & (HEAVY | {"typer", "rich", "multiprocessing"})


@pytest.mark.parametrize("command", ["clean", "cleaner"])
def test_help_is_cheap(command):
    """``--help`` prints without loading what only a run needs."""
    import tomllib

    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    module, _, name = scripts[command].partition(":")
    assert not loaded_by(f"from {module} import {name}", f"sys.argv = ['{command}', '--help']", f"{name}()") & HEAVY


def test_no_file_names_a_machine():
    """The repository speaks of itself alone: no path of a machine, no host of a package registry."""
    # Put together from pieces, so that this file does not find itself.
    pieces = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "Users/", r"\." + "library", "pypi" + r"\.org", "python" + "hosted", "npm" + r"js\."]
    named = re.compile("|".join(pieces))
    folders = ["cleaner", "tests", "bench", "docs", ".ci"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    files += [ROOT / name for name in ("README.md", "CHANGELOG.md", "Makefile", "pyproject.toml", "action.yml", ".pre-commit-hooks.yaml")]
    found = []
    for path in files:
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in named.finditer(text)]
    assert not found
