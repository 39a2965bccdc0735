"""One interview in every format gives the same turns and the same words."""

from itertools import groupby
from pathlib import Path

import pytest

from qda.coding.transcript import TranscriptDraft, turns
from qda.exchange.reading import read_transcript

SAME = ("boldspeaker.docx", "boldspeaker.odt", "boldspeaker.rtf", "boldspeaker.doc", "boldspeaker.pdf")
PLAIN = ("nnProf_f4.txt", "nnProf_f4_cp1252.txt", "nnProf_f4_nfd.txt", "nnProf_bracket.txt")
CUES = ("nnProf_teams.vtt", "nnProf_zoom.vtt", "nnProf.srt")


@pytest.fixture(scope="module")
def derived() -> Path:
    folder = Path(__file__).parents[3] / "shared" / "data" / "derived"
    if not folder.is_dir():
        pytest.skip("the derived files lie beside the checkout in ../shared/data; they are not here")
    return folder


def talk(draft: TranscriptDraft) -> list[tuple[int, list[str]]]:
    """Who speaks, by order of appearance, and the words of each turn."""
    order = {speaker.label: number for number, speaker in enumerate(draft.speakers)}
    said = []
    for turn in turns(draft):
        words: list[str] = []
        for paragraph in draft.paragraphs:
            if turn.start < paragraph.stop <= turn.stop:
                words += draft.text[paragraph.label_stop : paragraph.stop].split()
        said.append((order[turn.speaker], words))
    return said


def joined(said: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Neighbouring turns of one speaker as one."""
    return [(who, [w for _who, words in some for w in words]) for who, some in groupby(said, lambda t: t[0])]


@pytest.mark.parametrize("name", [f"nnProf_f4_{name}" for name in SAME] + list(PLAIN[1:]))
def test_the_same_turns_and_words_from_every_document_format(derived, name):
    expected = talk(read_transcript(derived / PLAIN[0]))
    assert len(expected) == 66
    draft = read_transcript(derived / name)
    assert talk(draft) == expected
    assert len(draft.time_marks) == 66
    assert [s.role for s in draft.speakers] == ["interviewer", "respondent"]


@pytest.mark.parametrize("name", CUES)
def test_the_same_from_subtitles_once_neighbouring_cues_are_joined(derived, name):
    expected = joined(talk(read_transcript(derived / PLAIN[0])))
    draft = read_transcript(derived / name)
    assert joined(talk(draft)) == expected
    assert draft.family == "voices"
    assert [s.role for s in draft.speakers] == ["interviewer", "respondent"]
    assert len(draft.time_marks) == 66
