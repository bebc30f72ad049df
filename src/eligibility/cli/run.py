"""`eligibility run`: from a folder of papers to every output file, in one temporary folder renamed at the end."""

from __future__ import annotations

import json as json_text
import sys
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from eligibility.application.folder import whole_folder
from eligibility.application.kept_law import read_policy
from eligibility.application.meanwhile import SOLVERS, import_meanwhile
from eligibility.application.pipeline import execute
from eligibility.application.record.place import Record, place_for, relative
from eligibility.application.stage import Work
from eligibility.application.stored import store_rules
from eligibility.application.workplace import Means, workplace
from eligibility.cli.audit.batch import Batch, record_batch
from eligibility.cli.bookkeeper import open_books
from eligibility.cli.clock import Clock
from eligibility.cli.closing import print_summary
from eligibility.cli.files_of_run import writings
from eligibility.cli.manifest import manifest_of
from eligibility.cli.review.given import given_answers
from eligibility.cli.scribe import open_scribe
from eligibility.cli.since import earlier_run
from eligibility.domain.earlier import Earlier
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.parameters_read import REQUIRED
from eligibility.domain.policy import Policy
from eligibility.intake import read_judgements
from eligibility.reporting import Comparison, summary, write_manifest, write_report
from eligibility.review import PaperOpinions, opinions


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
        engine = place.engine
        work = Work(con, policy, order.dossier, answers, judgements, engine.each, engine.columns, earlier)
        import_meanwhile(*SOLVERS)
        execute(work, watch=clock.stage)
        found = summary(con, policy)
        if books.wanted(found.persons):
            with clock.stage("workbooks"):
                books.write(con, policy, folder, scribe)
        with clock.stage("report"):
            manifest = manifest_of(con, work, clock, found.outcomes)
            manifest["comparison"] = _comparison(found.comparison)
            manifest["waits"] = {one.code: {"places": one.places, "persons": one.persons} for one in found.waits}
            if earlier:
                manifest["since"] = {"run": relative(earlier.folder, order.out), "rows": work.rows_standing}
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


def _comparison(waiting: Comparison) -> dict[str, object]:
    lists = {column: persons for column, (_, persons) in waiting.lists.items()}
    return {"persons": waiting.persons, "alone": waiting.alone, "lists": lists}


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
    missing = [name for name in REQUIRED if name not in policy.parameters]
    if missing:
        problem = Text(f"规则缺少参数：{'、'.join(missing)}", f"the rulebook lacks parameters: {', '.join(missing)}")
        remedy = Text("请执行 eligibility rules check 并按提示补上", "run: eligibility rules check, and add them")
        raise Unusable(Finding("missing_parameter", Source(str(rules / "parameters")), problem, remedy))
