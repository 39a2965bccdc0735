"""Bringing material in: files are read and looked at, decided upon, and stored as one act."""
