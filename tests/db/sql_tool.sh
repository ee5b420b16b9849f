#!/bin/bash
# tools/sql.c takes what keeps to the rules, and refuses the rest by file and line.
set -u
cd "$(dirname "$0")/../.."
tool=$PWD/build-check/tools/sql
[ -x "$tool" ] || { mkdir -p build-check; tool=$(mktemp); cc -std=gnu17 -o "$tool" tools/sql.c tools/sha256.c || exit 1; }
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
mkdir "$at/schema" "$at/query"
printf 'CREATE TABLE t (county_code TEXT, x TEXT);\n' >"$at/schema/0001_base.sql"
failed=0

# run QUERIES: makes them; what was said stands in $at/said.
run() { printf '%s\n' "$1" >"$at/query/t.sql"; "$tool" "$at/q.h" "$at/q.c" "$at"/schema/*.sql "$at/query/t.sql" >"$at/said" 2>&1; }
takes() { run "$1" || { echo "refused: $1"; cat "$at/said"; failed=1; }; }
refuses() {
    if run "$2"; then echo "taken: $2"; failed=1
    elif ! grep -qF -- "$1" "$at/said"; then echo "not said: $1"; cat "$at/said"; failed=1; fi
}
made() { grep -qF -- "$1" "$at/q.c" || { echo "not made: $1"; cat "$at/q.c"; failed=1; }; }

takes '-- name: a    scope: county    with a remark
-- and another: it'"'"'s
SELECT x FROM t  -- here too
 WHERE x = :x AND county_code = :county AND x <> '"':no'' -- text'"' AND :x > 0;'
made "\"SELECT x FROM t WHERE x = ?1 AND county_code = ?2 AND x <> ':no'' -- text' AND ?1 > 0\""
made "\"SELECT x FROM t WHERE x = \$1 AND county_code = \$2 AND x <> ':no'' -- text' AND \$1 > 0\""
made '{ "x", "county", }'
grep -q 'Q_A, /\* x county \*/' "$at/q.h" || { echo "no Q_A"; failed=1; }

takes '-- name: a scope: county
INSERT INTO t (county_code, x) VALUES (:county, :x);'
takes '-- name: a scope: house
SELECT 1 FROM t WHERE x = :x;
-- postgres:
SELECT 2 FROM t WHERE :x = x;'
made '"SELECT 1 FROM t WHERE x = ?1"'
made '"SELECT 2 FROM t WHERE $1 = x"'

refuses 'query/t.sql:1: a: behind the name stands scope' '-- name: a
SELECT 1;'
refuses 'query/t.sql:1: a: behind the name stands scope' '-- name: a    scope: world
SELECT 1;'
refuses 'query/t.sql:2: a: scope is county' '
-- name: a    scope: county
SELECT x FROM t;'
refuses 'scope is county' '-- name: a    scope: county
SELECT x FROM t WHERE other_county_code = :county;'
refuses 'scope is county' '-- name: a    scope: county
SELECT x FROM t WHERE county_code = :county_of_another;'
refuses 'scope is county' '-- name: a    scope: county
SELECT x FROM t WHERE x = '"'county_code = :county'"'; -- county_code = :county'
refuses 'scope is county' '-- name: a    scope: county
INSERT INTO t (x, county_code) VALUES (:x, :county);'
refuses 'scope is county' '-- name: a    scope: county
INSERT INTO t (county_code, x) VALUES (:c, :x);'
refuses 'more than one statement' '-- name: a    scope: house
SELECT 1; DELETE FROM t;'
refuses 'no end' '-- name: a    scope: house
SELECT 1'
refuses 'nothing closes' '-- name: a    scope: house
SELECT '"'1;"
refuses "'?' is not for here" '-- name: a    scope: house
SELECT ?1;'
refuses 'only SELECT' '-- name: a    scope: house
PRAGMA foreign_keys = off;'
refuses 'OR ROLLBACK' '-- name: a    scope: house
INSERT OR ROLLBACK INTO t (x) VALUES (:x);'
refuses 'stands in' '-- name: a    scope: house
SELECT 1;
-- name: a    scope: house
SELECT 2;'
refuses 'without a name' 'SELECT 1;'
refuses 'not the same parameters' '-- name: a    scope: house
SELECT :x, :y;
-- postgres:
SELECT :x;'
refuses 'small letters' '-- name: A-b    scope: house
SELECT 1;'

# Migrations: numbered without a gap, and each within the transaction that it is given.
query='-- name: a    scope: house
SELECT 1;'
migration() { printf '%s\n' "$2" >"$at/schema/$1"; }
migration 0002_more.sql "CREATE TABLE u (x TEXT); -- commit
CREATE TRIGGER keep BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'no; pragma'); SELECT 1; END;
CREATE TABLE v (x TEXT);"
takes "$query"
made "$(sha256sum <"$at/schema/0002_more.sql" | cut -d' ' -f1)"
for bad in 'COMMIT;' 'BEGIN;' 'END;' 'PRAGMA x;' 'CREATE TABLE w (x TEXT REFERENCES t DEFERRABLE INITIALLY DEFERRED);'; do
    migration 0002_more.sql "CREATE TABLE u (x TEXT); $bad"
    refuses 'is not for a migration' "$query"
done
rm "$at/schema/0002_more.sql"
migration 0003_more.sql 'CREATE TABLE u (x TEXT);'
refuses 'migration 0002 is missing' "$query"
exit $failed
