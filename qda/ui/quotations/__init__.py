"""Quotations of a finished text, checked in the window."""
