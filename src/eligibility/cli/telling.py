"""An explanation on the terminal: the first lines say outcome and why, the rest is what a signature rests on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from eligibility.adjudicate.explain import Explanation, PaperPlace
from eligibility.adjudicate.explain.models import AssumptionReading, PaperNeeded, PaperSet, Told
from eligibility.adjudicate.explain.places import TABLE_TITLES
from eligibility.adjudicate.values import WORDS
from eligibility.cli.screen import OFF, Screen, on

MARKS = {"proven": (f"{on('green')}成立{OFF}", f"{on('green')}proven{OFF}"), "refuted": (f"{on('red')}不成立{OFF}", f"{on('red')}refuted{OFF}"),
         "open": (f"{on('yellow')}待核{OFF}", f"{on('yellow')}open{OFF}")}  # fmt: skip
STATUS = {"seen": ("见原文", "seen"), "assumed": ("推定", "assumed"), "unset": ("未定", "unset")}
COLOURS = {"eligible": "green", "register": "cyan", "not_eligible": "red", "manual_review": "yellow"}
SETS = 6
"""Sets of papers shown; all of them stand in the JSON and on the page."""


def tell(told: Explanation, outcomes: dict[str, tuple[str, str]], *, lang: str) -> None:
    """Print one explanation for an officer; `outcomes` gives the words of each outcome, Chinese and English."""
    teller = _Teller(told, outcomes, en=lang == "en")
    teller.head()
    teller.what_would_change_it()
    teller.assumptions()
    teller.links()
    teller.clauses()
    teller.facts()
    teller.papers()


def _said(told: Told, en: bool) -> str:
    return told.en if en else told.zh


def tell_citizen(told: Explanation, *, lang: str) -> None:
    """Print what the person concerned is told: plain words, no codes, nobody else's data."""
    console, en = Screen(soft_wrap=True), lang == "en"
    text = told.citizen
    if text is None:
        return
    console.print(f"{told.name}  {told.resident_id}")
    console.print(f"{on('bold')}{_said(text.opening, en)}{OFF}")
    for one in text.because:
        console.print(f"  · {_said(one, en)}")
    if text.bring:
        console.print("Any one of these would help to decide it:" if en else "补齐下列任何一组材料，即可继续办理：")
        for number, one in enumerate(text.bring[:SETS], 1):
            console.print(f"  {number}. {_said(one, en)}")
    for one in text.next:
        console.print(_said(one, en))
    title = told.regime_title_en if en else told.regime_title
    console.print(f"{on('dim')}{title}  {told.as_of}{OFF}")


