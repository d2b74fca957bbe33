"""Every tool once: run, proved, given as JSON, over HTTP and to agents (MCP).

May import: all rooms above but upkeep.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
