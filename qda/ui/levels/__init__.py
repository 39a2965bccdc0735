"""The conditional/consequential matrix in the window."""
