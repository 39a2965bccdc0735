"""Subtitles: who speaks, joined cues, exact times, the conventions of tools, odd files."""

import random
from pathlib import Path

import pytest

from qda.coding.transcript import turns
from qda.errors import KnownError
from qda.exchange.reading import read_bytes, read_transcript
from qda.exchange.subtitles_in import read_subtitles


def read(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_subtitles(text.encode()).paragraphs]


def cues(*spoken: str, start: str = "00:00:{:02}.000", stop: str = "00:00:{:02}.900") -> str:
    blocks = (f"{start.format(n)} --> {stop.format(n)}\n{words}\n" for n, words in enumerate(spoken))
    return "WEBVTT\n\n" + "\n".join(blocks)


@pytest.mark.parametrize("name", ["nnProf_teams.vtt", "nnProf_zoom.vtt", "nnProf.srt"])
def test_the_twins_hold_the_same_turns_and_words_as_the_transcript(shared: Path, name: str) -> None:
    folder = shared / "derived"
    told = _joined(read_transcript(folder / "nnProf_f4.txt"))
    found = _joined(read_transcript(folder / name))
    assert len(told) > 60
    assert [words for _speaker, words in found] == [words for _speaker, words in told]
    assert len({speaker for speaker, _words in found}) == 2


def _joined(draft: object) -> list[tuple[str, list[str]]]:
    out: list[tuple[str, list[str]]] = []
    for turn in turns(draft):
        words = draft.text[turn.start : turn.stop].split(":", 1)[1].split()
        if out and out[-1][0] == turn.speaker:
            out[-1][1].extend(words)
        else:
            out.append((turn.speaker, words))
    return out


def test_neighbouring_cues_of_one_speaker_are_one_paragraph_and_keep_their_times() -> None:
    content = read_subtitles(
        b"WEBVTT\n\n00:00:01.250 --> 00:00:02.000\n<v Ada>Am Anfang</v>\n\n"
        b"00:00:02.000 --> 00:00:03.000\n<v Ada>war es schwer.</v>\n\n"
        b"00:00:03.007 --> 00:00:04.000\n<v Bo>Ja?</v>\n"
    )
    first, second = content.paragraphs
    assert first.text == "Ada: Am Anfang war es schwer."
    assert first.text[: first.label] == "Ada:"
    assert [(first.text[m.position :][:2], m.ms, m.written) for m in first.marks] == [
        ("Am", 1250, "[00:00:01]"),
        ("wa", 2000, "[00:00:02]"),
    ]
    assert (second.text, second.marks[0].ms) == ("Bo: Ja?", 3007)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["<v.loud Ada Lang>Hallo <i>du</i></v>", "<v Bo>Ja</v>"], ["Ada Lang: Hallo du", "Bo: Ja"]),
        (["<v Ada>Wer?</v> <v Bo>Ich.</v>"], ["Ada: Wer?", "Bo: Ich."]),
        (["<v Ada &amp; Eva>1 &lt; 2"], ["Ada & Eva: 1 < 2"]),
        (["Ada Lang: Hallo.", "Bo: Ja."], ["Ada Lang: Hallo.", "Bo: Ja."]),
        (["[SPK_0]: Eins", "[SPK_0]: zwei", "[SPK_1]: drei"], ["SPK_0: Eins zwei", "SPK_1: drei"]),
        (["- Hallo.\n- Ja, bitte?"], ["- Hallo.", "- Ja, bitte?"]),
        (["[Musik]", "Und dann kam also: nichts."], ["[Musik] Und dann kam also: nichts."]),
        (["<v Ada>Eins.</v>", "(Pause)", "<v Ada>Zwei.</v>"], ["Ada: Eins. (Pause) Zwei."]),
        (["<c.yellow>Gelb</c> <00:00:01.000>und {\\an8}oben"], ["Gelb und oben"]),
    ],
)  # fmt: skip
def test_speakers_and_tags_of_every_convention(words: list[str], expected: list[str]) -> None:
    assert read(cues(*words)) == expected


