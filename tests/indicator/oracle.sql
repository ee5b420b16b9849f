-- oracle.sql — the assessment of resources once more, by another route: written from the domain specification
-- (§2.1–§2.5), not from the engine, for SQLite.  test_oracle.c fills `school` with what was returned, runs this,
-- and compares.  NULL is "not reported".

-- §2.1  Which stages a school type has.  Blank pupils of a stage that the type lacks are 0; where a whole was
-- given, what the other stages leave of it.
CREATE TABLE settled AS
WITH typed AS (
  SELECT *, type IN ('primary', 'nine_year', 'twelve_year', 'teaching_point', 'special') AS has_p,
            type IN ('junior', 'nine_year', 'twelve_year', 'complete', 'special') AS has_j,
            type IN ('senior', 'twelve_year', 'complete', 'special') AS has_s
  FROM school),
zeroed AS (
  SELECT county, year, code, type, host, whole, has_p, has_j, has_s,
         CASE WHEN n_p IS NULL AND has_p = 0 THEN 0 ELSE n_p END AS p,
         CASE WHEN n_j IS NULL AND has_j = 0 THEN 0 ELSE n_j END AS j,
         CASE WHEN n_s IS NULL AND has_s = 0 THEN 0 ELSE n_s END AS s,
         deg_p, deg_j, bb_p, bb_j, pe_p, pe_j, art_p, art_j, area, hall, field, equip, rooms
  FROM typed)
SELECT county, year, code, type, host, has_p, has_j, has_s,
       CASE WHEN p IS NULL AND has_p AND type <> 'special' THEN max(whole - j - s, 0) ELSE p END AS n_p,
       CASE WHEN j IS NULL AND has_j AND type <> 'special' THEN max(whole - p - s, 0) ELSE j END AS n_j,
       CASE WHEN s IS NULL AND has_s AND type <> 'special' THEN max(whole - p - j, 0) ELSE s END AS n_s,
       deg_p, deg_j, bb_p, bb_j, pe_p, pe_j, art_p, art_j, area, hall, field, equip, rooms
FROM zeroed;

-- A campus names a host of the same county and year that is itself none; a teaching point is never merged.
CREATE TABLE claimant AS
SELECT county, year, code, host FROM settled WHERE host <> '' AND type IS NOT 'teaching_point';
CREATE INDEX claimant_at ON claimant (county, year, code);
CREATE INDEX settled_at ON settled (county, year, code);
CREATE TABLE belongs AS
SELECT a.county, a.year, a.code,
       coalesce((SELECT h.code FROM claimant c JOIN settled h ON (h.county, h.year, h.code) = (c.county, c.year, c.host)
                 WHERE (c.county, c.year, c.code) = (a.county, a.year, a.code)
                   AND NOT EXISTS (SELECT 1 FROM claimant hc WHERE (hc.county, hc.year, hc.code) = (h.county, h.year, h.code))),
                a.code) AS root
FROM settled a;
CREATE INDEX belongs_at ON belongs (county, year, code);

-- §2.1, §2.3  What each row brings to a stage: pupils, and resources with the shared ones split 1 : 1.1 : 1.32.
CREATE TABLE part AS
WITH both AS (
  SELECT s.*, 'primary' AS stage, n_p AS n, 1.0 * n_p AS w, has_p AS has, deg_p AS deg, bb_p AS bb, pe_p + art_p AS pa FROM settled s
  UNION ALL
  SELECT s.*, 'junior', n_j, 1.1 * n_j, has_j, deg_j, bb_j, pe_j + art_j FROM settled s),
counted AS (
  SELECT * FROM both
  WHERE CASE WHEN type = 'special' THEN 0
             WHEN has AND type = 'teaching_point' THEN n IS NULL OR n >= 50
             WHEN has THEN n IS NULL OR n > 0
             ELSE coalesce(n, 0) > 0 END),       -- 附设班, and rows that do not say their type
weighed AS (SELECT *, w / (1.0 * n_p + 1.1 * n_j + 1.32 * n_s) AS share FROM counted)
SELECT county, year, root, stage, n,
       deg AS l1, bb AS l2, pa AS l3, max(area - hall, 0) * share AS l4, (field + hall) * share AS l5,
       equip * 10000 * share AS l6, rooms * share AS l7
FROM weighed JOIN belongs USING (county, year, code);

