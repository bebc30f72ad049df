"""Computes what would change the outcome of a case: all minimal sets of answers.

A *question* is one comparison on facts (conditions with the same expression are one question), or an *override*: a
reviewer's decision that a refuted refer clause does not stop the case. A *change* answers some questions and leaves
everything else as it is. A set of questions is minimal for an outcome if some answers to it give that outcome and no
answers to a proper subset do. Kleene logic is monotone: an outcome reached while other questions are open stays the same
whatever their answers. Which papers answer a question depends on the person (`adjudicate.questions`).
"""

from eligibility.adjudicate.settlement.minimal_changes import Change, MinimalChanges
from eligibility.adjudicate.settlement.questions import Question, Questions

__all__ = ["Change", "MinimalChanges", "Question", "Questions"]
