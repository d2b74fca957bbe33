"""The sides face to face on a motion; what to set against a claim.

May import: all rooms above: text to verify.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
