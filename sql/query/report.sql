-- The report's words, frozen assessments, releases.  Of frozen_* nothing is changed or taken away: tests/store/test_report_store.c.

-- name: report_words_add    scope: county    behind the version that was seen
INSERT INTO report_words (county_code, year, subject, section, version, words, account, who, made_at)
VALUES (:county, :year, :subject, :section, :version, :words, :account, :who, :made_at);

-- name: report_words_list    scope: county    of one report: the latest version of each section
SELECT section, version, words, account, who, made_at FROM report_words r
 WHERE county_code = :county AND year = :year AND subject = :subject
   AND version = (SELECT MAX(version) FROM report_words l
                   WHERE l.county_code = r.county_code AND l.year = r.year AND l.subject = r.subject AND l.section = r.section)
 ORDER BY section;

-- name: report_words_versions    scope: county    of one section, newest first
SELECT section, version, words, account, who, made_at FROM report_words
 WHERE county_code = :county AND year = :year AND subject = :subject AND section = :section ORDER BY version DESC;

-- name: frozen_add    scope: county
INSERT INTO frozen (county_code, frozen_id, year, reason, data_version, edition, edition_sha256, county_name, fictional, address, account, who,
                    frozen_at, manifest_sha256)
VALUES (:county, :frozen_id, :year, :reason, :data_version, :edition, :edition_sha256, :county_name, :fictional, :address, :account, :who,
        :frozen_at, :manifest_sha256);

-- name: frozen_words_add    scope: county
INSERT INTO frozen_words (county_code, frozen_id, section, words, who, made_at)
VALUES (:county, :frozen_id, :section, :words, :who, :made_at);

-- name: frozen_cell_add    scope: county
INSERT INTO frozen_cell (county_code, frozen_id, list, row, column_, words)
VALUES (:county, :frozen_id, :list, :row, :column, :words);

-- name: frozen_lacking_add    scope: county
INSERT INTO frozen_lacking (county_code, frozen_id, year, school_code, name, township)
VALUES (:county, :frozen_id, :year, :school, :name, :township);

-- name: frozen_file_add    scope: county
INSERT INTO frozen_file (county_code, frozen_id, position, role, path, sha256, size)
VALUES (:county, :frozen_id, :position, :role, :path, :sha256, :size);

-- name: frozen_list    scope: county    newest first
SELECT frozen_id, year, reason, data_version, edition, edition_sha256, county_name, fictional, address, account, who, frozen_at, manifest_sha256
  FROM frozen WHERE county_code = :county ORDER BY frozen_at DESC, frozen_id;

-- name: frozen_get    scope: county
SELECT frozen_id, year, reason, data_version, edition, edition_sha256, county_name, fictional, address, account, who, frozen_at, manifest_sha256
  FROM frozen WHERE county_code = :county AND frozen_id = :frozen_id;

-- name: frozen_words_list    scope: county
SELECT section, 1, words, 0, who, made_at
  FROM frozen_words WHERE county_code = :county AND frozen_id = :frozen_id ORDER BY section;

-- name: frozen_cells    scope: county
SELECT list, row, column_, words FROM frozen_cell WHERE county_code = :county AND frozen_id = :frozen_id ORDER BY list, row, column_;

-- name: frozen_lacking_list    scope: county
SELECT year, school_code, name, township FROM frozen_lacking
 WHERE county_code = :county AND frozen_id = :frozen_id ORDER BY year, school_code;

-- name: frozen_files    scope: county
SELECT role, path, sha256, size FROM frozen_file WHERE county_code = :county AND frozen_id = :frozen_id ORDER BY position;

-- name: release_add    scope: county
INSERT INTO release (county_code, release_id, year, data_version, remark, account, who, released_at)
VALUES (:county, :release_id, :year, :data_version, :remark, :account, :who, :released_at);

-- name: release_cell_add    scope: county
INSERT INTO release_cell (county_code, release_id, position, figure, row, column_, words)
VALUES (:county, :release_id, :position, :figure, :row, :column, :words);

-- name: release_list    scope: county    newest first, withdrawn ones too
SELECT release_id, year, data_version, remark, account, who, released_at, withdrawn_at, withdrawn_account, withdrawn_who, withdrawn_reason
  FROM release WHERE county_code = :county ORDER BY released_at DESC, release_id;

-- name: release_cells    scope: county
SELECT position, figure, row, column_, words FROM release_cell
 WHERE county_code = :county AND release_id = :release_id ORDER BY position, row, column_;

-- name: release_withdraw    scope: county
UPDATE release SET withdrawn_at = :at, withdrawn_account = :account, withdrawn_who = :who, withdrawn_reason = :reason
 WHERE county_code = :county AND release_id = :release_id AND withdrawn_at IS NULL;

-- name: year_changed_since    scope: county    figures of a year, or whose return counts, that changed behind a data version
SELECT EXISTS (SELECT 1 FROM figure WHERE county_code = :county AND version_from > :version AND year = :year)
    OR EXISTS (SELECT 1 FROM figure WHERE county_code = :county AND version_to > :version AND year = :year)
    OR EXISTS (SELECT 1 FROM admitted WHERE county_code = :county AND year = :year AND (version_from > :version OR version_to > :version));
