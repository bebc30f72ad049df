"""Sentences of an explanation, in Chinese and English: headline, missing answers, text for the person concerned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import prod

from eligibility.adjudicate.explain.models import (
    AnswerReading,
    CitizenText,
    Neighbour,
    ProfileExplanation,
    QuestionReading,
    Told,
)
from eligibility.adjudicate.explain.readings import outcome_text
from eligibility.labels.titles import leading
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Kind, Policy

Lacking = list[list[AnswerReading]]
_COUNT = "零一两三四五六七八九十"


def headline(explanation: ProfileExplanation, policy: Policy) -> Bilingual:
    """Return outcome and reasons in one line."""
    because = _because(explanation, policy)
    if not because:
        return Bilingual(
            f"{explanation.outcome_title}：各项要求均已证明",
            f"{explanation.outcome_title_en}: every requirement is proven",
        )
    zh, en = "；".join(reason.zh for reason in because), "; ".join(reason.en for reason in because)
    return Bilingual(f"{explanation.outcome_title}：{zh}", f"{explanation.outcome_title_en}: {en}")


def neighbours(policy: Policy, outcome: str, read: Iterable[tuple[str, list[AnswerReading]]]) -> list[Neighbour]:
    """Return the other outcomes, each with the answers that would lead to it."""
    by_outcome: dict[str, Lacking] = {}
    for other, answers in read:
        by_outcome.setdefault(str(other), []).append(answers)
    result = []
    for other in ("eligible", "register", "not_eligible"):
        if other in by_outcome and other != outcome:
            title, text = outcome_text(policy, other), _lacks(outcome_text(policy, other), by_outcome[other])
            result.append(
                Neighbour(
                    outcome=other,
                    title=title.zh,
                    title_en=title.en,
                    lacking=by_outcome[other],
                    says=text.zh,
                    says_en=text.en,
                )
            )
    return result


def refused_if(explanation: ProfileExplanation) -> Bilingual:
    """Return the sentence that lists the answers under which the case would be refused."""
    if not explanation.refused_if:
        return Bilingual("", "")
    zh = "；".join(_numbered(i, _all_zh(answers)) for i, answers in enumerate(explanation.refused_if, 1))
    en = "; ".join(f"({i}) {_all_en(answers)}" for i, answers in enumerate(explanation.refused_if, 1))
    return Bilingual(
        f"以下任何一项查明属实，即为不符合：{zh}", f"It would be refused if any of these turned out so: {en}"
    )


def citizen_text(explanation: ProfileExplanation, policy: Policy) -> CitizenText:
    """Return the text for the person concerned, without codes or data of other persons."""
    opening, following = _OPENING[explanation.outcome], _NEXT[explanation.outcome]
    if any(
        one.code in policy.clauses and policy.clauses[one.code].kind is Kind.ELSEWHERE for one in explanation.reasons
    ):
        opening = _ELSEWHERE
    return CitizenText(
        opening=_sentence(opening),
        because=[_sentence(text) for text in _because(explanation, policy)],
        bring=[],
        next=[_sentence(text) for text in following],
    )


def with_papers(text: CitizenText | None, questions: Sequence[QuestionReading]) -> CitizenText | None:
    """Add what is still wanted: of each open question the papers any of which may answer it, and who has them; each once."""
    if text is None:
        return None
    wanted = dict.fromkeys(
        (
            f"{' 或 '.join(question.documents)}（{'、'.join(question.bodies)}）",
            f"{' or '.join(question.documents_en)} ({', '.join(question.bodies_en)})",
        )
        for question in questions
        if question.documents
    )
    return replace(text, bring=[Told(zh=zh, en=en) for zh, en in wanted])


_OPENING = {
    "eligible": Bilingual("经审核，您符合纳入条件。", "After review, you are covered."),
    "not_eligible": Bilingual("经审核，您不符合纳入条件。", "After review, you are not covered."),
    "register": Bilingual(
        "经审核，您先行备案登记，这不是拒绝。", "After review, you are registered for later; this is no refusal."
    ),
    "manual_review": Bilingual(
        "您的情况还不能作出结论，需要进一步核查，这不是拒绝。",
        "Your case cannot be decided yet and is being looked into; this is no refusal.",
    ),
}
_ELSEWHERE = Bilingual(
    "经审核，您另按其他办法办理，这不是拒绝。",
    "After review, your case belongs to another programme; this is no refusal.",
)
_OBJECT = Bilingual(
    "如果您认为情况与此不符，可以向社区（村民委员会）或街道办事处提出，并附上有关材料。",
    "If you think this is not right, tell your community (villagers' committee) or street office and add your papers.",
)
_NEXT = {
    "eligible": (_OBJECT,),
    "not_eligible": (_OBJECT,),
    "register": (_OBJECT,),
    "manual_review": (
        Bilingual("材料齐备以前，不会因为缺少材料而认定您不符合。", "Nobody is refused because a paper is missing."),
        _OBJECT,
    ),
}


def _because(explanation: ProfileExplanation, policy: Policy) -> list[Bilingual]:
    """Return the reasons that tell something; of several that depend on the same question, only the first."""
    decided = explanation.outcome in {"not_eligible", "register"}
    questions = (
        {clause: i for i, clauses in enumerate(_questions(explanation)) for clause in clauses} if decided else {}
    )
    texts: dict[object, Bilingual] = {}
    telling = leading(policy, [reason.code for reason in explanation.reasons])
    for reason in (reason for reason in explanation.reasons if reason.code in telling):
        texts.setdefault(questions.get(reason.code, reason.code), Bilingual(reason.title, reason.title_en))
    return list(texts.values())


def _questions(explanation: ProfileExplanation) -> list[list[str]]:
    """Return sets of clauses that change together with one answer, because they read the same comparison."""
    answers = [answer for neighbour in explanation.neighbours for ways in neighbour.lacking for answer in ways]
    return [answer.clauses for answer in answers if len(answer.clauses) > 1]


def _lacks(title: Bilingual, lacking: Lacking) -> Bilingual:
    """Return `距“符合”缺一项：…`: the smallest sets, first their common answers, then the alternatives."""
    fewest = min(map(len, lacking))
    smallest = [answers for answers in lacking if len(answers) == fewest]
    shared = [answer for answer in smallest[0] if all(answer in answers for answers in smallest)]
    zh, en = [answer.title for answer in shared], [answer.title_en for answer in shared]
    for choice in _choices([[answer for answer in answers if answer not in shared] for answers in smallest]):
        zh.append(" 或 ".join(_all_zh(answers) for answers in choice))
        en.append(" or ".join(_all_en(answers) for answers in choice))
    count = _COUNT[fewest] if fewest < len(_COUNT) else str(fewest)
    things = "thing" if fewest == 1 else "things"
    return Bilingual(
        f"距“{title.zh}”缺{count}项：{'；'.join(zh)}", f"{fewest} {things} short of “{title.en}”: {'; '.join(en)}"
    )


def _choices(rest: Lacking) -> list[Lacking]:
    """Return independent choices if the sets are all combinations of one answer from each; else one choice of all sets.

    Answers that never occur in the same set are alternatives of each other.
    """
    answers = list({answer.title: answer for answers in rest for answer in answers}.values())
    groups: list[list[AnswerReading]] = []
    for answer in answers:
        disjoint = [
            group for group in groups if not any(answer in each and member in each for each in rest for member in group)
        ]
        if disjoint:
            disjoint[0].append(answer)
        else:
            groups.append([answer])
    if groups and prod(map(len, groups)) == len(rest) and all(len(answers) == len(groups) for answers in rest):
        return [[[answer] for answer in group] for group in groups]
    return [rest] if answers else []


def _all_zh(answers: Sequence[AnswerReading]) -> str:
    return "且".join(answer.title for answer in answers)


def _all_en(answers: Sequence[AnswerReading]) -> str:
    return " and ".join(answer.title_en for answer in answers)


def _numbered(number: int, text: str) -> str:
    return f"{chr(0x2460 + number - 1) if number <= 20 else f'({number})'}{text}"


def _sentence(text: Bilingual) -> Told:
    return Told(zh=text.zh, en=text.en)
