"""Is it clear? One module for each "rõ"; the definitions are the codebook in docs/bo-tieu-chi.md.

Every check returns `Judged`: the criterion, and the rule of the catalogue to raise when it is not met.
"""

from dotpha.rules.clarity.judged import Judged
from dotpha.rules.clarity.linked import linked
from dotpha.rules.clarity.person import person
from dotpha.rules.clarity.quantified import quantified
from dotpha.rules.clarity.responsibility import responsibility
from dotpha.rules.clarity.schedule import schedule
from dotpha.rules.clarity.work import work

__all__ = ["Judged", "linked", "person", "quantified", "responsibility", "schedule", "work"]
