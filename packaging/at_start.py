"""What the release bundle settles before anything else is imported.

The faces of the machine are not looked at: documents name their own. Programs that are started from
here (lp, say) get the search path of their own libraries back; ours was read when this began.
"""

import os
import sys
import warnings
from pathlib import Path

FOLDER = Path(sys._MEIPASS)  # type: ignore[attr-defined]  # where PyInstaller's files are

os.environ["FONTCONFIG_FILE"] = str(FOLDER / "fonts.conf")
warnings.filterwarnings("ignore", "No fonts configured")  # WeasyPrint, on that very file
os.environ.pop("LD_LIBRARY_PATH", None)
if "LD_LIBRARY_PATH_ORIG" in os.environ:
    os.environ["LD_LIBRARY_PATH"] = os.environ.pop("LD_LIBRARY_PATH_ORIG")
