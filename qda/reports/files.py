"""Writes reports so that a file on the disk is always whole."""

from qda.writing import make_folder, write_whole

__all__ = ["make_folder", "write_whole"]
