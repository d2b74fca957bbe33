"""The page of a quote for other programs, agents and the command line."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client
from PIL import Image

from rag import Index, load_settings, sync
from tests.helpers.command import replique
from tests.helpers.paper import OVER, report
from tests.helpers.servers import served, with_agent


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "docs").mkdir()
    (folder / "docs/rapport.pdf").write_bytes(report())
    return {"corpus": folder / "docs", "store": folder / "store"}


def given(places: dict[str, Path]) -> list[str]:
    return [f"--{name}={folder}" for name, folder in places.items()]


def test_the_command_says_what_to_mind_and_draws_the_page(places: dict[str, Path], tmp_path: Path) -> None:
    done = replique("index", *given(places))
    assert done.stderr == "rapport.pdf: Hidden text was left out (1).\n"
    assert replique("index", *given(places)).stderr == ""  # of what is new only
    assert "hidden 1" in replique("sources", *given(places)).stdout
    (row,) = json.loads(replique("sources", "--json", *given(places)).stdout)
    assert row["remarks"] == [{"key": "hidden", "count": 1, "detail": ""}]
    assert "1 sources were read with remarks" in replique("doctor", *given(places)).stdout
    file = tmp_path / "page.png"
    asked = ["show", "rapport", "--start", "5", "--end", "60", *given(places), "--page"]
    done = replique(*asked, str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert Image.open(file).format == "PNG"
    for wrong, said in (
        ([*asked, "page.jpg"], ".png"),
        (["show", "rapport", *given(places), "--page", "page.png"], "--end"),
        ([*asked, str(tmp_path / "nowhere/page.png")], "cannot be written"),
    ):
        done = replique(*wrong)
        assert done.returncode > 0 and said in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.server
def test_programs_and_agents_get_boxes_and_pictures(places: dict[str, Path]) -> None:
    index = Index(load_settings(**places))
    sync(index)
    text = index.snapshot().source(0).text
    start = text.index(" ".join(OVER))
    place: dict[str, Any] = {"source": "rapport", "start": start, "end": start + len(" ".join(OVER))}
    for url in served(mcp=True, **places):
        client = Client(url, verbose=False)
        found = client.predict(**place, width=500, api_name="/page_of")
        bare = client.predict(**place, width=0, api_name="/page_of")
        with pytest.raises(Exception, match="no slice"):
            client.predict("rapport", 5, 10**6, api_name="/page_of")
        shown = with_agent(url, lambda session: session.call_tool("page_of", place))
    assert found["quote"]["text"] == " ".join(OVER)
    assert [page["page"] for page in found["pages"]] == [1, 2]
    assert all(0 <= box[side] <= 1 for page in found["pages"] for box in page["boxes"] for side in box)
    picture = Image.open(io.BytesIO(base64.b64decode(found["pages"][0]["picture"])))
    assert picture.format == "PNG"
    assert [page["picture"] for page in bare["pages"]] == [None, None]
    assert [content.type for content in shown.content] == ["text", "image", "image"]
    assert json.loads(shown.content[0].text)["quote"]["text"] == " ".join(OVER)
