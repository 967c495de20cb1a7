"""`python -m dotpha` is the command `dotpha`."""

import sys

from dotpha.config.command import main

sys.exit(main())
