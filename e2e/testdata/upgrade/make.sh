#!/usr/bin/env bash
# Makes the next pair of shops that TestUpgrade upgrades, with the present code:
#
#	e2e/testdata/upgrade/make.sh [BINARY [NAME]]
#
# BINARY is a gorgon built elsewhere, from another commit; NAME is the files' instead of today's date.
# Needs curl, jq, sqlite3, and PostgreSQL with its client programs.
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)
cd "$folder/../../.."
if [ -z "${GORGON_TEST_POSTGRES:-}" ]; then
	exec go run ./db/dbtest/withpostgres "$folder/make.sh" "$@"
fi
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
binary=${1:-}
name=${2:-$(date +%F)}
if [ -z "$binary" ]; then
	binary=$work/gorgon
	CGO_ENABLED=0 go build -trimpath -o "$binary" ./cmd/gorgon
fi
password="a small shop" # the test logs in with it

gorgon() { "$binary" "$@" --database "$database"; }
ids() { gorgon query "$1" --fields id --order id --limit "${2:-1}" --json | jq -r '.data[].id'; }

# call METHOD PATH [BODY] asks the API and prints what it returns.
call() {
	local reply
	reply=$(curl -sS --fail-with-body -X "$1" "$base$2" -H "Authorization: Bearer $token" -H "x-publishable-api-key: $key" \
		-H "Content-Type: application/json" ${3:+-d "$3"}) || { echo "$1 $2: $reply" >&2; return 1; }
	printf '%s' "$reply"
}
login() { printf '{"email": "%s", "password": "%s"}' "$1" "$password"; }

# fill makes the shop in $database.
fill() {
	gorgon demo --orders 20 >/dev/null
	printf '%s\n' "$password" | gorgon user create --email ada@example.com --password-stdin

	mapfile -t orders < <(ids order 3)
	promotion=$(ids promotion)
	for order in "${orders[@]}"; do gorgon link create "order=$order" "promotion=$promotion"; done
	gorgon link dismiss "order=${orders[1]}" "promotion=$promotion"
	gorgon link dismiss "order=${orders[2]}" "promotion=$promotion"
	gorgon link create "order=${orders[2]}" "promotion=$promotion"

	: >"$work/started"
	"$binary" start --address 127.0.0.1:0 --log error --database "$database" >"$work/started" &
	server=$!
	until grep -q '^Listening on ' "$work/started"; do kill -0 "$server"; sleep 0.1; done
	base=http://$(sed -n 's/^Listening on \([^ ,]*\),.*/\1/p' "$work/started")
	token= key=$(gorgon query api_key --fields token --filter type=publishable --limit 1 --json | jq -r '.data[0].token')
	token=$(call POST /auth/user/emailpass "$(login ada@example.com)" | jq -r .token)

	# A secret key is shown once; its title keeps it for the test.
	made=$(call POST /admin/api-keys '{"title": "secret", "type": "secret"}')
	call POST "/admin/api-keys/$(jq -r .api_key.id <<<"$made")" "$(jq -c '{title: .api_key.token}' <<<"$made")" >/dev/null

	# Deleted records, which had links: a product, a customer group, a publishable key.
	call DELETE "/admin/products/$(ids product)" >/dev/null
	call DELETE "/admin/customer-groups/$(ids customer_group)" >/dev/null
	made=$(call POST /admin/api-keys '{"title": "deleted", "type": "publishable"}' | jq -r .api_key.id)
	call POST "/admin/api-keys/$made/sales-channels" "{\"add\": [\"$(ids sales_channel)\"]}" >/dev/null
	call POST "/admin/api-keys/$made/revoke" "{}" >/dev/null
	call DELETE "/admin/api-keys/$made" >/dev/null

	# A customer who logs in.
	token=$(call POST /auth/customer/emailpass/register "$(login grace@example.com)" | jq -r .token)
	call POST /store/customers '{"email": "grace@example.com", "first_name": "Grace"}' >/dev/null

	kill "$server"
	wait "$server"
	server=
	gorgon verify
}

database=sqlite:$work/shop.db
fill
sqlite3 "$work/shop.db" 'PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
gzip -9nc "$work/shop.db" >"$folder/$name.sqlite.gz"

shop=gorgon_upgrade_$$
psql -qd "$GORGON_TEST_POSTGRES" -c "CREATE DATABASE $shop"
database=$(sed -E "s#^([a-z]+://[^/]*/)[^?]*#\1$shop#" <<<"$GORGON_TEST_POSTGRES")
fill
# \restrict is a command of psql, which the test does not have.
pg_dump --no-owner --no-privileges "$database" | sed -E '/^\\(un)?restrict /d' | gzip -9n >"$folder/$name.postgres.sql.gz"
psql -qd "$GORGON_TEST_POSTGRES" -c "DROP DATABASE $shop"
ls -l "$folder/$name".*
