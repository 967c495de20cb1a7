"""What one call of the command costs: help, and a register of 200 rows screened to each kind of output.

python -m bench.command
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from bench import made
from bench.process import Cost, cost_of

ROWS = 200
_DOTPHA = (sys.executable, "-m", "dotpha")


def _line(what: str, cost: Cost) -> None:
    print(f"| {what} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak:.0f} |", flush=True)


def main() -> None:
    print("| command | wall s | CPU s | largest process, MiB |")
    print("|---|---:|---:|---:|")
    _line("`dotpha --help`", cost_of([*_DOTPHA, "--help"]))
    with tempfile.TemporaryDirectory() as folder:
        lines, register = Path(folder) / "register.jsonl", Path(folder) / "register.xlsx"
        made.write(lines, ROWS)
        subprocess.run([*_DOTPHA, "screen", str(lines), "--output", str(register)], check=True, capture_output=True)
        _line(f"`dotpha read`, {ROWS} rows of Excel", cost_of([*_DOTPHA, "read", str(register)]))
        for kind in ("jsonl", "xlsx", "html", "docx"):
            out = Path(folder) / f"out.{kind}"
            cost = cost_of([*_DOTPHA, "screen", str(register), "--output", str(out)])
            _line(f"`dotpha screen`, {ROWS} rows of Excel to .{kind}", cost)


if __name__ == "__main__":
    main()
