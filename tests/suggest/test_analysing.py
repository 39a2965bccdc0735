"""Documents are read once, and anew when they were changed; nothing of it outlives them."""

import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from qda.coding import analyses, correcting, documents, material, search_all
from qda.coding.transcript import plain_document
from qda.doctor import examine
from qda.models import Project
from qda.models.erasing import drop_analyses, scrub
from qda.models.splicing import Hunk
from qda.suggest.language import analysing
from qda.suggest.language.analysing import Analyst, StoppedError, analyse, analyse_here
from qda.suggest.language.docs import doc_of, packed, unpacked
from qda.suggest.language.tools import tools


def signs(doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.idx, t.whitespace_, t.tag_, t.pos_, t.lemma_, t.is_sent_start, t._.qda_parts) for t in doc
    ]


def row_of(project: Project, source: str) -> analyses.Readable:
    (row,) = analyses.readable(project, [source])
    return row


def numbers(project: Project) -> tuple[int, int]:
    with project.read() as db:
        return tuple(
            db.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in ("analysis", "word_form")
        )


def forms_of(project: Project, word: str) -> list[str]:
    hits = search_all.found(project, search_all.Query(word, forms=True))
    return [hit.said[hit.start - hit.begin : hit.stop - hit.begin] for hit in hits]


# -- the Doc that is kept -----------------------------------------------------------------------------------


def test_a_doc_kept_is_the_same_when_it_is_opened_again(project, german):
    text = material.text(project, german)
    analyse_here(project)
    project.close()
    with Project.open(project.path) as again:
        row = row_of(again, german)
        words = analyses.to_read(again, german)
        made = tools("de").read(words.text, words.labels)
        kept = doc_of(again, row)
        assert kept.text == text
        assert signs(kept) == signs(made)
        assert kept.user_data == made.user_data
        assert [s.text for s in kept.sents] == [s.text for s in made.sents]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a", "😀 Ja.\r\n", "(.)"])
def test_any_text_can_be_kept(text):
    doc = tools("de").read(text)
    assert unpacked(packed(doc), "de").text == text


def test_what_was_read_is_not_read_again(project, german):
    assert analyse_here(project).read == (german,)
    assert analyse_here(project).read == ()


def test_a_corrected_text_is_read_anew_and_the_text_of_before_after_an_undo(project, german):
    analyse_here(project)
    before = signs(doc_of(project, row_of(project, german)))
    start = material.text(project, german).index("Straßenfeste")
    hunks = [Hunk(start, "Straßen", "Sommer")]
    correcting.correct(project, source=german, hunks=hunks, label="x")
    assert doc_of(project, row_of(project, german)) is None
    assert analyse_here(project).read == (german,)
    assert "Sommerfeste" in [token.text for token in doc_of(project, row_of(project, german))]
    assert numbers(project)[0] == 1  # the text of before has gone
    project.undo()
    assert analyse_here(project).read == (german,)
    assert signs(doc_of(project, row_of(project, german))) == before


def test_other_tools_read_anew(project, german, monkeypatch):
    analyse_here(project)
    row = row_of(project, german)
    assert analyses.unread(project, {"de": "de other tools"}) == [row]
    assert doc_of(project, row, "de other tools") is None


def test_german_and_english_are_read_each_with_its_own(project, german, english):
    assert analyse_here(project).read == (german, english)
    assert forms_of(project, "went") == ["gonna", "went", "gone"]
    assert forms_of(project, "gehen") == ["ging", "gegangen", "geh"]


def test_documents_in_other_languages_are_left_as_they_are(project, german):
    documents.set_source_language(project, source=german, language="fr")
    assert analyse_here(project) == analysing.Analysed((), ())


def test_reading_is_no_act(project, german):
    heard = []
    project.subscribe(heard.append)
    before = project.unit_count(), project.undo_label()
    analyse_here(project)
    assert (project.unit_count(), project.undo_label(), heard) == (*before, [])
    assert project.check() == []


# -- the search ---------------------------------------------------------------------------------------------


def test_a_word_finds_its_other_forms_as_whole_words(project, german):
    plain = search_all.found(project, search_all.Query("gehen"))
    assert (plain, search_all.knows_forms(project)) == ([], False)
    analyse_here(project)
    assert search_all.knows_forms(project)
    assert search_all.found(project, search_all.Query("gehen")) == []
    assert forms_of(project, "gehen") == ["ging", "gegangen", "geh"]
    assert forms_of(project, "ging") == ["ging", "gegangen", "geh"]


def test_forms_of_speech_are_found_by_the_word(project, german):
    analyse_here(project)
    assert forms_of(project, "haben") == ["ham", "haben"]
    assert forms_of(project, "geben") == ["gibt’s"]


def test_two_words_are_found_in_any_of_their_forms(project, german):
    analyse_here(project)
    hits = search_all.found(project, search_all.Query("haben konferenz", forms=True))
    assert [hit.paragraph for hit in hits] == ["2"]


