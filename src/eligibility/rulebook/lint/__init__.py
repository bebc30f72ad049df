"""`eligibility rules check`: everything that is wrong or hardly meant in rule files, in one pass."""

from eligibility.rulebook.lint.run import Checked, check_rules

__all__ = ["Checked", "check_rules"]
