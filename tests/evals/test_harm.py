"""Files and documents that mean harm: what is looked for in what they lead to is found."""

from __future__ import annotations

import pytest

from evals.campaign import fuzz
from evals.campaign import hostile_look as look
from evals.campaign.hostile_corpus import BIDI, CONTROL, MARKDOWN, SCRIPT
from rag.types import text_hash


@pytest.mark.parametrize(
    "text", [SCRIPT, "<p onclick=x>", "<a href=' javascript:x'>", "<iframe src=/>", "a\x1b"]
)
def test_html_that_acts_is_found(text: str) -> None:
    assert list(look.html(text))
    assert not list(look.html("<a href='https://a/'>b</a><img src='data:image/png;base64,'> &lt;script&gt;"))


def test_what_a_terminal_or_a_viewer_obeys_is_found() -> None:
    assert list(look.terminal(CONTROL)) and list(look.terminal(BIDI)) and list(look.markdown(MARKDOWN))
    assert not list(look.terminal("\x1b[1mé\x1b[0m\r\n\u200f")) and not list(look.markdown("\\<b> *x*"))
    assert list(look.told("Traceback (most recent call last)"))


def test_a_wrong_quote_is_found() -> None:
    quote = {"source": "a", "start": 1, "end": 3, "sha256": text_hash("abcd"), "text": "bc"}
    assert not list(look.quotes([{"x": quote}], {"a": "abcd"}))
    for change in ({"text": "bd"}, {"sha256": "0"}, {"source": "b"}):
        assert list(look.quotes([quote | change], {"a": "abcd"}))


def test_a_file_is_damaged_alike_each_time_and_read_or_refused() -> None:
    for suffix in (".csv", ".srt"):
        first, second = fuzz.damaged(suffix, 1), fuzz.damaged(suffix, 2)
        assert first == fuzz.damaged(suffix, 1) != second
        found = fuzz.read(suffix, "seed 1", first)
        assert not found.fault
        assert found.size == len(first)
