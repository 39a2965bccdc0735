"""Laying out codes: piles of codes that belong together; a pile that is named becomes a category."""
