"""Opens the chat page: ``python app.py``. Settings: docs/settings.md."""

import sys

from rag.errors import RepliqueError
from rag.settings import load_settings
from rag.ui import serve


def main() -> None:
    """Serve the page until interrupted."""
    try:
        serve(load_settings())
    except RepliqueError as error:
        sys.exit(f"replique: {error}")


if __name__ == "__main__":
    main()
