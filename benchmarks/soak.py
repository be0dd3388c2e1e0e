"""The long tests: what `make test` tries at a few moments, at many."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOMENTS = "50"
KILLED = "tests/test_library.py::test_add_killed_at_any_moment_adds_a_document_whole_or_not_at_all"

print(f"`wence add` killed at {MOMENTS} random moments", flush=True)
many = {**os.environ, "WENCE_TEST_MOMENTS": MOMENTS}
sys.exit(subprocess.run([sys.executable, "-m", "pytest", KILLED], cwd=ROOT, env=many, check=False).returncode)
