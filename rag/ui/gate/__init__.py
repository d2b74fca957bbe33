"""In front of the page: who may ask, from where, how much; one ASGI application around Gradio's."""
