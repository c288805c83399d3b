#!/bin/bash
# Measures the product beside its yardsticks and prints a Markdown table; the same table is kept in bench/out/.
#   ./bench/run.sh [row...]      rows: token known first first-1ms register cold qr million; all of them if none is named
# Ends with 1 if a precondition fails, with 3 if a ratio is missed. README.md says how it measures.
set -euo pipefail
BENCH=$(cd "$(dirname "$0")" && pwd)
TOP=$(dirname "$BENCH")
WORK=${BENCH_WORK:-/tmp/federation-bench}
ROUNDS=${BENCH_ROUNDS:-5}            # alternating rounds, of which the median counts
SLICE=${BENCH_SLICE:-5}              # seconds of load in a round, for each side
WARM_MIN=${BENCH_WARM_MIN:-22} WARM_MAX=${BENCH_WARM_MAX:-60}
TOKENS=${BENCH_TOKENS:-5000}         # users with a session of their own, made by real logins
USERS=${BENCH_USERS:-100000} MANY=${BENCH_MANY:-1000000} FEW=${BENCH_FEW:-1000}
PAGES=${BENCH_PAGES:-10000} PAGES_IDLE=${BENCH_PAGES_IDLE:-30} SCANS=${BENCH_SCANS:-50} SCANS_SECONDS=${BENCH_SCANS_SECONDS:-20}
ALL_ROWS=(token known first first-1ms register cold qr million)
SESSION=$(date +%s)
# shellcheck source=lib.sh
. "$BENCH/lib.sh"
# shellcheck source=product.sh
. "$BENCH/product.sh"

ONE_MS="LD_PRELOAD=$WORK/fsync-delay.so"
PRODUCT_PORT=5090 OTHER_PORT=5091 YARDSTICK_PORT=5092

