"""Comments of a coded transcript on their way back, in the window."""
