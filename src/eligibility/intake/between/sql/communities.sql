-- Present keys of communities in `paper`. own_district: names of our district; former_name: former and present key, and
-- the days between which the former one was borne (NULL: no bound). A former name of two communities is left alone.
CREATE OR REPLACE TEMP TABLE written_place AS
SELECT DISTINCT community_key AS written FROM paper.persons WHERE community_key IS NOT NULL
UNION SELECT community_key FROM paper.groups WHERE community_key IS NOT NULL
UNION SELECT community_key FROM paper.agreements WHERE community_key IS NOT NULL
UNION SELECT community_key FROM paper.approval_parcels WHERE community_key IS NOT NULL;

CREATE OR REPLACE TEMP TABLE own_place AS
SELECT written, max(substr(written, len(name) + 1)) AS present
FROM written_place JOIN own_district ON starts_with(written, name) AND len(written) >= len(name) + 2
GROUP BY written;

UPDATE paper.persons SET community_key = present FROM own_place WHERE community_key = written;
UPDATE paper.groups SET community_key = present FROM own_place WHERE community_key = written;
UPDATE paper.agreements SET community_key = present FROM own_place WHERE community_key = written;
UPDATE paper.approval_parcels SET community_key = present FROM own_place WHERE community_key = written;

CREATE OR REPLACE TEMP TABLE former_place AS
SELECT former, min(present) AS present, min(since) AS since, max(until) AS until
FROM former_name GROUP BY former HAVING count(*) = 1 AND min(present) <> former;

-- a roster has no day and is of today: a name that another community bears now means that one
UPDATE paper.persons SET community_key = present FROM former_place
WHERE community_key = former AND former NOT IN (SELECT present FROM former_name);
UPDATE paper.groups SET community_key = present FROM former_place
WHERE community_key = former AND former NOT IN (SELECT present FROM former_name);
UPDATE paper.agreements SET community_key = present FROM former_place
WHERE community_key = former AND (since IS NULL OR signed_on_lo >= since) AND (until IS NULL OR signed_on_hi < until);
UPDATE paper.approval_parcels AS p SET community_key = f.present
FROM former_place AS f, paper.approvals AS a
WHERE p.community_key = f.former AND a.approval_key = p.approval_key AND a.state = 'kept'
    AND (f.since IS NULL OR a.approved_on_lo >= f.since) AND (f.until IS NULL OR a.approved_on_hi < f.until);
