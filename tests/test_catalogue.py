"""Every text for people exists in German, and the compiled catalogue is the written one."""

import re

from babel.messages.mofile import read_mo

from tests.catalogue import FOLDER, german, missing


def test_every_text_of_the_code_has_its_german() -> None:
    assert missing(german()) == []


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    written = {(m.context, m.id if isinstance(m.id, str) else m.id[0]): m.string for m in german() if m.id}
    with (FOLDER / "qda.mo").open("rb") as stream:
        compiled = {
            (m.context, m.id if isinstance(m.id, str) else m.id[0]): m.string for m in read_mo(stream) if m.id
        }
    assert compiled == written


def test_places_to_fill_in_are_the_same_in_both_languages() -> None:
    places = re.compile(r"\{(\w+)\}")
    for message in german():
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set(places.findall(" ".join(ids)))
        for string in strings:
            assert set(places.findall(string)) <= wanted, message.id
        assert set(places.findall(" ".join(strings))) == wanted, message.id
