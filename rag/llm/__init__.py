"""Answers that a language model writes, each sentence checked against the quotes.

May import: all rooms above: text to verify.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
