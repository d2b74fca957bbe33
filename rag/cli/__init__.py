"""The command ``replique``. Each command imports what it needs, so that help comes at once.

May import: all rooms above. The only room that imports typer and rich.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
