"""The study as the archive may see it: a copy for a moment, in which nobody speaks who has not agreed.

In the copy those cases may not be quoted, so that every report withholds their words, also where memos and
definitions quote them. The study itself is only read.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.narrowing import Narrowing
from qda.reports.archive_plan import Plan


@contextmanager
def archive_copy(project: Project, wanted: Plan, moment: datetime) -> Iterator[Project]:
    """The copy, narrowed to the documents that go in; its clock stands at ``moment``.

    :raises KnownError: nothing goes in, or there is no room for the copy.
    """
    if not wanted.going:
        raise KnownError(
            _("No document may be archived: consent to archiving is noted nowhere. Nothing was written.")
        )
    with TemporaryDirectory(prefix="qda-archive-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "study.qdaproj"
        _copied(project.path, path, wanted)
        part = project.narrowed or Narrowing()
        cases = (*part.cases, *sorted(wanted.agreed)) if part.cases else ()
        part = replace(part, sources=tuple(one.guid for one in wanted.going), cases=cases)
        with Project.open(path, narrowed=part) as copy:
            copy.clock = lambda: moment
            yield copy


def _copied(path: Path, to: Path, wanted: Plan) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as study,
            closing(sqlite3.connect(to)) as copy,
        ):
            study.backup(copy)
            _silence(copy, wanted)
    except sqlite3.Error as problem:
        raise KnownError(
            _("The study could not be copied for the package: {reason}.").format(reason=problem)
        ) from problem


def _silence(copy: sqlite3.Connection, wanted: Plan) -> None:
    """Whoever has not agreed may not be quoted; who has agreed does not stand below one who has not.

    Heads of transcripts that stay out (rules, date) are nobody's words: the project sheet may say the same.
    """
    silent = [(guid,) for guid in sorted(wanted.silent)]
    going = ", ".join("?" * len(wanted.going))
    with copy:
        copy.execute(
            "DELETE FROM paragraph WHERE kind = 'header' AND source_id IN "
            f"(SELECT id FROM source WHERE guid NOT IN ({going}))",
            [one.guid for one in wanted.going],
        )
        copy.executemany("UPDATE case_ SET consent_quote = 'no' WHERE guid = ?", silent)
        for guid in sorted(wanted.agreed):
            copy.execute(
                "UPDATE case_ SET parent_id = NULL WHERE guid = ? AND parent_id IN "
                "(SELECT id FROM case_ WHERE consent_quote = 'no')",
                (guid,),
            )
