-- What is said about a thing, and how it came to stand as it does: lines are added, never changed.

-- name: talk_add    scope: county
INSERT INTO talk (county_code, subject_kind, subject_key, position, kind, said, field, old, new, sha256, file_kind, file_size, account, who,
                  role, made_at)
SELECT :county, :subject_kind, :subject_key, COALESCE(MAX(position), 0) + 1, :kind, :said, :field, :old, :new, :sha256, :file_kind,
       :file_size, :account, :who, :role, :made_at
  FROM talk WHERE county_code = :county AND subject_kind = :subject_kind AND subject_key = :subject_key;

-- name: talk_of    scope: county    the newest first
SELECT position, kind, said, field, old, new, sha256, file_kind, file_size, account, who, role, made_at
  FROM talk WHERE county_code = :county AND subject_kind = :subject_kind AND subject_key = :subject_key
 ORDER BY position DESC LIMIT :most;

-- name: talk_get    scope: county
SELECT position, kind, said, field, old, new, sha256, file_kind, file_size, account, who, role, made_at
  FROM talk WHERE county_code = :county AND subject_kind = :subject_kind AND subject_key = :subject_key AND position = :position;
