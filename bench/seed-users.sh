#!/bin/bash
# Fills a database that holds at least one real user with many more, by copying that user's row and its identity's.
#   seed-users.sh fill DATABASE FROM TO   users u<FROM> to u<TO> (open ids, seven digits); the product must be stopped
#   seed-users.sh count DATABASE          how many users there are
#   seed-users.sh attendees DATABASE      how many attendees there are
#   seed-users.sh id DATABASE OPEN_ID     the user_id that an open id belongs to
# A login by the wire must then find them: run.sh checks that with the last one.
set -euo pipefail

# ---- THE ONE PLACE THAT KNOWS THE SCHEMA ------------------------------------------------------------------------
# FederationConsole/Features/Accounts/User.cs has the tables, Platform/Ids.cs says that real ids are far above these.
USERS=Users
USER_ID=Id
ATTENDEES=Attendees
IDENTITIES=Identities
IDENTITY_ID=Id
IDENTITY_USER=UserId
IDENTITY_OPEN_ID=OpenId
NEW_ID='(1000000 + n)'        # n is the number of the user
# Column=expression for what else must differ from copy to copy; the other columns are copied as they are.
USER_DIFFERS=("AccountId=printf('00000000-0000-7000-8000-%012X', n)")
IDENTITY_DIFFERS=()
# -----------------------------------------------------------------------------------------------------------------

command=${1:?fill, count, attendees or id}
database=${2:?database file}
sql() { sqlite3 -bail "$database" "$@"; }

# copy TABLE COLUMN=EXPRESSION...   the INSERT that makes rows $from to $to out of the first row of TABLE
copy() {
  local table=$1 cases='' pair expression
  shift
  for pair in "$@"; do
    expression=${pair#*=}
    cases+=" WHEN '${pair%%=*}' THEN '${expression//\'/\'\'}'"
  done
  local columns values
  columns=$(sql "SELECT group_concat('\"' || name || '\"', ', ') FROM pragma_table_info('$table');")
  [ -n "$columns" ] || { echo "seed-users: no table $table in $database" >&2; exit 1; }
  values=$(sql "SELECT group_concat(CASE name$cases ELSE 's.\"' || name || '\"' END, ', ') FROM pragma_table_info('$table');")
  echo "WITH RECURSIVE number(n) AS (SELECT $from UNION ALL SELECT n + 1 FROM number WHERE n < $to)
    INSERT INTO \"$table\" ($columns) SELECT $values FROM number, (SELECT * FROM sample_$table) s;"
}

case $command in
  count) sql "SELECT count(*) FROM \"$USERS\";" ;;
  attendees) sql "SELECT count(*) FROM \"$ATTENDEES\";" ;;
  id) sql "SELECT \"$IDENTITY_USER\" FROM \"$IDENTITIES\" WHERE \"$IDENTITY_OPEN_ID\" = '${3:?open id}';" ;;
  fill)
    from=${3:?from} to=${4:?to}
    [ "$(sql "SELECT count(*) FROM \"$IDENTITIES\" WHERE \"$IDENTITY_OPEN_ID\" = 'u0000001';")" = 1 ] ||
      { echo "seed-users: $database has no user u0000001 to copy" >&2; exit 1; }
    sql >/dev/null <<SQL
PRAGMA synchronous = OFF;
CREATE TEMP TABLE sample_$IDENTITIES AS SELECT * FROM "$IDENTITIES" WHERE "$IDENTITY_OPEN_ID" = 'u0000001';
CREATE TEMP TABLE sample_$USERS AS SELECT * FROM "$USERS" WHERE "$USER_ID" = (SELECT "$IDENTITY_USER" FROM sample_$IDENTITIES);
BEGIN;
$(copy "$USERS" "$USER_ID=$NEW_ID" "${USER_DIFFERS[@]}")
$(copy "$IDENTITIES" "$IDENTITY_ID=$NEW_ID" "$IDENTITY_USER=$NEW_ID" "$IDENTITY_OPEN_ID=printf('u%07d', n)" "${IDENTITY_DIFFERS[@]}")
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
SQL
    ;;
  *) echo "seed-users: fill, count or id" >&2; exit 2 ;;
esac
