"""Documents added, described and removed; feedback; the doctor.

May import: all rooms above.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
