#!/bin/bash
# tools/lint-web.mjs finds each thing it is there for, where it stands, and nothing in web/.
set -u
cd "$(dirname "$0")/../.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
# finds FILE CONTENT: one finding, in its second line.
finds() {
    rm -rf "$dir/web" && mkdir -p "$dir/web/templates" "$dir/web/assets"
    printf '\n%s\n' "$2" >"$dir/web/$1"
    local said; said=$(node tools/lint-web.mjs "$dir/web" 2>&1) && { echo "FAILED: found nothing in $2"; bad=1; return; }
    case $said in *"$1:2: "*) ;; *) echo "FAILED: $2 gives: $said"; bad=1 ;; esac
}
finds templates/x.html '<p style="a">'
finds templates/x.html '<p onclick="a">'
finds templates/x.html '<script>a()</script>'
finds templates/x.html '<img src="https://cdn.example/x.png">'
finds assets/x.js 'a.innerHTML = b;'
finds assets/x.js 'eval(a)'
finds assets/x.js 'setTimeout("a()", 1)'
finds assets/x.js "const a = '<p style=\"b\">';"
finds assets/x.js "a.setAttribute('onclick', b)"
finds assets/x.css 'a { color: color-mix(in srgb, red, blue) }'
finds assets/x.css 'a { color: oklch(1 2 3) }'
finds assets/x.css 'a:has(b) { top: 0 }'
finds assets/x.css 'a { b { top: 0 } }'
finds assets/x.css '@container (width > 1px) { a { top: 0 } }'
finds assets/x.css '@import "x.css";'
node tools/lint-web.mjs || bad=1
exit $bad
