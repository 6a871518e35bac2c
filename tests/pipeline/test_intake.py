"""What intake takes, skips and refuses."""

import os
import socket
from pathlib import Path

import pytest

from pipeline import archives, intake
from pipeline.sources import Skipped, Source
from tests.pipeline.samples import zip_of


def sources_of(*paths: Path, password: str | None = None) -> dict[str, Source]:
    """Everything that is found, by name."""
    walk = intake.walk(map(str, paths))
    found = [s for file in walk.files for s in intake.open_file(file, password) if isinstance(s, Source)]
    return {source.name: source for source in (*found, *walk.refused)}


def reasons_of(*paths: Path, password: str | None = None) -> dict[str, str]:
    """Why each source was refused, "" if it was not."""
    return {n: s.refusal.reason if s.refusal else "" for n, s in sources_of(*paths, password=password).items()}


def test_names_are_paths_below_what_was_named(archive: Path) -> None:
    (archive / "leeds" / "2014").mkdir(parents=True)
    (archive / "leeds" / "2014" / "a.txt").write_text("1")
    assert [(s.name, s.folder) for s in sources_of(archive).values()] == [("leeds/2014/a.txt", "archive/leeds/2014")]
    assert [(s.name, s.folder) for s in sources_of(archive / "leeds" / "2014" / "a.txt").values()] == [
        ("a.txt", "2014")
    ]


def test_longest_name_wins_whatever_the_order(archive: Path) -> None:
    (archive / "leeds").mkdir()
    (archive / "leeds" / "a.txt").write_text("1")
    inner, file = archive / "leeds", archive / "leeds" / "a.txt"
    for paths in ([archive, inner, file], [file, inner, archive]):
        assert list(sources_of(*paths)) == ["leeds/a.txt"]


def test_relative_and_absolute_paths_are_one(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "a.txt").write_text("1")
    monkeypatch.chdir(archive)
    assert list(sources_of(Path(), archive, Path("../archive/a.txt"))) == ["a.txt"]


@pytest.mark.parametrize(
    "name", [".git", "~$report.docx", ".~lock.report.odt#", "Thumbs.db", "desktop.ini", "__MACOSX"]
)
def test_clutter_is_skipped_and_listed(name: str, archive: Path) -> None:
    (archive / name).write_text("x")
    walk = intake.walk([str(archive)])
    assert (walk.files, [s.name for s in walk.skipped]) == ((), [name])


def test_hidden_file_that_is_named_is_taken(archive: Path) -> None:
    (archive / ".hidden.txt").write_text("1")
    assert list(sources_of(archive / ".hidden.txt")) == [".hidden.txt"]


def test_folder_without_documents_is_reported(archive: Path) -> None:
    assert reasons_of(archive) == {"archive": "no_documents"}


def test_pipes_and_sockets_are_refused(archive: Path) -> None:
    os.mkfifo(archive / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(archive / "socket"))
        assert reasons_of(archive) == {"pipe": "special_file", "socket": "special_file"}


def test_links_that_lead_back_end(archive: Path) -> None:
    (archive / "in").mkdir()
    (archive / "in" / "a.txt").write_text("1")
    (archive / "in" / "loop").symlink_to(archive)
    (archive / "to itself").symlink_to(archive / "to itself")
    (archive / "nowhere").symlink_to(archive / "gone")
    assert reasons_of(archive) == {"in/a.txt": "", "nowhere": "missing", "to itself": "unreadable"}


def test_what_may_not_be_read_is_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "a.txt").write_text("1")
    monkeypatch.setattr(Path, "read_bytes", _denied)
    assert reasons_of(archive) == {"a.txt": "permission_denied"}


def test_folder_that_may_not_be_listed_is_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "locked").mkdir()
    (archive / "a.txt").write_text("1")
    listing = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: _denied(path) if Path(path).name == "locked" else listing(path))
    assert reasons_of(archive) == {"a.txt": "", "locked": "permission_denied"}


def _denied(path: object) -> bytes:
    raise PermissionError(13, "Permission denied")


def test_name_that_is_no_text_is_shown_in_escapes(archive: Path) -> None:
    Path(os.fsdecode(os.fsencode(archive) + b"/caf\xe9.txt")).write_text("1")
    (source,) = sources_of(archive).values()
    assert (source.name, source.content) == ("caf\\xe9.txt", b"1")


def test_file_over_the_limit_is_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_FILE_BYTES", 10)
    (archive / "a.txt").write_text("12345678901")
    assert reasons_of(archive) == {"a.txt": "too_large"}


def test_archives_in_archives(archive: Path) -> None:
    inner = zip_of({"b.txt": b"2", "deep/c.txt": b"3"})
    (archive / "z.zip").write_bytes(zip_of({"a.txt": b"1", "in/inner.zip": inner}))
    found = sources_of(archive)
    assert {s.name: s.content for s in found.values()} == {
        "z.zip/a.txt": b"1",
        "z.zip/in/inner.zip/b.txt": b"2",
        "z.zip/in/inner.zip/deep/c.txt": b"3",
    }
    assert found["z.zip/in/inner.zip/deep/c.txt"].folder == "archive/z.zip/in/inner.zip/deep"


