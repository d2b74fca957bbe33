"""What a text says: words, tags, facts, sentences. It knows no document, no index, no model: pure.

May import: the foundation (errors, types, catalogue, settings, files, weights).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
