#!/usr/bin/env bash
# Installs what the tests need and this machine has not, from the system's
# packages: a browser and a Chinese font, a database server, and what reads the
# PDF, the spreadsheets and the QR codes that come out. Says so and fails where
# it cannot.
set -eu

missing=()
# A browser without windows takes a fraction of the time; any other does as well.
if ! command -v chromium-headless-shell chrome-headless-shell headless_shell >/dev/null; then
	if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
		missing+=(chromium-headless-shell)
	elif ! command -v chromium chromium-browser google-chrome google-chrome-stable chrome >/dev/null; then
		missing+=(chromium)
	fi
fi
command -v gcc >/dev/null || missing+=(gcc libc6-dev) # the race detector
if ! ls /usr/share/fonts/truetype/wqy/*.ttc >/dev/null 2>&1; then missing+=(fonts-wqy-microhei); fi
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then missing+=(postgresql); fi
# LibreOffice may be there without its spreadsheet, which is this library of it.
if ! ls "$(dirname "$(readlink -f "$(command -v soffice)")")/libsclo.so" >/dev/null 2>&1; then missing+=(libreoffice-calc-nogui); fi
command -v pdftotext >/dev/null || missing+=(poppler-utils)
command -v zbarimg >/dev/null || missing+=(zbar-tools) # scans the QR code

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
