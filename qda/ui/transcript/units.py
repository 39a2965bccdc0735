"""Words and sentences are told apart by :mod:`qda.coding.units`; its names stay known here."""

from qda.coding.units import sentences, snap, trim, word_at

__all__ = ["sentences", "snap", "trim", "word_at"]
