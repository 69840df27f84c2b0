"""Makes the bench and the helper of these tests importable as ``bench.…`` and ``tests.docs.…``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
