#!/bin/sh
# Every #include of src/ keeps to src/LAYERS (made/ is what the build makes: the include path says who sees it); every folder has a README.md; no folder is unlisted.
set -eu
cd "$(dirname "$0")/.."
bad=0
for dir in src/*/; do
    layer=$(basename "$dir")
    sees=$(sed -n "s/^$layer://p" src/LAYERS)
    grep -q "^$layer:" src/LAYERS || { echo "src/LAYERS does not list $layer"; bad=1; }
    [ -f "$dir/README.md" ] || { echo "$dir has no README.md"; bad=1; }
    for file in "$dir"*.[ch]; do
        for seen in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file" | sort -u); do
            case " $layer $sees made " in *" $seen "*) ;; *) echo "$file includes $seen/, which $layer may not see"; bad=1 ;; esac
        done
        if grep -n '^#include "[^/]*"' "$file"; then echo "$file: spell includes from src/"; bad=1; fi
    done
done
exit $bad
