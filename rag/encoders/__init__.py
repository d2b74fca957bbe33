"""Text -> vectors: the encoder of the settings, behind LlamaIndex's ``BaseEmbedding``.

May import: the foundation (errors, types, catalogue, settings, files, weights), reader.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
