-- What people are troubled by, and what became of it.

-- name: concern_next    scope: county
SELECT COALESCE(MAX(concern_id), 0) + 1 FROM concern WHERE county_code = :county;

-- name: concern_add    scope: county
INSERT INTO concern (county_code, concern_id, came_on, channel, kind, place_kind, place_name, place_shown, township, owner_kind, owner_name,
                     owner_shown, what, reference, due_on, state, replied_on, reply, cause, satisfied, replied_by, reopened, task, account, who,
                     made_at)
VALUES (:county, :concern, :came_on, :channel, :kind, :place_kind, :place_name, :place_shown, :township, :owner_kind, :owner_name, :owner_shown,
        :what, :reference, :due_on, :state, '', '', '', '', 0, 0, '', :account, :who, :now);

-- name: concern_set    scope: county    where its state is still the one that was seen
UPDATE concern SET owner_kind = :owner_kind, owner_name = :owner_name, owner_shown = :owner_shown, due_on = :due_on, state = :state,
       replied_on = :replied_on, reply = :reply, cause = :cause, satisfied = :satisfied, replied_by = :replied_by, reopened = :reopened,
       task = :task
 WHERE county_code = :county AND concern_id = :concern AND state = :seen;

-- name: concern_get    scope: county
SELECT concern_id, came_on, channel, kind, place_kind, place_name, place_shown, township, owner_kind, owner_name, owner_shown, what, reference,
       due_on, state, replied_on, reply, cause, satisfied, replied_by, reopened, task, account, who, made_at
  FROM concern WHERE county_code = :county AND concern_id = :concern;

-- name: concern_list    scope: county    what a filter leaves ('' leaves all), the newest first; late: open beyond :late
SELECT concern_id, came_on, channel, kind, place_kind, place_name, place_shown, township, owner_kind, owner_name, owner_shown, what, reference,
       due_on, state, replied_on, reply, cause, satisfied, replied_by, reopened, task, account, who, made_at
  FROM concern
 WHERE county_code = :county AND came_on >= :from_day AND came_on <= :until_day
   AND (:state = '' OR state = :state) AND (:late = '' OR (state = 'open' AND due_on < :late))
   AND (:kind = '' OR kind = :kind) AND (:channel = '' OR channel = :channel)
   AND (:place_kind = '' OR (place_kind = :place_kind AND place_name = :place_name))
   AND (:own_kind = '' OR (owner_kind = :own_kind AND owner_name = :own_name) OR (place_kind = :own_kind AND place_name = :own_name)
        OR (:own_kind = 'township' AND township = :own_name))
 ORDER BY came_on DESC, concern_id DESC LIMIT :most OFFSET :skipped;

-- name: concern_counts    scope: county    of the same: all, open, late, replied on time and late, satisfied, not
SELECT COUNT(*), COALESCE(SUM(state = 'open'), 0), COALESCE(SUM(state = 'open' AND due_on < :today), 0),
       COALESCE(SUM(replied_on <> '' AND replied_on <= due_on), 0), COALESCE(SUM(replied_on > due_on), 0),
       COALESCE(SUM(satisfied = 'yes'), 0), COALESCE(SUM(satisfied = 'no'), 0)
  FROM concern
 WHERE county_code = :county AND came_on >= :from_day AND came_on <= :until_day
   AND (:state = '' OR state = :state) AND (:late = '' OR (state = 'open' AND due_on < :late))
   AND (:kind = '' OR kind = :kind) AND (:channel = '' OR channel = :channel)
   AND (:place_kind = '' OR (place_kind = :place_kind AND place_name = :place_name))
   AND (:own_kind = '' OR (owner_kind = :own_kind AND owner_name = :own_name) OR (place_kind = :own_kind AND place_name = :own_name)
        OR (:own_kind = 'township' AND township = :own_name));

-- name: concern_by_kind_place    scope: county    how often, and how often still open, by kind and place: the most frequent first
SELECT kind, place_kind, place_name, MAX(place_shown), COUNT(*), SUM(state = 'open'), MAX(came_on)
  FROM concern
 WHERE county_code = :county AND came_on >= :from_day AND came_on <= :until_day
   AND (:own_kind = '' OR (owner_kind = :own_kind AND owner_name = :own_name) OR (place_kind = :own_kind AND place_name = :own_name)
        OR (:own_kind = 'township' AND township = :own_name))
 GROUP BY kind, place_kind, place_name ORDER BY COUNT(*) DESC, kind, place_kind, place_name LIMIT 400;

-- name: concern_late    scope: county    open beyond a day, the longest first
SELECT concern_id, came_on, channel, kind, place_kind, place_name, place_shown, township, owner_kind, owner_name, owner_shown, what, reference,
       due_on, state, replied_on, reply, cause, satisfied, replied_by, reopened, task, account, who, made_at
  FROM concern WHERE county_code = :county AND state = 'open' AND due_on < :today ORDER BY due_on, concern_id LIMIT :most;

-- name: concern_of_owner    scope: county    open ones that somebody is to reply to
SELECT concern_id, came_on, channel, kind, place_kind, place_name, place_shown, township, owner_kind, owner_name, owner_shown, what, reference,
       due_on, state, replied_on, reply, cause, satisfied, replied_by, reopened, task, account, who, made_at
  FROM concern WHERE county_code = :county AND state = 'open' AND owner_kind = :owner_kind AND owner_name = :owner_name
 ORDER BY due_on, concern_id LIMIT 50;

-- name: concern_replied    scope: county    those of whom nobody has asked yet whether they are content
SELECT concern_id, came_on, channel, kind, place_kind, place_name, place_shown, township, owner_kind, owner_name, owner_shown, what, reference,
       due_on, state, replied_on, reply, cause, satisfied, replied_by, reopened, task, account, who, made_at
  FROM concern WHERE county_code = :county AND state = 'replied' ORDER BY replied_on, concern_id LIMIT 50;

-- name: work_day_put    scope: county
INSERT INTO work_day (county_code, day, works) VALUES (:county, :day, :works)
ON CONFLICT (county_code, day) DO UPDATE SET works = excluded.works;

-- name: work_day_drop    scope: county    of a year: "2026-%"
DELETE FROM work_day WHERE county_code = :county AND day LIKE :days;

-- name: work_day_list    scope: county
SELECT day, works FROM work_day WHERE county_code = :county ORDER BY day;

-- name: office_number_put    scope: county
INSERT INTO office_number (county_code, name, number) VALUES (:county, :name, :number)
ON CONFLICT (county_code, name) DO UPDATE SET number = excluded.number;

-- name: office_number_get    scope: county
SELECT number FROM office_number WHERE county_code = :county AND name = :name;
