from .assistant import GroundedAssistant as GroundedAssistant
from .endpoint import Endpoint as Endpoint