-- One row a unit and level; one blank part blanks the unit.
CREATE TABLE level (stage TEXT, l INT, per REAL, t REAL, cv_limit REAL);
INSERT INTO level VALUES
  ('primary', 1, 100, 4.2, 0.5), ('primary', 2, 100, 1, 0.5), ('primary', 3, 100, 0.9, 0.5), ('primary', 4, 1, 4.5, 0.5),
  ('primary', 5, 1, 7.5, 0.5), ('primary', 6, 1, 2000, 0.5), ('primary', 7, 100, 2.3, 0.5),
  ('junior', 1, 100, 5.3, 0.45), ('junior', 2, 100, 1, 0.45), ('junior', 3, 100, 0.9, 0.45), ('junior', 4, 1, 5.8, 0.45),
  ('junior', 5, 1, 10.2, 0.45), ('junior', 6, 1, 2500, 0.45), ('junior', 7, 100, 2.4, 0.45);

CREATE TABLE measured AS
WITH long AS (
  SELECT county, year, root, stage, n, 1 AS l, l1 AS amount FROM part UNION ALL
  SELECT county, year, root, stage, n, 2, l2 FROM part UNION ALL
  SELECT county, year, root, stage, n, 3, l3 FROM part UNION ALL
  SELECT county, year, root, stage, n, 4, l4 FROM part UNION ALL
  SELECT county, year, root, stage, n, 5, l5 FROM part UNION ALL
  SELECT county, year, root, stage, n, 6, l6 FROM part UNION ALL
  SELECT county, year, root, stage, n, 7, l7 FROM part),
whole AS (
  SELECT county, year, root, stage, l,
         CASE WHEN count(n) = count(*) THEN sum(n) END AS n,
         CASE WHEN count(n) = count(*) AND count(amount) = count(*) THEN sum(amount) END AS amount
  FROM long GROUP BY county, year, root, stage, l)
SELECT whole.*, per * amount / n AS x, per, t, cv_limit,
       CASE WHEN amount IS NULL THEN 'no_data'
            WHEN per * amount >= t * n * (1 - 1e-12) THEN 'met'
            WHEN per * amount >= 0.85 * t * n * (1 - 1e-12) THEN 'near'
            ELSE 'below' END AS state
FROM whole JOIN level USING (stage, l);

-- §1.2  At least 6 of 7, the last not below 85 %.  What is missing could still be met.
CREATE TABLE unit AS
SELECT *, CASE WHEN below > 0 OR met + missing < 6 THEN 'unmet' WHEN missing > 0 THEN 'no_data' ELSE 'met' END AS verdict
FROM (SELECT county, year, root, stage, max(n) AS n, sum(state = 'met') AS met, sum(state = 'below') AS below,
             sum(state = 'no_data') AS missing
      FROM measured GROUP BY county, year, root, stage);

-- §2.4  The coefficient, weighted by enrolment, around the county's mean.
CREATE TABLE spread AS
WITH mean AS (
  SELECT county, year, stage, l, per, cv_limit, count(*) AS units, sum(amount IS NULL) AS missing,
         CASE WHEN count(amount) = count(*) THEN per * sum(amount) / sum(n) END AS mean
  FROM measured GROUP BY county, year, stage, l),
deviation AS (
  SELECT county, year, stage, l, sqrt(sum(n * (x - mean) * (x - mean)) / sum(n)) AS sd
  FROM measured JOIN mean USING (county, year, stage, l) WHERE mean IS NOT NULL GROUP BY county, year, stage, l)
SELECT mean.*, sd, sd / nullif(mean, 0) AS cv,
       CASE WHEN mean IS NULL THEN NULL WHEN mean = 0 THEN 0 ELSE sd / mean <= cv_limit + 1e-9 END AS met
FROM mean LEFT JOIN deviation USING (county, year, stage, l);

CREATE TABLE stage_result AS
WITH u AS (SELECT county, year, stage, count(*) AS units, sum(verdict = 'met') AS passing, sum(verdict = 'unmet') AS failing,
                  sum(verdict = 'no_data') AS unknown, CASE WHEN count(n) = count(*) THEN sum(n) END AS pupils
           FROM unit GROUP BY county, year, stage),
     c AS (SELECT county, year, stage, sum(met = 0) AS cv_failing, sum(met IS NULL) AS cv_unknown,
                  CASE WHEN count(cv) = count(*) THEN avg(cv) END AS combined
           FROM spread GROUP BY county, year, stage)
SELECT u.*, cv_failing, cv_unknown, combined,
       CASE WHEN failing OR cv_failing THEN 'unmet' WHEN unknown OR cv_unknown THEN 'no_data' ELSE 'met' END AS verdict
FROM u JOIN c USING (county, year, stage);
