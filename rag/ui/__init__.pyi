from .address import refuse_strangers as refuse_strangers
from .server import launch as launch
from .server import serve as serve
