"""Tables of the directory. Levels, kinds, bodies and posts are rows with dates, never code.

`from`/`until` of a period: the first day it holds and the first day it no longer does; no `until` means "still".
"""

from dotpha.directory.models.bodies import Body, CommitteeTerm, Membership
from dotpha.directory.models.factors import RequiredFactor
from dotpha.directory.models.grants import Function, RoleGrant
from dotpha.directory.models.imports import DirectoryImport
from dotpha.directory.models.officials import CadreManagement, Official, Position, Tenure
from dotpha.directory.models.organizations import (
    OrganizationKind,
    OrganizationName,
    OrganizationPlacement,
    PartyOrganization,
)

__all__ = [
    "Body",
    "CadreManagement",
    "CommitteeTerm",
    "DirectoryImport",
    "Function",
    "Membership",
    "Official",
    "OrganizationKind",
    "OrganizationName",
    "OrganizationPlacement",
    "PartyOrganization",
    "Position",
    "RequiredFactor",
    "RoleGrant",
    "Tenure",
]
