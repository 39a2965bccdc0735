"""SQLite as all engines of this process speak it: a statement is compiled once, not once for each file.

A study has two engines, and each study opened has its own. They differ in nothing that a compiled statement
knows of, so their dialects are equal, and what was compiled for one serves all.
"""

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

NAME = "sqlite+qda"
COMPILED: LRUCache[object, object] = LRUCache(1500)  # statements; those used longest ago go first


class Dialect(SQLiteDialect_pysqlite):
    """Equal to every other of its kind: the engines are all made alike."""

    driver = "qda"
    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.qda", __name__, "Dialect")