prepare() {
  local tool
  for tool in wrk gcc sqlite3 taskset dotnet curl; do command -v "$tool" >/dev/null || die "$tool is not installed"; done
  [ "$(nproc --all)" -ge 2 ] || die "two cores are needed: the server has one, the load the other"
  mkdir -p "$WORK" "$BENCH/out"
  [ "$(stat -f -c %T "$WORK")" != tmpfs ] || die "$WORK is in memory: set BENCH_WORK to a folder on a disk"
  exec 9>"$WORK/lock" # not inherited by what is started: compiler servers would hold it for a quarter of an hour
  flock -n 9 || die "another run is using $WORK"
  LOAD_BEFORE=$(cut -d' ' -f1 /proc/loadavg)
  rm -f "$WORK"/*.tsv "$WORK"/*.log
  gcc -O2 -o "$WORK/third-party" "$BENCH/native/third-party.c"
  gcc -O2 -shared -fPIC -o "$WORK/fsync-delay.so" "$BENCH/native/fsync-delay.c" -ldl
  publish "$BENCH/Yardsticks" "$WORK/yardsticks"
  publish "$BENCH/Hello" "$WORK/hello"
  publish "$BENCH/Pages" "$WORK/pages"
  build_product
  taskset -pc "$LOAD_CORE" $$ >/dev/null
}

# dataset COUNT   a database with COUNT users, made once a run: the first TOKENS of them by logins through the wire.
dataset() {
  local users=$1 real=$(($1 < TOKENS ? $1 : TOKENS)) folder="$WORK/users-$1"
  [ -f "$folder/$SESSION" ] && return
  say "making $users users, $real of them through the wire"
  rm -rf "$folder"
  mkdir "$folder"
  start_product "$PRODUCT_PORT" "$folder/bench.db"
  (cd "$BENCH/wrk" && taskset -c "$LOAD_CORE" wrk -t1 -c"$CONNECTIONS" -d300s --timeout 10s -s make-users.lua \
    "http://127.0.0.1:$PRODUCT_PORT" -- "$real" "$folder/tokens") >>"$WORK/wrk.log" || die "the logins that make users failed: $(grep -m1 REFUSED "$WORK/wrk.log")"
  [ "$(sort -u "$folder/tokens" | wc -l)" = "$real" ] || die "$real users were to log in, $(wc -l <"$folder/tokens") did"
  stop "$STARTED"
  if [ "$real" -lt "$users" ]; then
    "$BENCH/seed-users.sh" fill "$folder/bench.db" $((real + 1)) "$users" || die "seeding failed"
    start_product "$PRODUCT_PORT" "$folder/bench.db"
    local open_id expected reply
    open_id=$(printf 'u%07d' "$users")
    expected=$("$BENCH/seed-users.sh" id "$folder/bench.db" "$open_id")
    reply=$(login "$PRODUCT_PORT" "$open_id" check)
    [[ $reply =~ \"user_id\":\"?$expected[^0-9] ]] || die "seeded user $open_id is user $expected, but logs in as another: $reply"
    stop "$STARTED"
  fi
  sqlite3 "$folder/bench.db" 'PRAGMA wal_checkpoint(TRUNCATE);' >/dev/null
  touch "$folder/$SESSION"
}

# product_with USERS PORT [VARIABLE=VALUE...]   the product on a fresh copy of that data set; sets STARTED, TOKEN_FILE, DATABASE
product_with() {
  local users=$1 port=$2
  shift 2
  dataset "$users"
  TOKEN_FILE="$WORK/users-$users/tokens"
  rm -rf "$WORK/live-$port"
  mkdir "$WORK/live-$port"
  cp "$WORK/users-$users/bench.db" "$WORK/live-$port/"
  sync "$WORK/live-$port/bench.db"
  DATABASE="$WORK/live-$port/bench.db"
  start_product "$port" "$DATABASE" "$@"
}

# yardstick MODE [VARIABLE=VALUE...] -- ARGUMENT...   sets STARTED
yardstick() {
  local mode=$1 variables=()
  shift
  while [ "$1" != -- ]; do variables+=("$1"); shift; done
  shift
  start "yardstick-$mode" "$YARDSTICK_PORT" "$WORK/yardsticks" ASPNETCORE_URLS="http://127.0.0.1:$YARDSTICK_PORT" \
    ${variables[@]+"${variables[@]}"} -- dotnet "$WORK/yardsticks/Yardsticks.dll" "$mode" "$@"
}

# ---- rows ---------------------------------------------------------------------------------------------------------

row_token() {
  local id token
  product_with "$USERS" "$PRODUCT_PORT"
  A="$STARTED $PRODUCT_PORT token $TOKEN_FILE"
  read -r id token <"$TOKEN_FILE"
  read_user "$PRODUCT_PORT" "$id" "$token" >"$WORK/reply"
  yardstick bytes -- "$WORK/reply"
  B="$STARTED $YARDSTICK_PORT token $TOKEN_FILE"
  must_be_200 "the yardstick" "$(curl -si "http://127.0.0.1:$YARDSTICK_PORT/v2/user/$id")"
  contest "token check, $(thousands "$USERS") users" "bare Kestrel endpoint, same bytes" 0.50
}

row_known() {
  product_with "$USERS" "$PRODUCT_PORT"
  A="$STARTED $PRODUCT_PORT known $USERS"
  login "$PRODUCT_PORT" u0000001 check >"$WORK/reply"
  yardstick outbound -- "$WORK/reply" "http://127.0.0.1:$THIRD_PARTY_PORT/standard/userinfo"
  B="$STARTED $YARDSTICK_PORT known $USERS"
  login "$YARDSTICK_PORT" u0000001 check >/dev/null
  local before
  before=$(asked)
  contest "login of a known user, $(thousands "$USERS") users" "bare Kestrel endpoint, same outbound call" 0.50
  was_asked "$before" $((A_ANSWERED + B_ANSWERED))
}

row_first() { first_logins "first login of a new user, 64 at once" "one durable EF Core row behind a lock"; }
row_first-1ms() { first_logins "the same, 1 ms added to each fsync" "the same, 1 ms added to each fsync" "$ONE_MS"; }

first_logins() { # WORK YARDSTICK [VARIABLE=VALUE]
  local work=$1 yardstick=$2 product before users
  shift 2
  product_with "$USERS" "$PRODUCT_PORT" "$@"
  product=$STARTED
  A="$product $PRODUCT_PORT first @fresh"
  login "$PRODUCT_PORT" "n$SESSION-check" check >/dev/null
  rm -rf "$WORK/yardstick.db"*
  yardstick row "$@" -- "$WORK/yardstick.db"
  B="$STARTED $YARDSTICK_PORT first @fresh"
  login "$YARDSTICK_PORT" u0000001 check >/dev/null
  before=$(asked)
  users=$("$BENCH/seed-users.sh" count "$DATABASE")
  contest "$work" "$yardstick" 0.80
  was_asked "$before" "$A_ANSWERED"
  all_kept "$product" "$users"
}

# Register answers 200 to a no as well; that each was a yes, the attendees in the database tell.
row_register() {
  local product before made
  product_with "$USERS" "$PRODUCT_PORT"
  product=$STARTED
  A="$product $PRODUCT_PORT register @fresh"
  rm -rf "$WORK/yardstick.db"*
  yardstick row -- "$WORK/yardstick.db"
  B="$STARTED $YARDSTICK_PORT first @fresh"
  login "$YARDSTICK_PORT" u0000001 check >/dev/null
  before=$("$BENCH/seed-users.sh" attendees "$DATABASE")
  contest "Register: ticket, agenda and meeting from stock, 64 at once" "one durable EF Core row behind a lock" 0.80
  stop "$product" KILL
  made=$(($("$BENCH/seed-users.sh" attendees "$DATABASE") - before))
  [ "$made" -ge "$A_ANSWERED" ] || die "$A_ANSWERED registrations were answered, but $made attendees are in the database after kill -9"
}

# What was answered must be there after a kill: otherwise the figure is that of a promise.
all_kept() { # PID USERS_BEFORE
  local made
  stop "$1" KILL
  made=$(($("$BENCH/seed-users.sh" count "$DATABASE") - $2))
  [ "$made" -ge "$A_ANSWERED" ] || die "$A_ANSWERED first logins were answered, but $made users are in the database after kill -9"
}

was_asked() { # COUNT_BEFORE LOGINS
  local times=$(($(asked) - $1))
  [ "$times" -ge "$2" ] || die "$2 logins were answered, but the third party was asked $times times only"
}

row_cold() {
  local i began LAUNCH=spawn hello=() healthz=() readyz=()
  LAUNCH=start dataset "$FEW"
  say "cold start"
  for ((i = 1; i <= ROUNDS; i++)); do
    rm -rf "$WORK/live-$PRODUCT_PORT"
    mkdir "$WORK/live-$PRODUCT_PORT"
    cp "$WORK/users-$FEW/bench.db" "$WORK/live-$PRODUCT_PORT/"
    began=$EPOCHREALTIME
    start_product "$PRODUCT_PORT" "$WORK/live-$PRODUCT_PORT/bench.db"
    healthz+=("$(until_answered "$began" "$PRODUCT_PORT" /healthz)")
    readyz+=("$(until_answered "$began" "$PRODUCT_PORT" /readyz)")
    stop "$STARTED"
    began=$EPOCHREALTIME
    spawn hello "$YARDSTICK_PORT" "$WORK/hello" ASPNETCORE_URLS="http://127.0.0.1:$YARDSTICK_PORT" -- dotnet "$WORK/hello/Hello.dll"
    hello+=("$(until_answered "$began" "$YARDSTICK_PORT" /)")
    stop "$STARTED"
    say "  round $i: /healthz ${healthz[-1]} ms, /readyz ${readyz[-1]} ms beside ${hello[-1]} ms"
  done
  local h y
  y=$(median "${hello[@]}")
  h=$(median "${healthz[@]}")
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "process start to the first answer (/healthz)" "hello-world web app" "$(calc "$h / $y")" 3 "$h" "$y" >>"$WORK/starts.tsv"
  h=$(median "${readyz[@]}")
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "process start to ready, warmed (/readyz)" "hello-world web app" "$(calc "$h / $y")" "" "$h" "$y" >>"$WORK/starts.tsv"
}

row_qr() {
  local codes=(QrLogin__CodesPerAddressAndMinute=10000000) before after product hub count p50 p99 longest work i a=() b=()
  [ "$(ulimit -n)" -gt "$((PAGES + 1000))" ] || ulimit -n "$((PAGES + 1000))" || die "$PAGES sockets need ulimit -n $((PAGES + 1000))"
  work="$(thousands "$PAGES") QR pages waiting"
  for ((i = 1; i <= (ROUNDS + 1) / 2; i++)); do
    product_with "$FEW" "$PRODUCT_PORT" "${codes[@]}"
    read -r before after <<<"$(pages MEMORY memory "$PRODUCT_PORT" "$STARTED" "$PAGES" "$PAGES_IDLE" "$QR_PAGE")"
    stop "$STARTED"
    product=$(calc "($after - $before) / $PAGES")
    yardstick hub --
    read -r before after <<<"$(pages MEMORY memory "$YARDSTICK_PORT" "$STARTED" "$PAGES" "$PAGES_IDLE")"
    stop "$STARTED"
    hub=$(calc "($after - $before) / $PAGES")
    a+=("$product") b+=("$hub")
    say "  round $i: $product KiB a page beside $hub"
  done
  product=$(median "${a[@]}") hub=$(median "${b[@]}")
  printf '%s\t%s\t%s\t%s\t%s\n' "$work: resident memory" "bare SignalR hub $(printf '%.1f' "$hub") KiB a client" \
    "$(printf '%.1f' "$product") KiB a page" "$(calc "$product / $hub")" 1.3 >>"$WORK/pages.tsv"
  say "  scans"
  product_with "$FEW" "$PRODUCT_PORT" "${codes[@]}"
  local empty
  read -r count p50 p99 longest empty <<<"$(pages SCANS scans "$PRODUCT_PORT" "$PAGES" "$SCANS" "$((SCANS_SECONDS / 2))" "$QR_PAGE" "$TOKEN_FILE")"
  printf '%s\t%s\t%s\t%s\t%s\n' "$work, $SCANS scans a second: the phone's call sent to the page told, p99" "an empty request of the same seconds: p99 $(printf '%.1f' "$empty") ms" \
    "p50 $(printf '%.1f' "$p50") ms, longest $(printf '%.1f' "$longest") ms of $count" "$p99" "50 ms" >>"$WORK/pages.tsv"
  weigh
  stop "$STARTED"
}

# What a browser fetches for the page, as it comes over the wire: the document, and what it names. Style sheets that load further ones would be another round trip.
weigh() {
  local path all=0 page names
  curl -sf "http://127.0.0.1:$PRODUCT_PORT$QR_PAGE" -o "$WORK/page.html"
  grep -q '<path fill="#000" d="M' "$WORK/page.html" || die "the first answer holds no code"
  names=$(grep -oE '(href|src)="/[^"]*"' "$WORK/page.html" | cut -d'"' -f2 | grep -E '^/(css|js|favicon)')
  for path in $names; do
    curl -sf --compressed "http://127.0.0.1:$PRODUCT_PORT$path" | grep -qE '@import|url\(' && die "$path loads something more"
    all=$((all + $(wire "$path")))
  done
  page=$(wire "$QR_PAGE")
  printf '%s\t%s\t%s\t%s\t%s\n' "QR page: bytes over the wire, the code in the first answer" "-" \
    "$(thousands "$page") in that answer, $(wc -w <<<"$names") files more side by side" "$(calc "($page + $all) / 1024")" "30 KiB" >>"$WORK/pages.tsv"
}

wire() { curl -sf -H 'Accept-Encoding: br, gzip' -o /dev/null -w '%{size_download}' "http://127.0.0.1:$PRODUCT_PORT$1"; }

# pages WORD ARGUMENT...   what the pages' process said after WORD
pages() {
  local word=$1 said
  shift
  said=$(taskset -c "$LOAD_CORE" dotnet "$WORK/pages/Pages.dll" "$@") || die "the pages failed: $said"
  sed -n "s/^$word //p" <<<"$said"
}

row_million() {
  local script work many few
  dataset "$MANY"
  dataset "$FEW"
  for script in token known first; do
    product_with "$MANY" "$PRODUCT_PORT"
    many=$STARTED
    A="$many $PRODUCT_PORT $script $(argument "$script" "$MANY")"
    product_with "$FEW" "$OTHER_PORT"
    few=$STARTED
    B="$few $OTHER_PORT $script $(argument "$script" "$FEW")"
    work=$(case $script in token) echo "token check" ;; known) echo "login of a known user" ;; first) echo "first login of a new user" ;; esac)
    contest "$work, $(thousands "$MANY") users" "itself, $(thousands "$FEW") users" 0.85
    stop "$many"
    stop "$few"
  done
}

argument() { # SCRIPT USERS
  case $1 in token) echo "$WORK/users-$2/tokens" ;; known) echo "$2" ;; first) echo @fresh ;; esac
}

main() {
  local row rows=("$@")
  [ $# -gt 0 ] || rows=("${ALL_ROWS[@]}")
  for row in "${rows[@]}"; do
    [[ " ${ALL_ROWS[*]} " == *" $row "* ]] || die "no row $row; there are: ${ALL_ROWS[*]}"
  done
  prepare
  trap stop_all EXIT
  for row in "${rows[@]}"; do
    start_third_party
    "row_$row"
    stop_all
  done
  local out="$BENCH/out/$(date -u +%Y%m%d-%H%M%S).md"
  print_table | tee "$out"
  ! grep -q MISSED "$out" || exit 3
}

main "$@"
