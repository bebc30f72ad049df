"""A component as SVG: texts are escaped, colours differ in lightness too, evidence stands in the tooltip of each band."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax import saxutils

from eligibility.labels.states import CERTAINTIES, COVERAGE
from eligibility.labels.values import mu, span
from eligibility.reconcile.component import AgreementNode, ApprovalNode, Component, MatchEdge
from eligibility.reporting.picture import words
from eligibility.reporting.picture.layout import BAR, LEFT, RIGHT, WIDTH, Band, Box, Layout, place

FONTS = "Open Sans, Droid Sans Fallback, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, SimSun, sans-serif"
_COLOURS = {"covered": "#1b7f5a", "partly": "#c98a00", "ambiguous": "#c98a00", "uncovered": "#b3261e"}
_APPROVAL_SIDE = (LEFT, LEFT - 8, "end")
_AGREEMENT_SIDE = (RIGHT - BAR, RIGHT + 8, "start")
_CERTAIN, _POSSIBLE, _PAPER = "#2f6f9f", "#8a8a8a", "#3a4654"


def draw(component: Component, lang: str) -> str:
    """The whole picture as one `<svg>` element, without any reference to the outside."""
    layout = place(component)
    parts = [*_head(component, lang), *_bands(component, layout, lang), *_sides(component, layout, lang)]
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {layout.height}" width="{WIDTH}" height="{layout.height}"'
        f' font-family="{FONTS}" font-size="13" role="img">\n'
        f'<rect width="{WIDTH}" height="{layout.height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def tooltip(link: MatchEdge, lang: str) -> str:
    """Area, certainty and each item of evidence with its weight, one a line."""
    certainty = CERTAINTIES["certain" if link.certain else "possible"].in_language(lang)
    area = f"{span(link.least_micro_mu, link.most_micro_mu)} {_unit(lang)}"
    items = [f"{weight:+d}  {words.item(name, lang)}" for name, weight in link.items]
    return "\n".join([f"{certainty}  {area}", *items, f"= {link.score:+d}"])


def _unit(lang: str) -> str:
    return "mu" if lang == "en" else "亩"


def _head(component: Component, lang: str) -> Iterator[str]:
    yield _text(24, 34, f"{words.TITLE.in_language(lang)} {component.name}", size=19, weight=600)
    yield _text(24, 58, words.LEGEND.in_language(lang), colour="#666666")
    said = [(COVERAGE[name].in_language(lang), colour) for name, colour in _COLOURS.items() if name != "partly"]
    for n, (status, colour) in enumerate(said):
        yield f'<rect x="{RIGHT + 110 * (n - 1)}" y="24" width="12" height="12" fill="{colour}"/>'
        yield _text(RIGHT + 110 * (n - 1) + 18, 35, status, size=12, colour="#555555")
    yield _text(LEFT, 84, words.APPROVALS.in_language(lang), anchor="end", weight=600)
    yield _text(RIGHT, 84, words.AGREEMENTS.in_language(lang), weight=600)
    if not component.approvals:
        yield _text(LEFT, 124, words.NONE.in_language(lang), anchor="end", colour=_COLOURS["uncovered"])


def _bands(component: Component, layout: Layout, lang: str) -> Iterator[str]:
    """Possible ones first, so that the certain lie above them."""
    numbers = {a.key: a.no for a in component.approvals}
    lines = {a.line: f"{a.no} {words.land_class(a.land_class, lang)}" for a in component.agreements}
    for band in sorted(layout.bands, key=lambda one: one.link.certain):
        link = band.link
        title = _escape(f"{numbers[link.approval]} → {lines[link.line]}\n{tooltip(link, lang)}")
        yield f'<g class="{"certain" if link.certain else "possible"}"><title>{title}</title>'
        if band.most > band.least:
            yield (
                f'<path d="{_ribbon(band, band.most)}" fill="{_POSSIBLE}" fill-opacity="0.13" stroke="{_POSSIBLE}"'
                ' stroke-width="1.2" stroke-dasharray="6 4"/>'
            )
        if band.least:
            yield f'<path d="{_ribbon(band, band.least)}" fill="{_CERTAIN}" fill-opacity="0.62"/>'
        elif link.certain:
            yield f'<path d="{_ribbon(band, 1)}" fill="none" stroke="{_CERTAIN}" stroke-width="1.6"/>'
        yield "</g>"


def _ribbon(band: Band, width: float) -> str:
    x0, x1 = LEFT + BAR, RIGHT - BAR
    middle = (x0 + x1) / 2
    low, right_low = round(band.left + width, 2), round(band.right + width, 2)
    return (
        f"M{x0},{band.left} C{middle},{band.left} {middle},{band.right} {x1},{band.right}"
        f" L{x1},{right_low} C{middle},{right_low} {middle},{low} {x0},{low} Z"
    )


def _sides(component: Component, layout: Layout, lang: str) -> Iterator[str]:
    for given in component.approvals:
        yield from _box(_APPROVAL_SIDE, layout.approvals[given.key], _PAPER, _approval(given, lang))
    for line in component.agreements:
        yield from _box(
            _AGREEMENT_SIDE, layout.agreements[line.line], _COLOURS.get(line.status, _PAPER), _agreement(line, lang)
        )


def _box(side: tuple[int, int, str], box: Box, colour: str, label: tuple[str, ...]) -> Iterator[str]:
    """A bar with its label. `side`: where bars begin, where labels do, and at which end of the text."""
    x, at, anchor = side
    yield f'<rect x="{x}" y="{box.top}" width="{BAR}" height="{box.height}" fill="{colour}"/>'
    for n, said in enumerate(label):
        plain = {"size": 13, "weight": 600} if n == 0 else {"size": 12, "weight": 400}
        yield _text(at, box.top + 12 + 16 * n, said, anchor=anchor, colour="#222222" if n == 0 else "#555555", **plain)


def _approval(given: ApprovalNode, lang: str) -> tuple[str, ...]:
    about = given.project or given.batch
    return (
        given.no,
        f"{words.days(given.day_lo, given.day_hi, lang)}  {mu(given.area_umu)} {_unit(lang)}",
        _short(about),
    )


def _agreement(line: AgreementNode, lang: str) -> tuple[str, ...]:
    covered = f"{COVERAGE[line.status].in_language(lang)} {span(line.least_micro_mu, line.most_micro_mu)}"
    area = f"{words.land_class(line.land_class, lang)} {mu(line.area_umu)} {_unit(lang)}"
    return line.no, f"{line.place}  {area}", covered


def _escape(text: str) -> str:
    """For XML, which knows no control characters but the end of a line."""
    return saxutils.escape("".join(mark for mark in text if mark == "\n" or mark.isprintable()))


def _short(text: str, most: int = 24) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _text(  # noqa: PLR0913
    x: float, y: float, said: str, *, anchor: str = "start", size: int = 13, weight: int = 400, colour: str = "#222222"
) -> str:
    return (
        f'<text x="{x}" y="{round(y, 2)}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}"'
        f' fill="{colour}">{_escape(said)}</text>'
    )
