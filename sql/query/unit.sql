-- Units, each change a row; who is in the leading group.

-- name: unit_put    scope: county
INSERT INTO unit (county_code, code, position, kind, from_day, name, parent, district, is_open, successor, act, reason, account, who, made_at)
SELECT :county, :code, COALESCE(MAX(position), 0) + 1, :kind, :from_day, :name, :parent, :district, :is_open, :successor, :act, :reason,
       :account, :who, :now
  FROM unit WHERE county_code = :county AND code = :code;

-- name: unit_all    scope: county    every change, by unit and day
SELECT code, position, kind, from_day, name, parent, district, is_open, successor, act, reason, account, who, made_at
  FROM unit WHERE county_code = :county ORDER BY code, from_day, position;

-- name: unit_count    scope: county    changes are never taken back: as many rows, the same tree
SELECT COUNT(*) FROM unit WHERE county_code = :county;

-- name: unit_member_put    scope: county
INSERT INTO unit_member (county_code, unit_code, position, part, name, works_at, from_day, until_day)
SELECT :county, :unit_code, COALESCE(MAX(position), 0) + 1, :part, :name, :works_at, :from_day, ''
  FROM unit_member WHERE county_code = :county AND unit_code = :unit_code;

-- name: unit_member_end    scope: county
UPDATE unit_member SET until_day = :until_day
 WHERE county_code = :county AND unit_code = :unit_code AND position = :position AND until_day = '' AND from_day <= :until_day;

-- name: unit_members    scope: county
SELECT position, part, name, works_at, from_day, until_day FROM unit_member
 WHERE county_code = :county AND unit_code = :unit_code ORDER BY position;
