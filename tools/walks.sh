#!/usr/bin/env bash
# Takes orders through random operations, tools/walks.sh [WALKS] on each database, and keeps a
# line for every part in docs/walks-results.txt. Parts that it has already are not run again:
# remove the file after a change that matters.
set -euo pipefail
walks=${1:-100000}
part=5000
results=docs/walks-results.txt
test=$(mktemp)
trap 'rm -f "$test"' EXIT
go test -c -o "$test" ./modules/order
touch "$results"
for database in ${DATABASES:-sqlite postgres}; do
	for ((first = 0; first < walks; first += part)); do
		last=$((first + part < walks ? first + part - 1 : walks - 1))
		if ! grep -q "^$database: orders $first to $last " "$results"; then
			output=$(cd modules/order && "$test" -test.timeout 48h -test.v -test.run "^TestOrdersWalk\$/^$database\$" -walks $((last - first + 1)) -first "$first") ||
				{ echo "$output" | head -50 >&2 && exit 1; }
			echo "$output" | grep -o "$database: orders .*" | tee -a "$results"
		fi
	done
done
