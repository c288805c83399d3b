# Processes, load, rounds, table: what every row of run.sh uses. Sourced by run.sh.

SERVER_CORE=0 LOAD_CORE=1
CONNECTIONS=64
THIRD_PARTY_PORT=5093         # bench.json has it too
declare -A RUNNING=()        # process ids that this run started and has not stopped

die() { echo "bench: $*" >&2; exit 1; }
say() { echo "bench: $*" >&2; }

publish() { # PROJECT FOLDER [OPTION...]
  say "publishing $(basename "$1")"
  rm -rf "$2"
  dotnet publish -c Release "$1" -o "$2" -v q "${@:3}" >"$WORK/publish.log" 2>&1 9>&- || { cat "$WORK/publish.log" >&2; die "$1 does not build"; }
}

must_be_200() { # WHAT REPLY
  [[ $2 == "HTTP/1.1 200"* ]] || die "$1 was not answered with 200: $(head -c 400 <<<"$2")"
}

# ---- processes ----------------------------------------------------------------------------------------------------

# spawn NAME PORT FOLDER VARIABLE=VALUE... -- COMMAND...   on the server's core; sets STARTED
spawn() {
  local name=$1 port=$2 folder=$3
  shift 3
  local variables=()
  while [ "$1" != -- ]; do variables+=("$1"); shift; done
  shift
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then die "port $port is in use: it is needed for $name"; fi
  (cd "$folder" && exec taskset -c "$SERVER_CORE" env "${variables[@]}" "$@") >"$WORK/$name.log" 2>&1 9>&- &
  STARTED=$!
  RUNNING[$STARTED]=$name
  disown "$STARTED" # or bash reports each end
}

# start ...   spawn, then waits until /readyz (the product) or anything at all (a yardstick) is answered
start() {
  spawn "$@"
  local name=$1 port=$2 i
  for ((i = 0; i < 1200; i++)); do
    kill -0 "$STARTED" 2>/dev/null || { tail -20 "$WORK/$name.log" >&2; die "$name ended while it started (above: $WORK/$name.log)"; }
    case $name in
      product*) curl -sf -o /dev/null "http://127.0.0.1:$port/readyz" && return ;;
      *) (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return ;;
    esac
    sleep 0.1
  done
  die "$name was not ready within two minutes (see $WORK/$name.log)"
}

# stop PID [SIGNAL]
stop() {
  local i
  kill "-${2:-TERM}" "$1" 2>/dev/null || true
  for ((i = 0; i < 200; i++)); do kill -0 "$1" 2>/dev/null || break; sleep 0.1; done
  ! kill -KILL "$1" 2>/dev/null || sleep 0.2
  unset "RUNNING[$1]"
}

stop_all() {
  local pid
  for pid in "${!RUNNING[@]}"; do stop "$pid" KILL; done
}

start_third_party() {
  (exec 3<>"/dev/tcp/127.0.0.1/$THIRD_PARTY_PORT") 2>/dev/null && die "port $THIRD_PARTY_PORT is in use: it is needed for the third party"
  taskset -c "$LOAD_CORE" "$WORK/third-party" "$THIRD_PARTY_PORT" 9>&- &
  RUNNING[$!]=third-party
  disown "$!"
  sleep 0.2
}

asked() { curl -sf "http://127.0.0.1:$THIRD_PARTY_PORT/count"; }

# until_answered BEGAN PORT PATH   prints the milliseconds from BEGAN (EPOCHREALTIME) to the first 200. No process is
# forked while it waits, so that it is good to a millisecond.
until_answered() {
  local status
  while [ "${EPOCHREALTIME%.*}" -lt $((${1%.*} + 120)) ]; do
    if { exec 3<>"/dev/tcp/127.0.0.1/$2"; } 2>/dev/null; then
      printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$3" >&3
      status=
      read -r status <&3 || true
      exec 3<&-
      [[ $status != "HTTP/1.1 200"* ]] || { calc "1000 * ($EPOCHREALTIME - $1)"; return; }
    fi
  done
  die "nothing answered $3 on port $2 with 200 within two minutes"
}

