"""The storage is tested as it is: every commit waits for the disk."""

import pytest

from qda.models import engines


@pytest.fixture(autouse=True)
def _waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = tuple(one.replace("synchronous=OFF", "synchronous=FULL") for one in engines._WRITER)
    monkeypatch.setattr(engines, "_WRITER", usual)
