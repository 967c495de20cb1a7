"""How long screening takes and what it needs, from 1,000 registrations to 100,000.

python -m bench.screen [--most 100000]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench import made
from bench.process import cost_of

SIZES = (200, 1_000, 10_000, 100_000)


def main(most: int = SIZES[-1]) -> None:
    print("| registrations | near-duplicates | wall s | CPU s | ms of CPU each | largest process, MiB |")
    print("|---:|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for size in (size for size in SIZES if size <= most):
            source, out = Path(folder) / f"{size}.jsonl", Path(folder) / f"{size}.out.jsonl"
            made.write(source, size)
            command = [sys.executable, "-m", "dotpha", "screen", str(source), "--output", str(out)]
            for named, more in (("without", ["--no-duplicates"]), ("with", [])):
                cost = cost_of([*command, *more])
                each = 1000 * cost.cpu / size
                print(f"| {size:,} | {named} | {cost.wall:.1f} | {cost.cpu:.1f} | {each:.2f} | {cost.peak:.0f} |")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--most", type=int, default=SIZES[-1], help="largest number of registrations")
    main(asked.parse_args().most)
