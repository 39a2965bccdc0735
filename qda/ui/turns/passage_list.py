"""The list of passages lies in :mod:`qda.ui.hits.passages`; its names stay known here."""

from qda.ui.hits.passages import PassageDelegate, PassageList, PassageModel, first_lines, place

__all__ = ["PassageDelegate", "PassageList", "PassageModel", "first_lines", "place"]
