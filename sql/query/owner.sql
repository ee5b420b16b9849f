-- Who answers for what, and the persons who do.

-- name: owner_put    scope: county
INSERT INTO owner (county_code, subject, stage, position, owner, helpers, basis, account, who, made_at)
SELECT :county, :subject, :stage, COALESCE(MAX(position), 0) + 1, :owner, :helpers, :basis, :account, :who, :now
  FROM owner WHERE county_code = :county AND subject = :subject AND stage = :stage;

-- name: owner_all    scope: county    the county's own as they stand (the latest row of each; an empty owner: the edition's again)
SELECT subject, stage, owner, helpers, basis, account, who, made_at FROM owner AS o
 WHERE county_code = :county
   AND position = (SELECT MAX(position) FROM owner AS later
                    WHERE later.county_code = :county AND later.subject = o.subject AND later.stage = o.stage)
 ORDER BY subject, stage;

-- name: owner_person_put    scope: county
INSERT INTO owner_person (county_code, place_kind, place_name, position, person, account, who, made_at)
SELECT :county, :place_kind, :place_name, COALESCE(MAX(position), 0) + 1, :person, :account, :who, :now
  FROM owner_person WHERE county_code = :county AND place_kind = :place_kind AND place_name = :place_name;

-- name: owner_person_all    scope: county    as they stand
SELECT place_kind, place_name, person FROM owner_person AS p
 WHERE county_code = :county AND person <> ''
   AND position = (SELECT MAX(position) FROM owner_person AS later
                    WHERE later.county_code = :county AND later.place_kind = p.place_kind AND later.place_name = p.place_name)
 ORDER BY place_kind, place_name;
