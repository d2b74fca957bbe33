"""The page: one folder a view. Its functions import Gradio when they are called.

May import: all rooms above. The only room that imports gradio.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
