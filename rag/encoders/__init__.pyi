from .load import SAME_WORD as SAME_WORD
from .load import encoder_id as encoder_id
from .load import load_encoder as load_encoder
from .load import word_encoder as word_encoder
from .own import OwnEncoder as OwnEncoder
