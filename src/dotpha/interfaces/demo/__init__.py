"""The demo committee: an invented district of 2022 and the commune that follows it, to try everything out with.

Facts stand in data/*.toml, `load` writes them through the same actions as any committee's.
"""

from dotpha.interfaces.demo.facts import Account, accounts, worlds

__all__ = ["Account", "accounts", "worlds"]
