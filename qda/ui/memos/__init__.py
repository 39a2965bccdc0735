"""Memos: the desk where all lie, and the panel that opens over any workspace."""