# ---- load ---------------------------------------------------------------------------------------------------------

LOADS=0
# load PID PORT SECONDS SCRIPT ARGUMENT   sets RATE (requests a second), P99 (ms), BUSY (percent of the server's core).
# An ARGUMENT @fresh becomes a word that no load had before: open ids of first logins begin with it. Stops at the first answer that is an error.
load() {
  local pid=$1 port=$2 seconds=$3 script=$4 argument=$5 before after result
  [ "$argument" != @fresh ] || { LOADS=$((LOADS + 1)); argument=$(printf '%s%04d' "$SESSION" "$LOADS"); }
  before=$(ticks "$pid")
  result=$(cd "$BENCH/wrk" && taskset -c "$LOAD_CORE" wrk -t1 -c"$CONNECTIONS" -d"${seconds}s" --timeout 10s --latency \
    -s "$script.lua" "http://127.0.0.1:$port" -- "$argument") || die "wrk failed: $result"
  after=$(ticks "$pid")
  echo "$result" >>"$WORK/wrk.log"
  read -r _ requests elapsed errors broken _ p99 <<<"$(grep '^RESULT' <<<"$result")"
  [ "$errors" = 0 ] || die "$errors of $requests answers on port $port were errors ($script), and a benchmark of errors is worthless: see $WORK/*.log"
  [ "$broken" = 0 ] || die "$broken connections to port $port broke or timed out ($script)"
  [ "$requests" -gt 0 ] || die "port $port answered nothing ($script)"
  ANSWERED=$((ANSWERED + requests))
  RATE=$(calc "$requests / $elapsed") P99=$(calc "$p99 / 1000") BUSY=$(calc "100 * ($after - $before) / $(getconf CLK_TCK) / $elapsed")
}

ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
calc() { awk "BEGIN { printf \"%.4f\", $1 }"; }
median() { printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# warm PID PORT SCRIPT ARGUMENT   loads until three slices in a row lie within 5 % of each other, WARM_MIN to WARM_MAX
# seconds (.NET tiers up late). Sets COLD, the rate of the first two seconds, and WARMED, the seconds it took.
warm() {
  local rates=() last
  load "$1" "$2" 2 "$3" "$4"
  COLD=$RATE WARMED=2
  while [ "$WARMED" -lt "$WARM_MAX" ]; do
    load "$1" "$2" 4 "$3" "$4"
    WARMED=$((WARMED + 4))
    rates+=("$RATE")
    last=("${rates[@]: -3}")
    [ "$WARMED" -ge "$WARM_MIN" ] && [ "${#last[@]}" = 3 ] && settled "${last[@]}" && return
  done
  say "  not settled within $WARM_MAX s: ${rates[*]}"
}

settled() { printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { exit !(v[1] >= 0.95 * v[NR]) }'; }

# contest WORK YARDSTICK AT_LEAST   the one measurement of a row: warms both sides, then ROUNDS rounds, each side in turn.
# Before it: A (product) and B (yardstick) set as "PID PORT SCRIPT ARGUMENT". Afterwards A_ANSWERED, B_ANSWERED.
contest() {
  local work=$1 yardstick=$2 at_least=$3 i
  local a_rate=() b_rate=() a_p99=() b_p99=() a_busy=() b_busy=()
  read -r -a a <<<"$A"
  read -r -a b <<<"$B"
  say "$work: warming"
  ANSWERED=0
  warm "${a[@]}"
  local a_cold=$COLD a_warmed=$WARMED
  A_ANSWERED=$ANSWERED ANSWERED=0
  warm "${b[@]}"
  local b_cold=$COLD b_warmed=$WARMED
  B_ANSWERED=$ANSWERED
  for ((i = 1; i <= ROUNDS; i++)); do
    ANSWERED=0
    load "${a[0]}" "${a[1]}" "$SLICE" "${a[2]}" "${a[3]}"
    a_rate+=("$RATE") a_p99+=("$P99") a_busy+=("$BUSY")
    A_ANSWERED=$((A_ANSWERED + ANSWERED)) ANSWERED=0
    load "${b[0]}" "${b[1]}" "$SLICE" "${b[2]}" "${b[3]}"
    b_rate+=("$RATE") b_p99+=("$P99") b_busy+=("$BUSY")
    B_ANSWERED=$((B_ANSWERED + ANSWERED))
    say "  round $i: ${a_rate[-1]} beside ${b_rate[-1]} a second"
  done
  local ra rb
  ra=$(median "${a_rate[@]}") rb=$(median "${b_rate[@]}")
  printf '%s\t' "$work" "$yardstick" "$(calc "$ra / $rb")" "$at_least" "$ra" "$rb" \
    "$(median "${a_p99[@]}")" "$(median "${b_p99[@]}")" "$a_cold" "$b_cold" "$a_warmed" "$b_warmed" \
    "$(median "${a_busy[@]}")" >>"$WORK/rates.tsv"
  median "${b_busy[@]}" >>"$WORK/rates.tsv"
}

thousands() { sed ':a;s/\B[0-9]\{3\}\>/,&/;ta' <<<"$1"; }

# ---- the table ----------------------------------------------------------------------------------------------------

machine() {
  echo "$(lscpu | sed -n 's/^Model name: *//p' | head -1), $(nproc --all) cores, Linux $(uname -r), .NET $(dotnet --version)," \
    "SQLite $(sqlite3 --version | cut -d' ' -f1), $(git -C "$TOP" rev-parse --short HEAD), $(date -u '+%Y-%m-%d %H:%M') UTC"
}

print_table() {
  echo "$(machine). Load average before: $LOAD_BEFORE (servers on core $SERVER_CORE, load and third party on core $LOAD_CORE)."
  if [ -s "$WORK/rates.tsv" ]; then
    printf '\n| work | yardstick | ratio | at least | | a second | yardstick | p99 ms | yardstick | cold a second | yardstick | warm-up s | server core busy |\n'
    printf '|---|---|---|---|---|---|---|---|---|---|---|---|---|\n'
    awk -F'\t' 'function n(x) { return x >= 100 ? sprintf("%.0f", x) : sprintf("%.1f", x) }
      { printf "| %s | %s | **%.2f** | %.2f | %s | %s | %s | %s | %s | %s | %s | %d, %d | %.0f %%, %.0f %% |\n", $1, $2, $3, $4,
        ($3 >= $4 ? "held" : "MISSED"), n($5), n($6), n($7), n($8), n($9), n($10), $11, $12, $13, $14 }' "$WORK/rates.tsv"
  fi
  if [ -s "$WORK/starts.tsv" ]; then
    printf '\n| cold start | yardstick | times | at most | | ms | yardstick |\n|---|---|---|---|---|---|---|\n'
    awk -F'\t' '{ printf "| %s | %s | **%.2f** | %s | %s | %.0f | %.0f |\n", $1, $2, $3, ($4 == "" ? "-" : $4),
        ($4 == "" ? "quoted" : ($3 <= $4 ? "held" : "MISSED")), $5, $6 }' "$WORK/starts.tsv"
  fi
  if [ -s "$WORK/pages.tsv" ]; then
    printf '\n| QR login | yardstick | measured | figure | at most | |\n|---|---|---|---|---|---|\n'
    awk -F'\t' '{ printf "| %s | %s | %s | **%.2f** | %s | %s |\n", $1, $2, $3, $4, $5, ($4 + 0 <= $5 + 0 ? "held" : "MISSED") }' "$WORK/pages.tsv"
  fi
}
