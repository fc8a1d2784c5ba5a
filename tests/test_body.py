"""What stands in the running text as a part of it, though the same line elsewhere would be a field of the record."""

from __future__ import annotations

import pytest

from cleaner import clean_text

INTRODUCTION = "The jury could not choose between two stories, and so both are printed here as they were sent in."


def test_authors_of_parts_stay_with_their_parts():
    """Two names between a title and its text each sign that text, and not the article; so what stands above them is no deck."""
    parts = ["The lamp", "By Ada Finch", "She lit it. Nobody came.", "The bell", "By Olive Marsh", "He rang it. Everybody came at once, and nobody stayed."]
    (record,) = clean_text("\n\n".join(["One prize for two stories", INTRODUCTION, *parts]))
    assert record.text.split("\n\n") == [INTRODUCTION, *parts]
    assert (record.headline, record.deck, record.byline) == ("One prize for two stories", None, None)


def test_one_author_signs_the_article():
    """A name below the headline is the article's, also where the page prints it again below the text."""
    story = "The jury read all of the stories on Monday, and on Tuesday it read them again, since nobody could remember the first."
    (record,) = clean_text(f"One prize for two stories\n\n{INTRODUCTION}\n\nBy Ada Finch\n\n{story}\n\nBy Ada Finch")
    assert (record.deck, record.text) == (INTRODUCTION, story)
    assert record.byline is not None
    assert set(record.byline.split("; ")) == {"By Ada Finch"}


def test_names_above_teasers_are_no_authors_of_parts():
    """Headlines of other articles with the names of those who wrote them have no text below them."""
    teasers = "The lamp goes out on Sunday night\nBy Ada Finch\n\nThe bell goes to the foundry\nBy Olive Marsh\n\nThe rope is for sale\nBy Ada Finch"
    (record,) = clean_text(f"One prize for two stories\n\n{INTRODUCTION} The prize is a lamp.\n\n{teasers}")
    assert "By " not in record.text


def test_the_author_of_a_second_story_stays_above_it():
    """Where the name below the headline is another one than a name below a title in the text, each stays with what it signs."""
    first = "The council has put off its vote on the night boat until October, after members said that the figures did not add up."
    second = ["Baths reopen after repairs", "By Olive Marsh", "The baths reopen on Monday after a summer of repairs, said the town."]
    (record,) = clean_text("\n".join(["Council puts off vote on the night boat", "By Ada Finch", first, "", *second]))
    assert (record.byline, record.text.split("\n\n")) == ("By Ada Finch", [first, *second])


def test_who_took_all_the_pictures_makes_no_caption_of_the_last_paragraph():
    """A credit below the last paragraph, with a blank line between, is nobody's caption; in the block of a caption it is its credit."""
    day = "A photographer spent a day on the mud with the people who dig there for worms, and came home without a boot."
    (record,) = clean_text(f"A day among the worm diggers\n\n{day}\n\nThe tide turned at noon.\n\nPhotographs by Ivo Strand")
    assert record.text.split("\n\n") == [day, "The tide turned at noon."]
    assert record.captions == ()
    (record,) = clean_text(f"A day among the worm diggers\n\n{day}\n\nThe diggers at noon.\nPhotographs by Ivo Strand")
    assert [(caption.text, caption.credit) for caption in record.captions] == [("The diggers at noon.", "Photographs by Ivo Strand")]


@pytest.mark.parametrize("name", ["", "Ada Finch", "By Ada Finch"])
@pytest.mark.parametrize("times", [("06:40", "05:15"), ("06:40 Uhr", "05:15 Uhr"), ("12 May 2024 10:05", "12 May 2024 09:15"), ("10時05分", "9時15分")])
def test_the_times_and_reporters_of_a_running_report_stay(times, name):
    """Each time, and the name below it, heads a part: none is the article's own, and what stands above the first is no deck."""
    entries = [f"{time}\n\n{name}\n\n" if name else f"{time}\n\n" for time in times]
    body = f"{INTRODUCTION}\n\n{entries[0]}The jury is still in its room. It has sent for tea.\n\n{entries[1]}The jury has gone to its room, says the porter."
    (record,) = clean_text(f"One prize for two stories, hour by hour\n\n{body}")
    assert (record.text, record.deck, record.byline, record.published) == (body, None, None, None)


def test_the_one_time_below_the_deck_is_the_article_s():
    """A time and a name that stand once between the deck and the text say when the article came out and who wrote it."""
    text = f"{INTRODUCTION}\n\n12 May 2024 10:05\n\nBy Ada Finch\n\nThe jury went home at noon on Monday, says the porter, who saw it go."
    (record,) = clean_text(f"One prize for two stories\n\n{text}")
    assert (record.deck, record.byline, record.published) == (INTRODUCTION, "By Ada Finch", "12 May 2024 10:05")
