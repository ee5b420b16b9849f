# bash completion for junheng(1).  Verbs and options come from the program's own help, so that a
# command added there is completed here.
_junheng()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]} program=${COMP_WORDS[0]}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ] || { [ "$COMP_CWORD" -eq 2 ] && [ "$verb" = help ]; }; then
        mapfile -t COMPREPLY < <(compgen -W "$("$program" help 2>/dev/null | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p')" -- "$word")
        return
    fi
    case $before in
    --format) mapfile -t COMPREPLY < <(compgen -W 'table json csv' -- "$word"); return ;;
    --by)
        if [ "$verb" = assess ]; then
            mapfile -t COMPREPLY < <(compgen -W 'district township area_kind ownership' -- "$word")
            return
        fi ;;
    --role) mapfile -t COMPREPLY < <(compgen -W "$("$program" roles --format csv 2>/dev/null | sed '1d;s/,.*//')" -- "$word"); return ;;
    --data) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --edition) mapfile -t COMPREPLY < <(compgen -W "$("$program" standard editions 2>/dev/null | sed 's/ .*//')" -- "$word"; compgen -d -- "$word"); return ;;
    esac
    case $word in
    -*)
        mapfile -t COMPREPLY < <(compgen -W "$("$program" help "$verb" 2>/dev/null | grep -o -- '^ *\(-[a-zA-Z], \)\{0,1\}--[a-z-]*' | grep -o -- '--.*')" -- "$word")
        return ;;
    esac
    case $verb in
    template) [ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W 'school county' -- "$word") && return ;;
    user) [ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W 'add list disable enable password grant' -- "$word") && return ;;
    mail) [ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W 'status test retry' -- "$word") && return ;;
    token) [ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W 'create list revoke' -- "$word") && return ;;
    year) [ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W 'open set status lock remind' -- "$word") && return ;;
    tasks) [ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W 'list show put step' -- "$word") && return ;;
    audit) [ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W 'verify list' -- "$word") && return ;;
    standard) [ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W 'list show check diff editions' -- "$word") && return ;;
    esac
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    compopt -o filenames 2>/dev/null
}
complete -F _junheng junheng
