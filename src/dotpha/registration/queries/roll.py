"""Who has to register in a campaign, read from the directory as it was on the campaign's day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dotpha.core import names
from dotpha.directory.branches import Standing, in_posts_under, standing_under
from dotpha.directory.models import Tenure
from dotpha.registration.models import Campaign, Requirement
from dotpha.rules.vietnamese.posts import post_name

Key = tuple[int | None, int | None]  # the organization alone, or the person alone: each stands once in a campaign
_BRANCH, _OWN, _PERSON = 96, 96, 50  # digits of each part of the order


@dataclass(frozen=True, slots=True)
class Obliged:
    """One line of the roll, as it will be written."""

    organization: int
    official: int | None
    name: str
    post: str
    branch: int
    at_least: int
    at_most: int
    order_key: str
    search_key: str

    @property
    def key(self) -> Key:
        return (None, self.official) if self.official is not None else (self.organization, None)


def roll(campaign: Campaign, requirements: Iterable[Requirement], *, day: date) -> dict[Key, Obliged]:
    """Organizations of the required kinds and holders of the required posts on the day; two statements.

    Who holds several of the posts stands once, in the highest, with what is asked of that one.
    """
    asked = list(requirements)
    tree = standing_under(campaign.organization, day=day)
    kinds = {each.kind_id: each for each in asked if each.kind_id is not None}
    posts = {each.position_id: each for each in asked if each.position_id is not None}
    found = [_organization(each, tree, kinds[each.kind]) for each in tree.values() if each.kind in kinds]
    people: dict[int, Obliged] = {}
    if posts:
        positions = [each.position for each in posts.values() if each.position is not None]
        for tenure in in_posts_under(campaign.organization, positions, day=day):
            if tenure.official_id not in people:
                people[tenure.official_id] = _person(tenure, tree, posts[tenure.position_id])
    return {each.key: each for each in (*found, *people.values())}


def _organization(here: Standing, tree: Mapping[int, Standing], asked: Requirement) -> Obliged:
    return Obliged(
        organization=here.pk, official=None, name=here.name, post="", branch=here.branch, at_least=asked.at_least,
        at_most=asked.at_most, order_key=_order(here, tree), search_key=names.search_key(here.name),
    )  # fmt: skip


def _person(tenure: Tenure, tree: Mapping[int, Standing], asked: Requirement) -> Obliged:
    here, official = tree[tenure.organization_id], tenure.official
    post = post_name(tenure.position.label, here.name)[:300]
    return Obliged(
        organization=here.pk, official=official.pk, name=official.full_name, post=post, branch=here.branch,
        at_least=asked.at_least, at_most=asked.at_most, order_key=_order(here, tree, tenure),
        search_key=names.search_key(official.full_name, post, here.name),
    )  # fmt: skip


def _order(here: Standing, tree: Mapping[int, Standing], tenure: Tenure | None = None) -> str:
    """The committee, then branch by branch, each organization before what is below it; its people by post and name."""
    branch = tree[here.branch]
    is_under = "0" if branch.is_top else "1"
    is_below = "0" if branch.pk == here.pk else "1"
    own = "" if branch.pk == here.pk else names.order_key(here.name)[:_OWN]
    person = "0"
    if tenure is not None:
        person = f"1{min(tenure.position.rank, 9999):04d}{names.person_order_key(tenure.official.full_name)[:_PERSON]}"
    return f"{is_under}{names.order_key(branch.name)[:_BRANCH]}{is_below}{own}{person}"
