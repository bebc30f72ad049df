"""`eligibility run`: from a folder of papers to every output file, in one temporary folder renamed at the end."""

from __future__ import annotations

import json as json_text
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from eligibility import __version__
from eligibility.adjudicate.decide import account, decide
from eligibility.adjudicate.questions import ask
from eligibility.cli.audit.batch import Batch, record_batch
from eligibility.cli.audit.place import Record, place_for, relative
from eligibility.cli.bookkeeper import open_books
from eligibility.cli.closing import print_summary
from eligibility.cli.files_of_run import writings
from eligibility.cli.folder import whole_folder
from eligibility.cli.kept_law import read_policy
from eligibility.cli.meanwhile import SOLVERS, import_meanwhile
from eligibility.cli.review.given import given_answers
from eligibility.cli.scribe import open_scribe
from eligibility.cli.since import earlier_run
from eligibility.cli.stored import store_rules
from eligibility.cli.workplace import DUCKDB, Engine, Means, workplace
from eligibility.domain.earlier import Earlier
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.policy import Policy
from eligibility.engine import Agreement, judge
from eligibility.facts import assemble
from eligibility.intake import lay_judgements, read_dossier, read_judgements, settle_communities
from eligibility.reconcile import evidence_items, reconcile
from eligibility.reporting import summary, write_manifest, write_report
from eligibility.review import PaperOpinions, apply_answers, opinions, refer_contradicted
from eligibility.rulebook.by_program import READ_BY_PROGRAM


@dataclass(frozen=True, slots=True)
class Order:
    """What to decide, by which rules, on which day, and where to put it."""

    dossier: Path
    rules: Path
    as_of: date
    out: Path
    workbooks: bool = False
    record: Path | None = None
    answers: Path | None = None
    judgements: Path | None = None
    since: Path | None = None
    means: Means = field(default_factory=Means)


