"""A report on paper, set with QtGui alone: what the window shows as pages and what is printed as PDF."""
