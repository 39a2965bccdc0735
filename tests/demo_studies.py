"""The demo study for the tests: replayed once in a run, however many processes test; copied or only read."""

import time
from pathlib import Path

from qda import demo
from qda.i18n import Language

_PATIENCE = 300  # seconds that another process may take


def built_once(folder: Path, language: Language) -> Path:
    """The study in ``folder``, which the processes of a test run share. It is not to be written to.

    :raises RuntimeError: the process that builds it did not succeed.
    """
    path, lock = folder / f"demo-{language}.qdaproj", folder / f"demo-{language}.lock"
    try:
        lock.mkdir()
    except FileExistsError:
        end = time.monotonic() + _PATIENCE
        while not path.exists():
            if (lock / "failed").exists() or time.monotonic() > end:
                msg = f"the demo study could not be built ({language})"
                raise RuntimeError(msg) from None
            time.sleep(0.1)
        return path
    part = folder / f"demo-{language}.part"
    try:
        demo.build(part, language=language).close()
    except BaseException:
        (lock / "failed").touch()
        raise
    return part.rename(path)
