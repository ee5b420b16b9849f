#!/bin/bash
# The completion offers the verbs and options that the program has.
set -eu
cd "$(dirname "$0")/../.."
PATH=$PWD/build:$PATH
# shellcheck disable=SC1091
source packaging/completion/junheng.bash
failed=0
# offers WORDS… : the last word is being typed; prints what is offered.
offers() { COMP_WORDS=(junheng "$@"); COMP_CWORD=$#; _junheng; printf '%s\n' "${COMPREPLY[@]}"; }
must() { local wanted=$1; shift; if offers "$@" | grep -qx -- "$wanted"; then echo "ok $*: $wanted"; else echo "FAILED $*: $wanted is not offered"; failed=1; fi; }
must assess as
must sample ''
must needs help n
must --county-file assess --c
must --output template school --o
must json assess --format j
must township assess --by t
must school template s
must editions standard ed
must cn-2017 assess --edition cn
must grant user g
must principal user add x --role pri
must revoke token re
must status year st
must verify audit v
must --least-free serve --least
must --replace restore --rep
must --anchor audit verify --an
exit $failed
