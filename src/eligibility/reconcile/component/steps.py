"""Steps that would make the coverage of a line certain, in the order in which one would try them."""

from __future__ import annotations

from eligibility.model.diagnostic import Bilingual
from eligibility.reconcile.papers import Line, Papers
from eligibility.reconcile.positive_evidence import cited_approvals

_SETTLED = frozenset({"covered", "not_expropriation"})


def steps_to_certainty(line: Line, status: str, areas: dict[str, int], papers: Papers) -> tuple[Bilingual, ...]:
    """Return the steps for a line of that status; `areas`: approval → area (micro-亩) of its parcels that fit the line."""
    if status in _SETTLED:
        return ()
    steps = [] if line.kind else [_KIND]
    steps += [_CONFLICT] if line.conflict else []
    steps += _about_citation(line, areas, papers)
    if not areas:
        steps.append(_NO_PARCEL)
    elif not line.groups:
        steps.append(_GROUP)
    return tuple(steps)


def _about_citation(line: Line, areas: dict[str, int], papers: Papers) -> list[Bilingual]:
    keys = cited_approvals(line.cited, papers)
    if not line.cited:
        return [_CITE if areas else _CITE_ABSENT]
    if not keys:
        return [_UNREAD]
    steps = [_absent(key) for key in keys if key not in papers.approvals]
    steps += [_elsewhere(key) for key in keys if key in papers.approvals and key not in areas]
    cited = sum(areas.get(key, 0) for key in keys)
    if not steps and cited < line.area:
        steps.append(_too_small(cited, line.area))
    return steps or [_RIVALS]


def _absent(key: str) -> Bilingual:
    return Bilingual(
        f"将所引批文 {key} 及其地块补入卷宗", f"add the cited approval {key} and its parcels to the dossier"
    )


def _elsewhere(key: str) -> Bilingual:
    return Bilingual(
        f"所引批文 {key} 未列该处该类土地：核对批文地块，或更正引用文号",
        f"the cited approval {key} lists no such land there: check its parcels, or correct the citation",
    )


def _too_small(cited: int, area: int) -> Bilingual:
    return Bilingual(
        f"所引批文在该处只有 {cited / 1e6:.4f} 亩，少于协议的 {area / 1e6:.4f} 亩：核对面积与单位，或补引另一批文",
        f"the cited approval gives {cited / 1e6:.4f} mu there, the agreement holds {area / 1e6:.4f}: check areas and units,"
        " or cite the other approval too",
    )


_KIND = Bilingual("填明协议类型（征收、收储、租用、占用）", "say of what kind the agreement is")
_CONFLICT = Bilingual("消除同一协议两行记载的矛盾", "remove the contradiction between two rows of the agreement")
_CITE = Bilingual(
    "对照原件在协议中引用完整的批文文号（如 云国土资复〔2012〕665号）",
    "cite the full number of the approval, from the original (such as 云国土资复〔2012〕665号)",
)
_CITE_ABSENT = Bilingual(
    "查明批文，补入卷宗并在协议中引用其文号", "find the approval, add it to the dossier and cite its number"
)
_UNREAD = Bilingual(
    "所引文号无法完整辨认：对照原件更正", "the cited number cannot be read completely: correct it from the original"
)
_RIVALS = Bilingual(
    "同一批文地块另有协议主张，合计超过面积：核对各协议的面积与引用文号",
    "other agreements claim the same parcels and together exceed them: check their areas and citations",
)
_NO_PARCEL = Bilingual(
    "补入列有该社区、该小组、该地类的批文地块",
    "add the parcels of the approval that name this community, group and class",
)
_GROUP = Bilingual("在协议中写明村民小组", "name the village group on the agreement")
