"""Events ↔ a sealed log: written once, chained by hash, checked, and compared with a decision made again."""

from eligibility.audit.examine import Examined, examine
from eligibility.audit.kept import Kept
from eligibility.audit.log import Log, Writer
from eligibility.audit.seal import check_seal, seal_of
from eligibility.audit.verified import VerifiedLog

__all__ = ["Examined", "Kept", "Log", "VerifiedLog", "Writer", "check_seal", "examine", "seal_of"]
