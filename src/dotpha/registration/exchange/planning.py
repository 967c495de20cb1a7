"""From what was read to a plan: whose row it is, which task it is, which it serves, and what it changes."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dotpha.registration.exchange.known import Known
from dotpha.registration.exchange.matching import CHOSEN, Answer, Matching, Party, organization_hint
from dotpha.registration.exchange.merging import (
    FIELD_LABELS,
    Parent,
    changed_content,
    new_content,
    shown,
)
from dotpha.registration.exchange.parents import Named, Parents
from dotpha.registration.exchange.plan import LEAVE_OUT, Line, Outcome, Plan, Question, Work
from dotpha.registration.exchange.register import Register, number_of, place_of, storable
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.workflow import TaskState
from dotpha.rules.form.content import MOST_ROWS
from dotpha.rules.registration import Registration
from dotpha.rules.similarity import alike, known
from dotpha.rules.vietnamese.text import fold, tidy

SAME_TITLE = 0.9  # as much alike as a collective task must be that is named in words
OTHER_TITLE = 0.5  # below this a number alone does not tell that it is the same task
SAME, NEW = "same", "new"
BEING_WRITTEN = (
    "Bên đăng ký đã rút nhiệm vụ này lại để sửa nên không ghi đè được. Đồng chí đợi bản gửi lại, hoặc bỏ dòng này."
)
NO_TITLE = "Dòng này chưa ghi tên nhiệm vụ."
TOO_LONG = (
    f"Dòng này có {{count}} chỉ tiêu, biểu mẫu nhận nhiều nhất {MOST_ROWS}. Đồng chí gộp bớt chỉ tiêu trong tệp rồi "
    "nhập lại, hoặc bỏ dòng này."
)
FULL = "{who} đăng ký nhiều nhất {most} nhiệm vụ, nay đã có {kept}, kể cả đang soạn và các dòng trên của sổ."


def plan(register: Register, campaign: Campaign, choices: Mapping[str, str]) -> Plan:
    """What importing the register would do now, with what a person has decided so far. Writes nothing.

    A dozen queries, and one more for each five thousand tasks of those the register names.
    """
    return _Planning(register, Known(campaign), choices).made()


class _Planning:
    def __init__(self, register: Register, known_: Known, choices: Mapping[str, str]) -> None:
        self.rows: Sequence[Registration] = [storable(each) for each in register.registrations]
        self.known = known_
        self.choices = choices
        self.plan = Plan(remarks=list(register.remarks))
        self.plan.lines = [Line(place_of(row), tidy(row.title), _owner(row)) for row in self.rows]
        self.matching: Matching = known_.matching()
        self.asked: dict[str, Question] = {}
        self.asking: dict[str, list[int]] = defaultdict(list)
        self.task_of: dict[int, BreakthroughTask] = {}  # line → the task that is there
        self.twin_of: dict[int, int] = {}  # line → the earlier line that says the same
        self.work: dict[int, Work] = {}
        self.changed: dict[int, Work] = {}  # by the key of the task

    def made(self) -> Plan:
        by_registrant = self._whose()
        self.known.read_contents(by_registrant)
        for registrant, lines in by_registrant.items():
            self._which(registrant, lines)
        parents = Parents(self.known, self.rows, self._nameable(by_registrant))
        for kind in (False, True):  # collective tasks first: people's tasks name them
            for registrant, lines in by_registrant.items():
                if self.known.registrants[registrant].is_individual is kind:
                    for number in lines:
                        self._becomes(number, self.known.registrants[registrant], parents)
        self.plan.work = [self.work[number] for number in sorted(self.work)]
        self.plan.questions = [
            Question(each.key, each.text, each.why, each.options, each.asks_whom, tuple(self.asking[each.key]))
            for each in self.asked.values()
        ]
        return self.plan

    def _nameable(self, by_registrant: Mapping[int, Sequence[int]]) -> dict[int, Named]:
        """What each collective line stands for: the task it is, the line it repeats, or itself."""
        nameable: dict[int, Named] = {}
        for registrant, lines in by_registrant.items():
            for number in lines:
                stands = self.twin_of.get(number, number)
                self.known.whose[number] = self.known.registrants[registrant]
                if not self.known.registrants[registrant].is_individual and (
                    stands in self.task_of or self.plan.lines[stands].outcome is Outcome.ADD
                ):
                    nameable[number] = self.task_of.get(stands, stands)
        return nameable

    # Whose rows they are

    def _whose(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            line, answer = self.plan.lines[number], self.matching.of(row)
            party = self._party(number, row, answer)
            if party is None:
                continue
            line.registrant, line.called = party.pk, party.label
            if not line.title:
                self._refuse(number, NO_TITLE)
            elif len(row.indicators) > MOST_ROWS:
                self._refuse(number, TOO_LONG.format(count=len(row.indicators)))
            else:
                found[party.pk].append(number)
        return found

    def _party(self, number: int, row: Registration, answer: Answer) -> Party | None:
        line = self.plan.lines[number]
        if answer.party is not None:
            line.how = answer.how
            return self.matching.parties[answer.party]
        key = _key("o", row.owner_type, row.owner, row.position, organization_hint(row))
        chosen = self.choices.get(key, "")
        if chosen == LEAVE_OUT:
            self._leave_out(number, key)
            return None
        if chosen.isdecimal() and int(chosen) in self.matching.parties:
            line.how, line.question = CHOSEN, key
            return self.matching.parties[int(chosen)]
        options = tuple((str(pk), self.matching.parties[pk].label) for pk in answer.candidates)
        self._ask(number, Question(key, line.owner or "(không ghi)", answer.why, options, asks_whom=True))
        return None

    # Which tasks they are

    def _which(self, registrant: int, lines: list[int]) -> None:
        """The surest first: number, then title with content, then title; what is only nearly called so is asked."""
        there = {task.pk: task for task in self.known.sent.get(registrant, ())}
        self._by_number(lines, there)
        for is_same in (self._says_the_same, self._is_called_the_same):
            for number in lines:
                task = next((each for each in there.values() if is_same(number, each)), None)
                if number not in self.task_of and task is not None:
                    self.task_of[number] = there.pop(task.pk)
        first: dict[str, int] = {}
        for number in lines:
            earlier = first.setdefault(fold(self.plan.lines[number].title), number)
            if number in self.task_of:
                continue
            if earlier == number or not self._is_twin(number, earlier):
                self._by_likeness(number, there)

    def _by_number(self, lines: Iterable[int], there: dict[int, BreakthroughTask]) -> None:
        for number in lines:
            task = self.known.by_number.get(number_of(self.rows[number]) or 0)
            if task is not None and task.pk in there and self._likeness(number, task) >= OTHER_TITLE:
                self.task_of[number] = there.pop(task.pk)

    def _says_the_same(self, number: int, task: BreakthroughTask) -> bool:
        if not self._is_called_the_same(number, task):
            return False
        before, then = self.known.content_of(task), self.known.registered(task)
        return not changed_content(before, then, self.rows[number], parent=None)[1]

    def _is_called_the_same(self, number: int, task: BreakthroughTask) -> bool:
        return fold(tidy(self.known.content_of(task).title)) == fold(self.plan.lines[number].title)

    def _likeness(self, number: int, task: BreakthroughTask) -> float:
        return alike(known(Registration(title=self.plan.lines[number].title)), known(Registration(title=_title(task))))

    def _is_twin(self, number: int, earlier: int) -> bool:
        """Whether the row says again what a row above said; if it says something else under the same title, ask."""
        one, other = self.rows[number], self.rows[earlier]
        line, place = self.plan.lines[number], self.plan.lines[earlier].place
        if all(getattr(one, name) == getattr(other, name) for name in FIELD_LABELS if name != "title") and (
            one.indicators == other.indicators
        ):
            self.twin_of[number] = earlier
            line.outcome, line.why = Outcome.DUPLICATE, f"Giống hệt {place}; chỉ nhập một lần."
            return True
        why = f"Cùng tên với {place} nhưng nội dung khác."
        return self._decided(number, "w", why, ((NEW, "Là hai nhiệm vụ, nhập cả hai"),)) != NEW

    def _by_likeness(self, number: int, there: dict[int, BreakthroughTask]) -> None:
        task = self.known.by_number.get(number_of(self.rows[number]) or 0)
        if task is not None and task.pk in there:
            why = f"Mang mã của nhiệm vụ số {task.number}, mà tên khác hẳn: “{shown(_title(task))}”."
        else:
            ranked = sorted(((self._likeness(number, task), -pk) for pk, task in there.items()), reverse=True)
            if not ranked or ranked[0][0] < SAME_TITLE:
                return
            task = there[-ranked[0][1]]
            why = f"Gần giống nhiệm vụ số {task.number} đã có: “{shown(_title(task))}”."
        options = ((SAME, f"Là bản sửa của nhiệm vụ số {task.number}"), (NEW, "Là nhiệm vụ mới"))
        if self._decided(number, "n", why, options) == SAME:
            self.task_of[number] = there.pop(task.pk)

    def _decided(self, number: int, about: str, why: str, options: tuple[tuple[str, str], ...]) -> str:
        """What was chosen for the row; nothing while it is asked or left out."""
        key = f"{about}{number}"
        chosen = self.choices.get(key, "")
        if chosen in dict(options):
            self.plan.lines[number].question = key
            return chosen
        if chosen == LEAVE_OUT:
            self._leave_out(number, key)
        else:
            self._ask(number, Question(key, self.plan.lines[number].title, why, options))
        return ""

    # What becomes of them

    def _becomes(self, number: int, registrant: Registrant, parents: Parents) -> None:
        line, row, task = self.plan.lines[number], self.rows[number], self.task_of.get(number)
        if line.outcome is not Outcome.ADD:  # asked about, refused, left out, said before
            return
        named = parents.of(number, registrant) if registrant.is_individual else None
        parent = self.work.get(named) if isinstance(named, int) else named
        line.parent = self._titled(parent) if parent else tidy(row.parent_title)
        if task is None:
            self._add(number, registrant, parent)
        else:
            self._change(number, registrant, task, parent)

    def _titled(self, parent: "BreakthroughTask | Work") -> str:
        """What a collective task is called once the import is done."""
        if isinstance(parent, Work):
            return parent.content.title
        changed = self.changed.get(parent.pk)
        return changed.content.title if changed else _title(parent)

    def _about(self, parent: "BreakthroughTask | Work | None") -> Parent | None:
        return Parent(self._titled(parent), getattr(parent, "pk", None)) if parent else None

    def _add(self, number: int, registrant: Registrant, parent: "BreakthroughTask | Work | None") -> None:
        kept = self.known.kept[registrant.pk]
        if kept >= registrant.at_most:
            self._refuse(number, FULL.format(who=registrant, most=registrant.at_most, kept=kept))
            return
        self.known.kept[registrant.pk] += 1
        about = self._about(parent)
        content = new_content(self.rows[number], supports=about.pk if about else None)
        self.work[number] = Work(number, registrant, content, None, parent, about.title if about else "")

    def _change(
        self,
        number: int,
        registrant: Registrant,
        task: BreakthroughTask,
        parent: "BreakthroughTask | Work | None",
    ) -> None:
        line, before = self.plan.lines[number], self.known.content_of(task)
        then, about = self.known.registered(task), self._about(parent)
        content, line.changes = changed_content(before, then, self.rows[number], parent=about)
        line.task = task.pk
        if not line.changes:
            line.outcome = Outcome.SAME
        elif task.state != TaskState.SUBMITTED:
            self._refuse(number, BEING_WRITTEN)
        else:
            line.outcome = Outcome.CHANGE
            if parent is None and content.supports is not None:
                parent = self.known.tasks.get(content.supports)
            title = self._titled(parent) if parent else ""
            self.work[number] = self.changed[task.pk] = Work(number, registrant, content, task, parent, title)

    # What is told

    def _ask(self, number: int, question: Question) -> None:
        line = self.plan.lines[number]
        line.outcome, line.why, line.question = Outcome.DOUBT, question.why, question.key
        self.asked.setdefault(question.key, question)
        self.asking[question.key].append(number)

    def _leave_out(self, number: int, key: str) -> None:
        line = self.plan.lines[number]
        line.outcome, line.why, line.question = Outcome.LEFT_OUT, "Đồng chí chọn bỏ dòng này.", key

    def _refuse(self, number: int, why: str) -> None:
        line, key = self.plan.lines[number], f"x{number}"
        line.changes = ()
        if self.choices.get(key) == LEAVE_OUT:
            self._leave_out(number, key)
            line.why = f"{why} Đồng chí chọn bỏ dòng này."
        else:
            line.outcome, line.why, line.question = Outcome.REFUSED, why, key


def _owner(row: Registration) -> str:
    return " – ".join(filter(None, (tidy(row.owner), tidy(row.position))))


def _title(task: BreakthroughTask) -> str:
    return task.current.title if task.current is not None else task.title


def _key(about: str, *said: str) -> str:
    return about + hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]
