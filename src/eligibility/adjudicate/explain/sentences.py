"""Sentences of an explanation, in Chinese and English: headline, what is lacking, what the person is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from eligibility.adjudicate.explain.models import (
    AnswerReading,
    CitizenText,
    Neighbour,
    PaperNeeded,
    PaperSet,
    ProfileExplanation,
    Told,
)
from eligibility.adjudicate.explain.readings import outcome_text
from eligibility.domain.finding import Text
from eligibility.domain.policy import Policy

Lacking = list[list[AnswerReading]]
_COUNT = "零一两三四五六七八九十"


def headline(told: ProfileExplanation) -> Text:
    """Outcome and why, in one line."""
    because = _because(told)
    if not because:
        return Text(f"{told.outcome_title}：各项要求均已证明", f"{told.outcome_title_en}: every requirement is proven")
    zh, en = "；".join(one.zh for one in because), "; ".join(one.en for one in because)
    return Text(f"{told.outcome_title}：{zh}", f"{told.outcome_title_en}: {en}")


def neighbours(policy: Policy, outcome: str, read: Iterable[tuple[str, list[AnswerReading]]]) -> list[Neighbour]:
    """The other outcomes, and what separates the case from each."""
    towards: dict[str, Lacking] = {}
    for other, answers in read:
        towards.setdefault(str(other), []).append(answers)
    found = []
    for other in ("eligible", "register", "not_eligible"):
        if other in towards and other != outcome:
            title, said = outcome_text(policy, other), _lacks(outcome_text(policy, other), towards[other])
            found.append(
                Neighbour(
                    outcome=other,
                    title=title.zh,
                    title_en=title.en,
                    lacking=towards[other],
                    says=said.zh,
                    says_en=said.en,
                )
            )
    return found


def refused_if(told: ProfileExplanation) -> Text:
    """What would have to be false for the case to be refused."""
    if not told.refused_if:
        return Text("", "")
    zh = "；".join(_numbered(i, _all_zh(answers)) for i, answers in enumerate(told.refused_if, 1))
    en = "; ".join(f"({i}) {_all_en(answers)}" for i, answers in enumerate(told.refused_if, 1))
    return Text(f"以下任何一项查明属实，即为不符合：{zh}", f"It would be refused if any of these turned out so: {en}")


def citizen_text(told: ProfileExplanation) -> CitizenText:
    """What the person concerned is told: plain, without codes or anybody else's data."""
    opening, following = _OPENING[told.outcome], _NEXT[told.outcome]
    return CitizenText(
        opening=_told(opening),
        because=[_told(one) for one in _because(told)],
        bring=[_told(_bring(one.papers)) for one in _shortest(told)],
        next=[_told(one) for one in following],
    )


_OPENING = {
    "eligible": Text("经审核，您符合纳入条件。", "After review, you are covered."),
    "not_eligible": Text("经审核，您不符合纳入条件。", "After review, you are not covered."),
    "register": Text(
        "经审核，您先行备案登记，这不是拒绝。", "After review, you are registered for later; this is no refusal."
    ),
    "manual_review": Text(
        "您的情况还不能作出结论，需要进一步核查，这不是拒绝。",
        "Your case cannot be decided yet and is being looked into; this is no refusal.",
    ),
}
_OBJECT = Text(
    "如果您认为情况与此不符，可以向社区（村民委员会）或街道办事处提出，并附上有关材料。",
    "If you think this is not right, tell your community (villagers' committee) or street office and add your papers.",
)
_NEXT = {
    "eligible": (_OBJECT,),
    "not_eligible": (_OBJECT,),
    "register": (_OBJECT,),
    "manual_review": (
        Text("材料齐备以前，不会因为缺少材料而认定您不符合。", "Nobody is refused because a paper is missing."),
        _OBJECT,
    ),
}


def _because(told: ProfileExplanation) -> list[Text]:
    """The reasons, of those that one and the same question gives only the first."""
    decided = told.outcome in {"not_eligible", "register"}
    questions = {clause: i for i, one in enumerate(_questions(told)) for clause in one} if decided else {}
    said: dict[object, Text] = {}
    for reason in told.reasons:
        said.setdefault(questions.get(reason.code, reason.code), Text(reason.title, reason.title_en))
    return list(said.values())


def _questions(told: ProfileExplanation) -> list[list[str]]:
    """Clauses that one answer would turn together: those that read the same comparison."""
    answers = [answer for neighbour in told.neighbours for ways in neighbour.lacking for answer in ways]
    return [answer.clauses for answer in answers if len(answer.clauses) > 1]


def _lacks(title: Text, lacking: Lacking) -> Text:
    """`距“符合”缺一项：…`: the smallest sets, what they share first, then what may stand for one another."""
    fewest = min(map(len, lacking))
    smallest = [answers for answers in lacking if len(answers) == fewest]
    shared = [one for one in smallest[0] if all(one in answers for answers in smallest)]
    zh, en = [one.title for one in shared], [one.title_en for one in shared]
    for choice in _choices([[one for one in answers if one not in shared] for answers in smallest]):
        zh.append(" 或 ".join(_all_zh(answers) for answers in choice))
        en.append(" or ".join(_all_en(answers) for answers in choice))
    count = _COUNT[fewest] if fewest < len(_COUNT) else str(fewest)
    things = "thing" if fewest == 1 else "things"
    return Text(
        f"距“{title.zh}”缺{count}项：{'；'.join(zh)}", f"{fewest} {things} short of “{title.en}”: {'; '.join(en)}"
    )


def _choices(rest: Lacking) -> list[Lacking]:
    """Independent choices, where the sets are every combination of one answer from each; else one choice of all sets.

    Answers that never stand in one set are alternatives of each other.
    """
    answers = list({one.title: one for found in rest for one in found}.values())
    groups: list[list[AnswerReading]] = []
    for one in answers:
        apart = [group for group in groups if not any(one in found and two in found for found in rest for two in group)]
        if apart:
            apart[0].append(one)
        else:
            groups.append([one])
    if groups and prod(map(len, groups)) == len(rest) and all(len(found) == len(groups) for found in rest):
        return [[[one] for one in group] for group in groups]
    return [rest] if answers else []


def _shortest(told: ProfileExplanation) -> list[PaperSet]:
    """The sets of papers that could grant or register; of a case that they could only refuse, those."""
    granting = [one for one in told.paper_sets if {"eligible", "register"} & set(one.outcomes)]
    return granting or told.paper_sets


def _bring(papers: Sequence[PaperNeeded]) -> Text:
    zh = " + ".join(f"{one.title}（{'、'.join(one.bodies)}）" for one in papers)
    en = " + ".join(f"{one.title_en} ({', '.join(one.bodies_en)})" for one in papers)
    return Text(zh, en)


def _all_zh(answers: Sequence[AnswerReading]) -> str:
    return "且".join(one.title for one in answers)


def _all_en(answers: Sequence[AnswerReading]) -> str:
    return " and ".join(one.title_en for one in answers)


def _numbered(number: int, said: str) -> str:
    return f"{chr(0x2460 + number - 1) if number <= 20 else f'({number})'}{said}"


def _told(text: Text) -> Told:
    return Told(zh=text.zh, en=text.en)
