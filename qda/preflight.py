"""What the machine must have before Qt is loaded: system libraries (by their Debian package), a display.

The program, ``qda doctor`` and the tests ask here. Without this, a missing library is a riddle in the words
of the loader, and a missing display ends the process.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from qda.errors import KnownError
from qda.i18n import _

DRAWING: Final = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""Libraries that Qt needs to draw at all, each with the Debian package that brings it."""

SHOWING: Final = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""Libraries that a window on X11 needs besides."""

_UNSEEN: Final = ("offscreen", "minimal", "minimalegl", "vnc", "linuxfb")


def missing(libraries: dict[str, str] = DRAWING) -> tuple[str, ...]:
    """The packages of those libraries that the loader does not find; nothing but on Linux."""
    if not sys.platform.startswith("linux"):
        return ()
    import ctypes

    packages = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return tuple(packages)


def sentence(packages: tuple[str, ...]) -> str:
    """What is missing and how to get it, in one line; empty where nothing is."""
    if not packages:
        return ""
    return _(
        "Qt needs system libraries that are missing. On Debian or Ubuntu: sudo apt install {packages}"
    ).format(packages=" ".join(packages))


def require_drawing() -> None:
    """Makes sure that Qt can draw, with or without a display.

    :raises KnownError: libraries are missing; the sentence names the packages.
    """
    if packages := missing():
        raise KnownError(sentence(packages))


def require_window() -> None:
    """Makes sure that a window can be opened (offscreen counts where it was asked for).

    :raises KnownError: no display, or libraries are missing.
    """
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if not asked and not has_display():
        raise KnownError(
            _("There is no display for a window. “qda demo --headless” and “qda --help” work without one.")
        )
    by_xcb = asked.startswith("xcb") or (not asked and not os.environ.get("WAYLAND_DISPLAY"))
    if packages := missing(DRAWING | SHOWING if by_xcb else DRAWING):
        raise KnownError(sentence(packages))


def has_display() -> bool:
    """True where a person would see a window."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform in _UNSEEN:
        return False
    if not sys.platform.startswith("linux"):
        return True
    if name := os.environ.get("WAYLAND_DISPLAY"):
        folder = os.environ.get("XDG_RUNTIME_DIR", "")
        if (Path(folder) / name).exists():
            return True
    return _x_answers(os.environ.get("DISPLAY", ""))


def _x_answers(display: str) -> bool:
    """Whether a local X server listens; one on another machine (ssh -X) is taken at its word."""
    if not display:
        return False
    host, _colon, number = display.rpartition(":")
    if host not in ("", "unix"):
        return True
    import socket

    place = f"/tmp/.X11-unix/X{number.partition('.')[0]}"  # where X puts it
    for address in (place, f"\0{place}"):
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one:
            one.connect(address)
            return True
    return False
