"""The brief: what must be known the night before a debate, in quotes.

May import: all rooms above: text to debate.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
