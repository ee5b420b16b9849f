-- What is typed into a return before it is approved, and the versions it went through.

-- name: entry_cells    scope: county    by item
SELECT item, number, text, typed, stamp, who, saved_at, account FROM entry_cell
 WHERE county_code = :county AND year = :year AND school_code = :school_code ORDER BY item;

-- name: entry_cell    scope: county
SELECT item, number, text, typed, stamp, who, saved_at, account FROM entry_cell
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND item = :item;

-- name: entry_put    scope: county    its stamp counts up
INSERT INTO entry_cell (county_code, year, school_code, item, number, text, typed, stamp, account, who, saved_at)
VALUES (:county, :year, :school_code, :item, :number, :text, :typed, :stamp, :account, :who, :now)
ON CONFLICT (county_code, year, school_code, item) DO UPDATE
   SET number = excluded.number, text = excluded.text, typed = excluded.typed, stamp = excluded.stamp, account = excluded.account,
       who = excluded.who, saved_at = excluded.saved_at;

-- name: entry_reason_put    scope: county
INSERT INTO entry_reason (county_code, year, school_code, item, rule, reason, account, who, made_at)
VALUES (:county, :year, :school_code, :item, :rule, :reason, :account, :who, :now)
ON CONFLICT (county_code, year, school_code, item, rule) DO UPDATE
   SET reason = excluded.reason, account = excluded.account, who = excluded.who, made_at = excluded.made_at;

-- name: entry_reasons    scope: county
SELECT item, rule, reason, who, made_at FROM entry_reason
 WHERE county_code = :county AND year = :year AND school_code = :school_code ORDER BY item, rule;

-- name: entry_remark_add    scope: county
INSERT INTO entry_remark (county_code, year, school_code, position, item, sent_back, version, remark, account, who, made_at)
SELECT :county, :year, :school_code, COALESCE(MAX(position), 0) + 1, :item, :sent_back, :version, :remark, :account, :who, :now
  FROM entry_remark WHERE county_code = :county AND year = :year AND school_code = :school_code;

-- name: entry_remarks    scope: county    in order
SELECT position, item, sent_back, version, remark, who, made_at FROM entry_remark
 WHERE county_code = :county AND year = :year AND school_code = :school_code ORDER BY position;

-- name: entry_standing    scope: county    what stands of a school and year
SELECT item, number, text FROM figure
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND version_to IS NULL ORDER BY item;

-- name: version_add    scope: county
INSERT INTO return_version (county_code, year, school_code, version, kind, account, who, made_at)
VALUES (:county, :year, :school_code, :version, :kind, :account, :who, :now);

-- name: version_cell_add    scope: county
INSERT INTO return_version_cell (county_code, year, school_code, version, item, number, text)
VALUES (:county, :year, :school_code, :version, :item, :number, :text);

-- name: versions_of_school    scope: county    of all years, the latest first
SELECT year, version, kind, who, made_at FROM return_version
 WHERE county_code = :county AND school_code = :school_code ORDER BY year DESC, version DESC;

-- name: version_cells    scope: county    by item
SELECT item, number, text FROM return_version_cell
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND version = :version ORDER BY item;
