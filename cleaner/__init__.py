"""Cleans scraped news copy into structured records, and shows every edit with its reason.

>>> from cleaner import clean_text
>>> record, = clean_text("Harbour reopens\\n\\nHarbour reopens\\n\\nThe harbour reopened on Friday, the port said.")
>>> record.headline, record.text
('Harbour reopens', 'The harbour reopened on Friday, the port said.')
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.clean import Cleaner, clean_text
    from cleaner.errors import CleanerError
    from cleaner.model import Document, Edit, Record
    from cleaner.options import Options
    from cleaner.run import clean_folder

__all__ = ["Cleaner", "CleanerError", "Document", "Edit", "Options", "Record", "clean_folder", "clean_text"]

# Resolved on first use: a scraper that imports the package for one name does not wait for the others.
_ROOMS = {
    "Cleaner": "cleaner.clean",
    "CleanerError": "cleaner.errors",
    "Document": "cleaner.model",
    "Edit": "cleaner.model",
    "Options": "cleaner.options",
    "Record": "cleaner.model",
    "clean_folder": "cleaner.run",
    "clean_text": "cleaner.clean",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'cleaner' has no {name!r}. It has {', '.join(__all__)}.")
    return getattr(importlib.import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return __all__
