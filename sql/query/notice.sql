-- Notices: to an account, or to a role at a place.

-- name: notice_add    scope: county
INSERT INTO notice (county_code, notice_id, to_account, to_role, place_kind, place_name, kind, title, body, link, due, account, who, made_at)
SELECT :county, COALESCE(MAX(notice_id), 0) + 1, :to_account, :to_role, :place_kind, :place_name, :kind, :title, :body, :link, :due,
       :account, :who, :now
  FROM notice WHERE county_code = :county;

-- name: notice_of    scope: county    the newest first, with when the reader read it
SELECT n.notice_id, n.kind, n.title, n.body, n.link, n.due, n.account, n.who, n.made_at, r.read_at
  FROM notice n LEFT JOIN notice_read r ON r.county_code = n.county_code AND r.account = :account AND r.notice_id = n.notice_id
 WHERE n.county_code = :county
   AND (n.to_account = :account OR (n.to_account = 0 AND n.to_role = :role AND n.place_kind = :place_kind AND n.place_name = :place_name))
 ORDER BY n.notice_id DESC LIMIT 60;

-- name: notice_mark    scope: county    as read; once
INSERT INTO notice_read (county_code, account, notice_id, read_at) VALUES (:county, :account, :notice_id, :now)
ON CONFLICT DO NOTHING;
