"""News-like documents for properties: articles put together from the parts in ``cases/parts.toml``, as scrapers leave them."""

from __future__ import annotations

import tomllib

from hypothesis import strategies as st

from tests.marked_copy import CASES

PARTS = tomllib.loads((CASES / "parts.toml").read_text("utf-8"))
STANZA = "Wake the miller, wake the miller,\nday is here, day is here,\nwake the miller, wake the miller."
RULES = ("* * *", "----", "###", "⁂", "***", "———")
BETWEEN = ("\n\n\n\n", "\n\n", *(f"\n\n{rule}\n\n" for rule in RULES), "\n\nhttps://gazette.example/a/1\n\n")
BREAKS = st.sampled_from(["\n", "\n\n", "\n\n", "\n\n", "\n\n\n"])


@st.composite
def articles(draw, language=None):
    """One article: a head block in any order and number, a body, what stands below it."""
    parts = PARTS[language or draw(st.sampled_from(sorted(PARTS)))]

    def one(kind):
        return draw(st.sampled_from(parts[kind]))

    headline, captions = one("headlines"), draw(st.lists(st.sampled_from(parts["captions"]), min_size=1, max_size=2))
    variants = [
        lambda: headline, lambda: headline, lambda: headline + one("suffixes"), lambda: one("labels") + headline, headline.upper,
        lambda: headline.replace("&", "&amp;"), lambda: headline[: max(12, 2 * len(headline) // 3)] + "...",
    ]
    head_pieces = [
        lambda: draw(st.sampled_from(variants))(),
        lambda: draw(st.sampled_from(captions)),
        lambda: draw(st.sampled_from(captions)) + " " + one("credits"),
        lambda: "\n".join([draw(st.sampled_from(captions)) + " " + one("credits")] * 2),
        lambda: one("captions") + "\n" + one("credits"),
        lambda: one("tags"), lambda: one("decks"), lambda: one("bylines"), lambda: one("times"), lambda: one("furniture"),
    ]
    body_pieces = [
        lambda: " ".join(draw(st.lists(st.sampled_from(parts["sentences"]), min_size=1, max_size=3))),
        lambda: " ".join(parts["sentences"]),
        lambda: one("subheads"), lambda: one("sentences"), lambda: STANZA, lambda: one("furniture"), lambda: "- " + one("captions"), lambda: headline,
        lambda: one("captions"),
    ]
    tail_pieces = [lambda: one("signoffs"), lambda: one("furniture"), lambda: one("times"), lambda: one("headlines"), lambda: one("tags"), lambda: "* * *"]

    def some(pieces, at_least, at_most):
        return [piece() for piece in draw(st.lists(st.sampled_from(pieces), min_size=at_least, max_size=at_most))]

    head = [*draw(st.sampled_from([(headline,), (headline,), ()])), *some(head_pieces, 0, 6)]
    opening = draw(st.sampled_from(["", "", one("datelines")])) + " ".join(parts["sentences"][:2])
    blocks = [*head, opening, *some(body_pieces, 0, 5), *some(tail_pieces, 0, 3)]
    return "".join(block + draw(BREAKS) for block in blocks).strip("\n")


@st.composite
def tidy_articles(draw):
    """One article as most papers print it: the head block once or twice, captions doubled with credits, a tag behind the last paragraph."""
    parts = PARTS[draw(st.sampled_from(sorted(PARTS)))]
    headline = parts["headlines"][0]
    credit = draw(st.sampled_from(parts["credits"]))
    pictures = [f"{caption} {credit}\n{caption} {credit}" for caption in draw(st.lists(st.sampled_from(parts["captions"]), unique=True, max_size=2))]
    head = [headline, *pictures, *draw(st.sampled_from([(), (headline,), (headline, *pictures)]))]
    meta = draw(st.sampled_from([(), (parts["bylines"][0],), (parts["times"][0],), (parts["bylines"][0], parts["times"][0])]))
    opening = draw(st.sampled_from(["", parts["datelines"][0]])) + parts["sentences"][0]
    end = draw(st.sampled_from(["", f" {parts['signoffs'][0]}"]))
    return "\n\n".join([*head, *meta, opening, " ".join(parts["sentences"][1:]) + end])


@st.composite
def documents(draw):
    """A file of one to four articles, with separators or without, perhaps with line ends or a margin of its own."""
    several = draw(st.lists(articles(), min_size=1, max_size=draw(st.sampled_from([1, 1, 2, 4]))))
    text = several[0]
    for other in several[1:]:
        text += draw(st.sampled_from(BETWEEN)) + other
    set_in = "\n".join("  " + line for line in text.split("\n"))
    return draw(st.sampled_from([text, text, text.replace("\n", "\r\n"), set_in]))


# Anything else that a file may hold: marks of direction, broken pairs, NULs, breaks of every kind, entities, labels, joints, tags.
SCRAPS = st.sampled_from(
    [
        *("\x00", "\ud800", "\udfff", "\u202e", "\u2066", "\u2069", "\u200b", "\u00ad", "\ufeff", "\u200d", "\u0301"),
        *("\u2028", "\x0c", "\x85", "\x1c", "\r", "\r\n", "\n", "\n\n", "\n\n\n", " ", "\t", "\u3000"),
        *("&amp;", "&", "&#0;", "&#xD800;", "&amp;amp;quot;", "<b>", "…", "(", ")", "（", "[", "]", "©", "|", "/", " - ", " — ", ":", "=", "·", "*", "⁂"),
        *("TT", "AP", "(Reuters)", "Foto: ", "Photo: ", "Credit: ", "Caption: ", "Image caption,", "PARIS (AP) — ", "新华社北京9月30日电"),
        *("【速報】", "BREAKING: ", "UPDATE 2-", "2/8", "09:14", "12 March 2024", "By Ida Holm", "https://a.example/b", "Read more", "Share"),
        *("\nHeadline: ", "\nText: ", "Text:", "\nAgency: "),
        *("---", "###", "Harbour reopens after storm", "The harbour reopened on Friday, the port said."),
    ]
)
SCRAPPY = st.lists(SCRAPS | st.text(max_size=12), max_size=30).map("".join)
LABELS = st.sampled_from(["Headline:", "Deck:", "Byline:", "Published:", "Dateline:", "Agency:", "Tag:", "Caption:", "Credit:", "Text:"])
LABELLED = st.lists(st.tuples(LABELS, SCRAPPY) | st.tuples(st.just(""), SCRAPPY), max_size=12).map(
    lambda parts: "\n".join(["Headline:", *(f"{label} {words}" for label, words in parts)])
)
"""Copy that labels its parts, or nearly: in any order, with any words."""
