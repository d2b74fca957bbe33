"""Sources -> an index on disk that commits like a database; a snapshot to read it.

May import: the foundation (errors, types, catalogue, settings, files, weights), text, documents,
reader, encoders. The only room that imports chromadb.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
