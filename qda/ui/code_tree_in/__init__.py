"""A code tree from a file: what it would change is seen first, then it is one act."""
