"""What can be dragged onto a map: objects as "kind:GUID"; codes and documents from other lists, too."""

import json
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QMimeData

from qda.ui.navigator.several import codes_of
from qda.ui.transcript.mime import source_of

TARGETS: Final = "application/x-qda-targets"


def targets_mime(targets: Iterable[str], words: str) -> QMimeData:
    """The payload of objects; other programs get their names."""
    data = QMimeData()
    data.setData(TARGETS, json.dumps(list(targets)).encode())
    data.setText(words)
    return data


def targets_of(data: QMimeData) -> list[str]:
    """The objects that are dragged; none where it is something else."""
    if data.hasFormat(TARGETS):
        return [str(one) for one in json.loads(bytes(data.data(TARGETS).data()))]
    if codes := [guid for one in codes_of(data) for guid in one.split()]:
        return [f"code:{guid}" for guid in codes]
    source = source_of(data)
    return [f"source:{source}"] if source else []
