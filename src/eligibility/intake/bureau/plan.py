"""Which sheets of a dossier are read as rows of which table, which are known and left aside, and which have to be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from eligibility.intake.bureau.lookup import Lookups, index_of
from eligibility.intake.bureau.shape import Doubts, grid_of
from eligibility.intake.bureau.survey import Paper
from eligibility.intake.bureau.ways import Shaped, lacking, ways
from eligibility.intake.files.grid import Grid
from eligibility.intake.notices import Notice, refuse
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.tables import table
from eligibility.sources import ASIDE, Catalogue

_DECIDING = ("persons", "agreements")
"""Tables of which a doubtful sheet stops a run: without them, or with half of them, people would be decided wrongly."""
_ONE_SOURCE = ("persons", "title_certificates", "contract_ledger", "groups")
"""Tables that are read from one kind of source alone: a second one would say the same of the same things otherwise."""
_DATABASES = (".mdb", ".accdb")


@dataclass(frozen=True, slots=True)
class SourcePiece:
    """One way to read one sheet, as a part of a table."""

    shaped: Shaped
    lookups: Lookups

    @property
    def path(self) -> Path:
        """Where the file stands."""
        return self.shaped.paper.path

    @property
    def name(self) -> str:
        """The file as messages call it."""
        return self.shaped.paper.name

    @property
    def name_of_sheet(self) -> str:
        """The sheet, or the file where it has none."""
        return self.shaped.paper.sheet or self.shaped.paper.name

    def grids(self) -> Iterator[Grid]:
        """The sheet in the shape of the table; what could not be settled in it is told when its rows have gone by."""
        doubts = Doubts()
        grid = grid_of(self.shaped, self.lookups, doubts)
        yield replace(grid, after=lambda: list(self._told(doubts)))

    def _told(self, doubts: Doubts) -> Iterator[Notice]:
        paper, key = self.shaped.paper, self.shaped.reading.table
        if self.shaped.first:
            yield Notice(
                "source_read",
                key,
                paper.name,
                paper.sheet,
                other=f"{self.shaped.kind.zh}（{paper.proposal.reason_zh}）",
            )
        if doubts.elsewhere:
            yield Notice("rows_elsewhere", key, paper.name, paper.sheet, other=str(doubts.elsewhere))
        if doubts.unequal:
            rows, header = sorted(set(doubts.unequal)), self.shaped.header_of_area
            yield Notice("row_sum_differs", key, paper.name, paper.sheet, rows[0], header, other=str(len(rows)))
        for column, count in doubts.count.items():
            title = table(key).column(column).zh
            yield Notice(
                "not_found_elsewhere", key, paper.name, paper.sheet, doubts.first[column], title, other=str(count)
            )


@dataclass(slots=True)
class Plan:
    """What is to be read, by table; sheets that are known and left aside; what may concern somebody and is not read."""

    pieces: dict[str, list[SourcePiece]] = field(default_factory=lambda: defaultdict(list))
    used: set[tuple[str, str]] = field(default_factory=set)
    aside: list[Paper] = field(default_factory=list)
    beside: list[Notice] = field(default_factory=list)
    compared: list[Paper] = field(default_factory=list)
    """Lists and registers with which the roster is compared."""


def make_plan(papers: Sequence[Paper], there: Collection[str], catalogue: Catalogue) -> Plan:
    """The plan for the sheets of a dossier; `there`: tables that stand in files of their own.

    Raises:
        InputError: a sheet that may hold persons or agreements is doubtful, or two kinds of roster stand side by side.

    """
    plan = Plan()
    lookups = Lookups(papers, catalogue)
    for paper in papers:
        if paper.kind in catalogue.kinds and catalogue.kinds[paper.kind].compares:
            plan.compared.append(paper)
            if not catalogue.kinds[paper.kind].readings:
                plan.used.add((paper.name, paper.sheet))
    shaped = [way for paper in papers for way in ways(paper, catalogue) if _titles_tell(way, lookups)]
    kinds: dict[str, set[str]] = defaultdict(set)
    for way in shaped:
        if not way.reading.unless:
            kinds[way.reading.table].add(way.paper.kind)
    wanted = [way for way in shaped if not (way.reading.table in there and way.reading.table in _ONE_SOURCE)]
    mapped = any(paper.mapped_by_hand for paper in papers)
    if not wanted and not mapped:
        if "persons" not in there:
            _stop_at_doubts([paper for paper in papers if _becomes(paper, catalogue) == "persons"], catalogue, set())
        return plan
    settled = {(way.paper.name, way.paper.sheet) for way in wanted} | plan.used
    _stop_at_doubts(papers, catalogue, settled)
    if "persons" not in there and len(kinds["persons"]) > 1:
        raise _two_rosters(
            [way.paper for way in shaped if way.reading.table == "persons" and not way.reading.unless], catalogue
        )
    for way in wanted:
        plan.pieces[way.reading.table].append(SourcePiece(way, lookups))
        plan.used.add((way.paper.name, way.paper.sheet))
    for paper in papers:
        if (paper.name, paper.sheet) not in plan.used and paper.kind:
            plan.aside.append(paper)
    return plan


def _titles_tell(way: Shaped, lookups: Lookups) -> bool:
    """Whether the title leads to the values that it has to give: all rows of a sheet without them would be set aside."""
    there = index_of(way.paper).keys() | way.paper.proposal.constants.keys()
    return all(
        spec.by_title is None
        or not way.table.column(key).required
        or not there.isdisjoint(spec.of or (key,))
        or lookups.by_title(spec.by_title, way.paper) is not None
        for key, spec in way.reading.columns.items()
    )


def _stop_at_doubts(papers: Sequence[Paper], catalogue: Catalogue, used: set[tuple[str, str]]) -> None:
    doubtful = [
        paper
        for paper in papers
        if (paper.name, paper.sheet) not in used and paper.kind != ASIDE and _may_decide(paper, catalogue)
    ]
    if doubtful:
        raise InputError(*(ask_for_mapping(paper, catalogue) for paper in doubtful))


def _may_decide(paper: Paper, catalogue: Catalogue) -> bool:
    """Whether a sheet probably holds persons or agreements, and it is not certain how to read it."""
    kind = catalogue.kinds.get(paper.proposal.kind)
    if kind is None or paper.mapped_by_hand or kind.becomes not in _DECIDING or not kind.needs:
        return False
    return bool(kind.readings) or not paper.kind


def _becomes(paper: Paper, catalogue: Catalogue) -> str:
    kind = catalogue.kinds.get(paper.proposal.kind)
    return kind.becomes if kind else ""


def ask_for_mapping(paper: Paper, catalogue: Catalogue) -> Diagnostic:
    """What to say of a sheet that decides and is doubtful."""
    kind = catalogue.kinds[paper.proposal.kind]
    proposal = paper.proposal
    missing = list(dict.fromkeys(key for reading in kind.readings for key in lacking(paper, reading)))
    if paper.kind and missing:
        names = "、".join(map(catalogue.name_of, missing))
        proposal = replace(
            proposal,
            reason_zh=f"没有「{names}」列，可在 constants 里写明",
            reason_en=f"no column for {', '.join(missing)}; constants may say it",
        )
    return Diagnostic(
        "doubtful_source",
        SourceLocation(paper.name, paper.sheet),
        Bilingual(
            f"可能是「{kind.zh}」，但不能确定怎样读取（{proposal.reason_zh}）",
            f"is probably “{kind.en}”, but how to read it is not certain ({proposal.reason_en})",
        ),
        Bilingual(
            "运行 eligibility intake map 卷宗 --out mapping.yaml，核对后放入卷宗再判定；与本次无关的，kind 写 aside",
            "run eligibility intake map DOSSIER --out mapping.yaml, correct it, put it into the dossier; write aside for what has nothing to do with it",
        ),
    )


def _two_rosters(papers: Sequence[Paper], catalogue: Catalogue) -> InputError:
    named = "、".join(
        f"{paper.name}（{catalogue.kinds[paper.kind].zh}）" for paper in {one.kind: one for one in papers}.values()
    )
    return refuse(
        "two_rosters",
        SourceLocation(papers[0].name, papers[0].sheet),
        Bilingual(
            f"有两种人员来源，不知以哪一种为准：{named}",
            f"two kinds of roster, and which one counts is not known: {named}",
        ),
        Bilingual(
            "运行 eligibility intake map，在 mapping.yaml 里把另一种的 kind 写作 aside",
            "run eligibility intake map and write aside for the kind of the other in mapping.yaml",
        ),
    )


def refuse_databases(files: Sequence[tuple[Path, str]]) -> None:
    """Raise InputError where the papers are an Access database, which is not read: it names the tables to export."""
    for path, name in files:
        if path.suffix.lower() in _DATABASES:
            raise refuse(
                "database_unread",
                SourceLocation(name),
                Bilingual("Access 数据库不能直接读取", "an Access database is not read directly"),
                Bilingual(
                    "在 Access 或 WPS 中把 FBF、CBF、CBF_JTCY、CBHT、CBJYQZ、CBJYQZ_QZZX、CBDKXX 各表导出为 xlsx（编码列为文本），放入卷宗",
                    "export FBF, CBF, CBF_JTCY, CBHT, CBJYQZ, CBJYQZ_QZZX and CBDKXX as xlsx with codes as text, and put them into the dossier",
                ),
            )
