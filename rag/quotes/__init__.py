"""A quote is a slice of a source: cut, checked, proved, cited, shown on its page.

May import: the foundation (errors, types, catalogue, settings, files, weights), text, documents, store.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
