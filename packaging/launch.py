"""Where the release bundle begins."""

import sys

from yinfa.cli import main

sys.exit(main())
