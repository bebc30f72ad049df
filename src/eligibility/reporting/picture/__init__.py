"""Pictures of what was matched with what: one component as a page, as PNG, as SVG."""

from eligibility.reporting.picture.page import component_page
from eligibility.reporting.picture.png import svg_to_png
from eligibility.reporting.picture.svg import draw

__all__ = ["component_page", "draw", "svg_to_png"]
