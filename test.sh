#!/usr/bin/env bash
# Builds everything with warnings as errors and runs every test; none may be skipped.
#   ./test.sh                             all of it (installs by apt what the tests need and the machine lacks)
#   ./test.sh --filter Name~Architecture  further arguments go to `dotnet test`
# The last line is the result: "N passed, N failed, 0 skipped". Result files and browser screenshots stay in TestResults/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# chromium: browser tests; fonts-noto-cjk: Chinese text in their pictures; postgresql: the second database;
# libsqlite3-0: the patched SQLite that SqliteRuntime.cs prefers; sqlite3: looks into a database from outside;
# python3: runs the sample receiver of events (docs/webhook-receiver).
packages=(chromium fonts-noto-cjk postgresql sqlite3 libsqlite3-0 python3)
# Debug, as `dotnet run` and the editors build: one build serves all three.
configuration=Debug
results=$PWD/TestResults

say() { printf '%s\n' "$*" >&2; }

is_installed() {
    [[ "$(dpkg-query --show --showformat='${Status}' "$1" 2>/dev/null)" == 'install ok installed' ]]
}

install_missing() {
    local missing=() package as_root=()
    if ! command -v apt-get dpkg-query >/dev/null; then
        say "No apt here: the tests need what Debian calls ${packages[*]}; going on as if all of it stands."
        return
    fi
    for package in "${packages[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            say "The tests need: ${missing[*]}. As root: apt-get install ${missing[*]}"
            exit 1
        fi
        as_root=(sudo)
    fi
    say "Installing ${missing[*]}"
    local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}")
    # The package lists may be absent or old (a fresh container): they are fetched only when the first try fails.
    "${install[@]}" >&2 </dev/null || { "${as_root[@]}" apt-get update -qq >&2; "${install[@]}" >&2 </dev/null; }
}

# The sum of an attribute of <Counters> over all result files.
count() {
    { grep -ho '<Counters [^>]*>' "$results"/*.trx || true; } | { grep -o " $1=\"[0-9]*\"" || true; } | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'
}

if ! command -v dotnet >/dev/null; then
    say 'The .NET 10 SDK is missing: no `dotnet` on the PATH.'
    exit 1
fi
install_missing

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
rm -rf "$results"
# Audit warnings stay warnings, as Directory.Build.props says.
dotnet build FederationConsole.sln --configuration "$configuration" --nologo -v quiet \
    -warnaserror '-warnnotaserror:NU1901;NU1902;NU1903;NU1904'

status=0
# A test that hangs is named and ends the run; it does not wait for the machine's patience to end.
dotnet test FederationConsole.Tests --configuration "$configuration" --no-build --nologo \
    --results-directory "$results" --logger 'trx;LogFileName=results.trx' \
    --blame-hang --blame-hang-timeout 4m --blame-hang-dump-type none "$@" || status=$?

total=$(count total) passed=$(count passed) failed=$(count failed)
# A .trx file counts a skipped test in its total and nowhere else.
skipped=$((total - $(count executed)))

if ((total == 0)); then
    say 'No test ran.'
    status=1
fi
if ((skipped > 0)); then
    say "$skipped skipped: a test runs or is deleted."
    status=1
fi
if ((failed > 0 || passed + failed + skipped < total)); then
    status=1
fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
exit "$status"