def test_notes_styles_settings_and_ids_are_no_words() -> None:
    text = (
        "\ufeffWEBVTT - Gespräch\nKind: captions\nLanguage: de\n\nNOTE\nmit der Hand\n\n"
        "STYLE\n::cue { color: red }\n\n"
        "a3f7c1de-0f/12-0\n00:01.000 --> 00:02.000 align:start position:0%\n<v Ada>Eins</v>\n\nNOTE weg\n\n"
        "REGION\nid:x\n\n7\n01:00:01,5 --> 01:00:02,5\n<v Ada>zwei\n"
    )
    content = read_subtitles(text.encode())
    assert [p.text for p in content.paragraphs] == ["Ada: Eins", "zwei"]
    assert [m.ms for p in content.paragraphs for m in p.marks] == [1000, 3_601_500]
    assert content.header == (
        ("title", "Gespräch"), ("Kind", "captions"), ("Language", "de"), ("note", "mit der Hand")
    )  # fmt: skip


def test_srt_with_blank_lines_and_missing_numbers_loses_no_word() -> None:
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nEins\r\n\r\nnoch eins\r\n\r\n"
        "00:00:02,000 --> 00:00:03,000\r\nzwei\r\n"
        "3\r\n00:00:03,000 --> 00:00:04,000\r\ndrei\r\n\r\n4\r\n\r\n"
        "00:00:04,000 --> 00:00:05,000\r\nvier 4\r\n"
    )
    content = read_subtitles(text.encode("utf-16"))
    assert [p.text for p in content.paragraphs] == ["Eins noch eins zwei drei vier 4"]
    assert (content.format, content.encoding) == ("srt", "utf-16")


def test_rolling_captions_are_read_once() -> None:
    lines = ["Also am Anfang", "war es schwer", "aber dann", "kam Vertrauen", "und das blieb"]
    rolling = ["\n".join(lines[max(n - 1, 0) : n + 1]) for n in range(len(lines))]
    assert read(cues(*rolling)) == [" ".join(lines)]


def test_a_long_turn_is_parted_at_pauses_and_at_ends_of_sentences() -> None:
    paused = cues("<v Ada>Eins.", "<v Ada>Zwei.", start="00:00:{:02}.000", stop="00:00:{:02}.500").replace(
        "00:00:01.000", "00:00:06.000"
    )
    content = read_subtitles(paused.encode())
    assert [(p.text, p.label) for p in content.paragraphs] == [("Ada: Eins.", 4), ("Zwei.", 0)]
    sentence = "Das ist ein Satz mit genau zehn Wörtern in ihm."
    long = read_subtitles(cues(*[f"<v Ada>{sentence}"] * 30).encode())
    assert [len(p.text.removeprefix("Ada: ").split()) for p in long.paragraphs] == [120, 120, 60]
    assert sum(p.label > 0 for p in long.paragraphs) == 1


def test_a_file_without_cues_is_told_in_a_sentence() -> None:
    with pytest.raises(KnownError, match="no subtitles"):
        read_subtitles(b"WEBVTT\n\nnothing")
    with pytest.raises(KnownError, match="no text"):
        read_subtitles(b"1\n00:00:01,000 --> 00:00:02,000\n<i></i>\n")


def test_mutated_subtitles_are_read_or_told_and_nothing_else_happens() -> None:
    chance = random.Random(7)
    whole = cues("<v Ada>Hallo &amp; du</v>", "- Bo: Ja\n- Ada: nein", "[Bo] so", "x\n\ny").encode()
    read_well = 0
    for _number in range(300):
        data = bytearray(whole)
        for _change in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 9)] = chance.choice(
                (b"<v ", b">", b"-->", b"\n\n", b"00:", b"&#0;", b"\xff", b"{\\", b"", b"9" * 40)
            )
        try:
            content = read_subtitles(bytes(data))
        except KnownError:
            continue
        read_well += 1
        for paragraph in content.paragraphs:
            assert paragraph.text.strip()
            assert all(0 <= mark.position <= len(paragraph.text) for mark in paragraph.marks)
    assert read_well > 100


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nso\n", "vtt"),
        ("1\n00:00:01,000 --> 00:00:02,000\nso\n", "srt"),
        ("\n\n00:00:01,000 --> 00:00:02,000\nohne Nummer\n", "srt"),
        ("12\n00:13 ich komme --> du gehst\n", "txt"),
        ("WEBVTTX\n", "txt"),
    ],
)
def test_subtitles_are_told_by_their_content(text: str, format: str) -> None:
    assert read_bytes(text.encode(), name="a.txt").format == format
