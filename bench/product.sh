# All that the bench knows of the product: how it is built, started and asked. Sourced by run.sh.

PRODUCT_DLL=FederationConsole.dll
CORP=bench000000000001        # as bench.json has them
APP=benchapp00000001
QR_PAGE="/api/connect/qrlogin?app_id=$APP&redirect_uri=http%3A%2F%2F127.0.0.1%3A9000%2Fcallback"

# BENCH_PRODUCT_DIR measures a published folder that stands somewhere else, such as an older version's.
build_product() {
  PRODUCT_DIR=${BENCH_PRODUCT_DIR:-$WORK/product}
  [ -n "${BENCH_PRODUCT_DIR:-}" ] || publish "$TOP/FederationConsole" "$PRODUCT_DIR" -r linux-x64 # as README deploys it
  [ -f "$PRODUCT_DIR/$PRODUCT_DLL" ] || die "no $PRODUCT_DLL in $PRODUCT_DIR"
}

# start_product PORT DATABASE [VARIABLE=VALUE...]   sets STARTED to its process id. LAUNCH=spawn: does not wait
start_product() {
  local port=$1 database=$2
  shift 2
  "${LAUNCH:-start}" "product-$port" "$port" "$PRODUCT_DIR" \
    ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_URLS="http://127.0.0.1:$port" \
    Database__Provider=Sqlite Database__ConnectionString="Data Source=$database" \
    Database__Synchronous=Full \
    Outbound__AllowPrivateNetworks=true Seed__Files__0="$BENCH/bench.json" "$@" \
    -- dotnet "$PRODUCT_DIR/$PRODUCT_DLL"
}

login_body() { # OPEN_ID RESOURCE
  printf '{"source":10,"corp_id":"%s","plugin_id":"%s","open_id":"%s","access_token":"0123456789abcdef0123456789abcdef","name":"bench","resource":"%s"}' \
    "$CORP" "$APP" "$1" "$2"
}

# login PORT OPEN_ID RESOURCE   the whole reply, head and body, as curl -i writes it; stops unless it is a 200
login() {
  local reply
  reply=$(curl -si "http://127.0.0.1:$1/v2/user_auth_third" -H 'Content-Type: application/json' -d "$(login_body "$2" "$3")")
  must_be_200 "login of $2" "$reply"
  printf '%s' "$reply"
}

# read_user PORT USER_ID TOKEN   likewise
read_user() {
  local reply
  reply=$(curl -si "http://127.0.0.1:$1/v2/user/$2" -H "Access-Token: $3")
  must_be_200 "GET /v2/user/$2" "$reply"
  printf '%s' "$reply"
}
