"""What answering from a kept fit need not load: seconds of every question otherwise."""

import subprocess
import sys

SLOW = ("lightgbm", "scipy.stats", "scipy.optimize", "sklearn", "pandas")


def test_answering_loads_no_library_that_only_fitting_needs():
    code = "import sys, detente.outlook, detente.outlook.cache, detente.cli.outlook_view; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "detente.outlook.boosted" in loaded
    assert loaded.isdisjoint(SLOW)
