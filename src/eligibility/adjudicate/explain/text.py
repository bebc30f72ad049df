"""One decision as plain text, for an officer or for the person concerned: no markup, one statement a line.

In short it is what an officer reads in ten seconds: outcome and why, what to do and who does it, the facts on which it
turns with file and cell, the land, and the assumed values that matter. In full it is all that a signature rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eligibility.adjudicate.explain.models import (
    AssumptionReading,
    BenefitReading,
    Explanation,
    FactReading,
    LinkReading,
    PaperPlace,
    QuestionReading,
)
from eligibility.adjudicate.explain.places import TABLE_TITLES
from eligibility.adjudicate.explain.readings import outcome_text
from eligibility.labels.facts import WORDS
from eligibility.labels.states import CERTAINTIES, EFFECTS, KNOWN, MARKS
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Policy

SHORTEST = 40
"""Lines that the short form never exceeds."""
_FEW = 4
"""Questions, agreements and assumed values that the short form shows of each."""
_PLACES = 3
"""Places of a fact in the short form, each in another file where there are several."""


def explanation_text(
    explanation: Explanation, policy: Policy, *, audience: str = "officer", lang: str = "zh", full: bool = False
) -> list[str]:
    """The lines; whoever calls it decides how much of an id is shown. `audience`: officer or citizen."""
    writer = _Writer(explanation, policy, lang)
    if audience == "citizen":
        return list(writer.citizen())
    if full:
        return list(writer.full())
    lines = list(writer.short())
    return lines if len(lines) <= SHORTEST else [*lines[: SHORTEST - 1], lines[-1]]


class _Writer:
    """One explanation, section by section, in one language."""

    def __init__(self, explanation: Explanation, policy: Policy, lang: str) -> None:
        self.case, self.policy, self.lang, self.en = explanation, policy, lang, lang == "en"
        self.facts = {fact.id: fact for fact in explanation.facts if not fact.id.startswith("gap_")}

    def citizen(self) -> Iterator[str]:
        """What the person concerned is told: plain words, no codes, nobody else's data."""
        case, text = self.case, self.case.citizen
        if text is None:
            return
        yield f"{case.name}  {case.resident_id}"
        yield self._of(Bilingual(text.opening.zh, text.opening.en))
        yield from (f"  · {self._of(Bilingual(line.zh, line.en))}" for line in text.because)
        if text.bring:
            yield self._say("还要查明，需要下列材料：", "Still to be found out, by these papers:")
            yield from (f"  {n}. {self._of(Bilingual(line.zh, line.en))}" for n, line in enumerate(text.bring[:6], 1))
        yield from (self._of(Bilingual(line.zh, line.en)) for line in text.next)
        yield f"{self._say(case.regime_title, case.regime_title_en)}  {case.as_of}"

    def short(self) -> Iterator[str]:
        """At most `SHORTEST` lines."""
        yield from self._head()
        yield from self._benefits()
        yield from self._to_do()
        yield from self._section(
            Bilingual("结论所系的事实", "The facts on which it turns"),
            [self._fact(self.facts[fact], _PLACES) for fact in self.case.main_facts if fact in self.facts],
        )
        yield from self._section(
            Bilingual("征地协议与批文", "Agreements and approvals"),
            self._few([self._say(link.says, link.says_en) for link in self.case.links]),
        )
        yield from self._section(
            Bilingual("换一个值会改变结论的推定", "Assumed values under which the outcome would differ"),
            self._few([self._assumption(reading) for reading in self.case.assumptions if _matters(reading, self.case)]),
        )
        yield ""
        yield self._say("全部条款、事实和材料：加 --full", "every clause, fact and paper: --full")

    def full(self) -> Iterator[str]:
        """Everything that a signature rests on."""
        yield from self._head()
        yield from self._benefits(whole=True)
        yield from self._to_do(whole=True)
        yield from self._section(
            Bilingual("与其他结论的差别", "What separates it from the other outcomes"),
            [
                *(self._say(n.says, n.says_en) for n in self.case.neighbours if n.outcome != "not_eligible"),
                *([self._say(self.case.refused_if_says, self.case.refused_if_says_en)] if self.case.refused_if else []),
            ],
        )
        yield from self._section(
            Bilingual("依据推定或未定的参数", "Rests on parameters assumed or not set"),
            [self._assumption(reading) for reading in self.case.assumptions],
        )
        yield from self._section(
            Bilingual("征地协议与批文", "Agreements and approvals"),
            [line for link in self.case.links for line in self._link(link)],
        )
        yield from self._section(Bilingual("条款", "Clauses"), self._clauses())
        yield from self._section(
            Bilingual("事实（范围）及其出处", "Facts (ranges) and where they stand"),
            [self._fact(fact, len(fact.papers)) for fact in self.facts.values()],
        )
        yield from self._section(Bilingual("所据材料", "Papers"), [self._paper(paper) for paper in self.case.papers])

    def _head(self) -> Iterator[str]:
        case = self.case
        yield f"{self._say('结论', 'Outcome')}{self._colon}{self._say(case.headline, case.headline_en)}"
        if case.resident_id:
            yield f"{case.resident_id}  {case.name}  {case.community}{case.group}  {case.household_id}"
        regime = self._say(case.regime_title or case.regime, case.regime_title_en or case.regime)
        yield f"{regime}  {self._say('审核日', 'as of')} {case.as_of}"
        if case.outcome_class:
            yield f"{self._say('类别', 'Class')}{self._colon}{self._say(case.outcome_class, case.outcome_class_en)}"
        for other in case.try_regimes:
            yield f"{self._say('可试用的规则', 'Rulebook to try')}{self._colon}{other.id} {other.title}"

    def _benefits(self, *, whole: bool = False) -> Iterator[str]:
        lines = [line for entry in self.case.benefits for line in self._benefit(entry, whole=whole)]
        yield from self._section(Bilingual("补助与缴费", "Benefits and contributions"), lines)

    def _benefit(self, entry: BenefitReading, *, whole: bool) -> Iterator[str]:
        """The amount and who pays it; in full each step with its numbers and where the law says it."""
        title = self._say(entry.title, entry.title_en)
        amount = f"{self._say(entry.says, entry.says_en)} {self._bracketed(self._say(entry.paid_says, entry.paid_says_en)).strip()}"
        open_ = self._bracketed(self._say("是否可得待核", "open whether it is due")) if entry.entitled == "open" else ""
        unset = self._comma.join(entry.unset_en if self.en else entry.unset)
        why = self._bracketed(self._say(f"未设定：{unset}", f"not set: {unset}")) if unset else ""
        yield f"{title}{self._colon}{amount}{why}{open_}"
        for part in entry.parts:
            share = f" {part.share}" if part.share else ""
            yield f"    {self._say(part.title, part.title_en)}{share}{self._colon}{self._say(part.says, part.says_en)}"
        for step in entry.steps if whole else ():
            numbers = self._comma.join(step.numbers_en if self.en else step.numbers)
            by = f"{self._say('；', '; ')}{numbers}" if numbers else ""
            known = self._bracketed(KNOWN[step.status].in_language(self.lang))
            says = f"{self._say(step.title, step.title_en)}{self._colon}{self._say(step.says, step.says_en)}"
            yield f"    {says}  = {step.how}{by}  [{self._say(step.law, step.law_en)}{known}]"

    def _to_do(self, *, whole: bool = False) -> Iterator[str]:
        case, comma = self.case, self._comma
        asked = [self._question(question) for question in case.questions]
        yield from self._section(Bilingual("待答的问题", "Open questions"), asked if whole else self._few(asked))
        if not asked and case.outcome == "manual_review":
            reasons = [
                f"{self._say(reason.title, reason.title_en)}{self._colon}"
                f"{self._say(' 或 ', ' or ').join(reason.documents_en if self.en else reason.documents)} → "
                f"{comma.join(reason.bodies_en if self.en else reason.bodies)}"
                for reason in case.reasons
            ]
            yield from self._section(Bilingual("待查明的事项", "What is to be found out"), reasons)

    def _question(self, asked: QuestionReading) -> str:
        """What is asked, by what papers it is answered, of whom, and the cell that is open."""
        papers = self._say(" 或 ", " or ").join(asked.documents_en if self.en else asked.documents)
        bodies = self._comma.join(asked.bodies_en if self.en else asked.bodies)
        place = f"  [{self._at(asked.file, asked.sheet, asked.row, asked.columns)}]" if asked.file else ""
        wanted = f"{self._colon}{papers}" if papers else ""
        number = self._say(f"问{asked.number}", f"No. {asked.number}")
        return f"{number} {self._say(asked.title, asked.title_en)}{wanted} → {bodies}{place}"

    def _section(self, title: Bilingual, lines: Sequence[str]) -> Iterator[str]:
        if lines:
            yield ""
            yield self._of(title)
            yield from (f"  · {line}" if not line.startswith(" ") else f"  {line}" for line in lines)

    def _few(self, lines: Sequence[str]) -> list[str]:
        more = len(lines) - _FEW
        rest = [self._say(f"另有 {more} 项", f"{more} more")] if more > 0 else []
        return [*lines[:_FEW], *rest]

    def _fact(self, fact: FactReading, most: int) -> str:
        places = self._say("；", "; ").join(self._place(paper) for paper in _spread(fact.papers)[:most])
        more = self._say(f" 等{len(fact.papers)}处", f" and {len(fact.papers) - most} more")
        value = f"{self._say(fact.title, fact.title_en)}{self._colon}{self._say(fact.says, fact.says_en)}"
        return f"{value}  [{places}{more if len(fact.papers) > most else ''}]" if places else value

    def _assumption(self, reading: AssumptionReading) -> str:
        value = f"{self._say(reading.title, reading.title_en)}{self._colon}{self._say(reading.value, reading.value_en)}"
        known = f"{value}{self._bracketed(KNOWN[reading.status].in_language(self.lang))}"
        under = [
            f"{self._say(f'若为{other.value}', f'if {other.value_en}')} → {self._outcome(other.outcome)}"
            for other in reading.under
            if other.outcome and other.differs
        ]
        if not any(other.outcome for other in reading.under):
            become = [self._outcome(outcome) for outcome in reading.could_become if outcome != self.case.outcome]
            under = (
                [f"{self._say('换一个值可能变为', 'under another value')} → {self._comma.join(become)}"]
                if become
                else []
            )
        return self._say("；", "; ").join([known, *under])

    def _link(self, link: LinkReading) -> Iterator[str]:
        yield self._say(link.says, link.says_en)
        for rival in link.approvals:
            evidence = self._comma.join(rival.evidence_en if self.en else rival.evidence)
            area = rival.area.replace("亩", " mu") if self.en else rival.area
            yield f"    {CERTAINTIES[rival.certainty].in_language(self.lang)} {rival.approval_no} {area}  {evidence}"

    def _clauses(self) -> list[str]:
        lines = []
        for clause in self.case.clauses:
            law = f"{self._say(clause.instrument, clause.instrument_en)} {clause.article} {self._say(clause.words, clause.words_en)}"
            known = "" if clause.status == "seen" and not clause.quote else KNOWN[clause.status].in_language(self.lang)
            title = (
                f"{MARKS[clause.mark].in_language(self.lang)}{self._colon}{self._say(clause.title, clause.title_en)}"
            )
            lines.append(f"{title}  [{law}{self._bracketed(known)}]")
        return lines

    def _paper(self, paper: PaperPlace) -> str:
        content = paper.says if self.en else " ".join(WORDS.get(part, part) for part in paper.says.split(" "))
        if paper.table == "answers":
            words, _, effect = content.rpartition(" [")
            content = f"{words}{self._bracketed(EFFECTS[effect.rstrip(']')].in_language(self.lang))}"
        table = paper.table.replace("_", " ") if self.en else TABLE_TITLES[paper.table]
        return f"{table}  {self._place(paper)}  {content}"

    def _place(self, paper: PaperPlace) -> str:
        return self._at(paper.file, paper.sheet, paper.row, "、".join(paper.columns))

    def _at(self, file: str, sheet: str, row: int | None, columns: str) -> str:
        """Where a row stands, and under which headers."""
        where = f"[{sheet}] " if sheet else ""
        headers = f"「{columns}」" if columns else ""
        return f"{file} {where}{self._say(f'第{row}行', f'row {row}')}{headers}".strip()

    def _outcome(self, outcome: str) -> str:
        return self._of(outcome_text(self.policy, outcome))

    def _bracketed(self, text: str) -> str:
        return self._say(f"（{text}）", f" ({text})") if text else ""

    def _say(self, zh: str, en: str) -> str:
        return en if self.en else zh

    def _of(self, text: Bilingual) -> str:
        return text.in_language(self.lang)

    @property
    def _colon(self) -> str:
        return ": " if self.en else "："

    @property
    def _comma(self) -> str:
        return ", " if self.en else "、"


def _spread(papers: Sequence[PaperPlace]) -> list[PaperPlace]:
    """The first place in each file, then the others."""
    first = {paper.file: paper for paper in reversed(papers)}
    return sorted(papers, key=lambda paper: first[paper.file] is not paper)


def _matters(reading: AssumptionReading, case: Explanation) -> bool:
    """Whether another value of the parameter could change the outcome."""
    if any(other.outcome for other in reading.under):
        return any(other.differs for other in reading.under if other.outcome)
    return any(outcome != case.outcome for outcome in reading.could_become)
