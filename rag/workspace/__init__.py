"""A debate as a folder: documents, index, dossier, questions, and what is said of it all.

May import: all rooms above.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
