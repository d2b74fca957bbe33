from .answer import Assistant as Assistant
from .answer import answer_as_json as answer_as_json
from .api import open_assistant as open_assistant
from .api import open_index as open_index
from .debate import Debate as Debate
from .dossier import Dossier as Dossier
from .drill import Drill as Drill
from .errors import RepliqueError as RepliqueError
from .quotes import check as check
from .search import Retriever as Retriever
from .settings import Settings as Settings
from .settings import load_settings as load_settings
from .store import Index as Index
from .store import SyncReport as SyncReport
from .store import sync as sync
from .types import Answer as Answer
from .types import Passage as Passage
from .types import Prose as Prose
from .types import Quote as Quote
from .types import QuoteRef as QuoteRef
from .types import Sentence as Sentence
from .types import Source as Source
from .verify import Verifier as Verifier

__version__: str
