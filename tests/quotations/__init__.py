"""Quotations of finished texts."""