def test_forms_of_a_text_that_was_taken_out_are_not_looked_for(project, german):
    analyse_here(project)
    documents.remove_source(project, source=german)
    with project.read() as db:
        assert search_all.forms(db, "gehen") == ("gehen",)


# -- what must go -------------------------------------------------------------------------------------------


def test_a_deleted_name_is_in_no_kept_doc(project):
    source = documents.take_in(project, draft=plain_document("Frau Kesslerin ging."), title="A")
    analyse_here(project)
    assert numbers(project)[1] > 0
    scrub(project, replacements={"Kesslerin": "A."})
    assert numbers(project) == (0, 0)
    assert analyse_here(project).read == (source,)
    doc = doc_of(project, row_of(project, source))
    assert "kesslerin" not in doc.text.lower()
    assert b"kesslerin" not in project.path.read_bytes().lower()


def test_what_is_deleted_for_good_takes_what_was_read_in_it_along(project, german):
    other = documents.take_in(project, draft=plain_document("Wanderdünen wandern."), title="A")
    analyse_here(project)
    documents.remove_source(project, source=other)
    with project.unit("x") as session:
        drop_analyses(session.connection())
    assert numbers(project)[0] == 1
    assert forms_of(project, "wandern") == []


def test_what_comes_too_late_for_a_text_that_has_gone_is_not_kept(project, german):
    row = row_of(project, german)
    documents.remove_source(project, source=german)
    assert analyses.keep(project, row, name="x", data=b"words", forms=[("gehen", "ging")])
    assert numbers(project) == (0, 0)


def test_nothing_is_kept_while_somebody_writes_or_in_a_file_that_can_only_be_read(project, german):
    row = row_of(project, german)
    kept: list[bool] = []

    def keep() -> None:
        kept.append(analyses.keep(project, row, name="x", data=b"", forms=[]))

    with project.unit("y"):
        thread = threading.Thread(target=keep)
        thread.start()
        thread.join()
    assert kept == [False]
    project.close()
    with Project.open(project.path, read_only=True) as closed:
        assert analyse(closed) == analysing.Analysed((), ())


# -- the child ----------------------------------------------------------------------------------------------


def test_the_child_reads_as_this_process_does_and_tells_how_far_it_is(project, german, english):
    told: list[tuple[int, int, str]] = []
    done = analyse(project, tell=lambda *how_far: told.append(how_far))
    assert (done.read, done.left) == ((german, english), ())
    assert told == [(0, 2, "A"), (1, 2, "B"), (2, 2, "")]
    assert done.startup > 0
    words = analyses.to_read(project, german)
    assert signs(doc_of(project, row_of(project, german))) == signs(
        tools("de").read(words.text, words.labels)
    )
    assert analyse(project).read == ()


def test_only_the_documents_wanted_are_read(project, german, english):
    assert analyse_here(project, [english]).read == (english,)


def test_no_child_is_started_where_there_is_nothing_to_read(project, german, monkeypatch):
    analyse_here(project)
    monkeypatch.setattr(subprocess, "Popen", None)
    assert analyse(project).read == ()


def test_it_can_be_stopped_and_keeps_what_was_read(project, german, english):
    analyst = Analyst()

    def tell(done: int, _whole: int, _title: str) -> None:
        if done == 1:
            analyst.cancel()

    with pytest.raises(StoppedError):
        analyse(project, tell=tell, analyst=analyst)
    assert analyse_here(project).read == (english,)


def test_a_text_that_brings_the_child_down_is_left_and_the_next_is_read(
    project, german, english, monkeypatch
):
    asked = analysing.Analyst.read

    def read(self, language, words):
        if language == "de":
            self._child.kill()
        return asked(self, language, words)

    monkeypatch.setattr(analysing.Analyst, "read", read)
    done = analyse(project)
    assert (done.left, done.read) == ((german,), (english,))


def test_no_socket_is_opened_by_reading_or_by_the_doctor(project, german, english, monkeypatch):
    class Refused(socket.socket):
        def __init__(self, *_anything, **_more) -> None:
            raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", Refused)
    assert len(analyse_here(project).read) == 2
    assert {row.key for row in examine()} >= {"language_de", "language_en"}


def test_no_socket_is_opened_where_everything_is_loaded_for_the_first_time(tmp_path: Path):
    program = (
        "import socket, sys\n"
        "class Refused(socket.socket):\n"
        "    def __init__(self, *a, **k):\n"
        "        raise SystemExit('a socket was opened')\n"
        "socket.socket = Refused\n"
        "from qda.suggest.language.tools import of_tier\n"
        "for language in ('de', 'en'):\n"
        "    for tier in ('hanta', 'simplemma'):\n"
        "        assert len(of_tier(language, tier).read('Ja, gut. Well.')) > 3\n"
        "from qda.doctor import examine\n"
        "assert examine()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_child_may_not_open_a_connection():
    program = (
        "import sys, socket\n"
        "from qda.suggest.language.child import _refuse\n"
        "sys.addaudithook(_refuse)\n"
        "socket.socket(socket.AF_INET)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "not while reading a text" in done.stderr
