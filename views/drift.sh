#!/usr/bin/env bash
# Fails if a generated file is not what its templ file gives, or has none.
set -eu
cd "$(dirname "$0")/.."
sums() { sha256sum views/*_templ.go; }
before=$(sums)
go tool templ generate >/dev/null 2>&1
after=$(sums)
if [ "$before" != "$after" ]; then
	diff <(echo "$before") <(echo "$after") || true
	echo "generated files have drifted: run make generate and commit" >&2
	exit 1
fi
for generated in views/*_templ.go; do
	if [ ! -f "${generated%_templ.go}.templ" ]; then
		echo "$generated has no templ file: remove it" >&2
		exit 1
	fi
done
