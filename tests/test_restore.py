"""From CLEAN back to the texts that were read."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from cleaner.errors import FolderError, RestoreError
from cleaner.options import Options
from cleaner.restore import documents, restore
from cleaner.run import clean_folder
from cleaner.writers import formats

TEXTS = {
    "a.txt": "\n\n  Harbour reopens\r\n\r\nFerries leave. (Port media)\r\nFerries leave. (Port media)\n\t\nTT\n\n"
    "The harbour\u200b reopened on Friday.\u2028Really.  \n",
    "b/c.txt": "Räntan höjs\x0c\n\n\n\nRäntan höjs\n\nRiksbanken höjer räntan, säger chefen.\n\x85",
    "b/d e.txt": "港は再開した\n\n港は再開した\n\n三日間の嵐のあと、港は金曜日に再開した。",
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    for path, text in TEXTS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="")
    rows = [{"title": "Harbour reopens", "text": f"Harbour reopens\n\nIt reopened on Friday, number {number}."} for number in range(3)]
    (folder / "b.jsonl").write_text("\n\n".join(json.dumps(row) for row in rows))
    return folder


@pytest.mark.parametrize("form", formats())
def test_every_text_comes_back(form, raw, tmp_path):
    """Each file byte for byte, line ends and odd white space too; each row of a JSONL file as a text of its own."""
    clean_folder(raw, tmp_path / "clean", Options(format=form))
    out = tmp_path / "out"
    assert restore(tmp_path / "clean", out) == 6
    for path, text in TEXTS.items():
        assert (out / path).read_bytes() == text.encode()
    assert (out / "b.jsonl" / "2.txt").read_text() == "Harbour reopens\n\nHarbour reopens\n\nIt reopened on Friday, number 1."
    assert sorted(path.name for path in (out / "b.jsonl").iterdir()) == ["0.txt", "2.txt", "4.txt"]


def test_other_encodings_come_back_as_text(tmp_path):
    """What was read in another encoding comes back as the same text, in UTF-8."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_bytes("Räntan höjs".encode("utf-16"))
    clean_folder(tmp_path / "raw", tmp_path / "clean")
    restore(tmp_path / "clean", tmp_path / "out")
    assert (tmp_path / "out" / "a.txt").read_text("utf-8") == "Räntan höjs"


def test_documents_come_with_their_articles_and_edits(raw, tmp_path):
    """The tables are read side by side; none of their rows is left over."""
    run = clean_folder(raw, tmp_path / "clean").run
    found = list(documents(tmp_path / "clean"))
    assert [one.document.path for one in found] == ["a.txt", "b.jsonl", "b.jsonl", "b.jsonl", "b/c.txt", "b/d e.txt"]
    assert sum(len(one.articles) for one in found) == run.counts.articles
    assert sum(len(one.edits) for one in found) == run.tables["edits.jsonl"].rows


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [("articles", "text", "Another text."), ("documents", "sha256", "0" * 64), ("documents", "gaps", []), ("articles", "number", 7), ("articles", "id", "0")],
)
def test_a_changed_table_is_told(table, field, value, raw, tmp_path):
    """What does not give the text that was read is a letter, not a text that is nearly right."""
    clean_folder(raw, tmp_path / "clean")
    path = tmp_path / "clean" / f"{table}.jsonl"
    first, *rest = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([json.dumps({**json.loads(first), field: value}), *rest]), "utf-8")
    with pytest.raises(RestoreError, match="clean"):
        restore(tmp_path / "clean", tmp_path / "out")


def test_a_table_of_another_run_is_told(raw, tmp_path):
    """Rows that belong to no document are not passed over."""
    clean_folder(raw, tmp_path / "clean")
    path = tmp_path / "clean" / "documents.jsonl"
    path.write_text("\n".join(path.read_text("utf-8").split("\n")[:-2]), "utf-8")
    with pytest.raises(RestoreError, match="not of one run"):
        restore(tmp_path / "clean", tmp_path / "out")
    path.unlink()
    with pytest.raises(RestoreError, match="missing"):
        list(documents(tmp_path / "clean"))


@pytest.mark.parametrize("hostile", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "a//b", "", ".", "a\0b"])
def test_a_path_is_data(hostile, raw, tmp_path):
    """A path in CLEAN that would leave the folder is refused."""
    clean_folder(raw, tmp_path / "clean")
    for table in ("articles", "documents"):
        path = tmp_path / "clean" / f"{table}.jsonl"
        rows = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
        for row in rows:
            if row["path"] == "a.txt":
                row["path"] = hostile
        path.write_bytes(msgspec.json.Encoder().encode_lines(rows))
    with pytest.raises(RestoreError, match="would leave the folder"):
        restore(tmp_path / "clean", tmp_path / "out")
    assert not (tmp_path / "out.txt").exists()


def test_restore_overwrites_nothing(raw, tmp_path):
    """Only into an empty folder, or one that is not there yet."""
    clean_folder(raw, tmp_path / "clean")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("mine")
    with pytest.raises(FolderError, match="not an empty folder"):
        restore(tmp_path / "clean", tmp_path / "out")
    assert (tmp_path / "out" / "a.txt").read_text() == "mine"


def test_a_folder_without_output_is_told(tmp_path):
    """A folder that `clean` did not write is a letter."""
    with pytest.raises(FolderError, match="no output of ours"):
        restore(tmp_path, tmp_path / "out")
