import hashlib
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.errors import InputError, Issue
from selon.intake import Input, iter_inputs
from selon.intake.decode import LIMIT

TEXT = "Un pont a été détruit dans la nuit.\n\nLa mairie parle de deux blessés, selon un premier bilan des secours."


def read(paths: Sequence[str | Path], **options: object) -> list[Input | Issue]:
    return list(iter_inputs([str(p) for p in paths], **options))  # type: ignore[arg-type]


def reports(items: list[Input | Issue]) -> list[Input]:
    return [i for i in items if isinstance(i, Input)]


def codes(items: list[Input | Issue]) -> list[str]:
    return [i.code for i in items if isinstance(i, Issue)]


def test_a_file_comes_with_its_bytes_and_where_it_was(tmp_path: Path) -> None:
    f = tmp_path / "pont.txt"
    raw = TEXT.replace("\n", "\r\n").encode("cp1252")
    f.write_bytes(raw)
    (item,) = reports(read([f], published="2020-02"))
    assert item.raw == raw
    assert item.report.text == TEXT.replace("\n", "\r\n")
    assert (item.report.id, item.report.lang) == ("pont", "fr")
    assert item.report.source.path == str(f)
    assert item.report.source.sha256 == hashlib.sha256(raw).hexdigest()
    assert item.report.source.retrieved and item.report.source.retrieved.endswith("Z")
    assert (item.report.published.earliest, item.report.published.latest, item.report.published.basis) == (
        "2020-02-01",
        "2020-02-29",
        "given",
    )
    assert [n.code for n in item.notes] == ["SEL-I010"]


def test_a_folder_is_read_by_name_with_its_folders_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.cache/x.txt", ".hidden.txt", "notes.odt", "c.HTML"):
        f = tmp_path / name
        f.parent.mkdir(parents=True, exist_ok=True)
        f.write_text(TEXT)
    assert [i.report.id for i in reports(read([tmp_path]))] == ["b", "c", "z"]


def test_links_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    (tmp_path / "again.txt").symlink_to(tmp_path / "in" / "a.txt")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere")
    assert len(reports(read([tmp_path]))) == 1
    assert codes(read([tmp_path / "dead.txt"])) == ["SEL-I005"]


def test_patterns_and_what_is_named_twice(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT + name)
    assert [i.report.id for i in reports(read([tmp_path / "a*.txt", tmp_path, tmp_path / "b.txt"]))] == ["a1", "a2", "b"]
    assert codes(read([tmp_path / "x*.txt"])) == ["SEL-I005"]
    odd = tmp_path / "a[1].txt"
    odd.write_text(TEXT)
    assert len(reports(read([odd]))) == 1


