"""The vocabulary of the Rich Text Format: characters, code pages, and which groups hold no text to read."""

import codecs
from typing import Final

USUAL: Final = "cp1252"

CHARACTERS: Final = {
    **{"tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘"},
    **{"rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002"},
    **{"qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "zwnbo": "\u2060"},
}
SIGNS: Final = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
LINE_ENDS: Final = frozenset("\r\n")  # behind a backslash they end a paragraph

UNDERLINES: Final = frozenset(
    {
        *("ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulhwave", "ulldash", "ulth", "ulthd"),
        *("ulthdash", "ulthdashd", "ulthdashdd", "ulthldash", "ululdbwave", "ulw", "ulwave"),
    }
)

SKIPPED: Final = frozenset(  # groups without text of the document, where no star says so
    {
        *("colortbl", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr"),
        *("footerf", "pict", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "template"),
        *("private", "xe", "rxe", "tc", "tcn", "listtext", "pntext", "pntxta", "pntxtb", "nonesttables"),
        *("nextfile", "filetbl", "revtbl", "rsidtbl", "listtable", "listoverridetable", "objdata", "sp"),
        *("shprslt", "nonshppict", "shppict", "objclass", "objname", "comment", "fontemb", "fontfile"),
        *("bkmkstart", "bkmkend", "mmathPict", "themedata", "colorschememapping", "datastore", "datafield"),
    }
)

_OF_CHARSET: Final = {
    **{0: "cp1252", 77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5"},
    **{83: "cp1255", 84: "mac_arabic", 85: "mac_greek", 86: "mac_turkish", 87: "cp874", 88: "mac_latin2"},
    **{89: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950"},
    **{161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257"},
    **{204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850", 256: "mac_roman"},
}
_OF_PAGE: Final = {
    **{0: USUAL, 2: USUAL, 708: "iso8859_6", 819: "latin_1", 936: "gb18030", 1361: "johab"},
    **{10000: "mac_roman", 10001: "shift_jis", 10002: "big5", 10003: "euc_kr", 10004: "mac_arabic"},
    **{10005: "cp1255", 10006: "mac_greek", 10007: "mac_cyrillic", 10008: "gb2312", 10021: "cp874"},
    **{10029: "mac_latin2", 10079: "mac_iceland", 10081: "mac_turkish", 10082: "mac_croatian"},
    **{20127: USUAL, 20866: "koi8_r", 21866: "koi8_u", 51932: "euc_jp", 51949: "euc_kr"},
    **{28591: "latin_1", 54936: "gb18030", 65001: "utf_8"},
    **{28590 + part: f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 13, 15)},
}
_PICTURES: Final = 2  # the character set of fonts whose letters are pictures


def of_charset(charset: int, usual: str) -> str:
    """The encoding of a font by its character set; ``usual`` is the file's."""
    if charset == 0 and usual == "mac_roman":
        return usual  # old programs of the Mac say 0 and mean their own
    return _OF_CHARSET.get(charset, usual)


def of_page(page: int) -> str:
    """The encoding by the number of a code page; that of Western Europe where the number means nothing."""
    name = _OF_PAGE.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except (LookupError, UnicodeError):
        return USUAL


def has_pictures(charset: int) -> bool:
    """True for the character set of picture fonts."""
    return charset == _PICTURES
