"""The errors a caller can catch. Each message is a short letter: where, what, what to try.

::

    CleanerError
    ├── UsageError          the call's words or options are off
    │   └── OptionsError    an option is unknown or has a value it cannot have
    ├── FolderError         RAW or CLEAN cannot be used as it is
    ├── UnreadableFile      one file or row could not be read; everything else still is
    └── RestoreError        CLEAN does not rebuild the text it says it holds
"""


class CleanerError(Exception):
    """Any error of ours."""


class UsageError(CleanerError):
    """The call's words are off."""


class OptionsError(UsageError):
    """An option is unknown or has a value it cannot have."""


class FolderError(CleanerError):
    """RAW or CLEAN cannot be used as it is."""


class UnreadableFile(CleanerError):
    """One file or row could not be read."""


class RestoreError(CleanerError):
    """CLEAN does not rebuild the text it says it holds."""
