"""The archive package: what may go is in it, what may not is in no byte of it, and it says so."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pandas as pd
import pytest
from sqlalchemy import select

from qda.coding import cases, consent, documents, material, memo_queries, memos, open_coding, recordings
from qda.coding.pseudonyms import Entry
from qda.errors import KnownError
from qda.exchange.importing import import_files
from qda.exchange.name_key import PASSPHRASE, write_key
from qda.models import Project
from qda.models.material import Case, Speaker
from qda.reports import pseudonymous
from qda.reports.archive_names import safe_name
from qda.reports.model import placeholders
from qda.reports.registry import build_report, render, render_bytes
from qda.reports.watching import CancelledError, watched

from .small_study import at, build

PRIVATE = ("Zugeknöpft", "niemandem erzählen")
A_SAID = ("kriegen wir jedes Jahr, hat er gesagt", "einen Raum nie", "keiner gefragt, wer zuständig")
B_SAID = "außer was ich morgen früh mache"
NOTE = "Telefon 0171 2345"
_MARKS = re.compile(r"<[^>]*>")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """B has agreed, A has not; a private memo, a note on consent, a recording, words of A in a memo."""
    with build(tmp_path / "study.qdaproj") as project:
        project.clock = lambda: datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
        b = material.cases(project)[1].guid
        consent.set_consent(project, case=b, archive="yes", note=NOTE)
        memos.write_memo(
            project, kind="theoretical", title=PRIVATE[0], body=f"Das darf ich {PRIVATE[1]}.", private=True
        )
        memos.write_memo(
            project,
            kind="theoretical",
            title="Über A",
            body="Sie: Blumen kriegen wir jedes Jahr, hat er gesagt.",
        )
        sound = tmp_path / "Klarname_Meier.mp3"
        sound.write_bytes(b"ID3 the voice itself")
        source = next(one.guid for one in material.sources(project) if one.title == "Interview B")
        recordings.set_media(project, source=source, file=str(sound))
        yield project


def package(study: Path | Project, **options: str) -> dict[str, bytes]:
    """The files of a package by their paths below its folder."""
    return unpacked(render_bytes(build_report("archive", study, {"language": "en", **options}), "zip"))


def unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        return {name.partition("/")[2]: found.read(name) for name in found.namelist()}


def readable(data: bytes) -> str:
    """Everything in a file, also within docx and xlsx, as it stands there and without its marks."""
    parts = [data]
    if is_zipfile(io.BytesIO(data)):
        with ZipFile(io.BytesIO(data)) as inner:
            parts = [inner.read(name) for name in inner.namelist()]
    raw = "\n".join(part.decode("utf-8", "replace") for part in parts)
    return f"{raw}\n{' '.join(unescape(_MARKS.sub('', raw)).replace(chr(92), '').split())}"


def found_in(files: dict[str, bytes], words: tuple[str, ...]) -> list[tuple[str, str]]:
    told = {path: f"{path}\n{readable(data)}" for path, data in files.items()}
    return [(path, word) for path, text in told.items() for word in words if word in text]


def test_without_any_consent_nothing_is_written(tmp_path: Path) -> None:
    with build(tmp_path / "s.qdaproj") as project:
        report = build_report("archive", project, {"language": "en"})
        with pytest.raises(KnownError, match="No document may be archived"):
            render(report, tmp_path / "out.zip", name="archive")
    assert not (tmp_path / "out.zip").exists()
    assert b"Consent to archiving is not settled" in render_bytes(report, "md")


def test_what_may_not_leave_is_in_no_byte_of_any_file(study: Project) -> None:
    files = package(study)
    assert found_in(files, (*PRIVATE, *A_SAID, NOTE, "Klarname_Meier", "the voice itself")) == []
    assert [path for path in files if "Interview_A" in path] == []
    # The test would see it: what may go is found in the same way.
    assert {path.partition("/")[0] for path, _word in found_in(files, (B_SAID,))} >= {"transcripts"}
    assert {path.rpartition(".")[2] for path, _word in found_in(files, (B_SAID,))} >= {"txt", "docx"}
    assert found_in(files, ("Formal war das korrekt",))


def test_what_is_left_out_is_told_with_its_reason(study: Project) -> None:
    files = package(study)
    left = pd.read_csv(io.BytesIO(files["left_out.csv"])).set_index("name")["reason"]
    assert left["Interview A"] == "Consent to archiving is not settled."
    assert {"Private memos", "Recordings", "The key of the pseudonyms"} <= set(left.index)
    readme = files["README.md"].decode()
    assert "| Interview A | Consent to archiving is not settled. |" in readme
    told = build_report("archive", study, {"language": "en"}).withheld
    assert told[0] == "1 document stays out: consent to archiving is missing or not settled."


@pytest.mark.parametrize(
    ("agreed", "why"),
    [
        ({"archive": "no"}, "No consent to archiving."),
        ({"quote": "no"}, "No consent to be quoted."),
        ({"delete_by": "2026-01-31"}, "The data were to be deleted by 2026-01-31."),
    ],
)
def test_a_no_of_any_kind_keeps_a_document_out(study: Project, agreed: dict[str, str], why: str) -> None:
    a, b = (one.guid for one in material.cases(study))
    consent.set_consent(study, case=a, archive="yes")
    consent.set_consent(study, case=b, **agreed)  # type: ignore[arg-type]
    files = package(study)
    assert found_in(files, (B_SAID,)) == []
    assert found_in(files, A_SAID[:1])
    left = pd.read_csv(io.BytesIO(files["left_out.csv"])).set_index("name")["reason"]
    assert left["Interview B"] == why


def test_a_speaker_who_has_not_agreed_is_silent_in_a_document_that_goes(
    study: Project, tmp_path: Path
) -> None:
    file = tmp_path / "Group.txt"
    file.write_text(
        "I: Und?\nK: Ich bin dafür gewesen.\nL: Heimlich war ich dagegen, sag ich mal.\n", "utf-8"
    )
    import_files(study, [file])
    source = next(one.guid for one in material.sources(study) if one.title == "Group")
    documents.set_source_case(study, source=source, case=material.cases(study)[1].guid)
    other = cases.add_case(study, name="L")
    speaker = next(one.guid for one in material.speakers(study, source) if one.label.startswith("L"))
    with study.unit("Another case") as session:
        row = session.scalars(select(Speaker).where(Speaker.guid == speaker)).one()
        row.case_id = session.scalars(select(Case.id).where(Case.guid == other)).one()
    memos.write_memo(study, kind="theoretical", title="L", body="„Heimlich war ich dagegen, sag ich mal.“")
    files = package(study)
    assert found_in(files, ("Heimlich war ich dagegen",)) == []
    assert found_in(files, ("Ich bin dafür gewesen",))
    assert b"speaker" in files["left_out.csv"]


def test_a_case_that_agreed_goes_though_the_one_above_it_is_not_settled(study: Project) -> None:
    above = cases.add_case(study, name="Kreis")
    with study.unit("Inside") as session:
        inner = session.scalars(select(Case).where(Case.guid == material.cases(study)[1].guid)).one()
        inner.parent_id = session.scalars(select(Case.id).where(Case.guid == above)).one()
    assert found_in(package(study), (B_SAID,))


def test_documents_of_no_case_go_only_where_it_is_asked_for(study: Project, tmp_path: Path) -> None:
    file = tmp_path / "Feldnotiz.txt"
    file.write_text("Am Rathaus hängt ein Plakat.\n", "utf-8")
    import_files(study, [file])
    assert found_in(package(study), ("hängt ein Plakat",)) == []
    assert found_in(package(study, caseless="yes"), ("hängt ein Plakat",))


def test_names_of_the_key_are_replaced_in_every_file(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = at(study, "Interview B", "Samstags fahr ich hin")
    open_coding.code_passage(study, code="Feuerbachs Weg", **place)  # type: ignore[arg-type]
    memos.write_memo(study, kind="theoretical", title="Zu Feuerbach", body="Herr Feuerbach fährt hin.")
    source = next(one.guid for one in material.sources(study) if one.title == "Interview B")
    documents.rename_source(study, source=source, title="Interview Feuerbach")
    monkeypatch.setattr(pseudonymous, "_opened", {})
    monkeypatch.setenv(PASSPHRASE, "a long one")
    key = write_key(tmp_path / "names.qdakey", "a long one", [Entry("Feuerbach", "person", "Rosa Halm")])
    assert len(found_in(package(study), ("Feuerbach", "feuerbach"))) > 10
    files = package(study, pseudonyms=str(key))
    assert found_in(files, ("Feuerbach", "feuerbach", "names.qdakey")) == []
    assert len(found_in(files, ("Halm",))) > 10


def test_open_names_are_told_or_refused(study: Project, tmp_path: Path) -> None:
    file = tmp_path / "Interview C.txt"
    file.write_text(
        "I: Wer war da?\nC: Frau Dr. Sieglinde Hagedorn war da, und Herr Petersen auch.\n", "utf-8"
    )
    import_files(study, [file])
    source = next(one.guid for one in material.sources(study) if one.title == "Interview C")
    documents.set_source_case(study, source=source, case=material.cases(study)[1].guid)
    told = build_report("archive", study, {"language": "en"}).withheld
    assert any("may still be names" in line and "Petersen" in line for line in told)
    strict = build_report("archive", study, {"language": "en", "names": "refuse"})
    with pytest.raises(KnownError, match="Petersen"):
        render_bytes(strict, "zip")


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum here")
def test_the_checksums_hold_and_the_manifest_names_every_file(study: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    render(build_report("archive", study, {"language": "en"}), out, name="archive")
    with ZipFile(out) as found:
        found.extractall(tmp_path / "x")
    (folder,) = (tmp_path / "x").iterdir()
    subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "checksums.sha256"], cwd=folder, check=True)
    files = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    listed = {line.partition("  ")[2] for line in (folder / "checksums.sha256").read_text().splitlines()}
    assert listed == files - {"checksums.sha256"}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    rows = pd.read_csv(folder / "manifest.csv")
    assert rows["path"].tolist() == [one["path"] for one in manifest["files"]]
    assert set(rows["path"]) == files - {"checksums.sha256", "manifest.csv", "manifest.json"}
    for one in manifest["files"]:
        data = (folder / one["path"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert manifest["created"] == "2026-02-01"


def test_the_same_study_gives_the_same_bytes_all_day(study: Project) -> None:
    first = render_bytes(build_report("archive", study, {}), "zip")
    later = study.clock() + timedelta(hours=7)
    study.clock = lambda: later
    assert render_bytes(build_report("archive", study, {}), "zip") == first


def test_the_study_stays_as_it_was(study: Project) -> None:
    before = study.unit_count(), [one.quote for one in material.cases(study)]
    package(study)
    assert (study.unit_count(), [one.quote for one in material.cases(study)]) == before


def test_hostile_titles_make_names_that_every_system_takes(study: Project, tmp_path: Path) -> None:
    b = material.cases(study)[1].guid
    for number, title in enumerate(
        ("../../etc/passwd", "CON", 'a<b>:"|?*', "=1+1", "Größe", "x" * 300, "שלום 🌷", " . ")
    ):
        file = tmp_path / "n.txt"
        file.write_text(f"I: Ja?\nB: Nein, {number}.\n", "utf-8")
        import_files(study, [file])
        source = next(one.guid for one in material.sources(study) if one.title == "n")
        documents.rename_source(study, source=source, title=title)
        documents.set_source_case(study, source=source, case=b)
    files = package(study)
    assert len(files) == len({path.casefold() for path in files})
    for path in files:
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]|\.\.', path)
        assert unicodedata.normalize("NFC", path) == path
        assert all(len(part.encode()) < 200 and part == part.strip(" .") for part in path.split("/"))
    assert "'=1+1" in pd.read_csv(io.BytesIO(files["manifest.csv"]))["title"].tolist()


def test_safe_names() -> None:
    assert safe_name("CON") == "_CON"
    assert safe_name("nul.txt") == "_nul.txt"
    assert safe_name("a/b: c?") == "a_b_c"
    assert safe_name("...") == "untitled"
    assert safe_name("Gru\u0308n") == "Grün"
    assert safe_name("Akte", ending=".txt", taken=["AKTE.TXT"]) == "Akte_2.txt"
    assert len(safe_name("🌷" * 99).encode()) <= 160


def test_who_no_longer_wants_it_finds_the_former_file(study: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    out.write_bytes(b"former")
    report = build_report("archive", study, {})
    seen: list[tuple[int, int]] = []

    def watch(done: int, of: int) -> bool:
        seen.append((done, of))
        return done < 5

    with watched(watch), pytest.raises(CancelledError):
        render(report, out, name="archive")
    assert out.read_bytes() == b"former"
    assert list(tmp_path.glob(".*.part")) == []
    assert seen[-1][0] == 5
    assert seen[-1][1] > 15


def test_a_part_of_the_study_is_a_part_of_the_package(study: Project) -> None:
    a = material.cases(study)[0].guid
    consent.set_consent(study, case=a, archive="yes")
    assert found_in(package(study), A_SAID[:1])
    files = package(study, documents="Interview B")
    assert [path for path in files if "Interview_A" in path] == []
    assert "Only these documents: Interview B" in files["README.md"].decode()


def test_what_the_author_must_write_is_counted_and_stands_in_the_readme(study: Project) -> None:
    report = build_report("archive", study, {"language": "en"})
    assert placeholders(report) == 8
    readme = package(study)["README.md"].decode()
    assert readme.count("**\\[") == 8
    assert "Licence" in readme


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_package_of_the_demo(german_demo: Path, english_demo: Path, language: str) -> None:
    path = german_demo if language == "de" else english_demo
    files = package(path, language=language)
    with Project.open(path, read_only=True) as project:
        agreed = {one.guid for one in consent.archivable(project)}
        talks = [one for one in material.sources(project) if one.kind in ("interview", "focus_group")]
        silent = [one for one in material.segments(project) if one.case not in agreed]
        private = [one.body for one in memo_queries.memos(project) if one.private]
    going = sorted(path for path in files if path.startswith("transcripts/") and path.endswith(".txt"))
    assert len(going) == sum(one.case in agreed for one in talks) > 0
    text = {path: " ".join(readable(data).split()) for path, data in files.items()}
    # Heads of other transcripts say the same as the rules of the sheet, and are nobody's words.
    assert [path for path in going if "Zitat zurückgehalten" in text[path]] == []
    long = [one.text for one in silent if len(one.text) > 80]
    assert len(long) > 50
    whole = "\n".join(text.values())
    assert [one for one in long if " ".join(one.split()) in whole] == []
    assert len(private) == 3
    assert [body for body in private if " ".join(body.split())[:60] in whole] == []
    tables = pd.read_csv(io.BytesIO(files["tables/codings.csv"]))
    assert set(tables["case"].dropna()) <= agreed
    evidence = pd.read_csv(io.BytesIO(files["theory/evidence.csv"]))
    relations = pd.read_csv(io.BytesIO(files["theory/relations.csv"]))
    assert set(evidence["relation"]) <= set(relations["relation"])
    assert set(evidence["segment"]) & set(tables["segment"])
