"""Dimensional profile and the grid of two properties."""
