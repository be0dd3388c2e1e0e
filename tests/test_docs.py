"""The generated parts of the documentation follow the code, and nothing around them is touched."""

import pytest

from tools.docs import DocsError, filled

BLOCKS = {"one": lambda: "fresh", "two": lambda: "also fresh"}


def test_a_block_is_made_anew_between_its_markers() -> None:
    page = "a\n<!-- generated: one -->\nold\n<!-- end -->\nb\n<!-- generated: two -->\n<!-- end -->\n"
    after = "a\n<!-- generated: one -->\nfresh\n<!-- end -->\nb\n<!-- generated: two -->\nalso fresh\n<!-- end -->\n"
    assert filled(page, BLOCKS) == after
    assert filled(after, BLOCKS) == after


@pytest.mark.parametrize(
    "page",
    [
        "<!-- generated: three -->\n<!-- end -->\n",
        "<!-- generated: one -->\nnever closed\n",
        "<!-- generated: one -->\n<!-- generated: two -->\n<!-- end -->\n",
    ],
    ids=["unknown", "open", "nested"],
)
def test_a_broken_marker_is_an_error(page: str) -> None:
    with pytest.raises(DocsError):
        filled(page, BLOCKS)