def test_ids_are_unique_and_do_not_depend_on_the_place_in_the_run(tmp_path: Path) -> None:
    for folder, text in (("a", TEXT), ("b", TEXT + " Un."), ("c", TEXT + " Un.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "note.txt").write_text(text)
    ids = [i.report.id for i in reports(read([tmp_path]))]
    assert len(set(ids)) == 3
    suffix = hashlib.sha256((TEXT + " Un.").encode()).hexdigest()[:8]
    assert ids == ["note", f"note-{suffix}", f"note-{suffix}-2"]


def test_a_bad_file_is_an_issue_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "c.txt").write_text("x" * 2000)
    (tmp_path / "d.txt").write_text(TEXT)
    items = read([tmp_path, tmp_path / "none.txt", "/dev/null"], limit=1000)
    assert codes(items) == ["SEL-I001", "SEL-I037", "SEL-I002", "SEL-I005", "SEL-I004"]
    assert [i.report.id for i in reports(items)] == ["d"]
    assert all(i.place and i.remedy for i in items if isinstance(i, Issue))


def test_a_file_without_permission_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "c.txt").write_text(TEXT)
    really_open, really_scan = Path.open, os.scandir

    def refused(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return really_open(self, *args, **kwargs)  # type: ignore[call-overload]

    def closed(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return really_scan(path)

    # Rights are not refused to the superuser, under whom tests may run.
    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr(os, "scandir", closed)
    items = read([tmp_path])
    assert [i.report.id for i in reports(items)] == ["b"]
    assert codes(items) == ["SEL-I004", "SEL-I004"]


def test_a_file_that_vanishes_between_listing_and_reading(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT + name)
    run = iter_inputs([str(tmp_path)])
    assert isinstance(next(run), Input)
    (tmp_path / "b.txt").unlink()
    rest = list(run)
    assert codes(rest) == ["SEL-I004"]


def test_an_empty_folder_says_what_would_be_read(tmp_path: Path) -> None:
    (issue,) = read([tmp_path])
    assert isinstance(issue, Issue)
    assert issue.code == "SEL-I005"
    assert ".txt" in issue.remedy


def test_json_lines_with_bad_lines(tmp_path: Path) -> None:
    f = tmp_path / "flux.jsonl"
    lines = [
        json.dumps(
            {"id": "x1", "text": TEXT, "published": "2021-05-06T12:00:00Z", "url": "https://exemple.org/1", "lang": "fr", "more": 1}
        ),
        "{not json",
        "",
        '["a list"]',
        '{"id": "no text"}',
        '{"text": 5}',
        '{"text": "  "}',
        json.dumps({"text": TEXT, "url": "https://exemple.org/2"}),
        json.dumps({"text": TEXT + " Fin."}),
        json.dumps({"id": "x1", "text": TEXT + " Autre.", "published": "hier"}),
        "[" * 100_000,
        json.dumps({"id": 7, "text": TEXT}),
    ]
    f.write_text("\ufeff" + "\n".join(lines), "utf-8")
    items = read([f])
    got = reports(items)
    assert codes(items) == ["SEL-I006", "SEL-I006", "SEL-I007", "SEL-I007", "SEL-I001", "SEL-I006"]
    assert [i.place for i in items if isinstance(i, Issue)] == [f"{f}:{n}" for n in (2, 4, 5, 6, 7, 11)]
    assert got[0].report.id == "x1"
    assert (got[0].report.published.day, got[0].report.source.url) == ("2021-05-06", "https://exemple.org/1")
    assert got[0].raw.decode("utf-8-sig") == lines[0]
    assert got[1].report.id == hashlib.sha256(b"https://exemple.org/2").hexdigest()[:16]
    assert got[2].report.id == "flux-" + hashlib.sha256((TEXT + " Fin.").encode()).hexdigest()[:8]
    assert got[3].report.id.startswith("x1-")
    assert got[3].report.published.basis == "unknown"
    assert [n.code for n in got[3].notes] == ["SEL-I008"]
    assert got[4].report.id == "7"


def test_json_lines_in_another_encoding_are_refused_once(tmp_path: Path) -> None:
    f = tmp_path / "flux.jsonl"
    f.write_text((json.dumps({"text": TEXT}) + "\n") * 50, "utf-16")
    assert codes(read([f])) == ["SEL-I006"]


def test_a_line_that_is_too_long_is_skipped_and_the_next_one_read(tmp_path: Path) -> None:
    f = tmp_path / "flux.jsonl"
    f.write_text(json.dumps({"text": "a " * 5_000}) + "\n" + json.dumps({"text": TEXT}) + "\n")
    items = read([f], limit=1_000)
    assert codes(items) == ["SEL-I002"]
    assert len(reports(items)) == 1


def test_standard_input_is_a_text_or_json_lines() -> None:
    (plain,) = reports(list(iter_inputs(["-"], stdin=io.BytesIO(TEXT.encode("utf-16")))))
    assert (plain.report.id, plain.report.text, plain.report.source.path) == ("stdin", TEXT, None)
    raw = "\n".join(json.dumps({"id": str(n), "text": TEXT}) for n in range(3)).encode()
    assert [i.report.id for i in reports(list(iter_inputs(["-"], stdin=io.BytesIO(raw))))] == ["0", "1", "2"]
    assert codes(list(iter_inputs(["-"], stdin=io.BytesIO(b"")))) == ["SEL-I001"]


def test_json_lines_are_read_one_at_a_time() -> None:
    class Endless(io.RawIOBase):
        lines = 0
        left = b""

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            if not self.left:
                Endless.lines += 1
                self.left = json.dumps({"text": f"{TEXT} {Endless.lines}"}).encode() + b"\n"
            given, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
            buffer[: len(given)] = given
            return len(given)

    run = iter_inputs(["-"], stdin=cast(BinaryIO, io.BufferedReader(Endless())))
    assert [isinstance(next(run), Input) for _ in range(5)] == [True] * 5
    assert Endless.lines <= 2000


def test_one_json_object_in_a_file_is_a_record(tmp_path: Path) -> None:
    f = tmp_path / "a.json"
    f.write_text(json.dumps({"id": "un", "text": TEXT}, indent=2))
    assert [(i.report.id, i.report.text) for i in reports(read([f]))] == [("un", TEXT)]


def test_a_page_given_as_text_is_read_as_the_text_that_it_shows(tmp_path: Path) -> None:
    f = tmp_path / "page.txt"
    f.write_text(
        "<!doctype html><html><head><title>Pont détruit</title><meta property='article:published_time' content='2020-01-02T08:00'></head>"
        f"<body><script>x()</script><h1>Un pont détruit</h1><p>{TEXT}</p></body></html>"
    )
    (item,) = reports(read([f]))
    assert "<" not in item.report.text
    assert item.report.title == "Un pont détruit"
    assert (item.report.published.day, item.report.published.basis) == ("2020-01-02", "metadata")
    assert [n.code for n in item.notes] == ["SEL-I014"]
    f.write_text("<html><script>x()</script></html>")
    assert codes(read([f])) == ["SEL-I024"]


def test_a_day_that_is_none_stops_the_run_before_it_starts(tmp_path: Path) -> None:
    for bad in ("hier", "2020-13-01", "2021-02-30", "20200101"):
        with pytest.raises(InputError, match="SEL-I008"):
            read([tmp_path], published=bad)


@pytest.mark.skipif(os.name != "posix", reason="names of bytes exist on POSIX only")
def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/d\xe9p\xeache.txt"
    try:
        with open(name, "wb") as f:  # noqa: PTH123 - a name of bytes
            f.write(TEXT.encode())
    except OSError:
        pytest.skip("the file system takes Unicode names only")
    (item,) = reports(read([tmp_path]))
    assert item.report.source.path is not None
    (item.report.id + item.report.source.path).encode("utf-8")


@given(st.lists(st.text(min_size=1), max_size=5))
def test_json_lines_come_back(texts: list[str]) -> None:
    raw = "".join(json.dumps({"id": f"r{n}", "text": t, "lang": "fr"}) + "\n" for n, t in enumerate(texts)).encode()
    if not raw:
        return
    items = list(iter_inputs(["-"], stdin=io.BytesIO(raw)))
    assert len(items) == len(texts)
    for n, (item, text) in enumerate(zip(items, texts, strict=True)):
        if isinstance(item, Issue):
            assert item.place == f"-:{n + 1}"
            assert item.code in ("SEL-I001", "SEL-I003")
        elif not any(x.code == "SEL-I014" for x in item.notes):
            assert item.report.text == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def test_the_limit_is_fifty_megabytes() -> None:
    assert LIMIT == 50_000_000
