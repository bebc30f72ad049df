"""Pictures of what was matched with what: one component as a page and as SVG."""

from eligibility.reporting.picture.page import component_page
from eligibility.reporting.picture.svg import draw

__all__ = ["component_page", "draw"]
