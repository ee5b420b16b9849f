#!/bin/bash
# `make deb` packs a program that runs, its unit, and every library that is loaded late.
set -eu
cd "$(dirname "$0")/../.."
package=$(make -s deb 2>&1 | tail -n 1)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dpkg-deb -x "$package" "$out"
"$out/usr/bin/junheng" version
for file in lib/systemd/system/junheng.service share/man/man1/junheng.1.gz share/bash-completion/completions/junheng; do
    [ -s "$out/usr/$file" ] || { echo "FAILED: $file is missing"; exit 1; }
done
# What src/ loads by name must be named: libgsf-1.so.114 is in libgsf-1-114.  Without what is only recommended a page says so.
depends="$(dpkg-deb -f "$package" Depends), $(dpkg-deb -f "$package" Recommends)"
for library in $(grep -rhoE '"lib[a-z0-9-]+\.so\.[0-9]+"' src --include='*.c' | tr -d '"' | sort -u); do
    owner=$(dpkg -S "*/$library" 2>/dev/null | head -n 1 | cut -d: -f1)
    case ", $depends," in *", $owner"[,\ ]*) echo "ok $library: $owner" ;; *) echo "FAILED: $library is of $owner, which the package does not name"; exit 1 ;; esac
done
