"""Code maps: codes, cases, memos, passages and relations on a canvas, and the same as lists."""
