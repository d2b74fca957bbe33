"""Question -> ranked sentences: read, looked for, ranked.

May import: the foundation (errors, types, catalogue, settings, files, weights), text, reader, encoders,
store, quotes.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
