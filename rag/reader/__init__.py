"""Question + passages -> which sentences answer: our own cross-encoder, or a server of the user's.

May import: the foundation (errors, types, catalogue, settings, files, weights). The only room that imports
onnxruntime and tokenizers.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
