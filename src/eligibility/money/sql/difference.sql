-- roster_lines: the difference between what is due now and what the rosters in force reckoned, never the whole again; roster_held: what
-- is not paid now, and why. Only periods from $since to $last are compared; what is paid once is compared whenever it was reckoned.
CREATE OR REPLACE TEMP TABLE compared AS
WITH before AS (
    SELECT resident_id, benefit, period, payer, sum(fen)::BIGINT AS fen, min(reckoned_on) AS reckoned_on
    FROM before_lines
    WHERE period = 'once' OR reckoned_on BETWEEN
        CASE WHEN length(period) = 4 THEN date_trunc('year', $since::DATE)::DATE ELSE $since::DATE END AND $last::DATE
    GROUP BY ALL
),
now AS (
    SELECT resident_id, benefit, period, payer, any_value(fen) AS fen, min(reckoned_on) AS reckoned_on, max(why) AS why,
        any_value("class") AS "class", min(low) AS low, max(high) AS high
    FROM due GROUP BY ALL
),
joined AS (
    SELECT
        resident_id, benefit, period, payer, now.fen AS due_fen, before.fen AS before_fen, now.why, now."class",
        coalesce(before.reckoned_on, now.reckoned_on) AS reckoned_on, now.low, now.high
    FROM now FULL JOIN before USING (resident_id, benefit, period, payer)
),
person AS (
    SELECT resident_id, min(row_id) AS row_id, any_value(outcome) AS outcome, max(held) AS held, min(died) AS died, min(moved) AS moved
    FROM payable GROUP BY resident_id
)
SELECT
    joined.*, person.row_id,
    max(joined.why) OVER key AS key_why,
    CASE
        WHEN person.row_id IS NULL THEN 'not_in_run'
        WHEN person.died IS NOT NULL AND joined.reckoned_on > person.died THEN NULL  -- nothing is due after death, whatever was decided
        WHEN person.held IS NOT NULL THEN person.held
        WHEN max(joined.why) OVER key IS NOT NULL THEN max(joined.why) OVER key
        WHEN person.died IS NOT NULL AND person.outcome <> 'eligible' THEN 'died'  -- what was paid in life stays as it was
        WHEN person.moved IS NOT NULL AND joined.reckoned_on >= person.moved THEN 'moved'
    END AS held,
    CASE WHEN person.died IS NOT NULL AND joined.reckoned_on > person.died THEN 0 ELSE coalesce(joined.due_fen, 0) END AS target
FROM joined LEFT JOIN person USING (resident_id)
WINDOW key AS (PARTITION BY joined.resident_id, joined.benefit, joined.period);

CREATE OR REPLACE TEMP TABLE roster_lines AS
WITH line AS (
    SELECT
        row_id, resident_id, benefit, period, reckoned_on, any_value("class") AS "class",
        sum(target - coalesce(before_fen, 0))::BIGINT AS fen, bool_or(before_fen IS NOT NULL) AS known,
        list({'payer': payer, 'fen': (target - coalesce(before_fen, 0))::BIGINT} ORDER BY payer) AS parts,
        bool_or(target <> coalesce(before_fen, 0)) AS changed
    FROM compared WHERE held IS NULL
    GROUP BY row_id, resident_id, benefit, period, reckoned_on
)
SELECT
    line.* EXCLUDE (known, changed),
    CASE
        WHEN fen < 0 THEN 'refund'
        WHEN fen = 0 THEN 'shift'
        WHEN known OR (period <> 'once' AND reckoned_on < $first AND NOT (length(period) = 4 AND reckoned_on >= date_trunc('year', $first::DATE)))
            THEN 'arrears'
        ELSE 'current'
    END AS kind
FROM line
WHERE changed
ORDER BY row_id, benefit, period;

CREATE OR REPLACE TEMP TABLE roster_held AS
SELECT
    row_id, resident_id, benefit, held AS why, count(DISTINCT period)::BIGINT AS periods, min(period) AS first_period,
    max(period) AS last_period, sum(low)::BIGINT AS low, sum(high)::BIGINT AS high, coalesce(sum(before_fen), 0)::BIGINT AS before_fen
FROM compared
WHERE held IS NOT NULL
GROUP BY ALL
ORDER BY row_id NULLS LAST, resident_id, benefit, why;
