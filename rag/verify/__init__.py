"""A claimed quote -> a verdict: where it stands, what differs, what that does.

May import: the foundation (errors, types, catalogue, settings, files, weights), text, store, quotes,
search.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
