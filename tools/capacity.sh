#!/usr/bin/env bash
# Prints what one machine can serve: requests a second of 8 clients, by a server of its
# own, with a demo shop of the given number of orders on SQLite, as rows of
# docs/performance.md. The clients run on the same machine and take part of it.
set -euo pipefail
orders="${1:-2000}"
dir="$(mktemp -d)"
trap 'kill %1 2>/dev/null || true; wait; rm -rf "$dir"' EXIT
export GORGON_DATABASE="sqlite:$dir/shop.db"
password="correct horse battery"
go build -o "$dir/gorgon" ./cmd/gorgon
go build -o "$dir/bench" ./bench
"$dir/gorgon" demo --orders "$orders" >/dev/null 2>&1
printf "%s\n" "$password" | "$dir/gorgon" user create --email ada@example.com --password-stdin >/dev/null
"$dir/gorgon" start --address 127.0.0.1:9321 --metrics=false >/dev/null 2>&1 &
for _ in $(seq 100); do curl -sf 127.0.0.1:9321/ready >/dev/null && break; sleep 0.1; done
pid="$(pgrep -P $$ -f "$dir/gorgon start")"
resident() { awk '/VmRSS/ {printf "%d MiB", $2 / 1024}' "/proc/$pid/status"; }
token="$(curl -sf 127.0.0.1:9321/auth/user/emailpass -H 'Content-Type: application/json' \
	-d "{\"email\": \"ada@example.com\", \"password\": \"$password\"}" | jq -r .token)"
first="$(curl -sf '127.0.0.1:9321/admin/orders?limit=1&fields=id,email' -H "Authorization: Bearer $token")"
id="$(jq -r '.orders[0].id' <<<"$first")"
email="$(jq -r '.orders[0].email | @uri' <<<"$first")"
echo "idle with $orders orders: $(resident), a file of $(du -m "$dir/shop.db" | cut -f1) MB"
load() {
	"$dir/bench" -load "$(jq -nc --argjson requests "${3:-4000}" --arg url "http://127.0.0.1:9321$2" --arg token "$token" '{url: $url, token: $token, clients: 8, requests: $requests, timeout: 60000000000}')" |
		jq -r --arg name "$1" '"| \($name) | \(.rate | floor) | \(.P50 / 1e5 | round / 10) ms | \(.P99 / 1e5 | round / 10) ms |"'
}
load "one order, default fields" "/admin/orders/$id"
load "newest 15 orders" "/admin/orders?limit=15&order=-created_at"
load "a search for an email" "/admin/orders?limit=15&q=$email"
load "a search for a word of two letters" "/admin/orders?limit=15&q=99" 400
load "12 products" "/admin/products?limit=12"
echo "after the load: $(resident)"
