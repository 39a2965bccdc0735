"""The search index: words and trigrams over the search form of paragraphs.

One normaliser serves the index and the queries: NFC, case folding, ß as ss, diacritics off. Triggers keep
the index right with every act and undo; a bulk import indexes a document by one statement instead.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

_STATEMENTS = (
    "CREATE VIRTUAL TABLE paragraph_words USING fts5(norm, content='paragraph', content_rowid='id', "
    "tokenize='unicode61')",
    "CREATE VIRTUAL TABLE paragraph_parts USING fts5(norm, content='paragraph', content_rowid='id', "
    "tokenize='trigram', detail='none')",
)
_INDEXES = ("paragraph_words", "paragraph_parts")
_BULK: Final = "documents to be indexed"
_USUAL: Final = 1 << 20  # bytes; SQLite's own measure
_MUCH: Final = 16 << 20
_CACHE: Final = -64_000  # kibibytes of pages, so that few are written twice
_QUIET = "WHEN (SELECT bulk FROM search_state) = 0"


def _trigger(name: str, moment: str, lines: list[str], *, when: str = "") -> str:
    return f"CREATE TRIGGER {name} {moment} ON paragraph {when} BEGIN {' '.join(lines)} END"


def statements() -> list[str]:
    """The SQL that makes index and triggers in a SQLite file."""
    takes = [f"INSERT INTO {i}({i}, rowid, norm) VALUES ('delete', old.id, old.norm);" for i in _INDEXES]
    gives = [f"INSERT INTO {i}(rowid, norm) VALUES (new.id, new.norm);" for i in _INDEXES]
    return [
        *_STATEMENTS,
        _trigger("paragraph_indexed", "AFTER INSERT", gives, when=_QUIET),
        _trigger("paragraph_unindexed", "AFTER DELETE", takes),
        _trigger("paragraph_reindexed", "AFTER UPDATE OF norm", takes + gives),
    ]


def create(connection: Connection) -> None:
    """Makes the index in a new file."""
    for statement in statements():
        connection.execute(text(statement))
    connection.execute(text("INSERT INTO search_state (id, bulk) VALUES (1, 0)"))


_ACCENTS: Final = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # the combining ones of Latin and Greek
_FURTHER: Final = re.compile("[\u0483-\u1fff\u20d0-\U0010ffff]")  # combining ones stand here too
_PIECE: Final = 50_000  # characters at once: other threads wait for each call
_CUT: Final = re.compile(r"[ -~]")  # nothing joins what stands before one of these


def normalised(words: str) -> str:
    """The search form: NFC, case folded, ß as ss, without diacritics."""
    if words.isascii():
        return words.casefold().replace("\0", "")
    if len(words) > _PIECE:
        return "".join(map(_normalised, _pieces(words)))
    return _normalised(words)


def _normalised(words: str) -> str:
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFC", words).casefold())
    bare = _ACCENTS.sub("", folded)
    if _FURTHER.search(bare):
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return bare.replace("\0", "")


def _pieces(words: str) -> Iterator[str]:
    """Parts of a long text that can be brought into the search form one by one."""
    start = 0
    while start < len(words):
        cut = _CUT.search(words, start + _PIECE)
        stop = cut.start() if cut else len(words)
        yield words[start:stop]
        start = stop


def add_norms(whole: str, paragraphs: list[dict[str, Any]]) -> None:
    """Sets ``norm`` of paragraph rows from the text of their document."""
    for row in paragraphs:
        row["norm"] = normalised(whole[row["label_stop"] : row["stop"]])


def normalised_part(connection: Connection, source: int, start: int, stop: int) -> str:
    """The search form of a part of a stored text."""
    whole = connection.execute(text("SELECT text FROM source WHERE id = :id"), {"id": source}).scalar_one()
    return normalised(whole[start:stop])


def index_source(connection: Connection, *sources: int) -> None:
    """Indexes the paragraphs of documents whose ids follow each other (after a bulk insert)."""
    for index in _INDEXES:
        connection.execute(
            text(
                f"INSERT INTO {index}(rowid, norm) SELECT id, norm FROM paragraph "
                "WHERE source_id BETWEEN :first AND :last"
            ),
            {"first": sources[0], "last": sources[-1]},
        )


def index_later(session: Session, source: int) -> bool:
    """Notes a document for the block that indexes many at once; False where none is at work."""
    bulk: Bulk | None = session.info.get(_BULK)
    if bulk is not None:
        bulk.waiting.append(source)
    return bulk is not None


class Bulk:
    """Documents that came in and are not in the index yet. Call :meth:`settle` between two of them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.waiting: list[int] = []

    def settle(self, at_least: int = 1) -> None:
        """Indexes what waits, if it is so many."""
        if len(self.waiting) >= at_least:
            index_source(self._session.connection(), *self.waiting)
            self.waiting.clear()


@contextmanager
def in_bulk(session: Session) -> Iterator[Bulk]:
    """Inside, documents that come in are indexed many at once, which takes a third less.

    Nothing may be searched for, and no document removed, before it has been settled.
    """
    bulk = session.info[_BULK] = Bulk(session)
    connection = session.connection()
    usual = connection.execute(text("PRAGMA cache_size")).scalar_one()
    try:
        connection.execute(text(f"PRAGMA cache_size={_CACHE}"))
        _gather(session, _MUCH)
        yield bulk
        bulk.settle()
        _gather(session, _USUAL)
    finally:
        del session.info[_BULK]
        if not connection.invalidated:  # Ctrl+C in the middle of a statement ends the connection itself
            connection.execute(text(f"PRAGMA cache_size={int(usual)}"))


def _gather(session: Session, size: int) -> None:
    """How many bytes of the index gather in memory before they are written."""
    for index in _INDEXES:
        session.connection().execute(
            text(f"INSERT INTO {index}({index}, rank) VALUES ('hashsize', :size)"), {"size": size}
        )


def look_up_to_date(connection: Connection) -> None:
    """Lets a connection forget what it remembers of the index.

    SQLite's own check of a file does not, and would find faults where another connection has written since.
    """
    for index in _INDEXES:
        connection.execute(text(f"SELECT rowid FROM {index} WHERE {index} MATCH 'x' LIMIT 1")).all()
