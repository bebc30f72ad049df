"""From a dossier on disk to the tables of schema `paper`, with a finding for everything that could not be read."""

from eligibility.intake.between.communities import settle_communities
from eligibility.intake.dossier import read_dossier

__all__ = ["read_dossier", "settle_communities"]
