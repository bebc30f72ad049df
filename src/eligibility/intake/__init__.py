"""From a dossier on disk to the tables of schema `paper`, with a finding for everything that could not be read."""

from eligibility.intake.between.communities import settle_communities
from eligibility.intake.dossier import read_dossier
from eligibility.intake.judgements import lay_judgements, read_judgements
from eligibility.intake.notices import finding_words

__all__ = ["finding_words", "lay_judgements", "read_dossier", "read_judgements", "settle_communities"]
