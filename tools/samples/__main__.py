"""Write the samples of all languages into a folder: `python -m tools.samples FOLDER`."""

import sys
from pathlib import Path

from tools.samples.publishing import write

write(Path(sys.argv[1]))
