from .load import averages as averages
from .load import encoder_id as encoder_id
from .load import family as family
from .load import load_encoder as load_encoder
from .load import word_encoder as word_encoder
