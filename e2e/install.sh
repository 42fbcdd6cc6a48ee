#!/usr/bin/env bash
# Installs what the tests need and this machine has not: a browser and a
# Chinese font, from the system's packages. Says so and fails where it cannot.
set -eu

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v gcc >/dev/null || missing+=(gcc libc6-dev) # the race detector
if ! ls /usr/share/fonts/truetype/wqy/*.ttc >/dev/null 2>&1; then missing+=(fonts-wqy-microhei); fi

[ ${#missing[@]} -gt 0 ] || exit 0
echo "installing: ${missing[*]}"
if ! command -v apt-get >/dev/null; then
	echo "this system has no apt-get: install ${missing[*]} by hand" >&2
	exit 1
fi
root=()
[ "$(id -u)" = 0 ] || root=(sudo)
"${root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
