#!/bin/sh
# Puts the faces of the official documents in place: 仿宋 (FandolFang) and 楷体 (FandolKai), taken out of Debian's
# texlive-lang-chinese without installing it. The other roles come from fonts-noto-cjk.
# Usage: scripts/fonts.sh [DIRECTORY]    (default .cache/fonts). Does nothing where the faces are already there.
set -eu

target=${1:-.cache/fonts}
package=texlive-lang-chinese
faces="FandolFang-Regular.otf FandolKai-Regular.otf"

missing=
for face in $faces; do
    [ -s "$target/$face" ] || missing="$missing $face"
done
if [ -z "$missing" ]; then
    echo "fonts: $faces already in $target"
    exit 0
fi
for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null || { echo "fonts: $tool is missing; this script needs Debian" >&2; exit 1; }
done

mkdir -p "$target"
target=$(cd "$target" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Run as root, apt fetches as a user of its own, which must be able to write here.
chown _apt "$work" 2>/dev/null || true
echo "fonts: fetching Debian's $package (49 MB) for$missing"
(cd "$work" && apt-get download -q "$package" >&2)
echo "fonts: unpacking"
dpkg-deb -x "$work/$package"_*.deb "$work/tree"
for face in $faces; do
    found=$(find "$work/tree" -name "$face" | head -n 1)
    [ -n "$found" ] || { echo "fonts: $package no longer holds $face" >&2; exit 1; }
    # Copied under another name first, so that a broken copy never looks like a face.
    cp "$found" "$target/.$face.part"
    mv "$target/.$face.part" "$target/$face"
    echo "fonts: $target/$face"
done
