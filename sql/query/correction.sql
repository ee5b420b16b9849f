-- Corrections after the lock: asked by one, agreed by another.

-- name: correction_add    scope: county
INSERT INTO correction (county_code, correction_id, year, school_code, state, reason, account, who, made_at, decided_account,
                        decided_who, decided_at, decided_reason, version)
VALUES (:county, :correction_id, :year, :school_code, 'asked', :reason, :account, :who, :now, NULL, NULL, NULL, NULL, NULL);

-- name: correction_cell_add    scope: county
INSERT INTO correction_cell (county_code, correction_id, item, old_number, old_text, new_number, new_text)
VALUES (:county, :correction_id, :item, :old_number, :old_text, :new_number, :new_text);

-- name: correction_get    scope: county
SELECT correction_id, year, school_code, state, reason, account, who, made_at, decided_account, decided_who, decided_at, decided_reason, version
  FROM correction WHERE county_code = :county AND correction_id = :correction_id;

-- name: correction_all    scope: county    the latest first
SELECT correction_id, year, school_code, state, reason, account, who, made_at, decided_account, decided_who, decided_at, decided_reason, version
  FROM correction WHERE county_code = :county ORDER BY made_at DESC, correction_id LIMIT :most;

-- name: correction_cells    scope: county    by item
SELECT item, old_number, old_text, new_number, new_text FROM correction_cell
 WHERE county_code = :county AND correction_id = :correction_id ORDER BY item;

-- name: correction_decide    scope: county    once
UPDATE correction SET state = :state, decided_account = :account, decided_who = :who, decided_at = :now, decided_reason = :reason,
       version = :version
 WHERE county_code = :county AND correction_id = :correction_id AND state = 'asked';
