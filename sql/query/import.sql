-- Imports: files, findings, what is staged, history.

-- name: file_put    scope: county    once
INSERT INTO file (county_code, sha256, size, bytes) VALUES (:county, :sha256, :size, :bytes)
ON CONFLICT DO NOTHING;

-- name: file_get    scope: county
SELECT bytes FROM file WHERE county_code = :county AND sha256 = :sha256;

-- name: file_name    scope: county    what it was called when it was first sent
SELECT f.name FROM import_file f JOIN import i ON i.county_code = f.county_code AND i.import_id = f.import_id
 WHERE f.county_code = :county AND f.sha256 = :sha256 ORDER BY i.made_at, f.position LIMIT 1;

-- name: import_add    scope: county
INSERT INTO import (county_code, import_id, state, account, who, made_at, base_version, seen_version, version, schools,
                    n_new, n_changed, n_same, n_conflicts, n_errors, n_warnings)
VALUES (:county, :import_id, 'waiting', :account, :who, :made_at, :base_version, :seen_version, NULL, :schools,
        :n_new, :n_changed, :n_same, :n_conflicts, :n_errors, :n_warnings);

-- name: import_get    scope: county
SELECT state, account, who, made_at, base_version, seen_version, version, schools, n_new, n_changed, n_same, n_conflicts,
       n_errors, n_warnings
  FROM import WHERE county_code = :county AND import_id = :import_id;

-- name: import_list    scope: county    newest first
SELECT import_id, state, who, made_at, version, schools, n_new, n_changed, n_same, n_conflicts, n_errors, n_warnings
  FROM import WHERE county_code = :county ORDER BY made_at DESC, import_id LIMIT :most;

-- name: import_move    scope: county    from one state to another
UPDATE import SET state = :new_state, version = COALESCE(:version, version)
 WHERE county_code = :county AND import_id = :import_id AND state = :old_state;

-- name: import_seen    scope: county    compared again
UPDATE import SET seen_version = :seen_version, n_new = :n_new, n_changed = :n_changed, n_same = :n_same, n_conflicts = :n_conflicts
 WHERE county_code = :county AND import_id = :import_id AND state = 'waiting';

-- name: import_file_add    scope: county
INSERT INTO import_file (county_code, import_id, position, name, sha256)
VALUES (:county, :import_id, :position, :name, :sha256);

-- name: import_files    scope: county
SELECT f.name, f.sha256, b.size FROM import_file f JOIN file b ON b.county_code = f.county_code AND b.sha256 = f.sha256
 WHERE f.county_code = :county AND f.import_id = :import_id ORDER BY f.position;

-- name: import_finding_add    scope: county
INSERT INTO import_finding (county_code, import_id, position, level, rule, file, sheet, row_number, column_number, school, item,
                            read_text, expected, mend)
VALUES (:county, :import_id, :position, :level, :rule, :file, :sheet, :row_number, :column_number, :school, :item,
        :read_text, :expected, :mend);

-- name: import_findings    scope: county
SELECT level, rule, file, sheet, row_number, column_number, school, item, read_text, expected, mend FROM import_finding
 WHERE county_code = :county AND import_id = :import_id ORDER BY position;

-- name: staged_return_add    scope: county
INSERT INTO staged_return (county_code, import_id, year, school_code, source_id, row_number)
VALUES (:county, :import_id, :year, :school_code, :source_id, :row_number);

-- name: staged_figure_add    scope: county
INSERT INTO staged_figure (county_code, import_id, year, school_code, item, number, text, source_id, row_number, column_number)
VALUES (:county, :import_id, :year, :school_code, :item, :number, :text, :source_id, :row_number, :column_number);

-- name: staged_returns    scope: county    by year, school
SELECT year, school_code, source_id, row_number FROM staged_return
 WHERE county_code = :county AND import_id = :import_id ORDER BY year, school_code;

-- name: staged_figures    scope: county    by year, school
SELECT year, school_code, item, number, text, source_id, row_number, column_number FROM staged_figure
 WHERE county_code = :county AND import_id = :import_id ORDER BY year, school_code;

-- name: staged_figures_drop    scope: county
DELETE FROM staged_figure WHERE county_code = :county AND import_id = :import_id;

-- name: staged_returns_drop    scope: county
DELETE FROM staged_return WHERE county_code = :county AND import_id = :import_id;

-- name: staged_touched_since    scope: county    how many of the staged figures somebody else has changed after a data version
SELECT COUNT(*) FROM staged_figure s
 WHERE s.county_code = :county AND s.import_id = :import_id
   AND EXISTS (SELECT 1 FROM figure f
                WHERE f.county_code = s.county_code AND f.year = s.year AND f.school_code = s.school_code AND f.item = s.item
                  AND (f.version_from > :seen OR f.version_to > :seen));

-- name: import_changes    scope: county    what an import did to the figures, and taking it back; oldest first
SELECT version, kind, account, who, made_at FROM change WHERE county_code = :county AND import_id = :import_id ORDER BY version;

-- name: figures_of_change    scope: county    how many a change put there, of how many schools, and what has become of them by a later one
SELECT COUNT(*), COUNT(DISTINCT CASE WHEN school_code <> '' THEN school_code END),
       COUNT(CASE WHEN version_to = :later THEN 1 END), COUNT(CASE WHEN version_to < :later THEN 1 END)
  FROM figure WHERE county_code = :county AND version_from = :version;
