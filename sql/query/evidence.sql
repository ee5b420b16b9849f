-- Proofs in their boxes, what is written in them, and looking for it.

-- name: evidence_add    scope: county
INSERT INTO evidence (county_code, evidence_id, search_id, year, asked, place_kind, place_name, case_id, version, description, account,
                      who, made_at, changed_at)
VALUES (:county, :evidence_id, :search_id, :year, :asked, :place_kind, :place_name, :case_id, 1, :description, :account,
        :who, :made_at, :made_at);

-- name: evidence_version_add    scope: county
INSERT INTO evidence_version (county_code, evidence_id, version, sha256, name, kind, size, account, who, made_at)
VALUES (:county, :evidence_id, :version, :sha256, :name, :kind, :size, :account, :who, :made_at);

-- name: evidence_list    scope: county    of a year, with the latest version of each
SELECT e.evidence_id, e.search_id, e.year, e.asked, e.place_kind, e.place_name, e.case_id, e.version, e.description, e.account, e.who,
       e.made_at, e.changed_at, e.withdrawn_at, e.withdrawn_who, e.withdrawn_reason,
       v.sha256, v.name, v.kind, v.size, v.account, v.who, v.made_at, t.state, t.pages
  FROM evidence e
  JOIN evidence_version v ON v.county_code = e.county_code AND v.evidence_id = e.evidence_id AND v.version = e.version
  LEFT JOIN file_text t ON t.county_code = v.county_code AND t.sha256 = v.sha256
 WHERE e.county_code = :county AND e.year = :year
 ORDER BY e.asked, e.place_kind, e.place_name, e.made_at, v.name, e.evidence_id;

-- name: evidence_get    scope: county
SELECT e.evidence_id, e.search_id, e.year, e.asked, e.place_kind, e.place_name, e.case_id, e.version, e.description, e.account, e.who,
       e.made_at, e.changed_at, e.withdrawn_at, e.withdrawn_who, e.withdrawn_reason,
       v.sha256, v.name, v.kind, v.size, v.account, v.who, v.made_at, t.state, t.pages
  FROM evidence e
  JOIN evidence_version v ON v.county_code = e.county_code AND v.evidence_id = e.evidence_id AND v.version = e.version
  LEFT JOIN file_text t ON t.county_code = v.county_code AND t.sha256 = v.sha256
 WHERE e.county_code = :county AND e.evidence_id = :evidence_id;

-- name: evidence_of_case    scope: county
SELECT e.evidence_id, e.search_id, e.year, e.asked, e.place_kind, e.place_name, e.case_id, e.version, e.description, e.account, e.who,
       e.made_at, e.changed_at, e.withdrawn_at, e.withdrawn_who, e.withdrawn_reason,
       v.sha256, v.name, v.kind, v.size, v.account, v.who, v.made_at, t.state, t.pages
  FROM evidence e
  JOIN evidence_version v ON v.county_code = e.county_code AND v.evidence_id = e.evidence_id AND v.version = e.version
  LEFT JOIN file_text t ON t.county_code = v.county_code AND t.sha256 = v.sha256
 WHERE e.county_code = :county AND e.case_id IS NOT NULL
 ORDER BY e.case_id, e.made_at, v.name, e.evidence_id;

-- name: evidence_of_file    scope: county    that stand with these bytes as their latest version
SELECT e.evidence_id, e.search_id, e.year, e.asked, e.place_kind, e.place_name, e.case_id, e.version, e.description, e.account, e.who,
       e.made_at, e.changed_at, e.withdrawn_at, e.withdrawn_who, e.withdrawn_reason,
       v.sha256, v.name, v.kind, v.size, v.account, v.who, v.made_at, t.state, t.pages
  FROM evidence_version v
  JOIN evidence e ON e.county_code = v.county_code AND e.evidence_id = v.evidence_id AND e.version = v.version
  LEFT JOIN file_text t ON t.county_code = v.county_code AND t.sha256 = v.sha256
 WHERE v.county_code = :county AND v.sha256 = :sha256 AND e.withdrawn_at IS NULL;

-- name: evidence_versions    scope: county    newest first
SELECT v.version, v.sha256, v.name, v.kind, v.size, v.account, v.who, v.made_at, t.state, t.pages
  FROM evidence_version v LEFT JOIN file_text t ON t.county_code = v.county_code AND t.sha256 = v.sha256
 WHERE v.county_code = :county AND v.evidence_id = :evidence_id ORDER BY v.version DESC;

-- name: evidence_next    scope: county    a new version becomes the latest: from the one that was seen
UPDATE evidence SET version = :version, changed_at = :changed_at
 WHERE county_code = :county AND evidence_id = :evidence_id AND version = :seen AND withdrawn_at IS NULL;

-- name: evidence_describe    scope: county
UPDATE evidence SET description = :description, changed_at = :changed_at
 WHERE county_code = :county AND evidence_id = :evidence_id AND withdrawn_at IS NULL;

-- name: evidence_withdraw    scope: county
UPDATE evidence SET withdrawn_at = :withdrawn_at, withdrawn_who = :who, withdrawn_reason = :reason, changed_at = :withdrawn_at
 WHERE county_code = :county AND evidence_id = :evidence_id AND withdrawn_at IS NULL;

-- name: file_text_put    scope: county
INSERT INTO file_text (county_code, sha256, state, pages, text) VALUES (:county, :sha256, :state, :pages, :text)
ON CONFLICT (county_code, sha256) DO UPDATE SET state = excluded.state, pages = excluded.pages, text = excluded.text;

-- name: file_text_get    scope: county
SELECT state, pages, text FROM file_text WHERE county_code = :county AND sha256 = :sha256;

-- name: search_add    scope: house    the rows of a house's one county
INSERT INTO evidence_search (rowid, name, description, body) VALUES (:search_id, :name, :description, :body);

-- name: search_drop    scope: house    with the very words it was added with
INSERT INTO evidence_search (evidence_search, rowid, name, description, body)
VALUES ('delete', :search_id, :name, :description, :body);

-- name: search_find    scope: county    the best first; names weigh most
SELECT e.evidence_id, e.search_id, e.year, e.asked, e.place_kind, e.place_name, e.case_id, e.version, e.description, e.account, e.who,
       e.made_at, e.changed_at, e.withdrawn_at, e.withdrawn_who, e.withdrawn_reason,
       v.sha256, v.name, v.kind, v.size, v.account, v.who, v.made_at, t.state, t.pages
  FROM evidence_search s
  JOIN evidence e ON e.search_id = s.rowid
  JOIN evidence_version v ON v.county_code = e.county_code AND v.evidence_id = e.evidence_id AND v.version = e.version
  LEFT JOIN file_text t ON t.county_code = v.county_code AND t.sha256 = v.sha256
 WHERE evidence_search MATCH :wanted AND e.county_code = :county
 ORDER BY bm25(evidence_search, 8.0, 4.0, 1.0), e.changed_at DESC, e.evidence_id;
