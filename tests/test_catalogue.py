"""Every text for people exists in German, and the compiled catalogue is the written one."""

import re

from babel.messages import Catalog
from babel.messages.mofile import read_mo

from tests.catalogue import FOLDER, german, missing, texts_of


def _by_text(catalogue: Catalog) -> dict[tuple[str | None, str], list[str]]:
    found = {}
    for message in catalogue:
        if message.id:
            one = isinstance(message.id, str)
            key = (message.context, message.id if one else message.id[0])
            found[key] = [message.string] if one else list(message.string)
    return found


def test_every_text_of_the_code_has_its_german() -> None:
    assert missing(german()) == []


def test_texts_inside_f_strings_are_found_too() -> None:
    code = """f"{_('Transcripts')} ({ngettext('{n} case', '{n} cases', n)})" + _("one " "two")"""
    assert set(texts_of(code)) == {
        (None, "Transcripts"),
        (None, ("{n} case", "{n} cases")),
        (None, "one two"),
    }


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    with (FOLDER / "qda.mo").open("rb") as stream:
        compiled = _by_text(read_mo(stream))
    written = _by_text(german())
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
