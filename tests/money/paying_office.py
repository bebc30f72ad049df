"""A small office that decides, signs and pays: a rulebook with amounts, a dossier of a few households, and its rosters."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from eligibility.application.payments.rosters import MadeRoster, RosterOrder, in_force, lines_of, make_roster
from eligibility.application.record.place import record_of
from eligibility.application.run import RunRequest, decide_batch
from eligibility.application.workbench.chosen import choose
from eligibility.application.workbench.opened import acting
from eligibility.money.roster import Line
from eligibility.review import Pen, sign
from support.paper_folder import AS_OF, RULES, Papers, resident_id

NOW = datetime(2022, 11, 1, 9, 0, tzinfo=UTC)
STAGES = (
    *(("community", "community_head"), ("identity", "agriculture_officer"), ("identity", "natural_resources_officer")),
    *(("street", "street_officer"), ("agency", "agency_officer"), ("joint", "joint_human_resources")),
    *(("joint", "joint_agriculture"), ("joint", "joint_natural_resources"), ("joint", "joint_public_security")),
)
NAMES = "甲乙丙丁戊己庚辛壬"
YOUNG, OLD, TURNING, UNSIGNED, OPEN = 1, 2, 3, 4, 5
BORN = {YOUNG: "1970-01-01", OLD: "1950-01-01", TURNING: "1962-02-15", UNSIGNED: "1971-01-01", OPEN: "1972-01-01"}
ALLOWANCE = """
id: allowance
title: 生活补贴
paid: month
citation: {{instrument: practice, article: 试验, quote: 未见原文, status: assumed}}
steps:
  - id: monthly
    title: 每月
    unit: 元
    value: {amount}
    round: {{to: 0.01元, how: half_up}}
    citation: {{instrument: practice, article: 试验, quote: 未见原文, status: assumed}}
shares:
  - payer: province
    title: 省财政
    share: 1/3
    citation: {{instrument: practice, article: 试验, quote: 未见原文, status: assumed}}
  - payer: district
    title: 区财政
    share: 1/3
    citation: {{instrument: practice, article: 试验, quote: 未见原文, status: assumed}}
  - payer: person
    title: 个人
    citation: {{instrument: practice, article: 试验, quote: 未见原文, status: assumed}}
"""


def person(number: int) -> str:
    """The resident id of a person of the office."""
    return resident_id(number, BORN[number])


class PayingOffice:
    """The office in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.run = folder, folder / "out"
        shutil.copytree(RULES.parent, folder / "rules")
        self.rules = folder / "rules" / "km-reform"
        subsidy = self.rules / "parameters" / "subsidy_per_year.yaml"
        text = subsidy.read_text(encoding="utf-8")
        subsidy.write_text(
            text.replace("value: null", 'value: "1000"').replace("status: unset", "status: assumed"), encoding="utf-8"
        )
        self.allow("100.01元")

    def allow(self, amount: str) -> None:
        """Set the amount of the monthly allowance."""
        path = self.rules / "benefits" / "allowance.yaml"
        path.write_text(ALLOWANCE.format(amount=amount), encoding="utf-8")

    def decide(self, **changed: dict[int, dict[str, str]]) -> None:
        """Decide the dossier; `rows`: words of some persons that are changed."""
        papers = Papers().group(area="1000.00")
        for number, born in BORN.items():
            approval, agreement, household = f"云国土资复〔2013〕{number}号", f"协{number}", f"H{number}"
            words = {"public_staff": "?"} if number == OPEN else {}
            papers.person(number, born, household_id=household, **words, **changed.get("rows", {}).get(number, {}))
            papers.approval(approval, "4.00", project=f"项目{number}")
            papers.agreement(agreement, "4.00", cited_approval_no=approval, project=f"项目{number}")
            papers.line(household, "4.00", agreement).certificate(household)
        shutil.rmtree(self.folder / "in", ignore_errors=True)
        decide_batch(RunRequest(papers.write(self.folder / "in"), self.rules, AS_OF, self.run), now=NOW)

    def sign(self, *numbers: int) -> None:
        """Sign every stage for these persons."""
        for (stage, role), name in zip(STAGES, NAMES, strict=True):
            with acting(self.run, NOW) as (opened, writer):
                choose(opened.con, [person(number) for number in numbers], "", None)
                writer.append(
                    sign(opened.con, opened.policy, Pen(stage, name, role), opened.batch.seq, ready_only="yes")
                )

    def roster(
        self, first: tuple[int, int], last: tuple[int, int], since: date | None = None, supersedes: int | None = None
    ) -> MadeRoster:
        """Make and record a roster."""
        order = RosterOrder(self.run, date(*first, 1), date(*last, 1), "核定人", since, supersedes)
        return make_roster(order, NOW, lambda _: None)

    def standing(self) -> dict[tuple[str, str, str], dict[str, int]]:
        """What the rosters in force come to: person, benefit and period → 分 by payer."""
        record = record_of(self.run)
        return added(lines_of(in_force(record.log.events()), record.kept))


def added(lines: Sequence[Line]) -> dict[tuple[str, str, str], dict[str, int]]:
    """Lines added up by person, benefit and period; what comes to nothing is left out."""
    sums: dict[tuple[str, str, str], dict[str, int]] = {}
    for line in lines:
        parts = sums.setdefault((line.resident_id, line.benefit, line.period), {})
        for payer, fen in line.parts.items():
            parts[payer] = parts.get(payer, 0) + fen
    return {key: parts for key, parts in sums.items() if any(parts.values())}
