from .assistant import GroundedAssistant as GroundedAssistant
from .endpoint import Endpoint as Endpoint
from .grading import Graded as Graded
from .introducing import Introducing as Introducing
