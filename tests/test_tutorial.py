"""The tutorial says the same in both languages, and every key, menu and word it names is in the program."""

import re
from functools import cache
from typing import Final

import pytest
from PySide6.QtGui import QImage, QKeySequence

from qda.i18n import LANGUAGES, Language, _, use_language
from qda.ui.dialogs import plain
from qda.ui.tutorial import chapters
from tests.tutorial_pictures import MOST_BYTES, PICTURES
from tests.tutorial_words import TYPED, Words

both = pytest.mark.parametrize("language", LANGUAGES)
FINISHED: Final = "finished"
# How the German text names keys; the right side is Qt's name.
GERMAN: Final = {
    "Strg": "Ctrl",
    "Umschalt": "Shift",
    "Eingabe": "Return",
    "Leertaste": "Space",
    "Entf": "Del",
    "Pos1": "Home",
    "Bild ab": "PgDown",
}
# Keys that belong to the place one is at, not to a menu; the steps press each of them but the last row.
LOCAL: Final = {
    *("Return", "Space", "Esc", "Tab", "Shift+Tab", "Home", "Ctrl+Home", "Ctrl+Return", "F2", "F9"),
    *("A", "B", "D", "E", "L", "N", "Q", "S", "U", "W"),
    *("1", "2", "3", "6", "Ctrl+1", "Ctrl+2", "Ctrl+3"),
    *("@", "#", ">"),
    *("!", "Shift", "Ctrl"),
}


def without_code(text: str) -> str:
    return re.sub(r"`[^`]*`", "", text)


def bold(text: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", text)


def pictures(text: str) -> list[tuple[str, str]]:
    """(alternative text, address) of the pictures, in their order."""
    return re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)


def links(text: str) -> list[str]:
    return re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text)


@cache
def command_keys() -> set[str]:
    from qda.ui.table import commands

    return {QKeySequence(row.key).toString() for row in commands() if row.key}


@cache
def program_words(language: Language) -> set[str]:
    """Every text of the program in a language, without marks of menu keys and dots."""
    from babel.messages.pofile import read_po

    from qda import resources
    from qda.coding.paradigms import templates

    with resources.path("locale", "de", "LC_MESSAGES", "qda.po").open("rb") as stream:
        catalogue = list(read_po(stream))
    found = set()
    for message in catalogue:
        texts = message.id if language == "en" else message.string
        found |= {told(one) for one in (texts if isinstance(texts, tuple | list) else (texts,)) if one}
    with use_language(language):
        rows = templates()
        return found | {str(row.name) for row in rows} | {str(one.name) for row in rows for one in row.fields}


def told(text: str) -> str:
    return plain(text).replace(" …", "").strip()


@cache
def menu_paths(language: Language) -> set[tuple[str, ...]]:
    """The ways through the menus: menu, submenu if any, row."""
    from qda.ui.commands import MENUS
    from qda.ui.submenus import SUBMENUS
    from qda.ui.table import commands

    with use_language(language):
        menus = {key: told(_(name)) for key, name in MENUS}
        deeper = {one: told(_(sub.text)) for sub in SUBMENUS for one in sub.ids if one}
        paths = {(menus["project"], told(_("Open &recent")))}
        for row in commands():
            if row.menu in menus:
                inner = (deeper[row.id],) if row.id in deeper else ()
                paths.add((menus[row.menu], *inner, told(_(row.text))))
    return paths


# -- both languages -----------------------------------------------------------------------------------------


def test_both_languages_have_the_same_chapters_at_the_same_times() -> None:
    german, english = (chapters.chapters(chapters.text(one)) for one in LANGUAGES)
    assert len(german) == len(english) == 11

    def clock(rows: list[chapters.Chapter]) -> list[list[str]]:
        return [re.findall(r"\d+", row.title) for row in rows]

    assert clock(german) == clock(english)


