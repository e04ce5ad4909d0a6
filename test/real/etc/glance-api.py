# Debian's glance-api with patient transactions.
import sys

import sqlite_begin  # beside this file

sqlite_begin.immediately()

from glance.cmd.api import main  # noqa: E402  after the above

sys.exit(main())
