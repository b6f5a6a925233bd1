"""`python -m webcert.site` is `webcert`."""

import sys

from webcert.site.cli import main

sys.exit(main())
