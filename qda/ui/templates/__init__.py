"""Templates of the coding paradigm, read and written in the window."""
