-- Returned figures: what stands, what stood, what changes.

-- name: returns_standing    scope: county    by year, school; of a collected year only schools that are admitted
SELECT year, school_code, source_id, row_number FROM school_return
 WHERE county_code = :county AND version_to IS NULL
   AND (school_code = ''
        OR NOT EXISTS (SELECT 1 FROM collection WHERE collection.county_code = :county AND collection.year = school_return.year)
        OR EXISTS (SELECT 1 FROM admitted WHERE admitted.county_code = :county AND admitted.year = school_return.year
                      AND admitted.school_code = school_return.school_code AND admitted.version_to IS NULL))
 ORDER BY year, school_code;

-- name: figures_standing    scope: county    by year, school
SELECT year, school_code, item, number, text, source_id, row_number, column_number FROM figure
 WHERE county_code = :county AND version_to IS NULL ORDER BY year, school_code;

-- name: returns_at    scope: county    as of a data version, likewise
SELECT year, school_code, source_id, row_number FROM school_return
 WHERE county_code = :county AND version_from <= :version AND (version_to IS NULL OR version_to > :version)
   AND (school_code = ''
        OR NOT EXISTS (SELECT 1 FROM collection WHERE collection.county_code = :county AND collection.year = school_return.year
                          AND collection.version_from <= :version)
        OR EXISTS (SELECT 1 FROM admitted WHERE admitted.county_code = :county AND admitted.year = school_return.year
                      AND admitted.school_code = school_return.school_code AND admitted.version_from <= :version
                      AND (admitted.version_to IS NULL OR admitted.version_to > :version)))
 ORDER BY year, school_code;

-- name: figures_at    scope: county    as of a data version
SELECT year, school_code, item, number, text, source_id, row_number, column_number FROM figure
 WHERE county_code = :county AND version_from <= :version AND (version_to IS NULL OR version_to > :version)
 ORDER BY year, school_code;

-- name: sources_all    scope: county    by id
SELECT source_id, file, sheet, down, value_column FROM source WHERE county_code = :county ORDER BY source_id;

-- name: source_next    scope: county
SELECT COALESCE(MAX(source_id), 0) + 1 FROM source WHERE county_code = :county;

-- name: source_add    scope: county
INSERT INTO source (county_code, source_id, import_id, file, sheet, down, value_column, sha256)
VALUES (:county, :source_id, :import_id, :file, :sheet, :down, :value_column, :sha256);

-- name: return_stands    scope: county
SELECT 1 FROM school_return
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND version_to IS NULL;

-- name: return_add    scope: county
INSERT INTO school_return (county_code, year, school_code, version_from, version_to, source_id, row_number)
VALUES (:county, :year, :school_code, :version, NULL, :source_id, :row_number);

-- name: return_end    scope: county
UPDATE school_return SET version_to = :version
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND version_to IS NULL;

-- name: figure_end    scope: county    the standing one
UPDATE figure SET version_to = :version
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND item = :item AND version_to IS NULL;

-- name: figure_add    scope: county
INSERT INTO figure (county_code, year, school_code, item, version_from, version_to, number, text, source_id, row_number, column_number)
VALUES (:county, :year, :school_code, :item, :version, NULL, :number, :text, :source_id, :row_number, :column_number);

-- name: figure_standing    scope: county
SELECT version_from, number, text FROM figure
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND item = :item AND version_to IS NULL;

-- name: figure_versions    scope: county    every version of one figure, newest first, with who made it and where it stood
SELECT f.version_from, f.version_to, f.number, f.text, f.row_number, f.column_number, f.source_id,
       s.file, s.sheet, s.sha256, s.import_id, c.kind, c.who, c.made_at, c.reason, c.import_id
  FROM figure f
  JOIN change c ON c.county_code = f.county_code AND c.version = f.version_from
  LEFT JOIN source s ON s.county_code = f.county_code AND s.source_id = f.source_id
 WHERE f.county_code = :county AND f.year = :year AND f.school_code = :school_code AND f.item = :item
 ORDER BY f.version_from DESC;

-- name: figures_at_cell    scope: county    which standing figures were read from a cell
SELECT f.year, f.school_code, f.item FROM figure f
  JOIN source s ON s.county_code = f.county_code AND s.source_id = f.source_id
 WHERE f.county_code = :county AND f.version_to IS NULL AND s.sha256 = :sha256 AND s.sheet = :sheet
   AND f.row_number = :row AND f.column_number = :column;

-- name: figures_ended_by    scope: county    what a change took the place of
SELECT year, school_code, item, number, text, source_id, row_number, column_number FROM figure
 WHERE county_code = :county AND version_to = :version ORDER BY year, school_code, item;

-- name: figures_begun_by    scope: county    what a change put there, and whether it stands
SELECT year, school_code, item, version_to FROM figure
 WHERE county_code = :county AND version_from = :version ORDER BY year, school_code, item;

-- name: returns_begun_by    scope: county
SELECT year, school_code FROM school_return
 WHERE county_code = :county AND version_from = :version AND version_to IS NULL ORDER BY year, school_code;

-- name: figures_stand_for    scope: county    how many figures a return still has
SELECT COUNT(*) FROM figure
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND version_to IS NULL
   AND (number IS NOT NULL OR text IS NOT NULL);

-- name: change_add    scope: county
INSERT INTO change (county_code, version, kind, account, who, made_at, import_id, reason)
VALUES (:county, :version, :kind, :account, :who, :made_at, :import_id, :reason);

-- name: figures_of_school    scope: county    as of a data version: who put each there, and the cell it was read from
SELECT f.item, f.version_from, f.row_number, f.column_number, s.file, s.sheet, s.sha256, c.kind, c.who, c.made_at, c.reason
  FROM figure f
  JOIN change c ON c.county_code = f.county_code AND c.version = f.version_from
  LEFT JOIN source s ON s.county_code = f.county_code AND s.source_id = f.source_id
 WHERE f.county_code = :county AND f.year = :year AND f.school_code = :school_code
   AND f.version_from <= :version AND (f.version_to IS NULL OR f.version_to > :version);

-- name: change_places    scope: county    of which years and schools a change put figures
SELECT DISTINCT year, school_code FROM figure WHERE county_code = :county AND version_from = :version ORDER BY year, school_code;
