"""What would decide a case otherwise: all minimal sets of answers, and of the papers that give them.

A *question* is one comparison on facts (conditions of the same expression are one question), or a *ruling*: the act of
a person by which a refer clause that is refuted no longer holds the case up. A *change* answers some questions and leaves
everything else as it is. A set of questions is minimal towards an outcome when some answers to it give that outcome
and no answers to fewer of them do. Kleene logic is monotone: an outcome reached while the rest is open stays,
whatever the rest turns out to be.
"""

from eligibility.adjudicate.settling.needs import Need, Needs
from eligibility.adjudicate.settling.papers import PaperWay, Request
from eligibility.adjudicate.settling.questions import Question, Questions
from eligibility.adjudicate.settling.towards import Change, Sets

__all__ = ["Change", "Need", "Needs", "PaperWay", "Question", "Questions", "Request", "Sets"]