@dataclass(slots=True)
class Clock:
    """Seconds by stage, and a word on the terminal while a stage runs; `ended` is called with the name of each that is over."""

    lang: str
    ended: Callable[[str], None] = lambda _: None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage; show it when standard error is a terminal."""
        from rich.console import Console

        console = Console(stderr=True, quiet=not sys.stderr.isatty())
        zh, en = STAGES[name]
        begun = time.perf_counter()
        with console.status(en if self.lang == "en" else zh):
            yield
        self.seconds[name] = round(time.perf_counter() - begun, 3)
        console.print(f"[green]✓[/] {en if self.lang == 'en' else zh} {self.seconds[name]:.1f} s")
        self.ended(name)


STAGES = {
    "rulebook": ("读取规则", "reading the rulebook"),
    "intake": ("读取卷宗", "reading the papers"),
    "reconcile": ("核对批文与协议", "reconciling approvals and agreements"),
    "facts": ("推定事实范围", "deriving facts as ranges"),
    "engine": ("逐类裁定", "deciding profiles"),
    "decisions": ("归并到人", "joining decisions to persons"),
    "questions": ("排列待查问题", "ordering the open questions"),
    "workbooks": ("写出工作簿", "writing workbooks"),
    "report": ("写出报告", "writing the report"),
    "tables": ("写出数据表", "writing tables"),
    "record": ("记入事件日志", "entering the record"),
}


class Decided(NamedTuple):
    """A dossier decided: what the second evaluator says, and the rows that stand as an earlier run read them."""

    agreement: Agreement
    rows_standing: int


def run_batch(order: Order, *, now: datetime, lang: str, json: bool) -> None:
    """Decide a dossier and write everything of docs/data.md into `order.out`; print what was found.

    The batch enters the record, at the time `now`, before its folder appears.

    Raises:
        Unusable: the dossier, the rules, the record or the output folder cannot be used; nothing is written.

    """
    record = Record(place_for(order.out, order.record))
    clock = Clock(lang)
    with clock.stage("rulebook"):
        policy = read_policy(order.rules, order.as_of)
        check_reach(policy, order.rules)
        answers = given_answers(order.answers, policy)
        judgements = read_judgements(order.judgements) if order.judgements else []
        earlier = _earlier(order, policy, lang)
    with (
        whole_folder(order.out) as folder,
        workplace(order.means, folder) as place,
        open_scribe(place.con, at_once=bool(order.means.memory)) as scribe,
        open_books(many=order.workbooks, alone=bool(order.means.memory) or order.means.processes == 1) as books,
    ):
        con, heard = place.con, list[Future[dict[str, PaperOpinions]]]()

        def ended(stage: str) -> None:
            scribe.write(*writings(stage, folder))
            if stage == "intake":
                heard.append(scribe.ask(opinions))
                books.expect(con)

        clock.ended = ended
        decided = decide_dossier(
            con, policy, order.dossier, clock, place.engine, answers=answers, judgements=judgements, earlier=earlier
        )
        found = summary(con, policy)
        if books.wanted(found.persons):
            with clock.stage("workbooks"):
                books.write(con, policy, folder, scribe)
        with clock.stage("report"):
            manifest = _manifest(con, policy, decided.agreement, clock, found.outcomes)
            if earlier:
                manifest["since"] = {"run": relative(earlier.folder, order.out), "rows": decided.rows_standing}
            write_report(con, policy, folder, manifest=manifest)
        with clock.stage("tables"):
            store_rules(order.rules, folder)
            scribe.finish()
        with clock.stage("record"):
            batch = Batch(con, policy, order, folder, dict(found.outcomes), answers, judgements, heard[0].result)
            event = record_batch(record, batch, now.isoformat(timespec="seconds"))
        manifest |= {"seconds": dict(clock.seconds), "record": relative(record.folder, order.out), "batch": event.seq}
        write_manifest(folder, manifest)
    if json:
        sys.stdout.write(json_text.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    else:
        print_summary(found, policy, manifest, order, lang=lang)


def decide_dossier(
    con: duckdb.DuckDBPyConnection,
    policy: Policy,
    dossier: Path,
    clock: Clock,
    engine: Engine = DUCKDB,
    *,
    answers: Sequence[dict[str, Any]] = (),
    judgements: Sequence[dict[str, Any]] = (),
    earlier: Earlier | None = None,
) -> Decided:
    """Everything from papers to decisions, in the order of docs/architecture.md; checks that no row was lost.

    `answers` of reviewers, and their `judgements` on links, are laid beside the papers before anything is derived.
    What an `earlier` run found is used again where nothing that it rests on changed.
    """
    import_meanwhile(*SOLVERS)
    with clock.stage("intake"):
        rows_standing = read_dossier(dossier, con, earlier=earlier)
        settle_communities(con, policy)
        apply_answers(con, policy, answers)
        lay_judgements(con, judgements)
    with clock.stage("reconcile"):
        reconcile(con, policy, each=engine.each, earlier=earlier)
    with clock.stage("facts"):
        assemble(con, policy)
        refer_contradicted(con)
    with clock.stage("engine"):
        agreement = judge(con, policy, columns=engine.columns)
    with clock.stage("decisions"):
        decide(con, policy, engine.each, earlier)
        account(con)
    with clock.stage("questions"):
        ask(con, policy)
    return Decided(agreement, rows_standing)


def _earlier(order: Order, policy: Policy, lang: str) -> Earlier | None:
    """The run that this one follows, if it can be used; if not, a line on the terminal says why."""
    if order.since is None:
        return None
    found = earlier_run(order.since, policy)
    if isinstance(found, Text):
        zh = f"未沿用 {order.since}，全部重新计算：{found.zh}"
        en = f"{order.since} is not used again, all is worked out anew: {found.en}"
        sys.stderr.write(Text(zh, en).say(lang) + "\n")
        return None
    return found


def check_reach(policy: Policy, rules: Path) -> None:
    """Raise Unusable where the rulebook lacks a parameter by which facts are made from a dossier."""
    missing = [name for name in READ_BY_PROGRAM if name not in policy.parameters]
    if missing:
        problem = Text(f"规则缺少参数：{'、'.join(missing)}", f"the rulebook lacks parameters: {', '.join(missing)}")
        remedy = Text("请执行 eligibility rules check 并按提示补上", "run: eligibility rules check, and add them")
        raise Unusable(Finding("missing_parameter", Source(str(rules / "parameters")), problem, remedy))


def _manifest(
    con: duckdb.DuckDBPyConnection, policy: Policy, agreement: Agreement, clock: Clock, outcomes: Any
) -> dict[str, Any]:
    inputs = _inputs(con)
    rows = con.execute("SELECT table_name, rows_in, kept, quarantined FROM paper.tables WHERE present").fetchall()
    return {
        "program_version": __version__,
        "as_of": policy.as_of.isoformat(),
        "rulebook": {"id": policy.id, "sha256": policy.sha256},
        "inputs": inputs,
        "rows": {t: {"in": i, "kept": k, "quarantined": q} for t, i, k, q in rows},
        "evidence": {"version": evidence_items.VERSION, "sha256": evidence_items.SHA256},
        "outcomes": dict(outcomes),
        "findings": dict(
            con.execute("SELECT code, count(*) FROM link.findings GROUP BY code ORDER BY code").fetchall()
        ),
        "second_evaluator": {"agree": agreement.agree, "of": agreement.of},
        "seconds": dict(clock.seconds),
    }


def _inputs(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Every file that was read, with its digest and its data rows, kept or quarantined."""
    held = con.execute(
        "SELECT DISTINCT table_name FROM duckdb_columns() JOIN paper.sources USING (table_name)"
        " WHERE schema_name = 'paper' AND column_name = 'source'"
    ).fetchall()
    counts = (f'SELECT source, count(*) FROM paper."{name}" GROUP BY source' for (name,) in held)
    rows = dict(con.execute(" UNION ALL ".join(counts)).fetchall())
    sources = con.execute(
        "SELECT source, table_name, file, sha256, coalesce(rows_in, 0)"
        " FROM paper.sources LEFT JOIN paper.tables USING (table_name) ORDER BY source"
    ).fetchall()
    return [{"table": t, "file": f, "sha256": h, "rows": rows.get(source, n)} for source, t, f, h, n in sources]
