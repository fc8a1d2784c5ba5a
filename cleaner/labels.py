"""Copy that says of each part what it is: ``Headline: ...``, ``Caption: ...``, ``Text: ...``, as records are printed and archives keep copy.

What a label states is not guessed. Copy counts as labelled when it opens with a headline's label and every line from there to
its text opens with a label too; anything else is judged line by line, whatever stands in front of some of its lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.lines import BREAKS
from cleaner.model import Role

if TYPE_CHECKING:
    from cleaner.lines import Line

AGENCY, TAG = "Agency:", "Tag:"
"""Two labels of one role: a tag that is an agency's, and one of which nothing told whether it is."""

LABELS = {
    Role.HEADLINE: "Headline:",
    Role.DECK: "Deck:",
    Role.BYLINE: "Byline:",
    Role.TIMESTAMP: "Published:",
    Role.AGENCY_TAG: AGENCY,
    Role.CAPTION: "Caption:",
    Role.CREDIT: "Credit:",
    Role.DATELINE: "Dateline:",
    Role.BODY: "Text:",
}
"""What stands in front of each part."""

_ROLES = {**{label: role for role, label in LABELS.items()}, TAG: Role.AGENCY_TAG}
_LABEL = re.compile(f"({'|'.join(_ROLES)})(?:\\s+|$)")
_BREAKS = re.compile(f"[{BREAKS}]+")


class Label(NamedTuple):
    """The role that a line states, the label as printed ("" where the line has none), and where its words begin."""

    role: Role
    text: str
    end: int


_NONE = Label(Role.BODY, "", 0)


def label_of(text: str) -> Label | None:
    """The label that a line opens with, or None.

    >>> label_of("Caption: Text: a page of the book")
    Label(role=<Role.CAPTION: 'caption'>, text='Caption:', end=9)
    >>> label_of("Captions: two"), label_of("caption: a page")
    (None, None)
    """
    found = _LABEL.match(text)
    return None if found is None else Label(_ROLES[found[1]], found[1], found.end())


def labelled(label: str, words: str) -> str:
    """Words behind their label, on one line.

    >>> labelled("Headline:", "Harbour\\nreopens"), labelled("Headline:", "")
    ('Headline: Harbour reopens', 'Headline:')
    """
    return f"{label} {_BREAKS.sub(' ', words).strip()}".rstrip()


def read_labels(lines: list[Line]) -> list[Label]:
    """The label of each line of labelled copy, an empty list for any other copy.

    A line without a label is text, below the first that says so. A credit is one below its caption only.

    >>> from cleaner.lines import split_lines
    >>> [str(label.role) for label in read_labels(split_lines("Headline: Harbour reopens\\nText: It reopened on Friday.\\nFerries leave."))]
    ['headline', 'body', 'body']
    >>> read_labels(split_lines("Headline: Harbour reopens\\nIt reopened on Friday."))
    []
    """
    if not lines or not lines[0].text.startswith(LABELS[Role.HEADLINE]):
        return []
    labels: list[Label] = []
    head = True  # between a headline and its text, where every line has a label
    for line in lines:
        label = label_of(line.text)
        if label is None or label.role is Role.CREDIT and labels[-1].role not in (Role.CAPTION, Role.CREDIT):
            if head:
                return []
            label = _NONE
        head = label.role is Role.HEADLINE or head and label.role is not Role.BODY
        labels.append(label)
    return labels