def test_archive_is_known_by_its_content(archive: Path) -> None:
    (archive / "report.pdf").write_bytes(zip_of({"a.txt": b"1"}))
    (archive / "papers.zip").write_text("only text")
    assert list(sources_of(archive)) == ["papers.zip", "report.pdf/a.txt"]


@pytest.mark.parametrize(
    ("member", "name"),
    [("../../etc/passwd", "etc/passwd"), ("/abs.txt", "abs.txt"), ("a\\b.txt", "a/b.txt"), ("..", "unnamed")],
)
def test_members_get_safe_names(member: str, name: str, archive: Path) -> None:
    (archive / "z.zip").write_bytes(zip_of({member: b"1"}))
    assert list(sources_of(archive)) == [f"z.zip/{name}"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_told_apart(archive: Path) -> None:
    import zipfile

    with zipfile.ZipFile(archive / "z.zip", "w") as made:
        for name, content in (("a.txt", "1"), ("a.txt", "2"), ("a.txt#2", "3")):
            made.writestr(name, content)
    assert {s.name: s.content for s in sources_of(archive).values()} == {
        "z.zip/a.txt": b"1",
        "z.zip/a.txt#2": b"2",
        "z.zip/a.txt#2#2": b"3",
    }


def test_clutter_in_archives_is_skipped(archive: Path) -> None:
    (archive / "z.zip").write_bytes(zip_of({"__MACOSX/._a.txt": b"x", "a.txt": b"1"}))
    (file,) = intake.walk([str(archive)]).files
    found = list(intake.open_file(file, None))
    assert [s.name for s in found if isinstance(s, Skipped)] == ["z.zip/__MACOSX/._a.txt"]


def test_empty_archive_is_reported(archive: Path) -> None:
    (archive / "z.zip").write_bytes(zip_of({}))
    assert reasons_of(archive) == {"z.zip": "no_documents"}


def test_cut_off_archive_is_refused_and_kept(archive: Path) -> None:
    whole = zip_of({"a.txt": bytes(range(256)) * 40})
    (archive / "z.zip").write_bytes(whole[: len(whole) // 2])
    (source,) = sources_of(archive).values()
    assert source.refusal is not None
    assert (source.refusal.reason, source.content) == ("damaged", whole[: len(whole) // 2])


def test_damaged_member_leaves_the_others(archive: Path) -> None:
    whole = bytearray(zip_of({"a.txt": b"A" * 100, "b.txt": b"B" * 100}, packed=False))
    whole[whole.index(b"AAAA")] = 0
    (archive / "z.zip").write_bytes(whole)
    assert reasons_of(archive) == {"z.zip/a.txt": "damaged", "z.zip/b.txt": ""}


def test_member_that_expands_too_much_leaves_the_others(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "RATIO_FROM_BYTES", 1 << 20)
    (archive / "z.zip").write_bytes(zip_of({"bomb.txt": b"0" * (4 << 20), "a.txt": b"1"}))
    assert reasons_of(archive) == {"z.zip/bomb.txt": "expands_too_much", "z.zip/a.txt": ""}


def test_archive_that_expands_too_much_in_all_is_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 1000)
    inner = zip_of({f"{i}.txt": b"x" * 200 for i in range(4)})
    (archive / "z.zip").write_bytes(zip_of({"a.txt": b"1", "inner.zip": inner}, packed=False))
    assert reasons_of(archive) == {"z.zip/a.txt": "", "z.zip/inner.zip": "expands_too_much"}


def test_archive_that_lies_about_its_size_gives_no_more_than_it_says(archive: Path) -> None:
    whole = bytearray(zip_of({"a.txt": b"1" * 1000}))
    for at in (22, whole.index(b"PK\x01\x02") + 24):
        whole[at : at + 4] = (10).to_bytes(4, "little")
    (archive / "z.zip").write_bytes(whole)
    assert reasons_of(archive) == {"z.zip/a.txt": "damaged"}


def test_archives_too_deep_inside_each_other_are_refused(archive: Path) -> None:
    content = zip_of({"a.txt": b"1"})
    for _ in range(archives.MAX_DEPTH):
        content = zip_of({"z.zip": content})
    (archive / "z.zip").write_bytes(content)
    assert list(reasons_of(archive).values()) == ["too_deep"]


def test_archive_with_too_many_files_is_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    (archive / "z.zip").write_bytes(zip_of({f"{i}.txt": b"1" for i in range(4)}))
    assert reasons_of(archive) == {"z.zip": "too_many_files"}


def test_locked_member_wants_a_password(archive: Path) -> None:
    whole = bytearray(zip_of({"a.txt": b"1" * 40}, packed=False))
    for at in (6, whole.index(b"PK\x01\x02") + 8):
        whole[at] |= 1
    (archive / "z.zip").write_bytes(whole)
    assert reasons_of(archive) == {"z.zip/a.txt": "encrypted"}
    assert reasons_of(archive, password="wrong")["z.zip/a.txt"] in ("encrypted", "damaged")
