"""``python -m ecosim`` is the command ``ecosim``."""

import sys

from ecosim.cli import main

sys.exit(main())
