"""spaCy, imported without a socket: a library behind it, for downloads, tries one out at its import."""

import socket
import sys
import threading
from importlib import import_module
from types import ModuleType
from typing import Any

_LOCK = threading.Lock()


def spacy() -> Any:
    """The module. Everything here that needs spaCy gets it here first."""
    with _LOCK:
        known: ModuleType | None = sys.modules.get("spacy")
        if known is not None and hasattr(known, "blank"):
            return known
        usual, socket.has_ipv6 = socket.has_ipv6, False  # then it is not tried whether IPv6 can be bound
        try:
            return import_module("spacy")
        finally:
            socket.has_ipv6 = usual