def test_both_languages_have_the_same_pictures_tables_and_steps() -> None:
    shapes = []
    for language in LANGUAGES:
        text = chapters.text(language)
        names = [address.replace(f"-{language}.png", "") for _words, address in pictures(text)]
        steps = [len(re.findall(rf"^{number}\. ", text, re.MULTILINE)) for number in range(1, 6)]
        shapes.append((names, text.count("\n|"), steps, len(links(text)), text.count("\n### ")))
    assert shapes[0] == shapes[1]


@both
def test_the_text_has_the_length_of_an_afternoon(language: Language) -> None:
    text = "\n".join(line for line in chapters.text(language).splitlines() if not line.startswith(("|", "!")))
    assert 2000 <= len(re.findall(r"[^\W\d_]{2,}", without_code(text))) <= 2800


# -- pictures -----------------------------------------------------------------------------------------------


@both
def test_every_picture_exists_is_used_and_is_small(language: Language) -> None:
    shown = pictures(chapters.text(language))
    folder = chapters.folder() / "pictures"
    assert {address for _words, address in shown} == {f"pictures/{name}-{language}.png" for name in PICTURES}
    assert len(shown) == len(PICTURES) <= 12
    assert {path.name for path in folder.glob(f"*-{language}.png")} == {
        f"{name}-{language}.png" for name in PICTURES
    }
    for words, address in shown:
        path = chapters.folder() / address
        assert path.stat().st_size <= MOST_BYTES, path.name
        assert QImage(str(path)).width() >= 800, path.name
        assert len(words) >= 30, f"{path.name} is not described"


# -- what it names ------------------------------------------------------------------------------------------


@both
def test_every_key_named_is_a_key_of_the_program(language: Language) -> None:
    unknown = []
    for written in re.findall(r"`([^`]+)`", chapters.text(language)):
        key = written
        for name, qt in GERMAN.items() if language == "de" else ():
            key = key.replace(name, qt)
        if key not in LOCAL and QKeySequence(key).toString() not in command_keys():
            unknown.append(written)
    assert unknown == []


@both
def test_every_way_through_the_menus_exists(language: Language) -> None:
    written = [one.split(" → ") for one in bold(chapters.text(language)) if "→" in one]
    ways = [tuple(told(part) for part in one) for one in written]
    assert len(ways) >= 8
    assert [way for way in ways if way not in menu_paths(language)] == []


@both
def test_every_word_set_bold_stands_in_the_program(language: Language) -> None:
    words = [told(one) for one in bold(chapters.text(language)) if "→" not in one]
    assert len(words) >= 20
    assert [one for one in words if one not in program_words(language)] == []


@both
def test_what_the_steps_type_is_what_the_tutorial_has_typed(language: Language) -> None:
    text, words = chapters.text(language), TYPED[language]
    missing = [one for one in typed(words) if f"*{one}*" not in text]
    assert missing == []
    for interview in words.passages.values():
        for paragraph, quote, code in interview:
            assert re.search(rf"^\| {paragraph} \| {re.escape(quote)}", text, re.MULTILINE), quote
            assert not code or f"*{code}*" in text


def typed(words: Words) -> list[str]:
    """Every single text that is typed."""
    found = []
    for name in Words.__slots__:
        value = getattr(words, name)
        if name == "names":
            found += [instead for _clear, instead in value]
        elif isinstance(value, str):
            found.append(value)
        elif isinstance(value, tuple):
            found += [one.strip() for one in value]
    return found


@both
def test_nothing_is_loaded_or_named_from_elsewhere(language: Language) -> None:
    text = chapters.text(language)
    assert not re.search(r"https?:|www\.|file:|<[a-z]", text)
    assert not re.search(r"(?<![\w.])/(home|work|tmp|usr)\b", text)
    for address in links(text):
        if address.startswith("#"):
            assert address[1:] in {one.anchor for one in chapters.chapters(text)}
        else:
            assert (chapters.folder() / address).resolve().name in chapters.INTERVIEWS
            assert (chapters.folder() / address).is_file()
