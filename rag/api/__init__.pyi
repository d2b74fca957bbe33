from .mcp import agent_app as agent_app
from .open import assistant_for as assistant_for
from .open import open_assistant as open_assistant
from .open import open_index as open_index
from .pages import one_picture as one_picture
from .services import Services as Services
from .tools import Proved as Proved
from .tools import Tools as Tools
