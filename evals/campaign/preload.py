"""Imported once by the process that children are forked off, see ``child.py``: all that a command loads.

Importing starts no thread and opens no model; a process that has threads must not be forked.
"""

import chromadb  # noqa: F401
import llama_index.core  # noqa: F401
import onnxruntime  # noqa: F401
import tokenizers  # noqa: F401

import rag.cli.app
import rag.upkeep.edit  # noqa: F401
from rag.api import Tools  # noqa: F401
from rag.store import Index, ensure, sync  # noqa: F401
