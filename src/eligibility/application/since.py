"""`--since`: which earlier run the work of a new one may rest on, or why it may not."""

from __future__ import annotations

from pathlib import Path

from eligibility.application.record.keeping import output_hashes, paper_hashes
from eligibility.application.record.place import batch_of, record_of
from eligibility.application.record.program import program
from eligibility.domain.earlier import Earlier
from eligibility.domain.finding import Text
from eligibility.domain.policy import Policy
from eligibility.domain.record import Event


def earlier_run(folder: Path, policy: Policy) -> Earlier | Text:
    """The run in `folder` as far as it may be used again, or why it may not.

    Its record vouches for it: the same program wrote it, from the papers alone, and neither what it read nor what it
    wrote was touched since.

    Raises:
        Unusable: the folder holds no finished run, or its record is missing or unsound.

    """
    record = record_of(folder)
    batch = batch_of(folder, record.log.events())
    if (why := _unfit(folder, batch)) is not None:
        return why
    files = record.kept.value(batch.body["dossier"]["kept"])
    if record.kept.wrong(files.values()):
        return Text("记录中所存的卷宗不全或被改动", "the dossier kept in its record is incomplete or was changed")
    law = batch.body["rulebook"]
    same = (law["id"], law["sha256"], batch.body["as_of"]) == (policy.id, policy.sha256, policy.as_of.isoformat())
    return Earlier(folder, {name: record.kept.path(sha256) for name, sha256 in files.items()}, same)


def _unfit(folder: Path, batch: Event) -> Text | None:
    body = batch.body
    if body["program"] != program():
        return Text("它由另一版本的程序作出", "another version of the program made it")
    if body["answers"] or body["judgements"]:
        return Text("它采用了核查答复或判定", "it rests on answers or judgements of reviewers")
    if (output_hashes(folder), paper_hashes(folder)) != (body["outputs"], body["papers"]):
        return Text("它的文件后来被改动", "its files were changed since")
    return None
