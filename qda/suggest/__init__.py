"""What the program proposes, and the language tools that it reads texts with. Texts stay as they are."""
