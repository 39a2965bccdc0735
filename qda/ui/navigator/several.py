"""Several codes dragged at once. Who knows one code only takes the first."""

import json
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData

from qda.ui.transcript import mime

CODES: Final = "application/x-qda-codes"


def codes_mime(codes: Sequence[tuple[str, str]]) -> QMimeData:
    """The payload of codes (GUID, name); other programs get the names, a line each."""
    if not codes:
        return QMimeData()
    data = mime.code_mime(codes[0][0], "\n".join(name for _guid, name in codes))
    data.setData(CODES, json.dumps([guid for guid, _name in codes]).encode())
    return data


def codes_of(data: QMimeData) -> list[str]:
    """The GUIDs of the codes dragged; none where it is something else."""
    if data.hasFormat(CODES):
        return [str(guid) for guid in json.loads(bytes(data.data(CODES).data()))]
    one = mime.code_of(data)
    return [one] if one else []
