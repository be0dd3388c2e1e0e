"""Where CI is set, a skipped test is a failed one: nothing may be left out unseen."""

import os
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import settings

# In CI the same examples every time, so that a run tells of the change and not of chance; elsewhere new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


def _forbid_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Turn a test that was skipped into one that failed."""
    report = yield
    _forbid_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    """The same for a whole file (`importorskip`)."""
    report = yield
    _forbid_skip(report)
    return report
