"""Ranking the codes of a study for a passage.

Its matrices are small: where numpy comes in with this, its linear algebra takes one thread, as several wait
for each other longer than they reckon when the machine has other work.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
