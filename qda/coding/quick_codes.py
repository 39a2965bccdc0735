"""Quick codes: a code on each of the keys 1 to 9. Side data, not journalled.

A code that is gone leaves its key empty, one that was merged leaves it to the code that it went up in.
"""

import json
from typing import Final

from sqlalchemy import select

from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code

KEYS: Final = range(1, 10)
_SETTING: Final = "quick-codes"


def quick_codes(project: Project) -> dict[int, str]:
    """The codes (GUIDs) on the keys that have one."""
    kept = _kept(project)
    if not kept:
        return {}
    with project.read() as db:
        there = set(db.execute(select(Code.guid).where(Code.guid.in_(kept.values()))).scalars())
    return {key: code for key, code in sorted(kept.items()) if code in there}


def set_quick_code(project: Project, *, key: int, code: str | None) -> None:
    """Puts a code on a key, and takes it off the one where it was; none empties the key.

    :raises KnownError: there is no such key.
    """
    if key not in KEYS:
        raise KnownError(_("Quick codes lie on the keys 1 to 9."))
    kept = {k: c for k, c in quick_codes(project).items() if k != key and c != code}
    _keep(project, kept | ({key: code} if code else {}))


def follow_merge(project: Project, gone: str, kept: str) -> None:
    """The key of a code that goes up in another is the other's, unless that one has a key."""
    known = _kept(project)
    if gone in known.values():
        others = {key: code for key, code in known.items() if code != gone}
        freed = {key: kept for key, code in known.items() if code == gone and kept not in others.values()}
        _keep(project, others | freed)


def _kept(project: Project) -> dict[int, str]:
    written = project.setting(_SETTING)
    return {int(key): code for key, code in json.loads(written).items()} if written else {}


def _keep(project: Project, codes: dict[int, str]) -> None:
    project.set_setting(_SETTING, json.dumps({str(key): code for key, code in sorted(codes.items())}))
