"""A whole batch: from a folder of papers to every output file, in one temporary folder renamed at the end."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from eligibility.application.background_writer import open_background_writer
from eligibility.application.files_of_run import writings
from eligibility.application.given import given_answers
from eligibility.application.manifest import manifest_of
from eligibility.application.mapping import given_mapping
from eligibility.application.pipeline import execute
from eligibility.application.record.batch import Batch, record_batch
from eligibility.application.record.inputs import Inputs
from eligibility.application.record.keeping import changed_meanwhile
from eligibility.application.record.place import Record, place_for, relative
from eligibility.application.record.vouch import check_replaceable
from eligibility.application.runtime import RuntimeOptions, open_runtime
from eligibility.application.saved_runs import store_rules
from eligibility.application.stage import Work
from eligibility.application.timing import Progress, StageTimer
from eligibility.application.workbook_process import open_workbooks
from eligibility.intake import read_judgements
from eligibility.model.derived_facts import LAND
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Event
from eligibility.model.parameters_read import REQUIRED
from eligibility.model.policy import Policy
from eligibility.reporting import Comparison, Summary, summary, write_manifest, write_report
from eligibility.review import PaperOpinions, opinions
from eligibility.rulebook import load_policy
from eligibility.rulebook.files import rulebook_fingerprint
from eligibility.store.folders import atomic_folder


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What to decide, by which rules, on which day, and where to put it."""

    dossier: Path
    rules: Path
    as_of: date
    out: Path
    workbooks: bool = False
    record: Path | None = None
    answers: Path | None = None
    judgements: Path | None = None
    means: RuntimeOptions = field(default_factory=RuntimeOptions)
    mapping: Path | None = None
    kept: Inputs | None = None
    """What an earlier batch was decided from: its judgements and mapping, in place of files of them."""
    by: str = ""
    """Who ordered it, where an officer did."""


@dataclass(frozen=True, slots=True)
class Done:
    """A batch that was decided and published: its manifest and its counts."""

    order: RunRequest
    policy: Policy
    manifest: dict[str, Any]
    summary: Summary


def decide_batch(order: RunRequest, *, now: datetime, progress: Progress | None = None) -> Done:
    """Decide a dossier and write everything of docs/data.md into `order.out`.

    The batch enters the record, at the time `now`, before its folder appears; `progress` is told of every step.

    Raises:
        InputError: the dossier, the rules, the record or the output folder cannot be used; nothing is written.

    """
    record = Record(place_for(order.out, order.record))
    check_replaceable(order.out)
    clock = StageTimer(progress)
    with clock.stage("rulebook"):
        rules = rulebook_fingerprint(order.rules)
        policy = load_policy(order.rules, as_of=order.as_of)
        check_reach(policy, order.rules)
        answers = given_answers(order.answers, policy)
        judgements = read_judgements(order.judgements) if order.judgements else []
        mapping = order.kept.mapping if order.kept else given_mapping(order.dossier, order.mapping)
        judgements = list(order.kept.judgements) if order.kept else judgements
    with (
        atomic_folder(order.out, replacing=True) as folder,
        open_runtime(order.means, folder) as place,
        open_background_writer(place.con, at_once=bool(order.means.memory)) as writer,
        open_workbooks(many=order.workbooks, alone=bool(order.means.memory)) as books,
    ):
        con, paper_opinions = place.con, list[Future[dict[str, PaperOpinions]]]()

        def ended(stage: str) -> None:
            writer.write(*writings(stage, folder))
            if stage == "intake":
                paper_opinions.append(writer.ask(opinions))
                books.expect(con)

        clock.ended = ended
        engine = place.engine
        work = Work(con, policy, order.dossier, answers, judgements, engine.each, engine.columns, mapping=mapping)
        execute(work, watch=clock.stage)
        found = summary(con, policy)
        if books.wanted(found.persons):
            with clock.stage("workbooks"):
                books.write(con, policy, folder, writer)
        with clock.stage("report"):
            manifest = manifest_of(con, work, clock, found.outcomes)
            manifest["comparison"] = _comparison(found.comparison)
            manifest["waits"] = {one.code: {"places": one.places, "persons": one.persons} for one in found.waits}
            write_report(con, policy, folder, manifest=manifest)
        with clock.stage("tables"):
            store_rules(order.rules, folder)
            if rules and rules != rulebook_fingerprint(folder / "rules" / policy.id):
                raise InputError(changed_meanwhile(order.rules.name))
            writer.finish()
        with clock.stage("record"):
            batch = Batch(
                con,
                policy,
                order,
                folder,
                dict(found.outcomes),
                answers,
                judgements,
                paper_opinions[0].result,
                manifest,
                mapping,
            )

            def publish(event: Event) -> None:
                place = {"record": relative(record.folder, order.out), "batch": event.seq, "event": event.hash}
                manifest.update(place, seconds=clock.seconds | {"record": clock.so_far()})
                write_manifest(folder, manifest)

            record_batch(record, batch, now.isoformat(timespec="seconds"), publish)
    return Done(order, policy, manifest, found)


def _comparison(waiting: Comparison) -> dict[str, object]:
    lists = {column: persons for column, (_, persons) in waiting.lists.items()}
    return {"persons": waiting.persons, "alone": waiting.alone, "lists": lists}


def check_reach(policy: Policy, rules: Path) -> None:
    """Raise InputError where the rulebook lacks a parameter by which facts are made from a dossier."""
    used = {fact for condition in policy.conditions.values() for fact in condition.facts}
    missing = [name for name in REQUIRED if name not in policy.parameters] if used & LAND else []
    if missing:
        problem = Bilingual(
            f"规则缺少参数：{'、'.join(missing)}", f"the rulebook lacks parameters: {', '.join(missing)}"
        )
        remedy = Bilingual("请执行 eligibility rules check 并按提示补上", "run: eligibility rules check, and add them")
        raise InputError(Diagnostic("missing_parameter", SourceLocation(str(rules / "parameters")), problem, remedy))
