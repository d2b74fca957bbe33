"""Cards, the file that keeps them, and their export.

May import: the foundation (errors, types, catalogue, settings, files, weights), text, store, quotes.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
