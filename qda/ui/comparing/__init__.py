"""Constant comparison beside the text."""