class _Teller:
    """One explanation, section by section."""

    def __init__(self, told: Explanation, outcomes: dict[str, tuple[str, str]], *, en: bool) -> None:
        self.told, self.outcomes, self.en = told, outcomes, en
        self.console = Screen(soft_wrap=True)

    def say(self, zh: str, en: str) -> str:
        return en if self.en else zh

    def title(self, zh: str, en: str) -> None:
        self.console.print(f"\n{on('bold')}{self.say(zh, en)}{OFF}")

    def head(self) -> None:
        told, colour = self.told, COLOURS[self.told.outcome]
        line = self.say(told.headline, told.headline_en)
        self.console.print(f"{on('bold ' + colour)}{self.say('结论', 'Outcome')}：{line}{OFF}")
        if told.resident_id:
            who = f"{told.resident_id}  {told.name}  {told.community}{told.group}  {told.household_id}"
            self.console.print(who)
        self.console.print(f"{on('dim')}{told.regime} {told.as_of}  {told.profile_id}{OFF}")
        for regime in told.try_regimes:
            basis = f"{regime.instrument} {regime.article}（{STATUS[regime.status][self.en]}）"
            said = self.say("可试用的规则", "Rulebook to try")
            self.console.print(f"  → {said}：{regime.id} {regime.title}  {on('dim')}{basis}{OFF}")

    def what_would_change_it(self) -> None:
        told = self.told
        if told.paper_sets:
            self.title("补齐任何一组即可定案", "Any one of these sets of papers would settle it")
            for one in told.paper_sets[:SETS]:
                self.console.print(f"  □ {self._set(one)}")
            if len(told.paper_sets) > SETS:
                more = len(told.paper_sets) - SETS
                self.console.print(self.say(f"  另有 {more} 组，见 --json", f"  {more} more sets: --json"))
        self.title("与其他结论的差别", "What separates it from the other outcomes")
        for neighbour in told.neighbours:
            if neighbour.outcome != "not_eligible":
                self.console.print(f"  · {self.say(neighbour.says, neighbour.says_en)}")
        if told.refused_if:
            self.console.print(f"  · {self.say(told.refused_if_says, told.refused_if_says_en)}")

    def assumptions(self) -> None:
        if self.told.assumptions:
            self.title("依据推定或未定的参数", "Rests on parameters assumed or not set")
        for one in self.told.assumptions:
            title, value = self.say(one.title, one.title_en), self.say(one.value, one.value_en)
            self.console.print(f"  · {title}：{value}（{STATUS[one.status][self.en]}）{self._under(one)}")

    def links(self) -> None:
        if self.told.links:
            self.title("征地协议与批文", "Agreements and approvals")
        for link in self.told.links:
            self.console.print(f"  · {self.say(link.says, link.says_en)}")
            for rival in link.approvals:
                mark = "✓" if rival.certainty == "certain" else "?"
                evidence = self.say("、", ", ").join(
                    self.say(*pair) for pair in zip(rival.evidence, rival.evidence_en, strict=True)
                )
                self.console.print(
                    f"      {mark} {rival.approval_no} {self._area(rival.area)}  {on('dim')}{evidence}{OFF}"
                )

    def clauses(self) -> None:
        table = Table(title=self.say("条款", "Clauses"))
        for name in (self.say("条款", "Clause"), self.say("结论", "Mark"), self.say("依据", "Citation")):
            table.add_column(name, overflow="fold")
        for clause in self.told.clauses:
            instrument = self.say(clause.instrument, clause.instrument_en)
            words = self.say(clause.words, clause.words_en)
            known = "" if clause.status == "seen" and not clause.quote else f"（{STATUS[clause.status][self.en]}）"
            law = f"{instrument} {clause.article} {words}{known}"
            name = f"{self.say(clause.title, clause.title_en)} {on('dim')}{clause.id}{OFF}"
            table.add_row(name, MARKS[clause.mark][self.en], law)
        self.console.print(table, soft_wrap=False)

    def facts(self) -> None:
        self.title("事实（范围）及其出处", "Facts (ranges) and where they stand")
        for fact in self.told.facts:
            if not fact.id.startswith("gap_"):
                places = "；".join(self._place(paper) for paper in fact.papers[:4])
                more = f" …+{len(fact.papers) - 4}" if len(fact.papers) > 4 else ""
                said = self.say(fact.says, fact.says_en)
                by = self.say(fact.confirmed_by, fact.confirmed_by_en)
                self.console.print(
                    f"  {self.say(fact.title, fact.title_en)}：{on('bold')}{said}{OFF}（{by}）{on('dim')}{places + more}{OFF}"
                )

    def papers(self) -> None:
        if not self.told.papers:
            return
        table = Table(title=self.say("所据材料", "Papers"))
        for name in (self.say("材料", "Paper"), self.say("位置", "Place"), self.say("内容", "Says")):
            table.add_column(name, overflow="fold")
        for paper in self.told.papers:
            says = paper.says if self.en else _worded(paper.says)
            table.add_row(paper.table if self.en else TABLE_TITLES[paper.table], self._place(paper), says)
        self.console.print(table, soft_wrap=False)

    def _place(self, paper: PaperPlace) -> str:
        sheet = f"[{paper.sheet}] " if paper.sheet else ""
        columns = f"「{'、'.join(paper.columns)}」" if paper.columns else ""
        row = self.say(f"第{paper.row}行", f"row {paper.row} ")
        return f"{paper.file} {sheet}{row}{columns}".strip()

    def _set(self, one: PaperSet) -> str:
        outcomes = self.say("、", ", ").join(self.outcomes[outcome][self.en] for outcome in one.outcomes)
        return f"{self._papers(one.papers)}  → {self.say('可定为', 'could be')} {outcomes}"

    def _papers(self, papers: Sequence[PaperNeeded]) -> str:
        if self.en:
            return " + ".join(f"{one.title_en} ({', '.join(one.bodies_en)})" for one in papers)
        return " + ".join(f"{one.title}（{'、'.join(one.bodies)}）" for one in papers)

    def _under(self, one: AssumptionReading) -> str:
        same = self.say("（不变）", " (the same)")
        tried = [
            self.say(f"若为{other.value}，则", f"if {other.value_en}: ")
            + self._become(other.outcome)
            + ("" if other.differs else same)
            for other in one.under
            if other.outcome
        ]
        if tried:
            return self.say("；", "; ") + self.say("；", "; ").join(tried)
        become = [self._become(outcome) for outcome in one.could_become if outcome != self.told.outcome]
        said = self.say("、", ", ").join(become)
        return self.say(f"；换一个值可能变为：{said}", f"; under another value it could be: {said}") if said else ""

    def _area(self, said: str) -> str:
        return said.replace("亩", " mu") if self.en else said

    def _become(self, outcome: str) -> str:
        return self.outcomes[outcome][self.en]


def _worded(says: str) -> str:
    """Keys of enumerations as the Chinese words of the papers."""
    return " ".join(WORDS.get(part, part) for part in says.split(" "))
