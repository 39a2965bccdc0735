"""Pictures, painted once with QtGui for the screen, PNG, SVG and PDF. No widgets, no database."""
