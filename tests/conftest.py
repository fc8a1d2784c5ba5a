"""What tests in several files start from."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from bench.quality import corpus_folder
from cleaner import clean_folder
from tests.test_cli import COPY

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def corpus():
    """The corpus with gold, which is not part of the repository."""
    found = corpus_folder()
    if found is None:
        pytest.skip("no corpus: neither ../shared/corpus nor CLEANER_CORPUS holds score.py and dev/")
    return found


@pytest.fixture(scope="session")
def clean(tmp_path_factory):
    """What the samples give; only to be read."""
    clean = tmp_path_factory.mktemp("samples")
    clean_folder(ROOT / "raw", clean)
    return clean


@pytest.fixture
def public():
    """A place that any user may enter, with a RAW of one file and an empty CLEAN owned by nobody."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        for name in ("raw", "clean"):
            (place / name).mkdir(mode=0o755)
        (place / "raw" / "a.txt").write_text(COPY)
        if os.getuid() == 0:
            os.chown(place / "clean", 65534, 65534)
        yield place
        place.chmod(0o755)
