"""Saturation and gaps, and sampling: what still changes, where to look next, and what that brought."""
