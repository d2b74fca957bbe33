"""A bare Gradio page that gives the question back: ``python -m evals.suites.echo PORT``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import gradio as gr


def serve(port: int) -> None:
    """Serve it until the process ends."""

    def echo(question: str, turns: int) -> Iterator[tuple[str, int]]:
        yield "<b>…</b>" * turns + f"<b>{len(question)}</b>", turns + 1

    with gr.Blocks(analytics_enabled=False) as page:
        box, turns = gr.Textbox(elem_id="box"), gr.State(0)
        send, out = gr.Button(elem_id="send"), gr.HTML(elem_id="out")
        send.click(echo, [box, turns], [out, turns], show_progress="hidden")
    page.launch(server_port=port, quiet=True, ssr_mode=False, run_history=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
