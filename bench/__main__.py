"""Every measure of docs/performance.md, one table after another: `make bench` (about fifteen minutes on two cores).

`python -m bench --directory` fills 52,000 organizations and 500,000 people first, which takes minutes by itself;
`--register-import` imports registers of 5,000 rows into a campaign of up to 20,000.
"""

import platform
import sys
from datetime import UTC, datetime

from bench import audit, command, directory, junk, read_excel, register_import, screen, trend


def main() -> int:
    print(f"Python {platform.python_version()}, {platform.machine()}, {datetime.now(UTC):%d/%m/%Y}\n")
    measures = {
        "Command line": command.main,
        "Screening": screen.main,
        "Business-as-usual forecast alone, one core": trend.main,
        "Reading Excel": read_excel.main,
        "Rows that are no tasks": junk.main,
        "Audit trail": audit.main,
    }
    if "--directory" in sys.argv:
        measures = {"Directory of a whole country": directory.main}
    if "--register-import" in sys.argv:
        measures = {"Importing a register": register_import.main}
    for title, measure in measures.items():
        print(f"### {title}\n", flush=True)
        measure()
        print(flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
