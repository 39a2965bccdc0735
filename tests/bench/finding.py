"""A keystroke of a search in all transcripts, and of the filter above a very large code tree."""

from pathlib import Path

from PySide6.QtCore import QStringListModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView

from tests.bench import data, raw
from tests.bench.figures import Figure, Scale, figure, timed
from tests.bench.stage import Stage

_TYPED = ("net", "netz", "netzw", "netzwe", "netzwer", "netzwerk", "vertrau", "sprachkurs", "sprachkursa")
_SHOWN = 500  # hits that a list of results begins with
_PLAIN = (
    "SELECT source_id, number, start, norm FROM paragraph "
    "WHERE id IN (SELECT rowid FROM paragraph_words WHERE paragraph_words MATCH ?) LIMIT 500"
)


def measure_search(folder: Path, scale: Scale) -> list[Figure]:
    """Hits with their words in all transcripts of the large project."""
    from qda.coding.search import search
    from qda.models import Project

    path = data.big(folder, scale)
    plain = raw.connection(path)
    with Project.open(path, read_only=True) as project:
        search(project, "x")
        rounds = max(1, scale.repeats // 4)
        taken = [
            timed(lambda typed=typed: search(project, typed, limit=_SHOWN))
            for _each in range(rounds)
            for typed in _TYPED
        ]
    limit = [
        timed(lambda typed=typed: plain.execute(_PLAIN, (f"{typed}*",)).fetchall())
        for _each in range(rounds)
        for typed in _TYPED
    ]
    plain.close()
    name = f"search keystroke in {scale.sources} transcripts"
    return [figure("search.all", name, taken, raw=limit, raw_is="plain FTS5, word prefixes")]


def measure_filter(folder: Path, scale: Scale) -> list[Figure]:
    """Letters typed into the filter of the code tree, until it is painted."""
    from qda.coding import codes

    stage = Stage()
    stage.open(data.many_codes(folder, scale))
    stage.window.show_workspace("open")
    stage.settle()
    line = stage.workspace().findChild(QLineEdit, "filter_codes")
    tree = stage.workspace().findChild(QListView.__mro__[1], "codes")
    names = [row.name for row in codes.codes(stage.desk.project)]
    taken = []
    for _each in range(max(1, scale.repeats // 4)):
        line.clear()
        stage.settle(0.1)
        for key in "sprach 1":
            taken.append(stage.until_painted(tree.viewport(), lambda key=key: QTest.keyClick(line, key)))
    stage.close()
    name = f"filter keystroke over {scale.many_codes:,} codes"
    about = {"raw": _plain_list(names, scale), "raw_is": "plain QListView, names filtered"}
    return [figure("codes.filter", name, taken, **about)]


def _plain_list(names: list[str], scale: Scale) -> list[float]:
    view, model = QListView(), QStringListModel()
    view.setModel(model)
    view.resize(300, 800)
    view.show()
    painted = raw.Painted(view.viewport())
    model.setStringList(names)
    found = []
    for _each in range(max(1, scale.repeats // 4)):
        for typed in ("s", "sp", "spr", "spra"):
            some = [name for name in names if typed in name.casefold()]
            found.append(painted.until(lambda some=some: model.setStringList(some)))
    view.close()
    return found
