#!/usr/bin/env bash
# Runs the tests of security at full size, and keeps the figures that they print.
set -euo pipefail
results=docs/security-results.txt
GORGON_SECURITY=full go run ./db/dbtest/withpostgres go test ./e2e -run '^(TestSecurity|FuzzStorefront)' -v -count=1 -timeout 180m |
	grep -vE '/seed#|^=== ' | tee /dev/stderr | sed -nE 's/^ +[a-z_]+_test\.go:[0-9]+: /    /p; s/ \([0-9.]+s\)$//; /^ *--- /p; /^(PASS|FAIL)/p' >"$results.new"
mv "$results.new" "$results"
