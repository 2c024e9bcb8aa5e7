#!/usr/bin/env bash
# Runs every fuzz target of the repository for the given time each.
set -euo pipefail
time="${1:-10s}"
grep -rl --include='*_test.go' '^func Fuzz' . | while read -r file; do
	package="./$(dirname "${file#./}")"
	grep -oE '^func Fuzz[A-Za-z0-9_]*' "$file" | awk '{print $2}' | while read -r target; do
		echo "== $package $target"
		go test "$package" -run '^$' -fuzz "^$target\$" -fuzztime "$time"
	done
done
