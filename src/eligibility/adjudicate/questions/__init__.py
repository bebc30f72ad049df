"""What to ask first: the open questions of a batch, ordered by how many persons each would settle."""

from eligibility.adjudicate.questions.ask import ask

__all__ = ["ask"]
