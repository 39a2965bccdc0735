"""What the method does: positions, codebook, open, axial and selective coding, memos, cases, retrieval."""
