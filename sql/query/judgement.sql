-- Judgements of two people, and the registers of vetoes and preconditions.

-- name: judgement_add    scope: county
INSERT INTO judgement (county_code, judgement_id, year, indicator, place_kind, place_name, verdict, reason, account, who, made_at, state)
VALUES (:county, :judgement_id, :year, :indicator, :place_kind, :place_name, :verdict, :reason, :account, :who, :made_at, 'waiting');

-- name: judgement_list    scope: county    of a year, newest first
SELECT judgement_id, year, indicator, place_kind, place_name, verdict, reason, account, who, made_at, state, second_account, second_who,
       second_at, second_reason, version
  FROM judgement WHERE county_code = :county AND year = :year
 ORDER BY indicator, place_kind, place_name, made_at DESC, COALESCE(second_at, 0) DESC, judgement_id;

-- name: judgement_get    scope: county
SELECT judgement_id, year, indicator, place_kind, place_name, verdict, reason, account, who, made_at, state, second_account, second_who,
       second_at, second_reason, version
  FROM judgement WHERE county_code = :county AND judgement_id = :judgement_id;

-- name: judgement_end    scope: county    by the second person, or taken back by the first
UPDATE judgement SET state = :state, second_account = :account, second_who = :who, second_at = :at, second_reason = :reason,
       version = :version
 WHERE county_code = :county AND judgement_id = :judgement_id AND state = 'waiting';

-- name: judgement_years    scope: county    in which one waits
SELECT DISTINCT year FROM judgement WHERE county_code = :county AND state = 'waiting' ORDER BY year;

-- name: case_add    scope: county
INSERT INTO register_case (county_code, case_id, item, year, happened_on, place_kind, place_name, place_shown, what, account, who, made_at)
VALUES (:county, :case_id, :item, :year, :happened_on, :place_kind, :place_name, :place_shown, :what, :account, :who, :made_at);

-- name: case_list    scope: county    open ones first, then the latest
SELECT case_id, item, year, happened_on, place_kind, place_name, place_shown, what, account, who, made_at, closed_on, closed_how,
       closed_account, closed_who, closed_at
  FROM register_case WHERE county_code = :county
 ORDER BY item, closed_at IS NOT NULL, happened_on DESC, made_at DESC, case_id;

-- name: case_get    scope: county
SELECT case_id, item, year, happened_on, place_kind, place_name, place_shown, what, account, who, made_at, closed_on, closed_how,
       closed_account, closed_who, closed_at
  FROM register_case WHERE county_code = :county AND case_id = :case_id;

-- name: case_close    scope: county
UPDATE register_case SET closed_on = :closed_on, closed_how = :closed_how, closed_account = :account, closed_who = :who, closed_at = :at
 WHERE county_code = :county AND case_id = :case_id AND closed_at IS NULL;

-- name: case_open_count    scope: county    that count in a year
SELECT COUNT(*) FROM register_case WHERE county_code = :county AND item = :item AND year <= :year AND closed_at IS NULL;

-- name: county_years_from    scope: county    years with figures, from one on
SELECT DISTINCT year FROM school_return
 WHERE county_code = :county AND version_to IS NULL AND year >= :year ORDER BY year;
