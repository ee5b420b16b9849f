#!/bin/bash
# tools/template.c and tools/texts.c: what they must refuse, where they say it is, and what they make.
set -u
cd "$(dirname "$0")/../.."
made=build-check/src/web/made
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
no() { echo "FAILED: $*"; bad=1; }

# refuses WHAT LINE HTML: the template is refused at that line with these words.
refuses() {
    printf '{{# template x(int n)}}\n%b\n' "$3" >"$dir/x.html"
    local said; said=$("$made/template" "$dir/x.h" "$dir/x.c" "$dir/x.html" 2>&1) && { no "accepted: $3"; return; }
    case $said in *"x.html:$2: "*"$1"*) ;; *) no "$3"; echo "  said: $said"; echo "  not:  $2: $1" ;; esac
}
# makes HTML C: the template is accepted and the C made holds this.
makes() {
    printf '{{# template x(int n)}}\n%b\n' "$1" >"$dir/x.html"
    "$made/template" "$dir/x.h" "$dir/x.c" "$dir/x.html" || { no "refused: $1"; return; }
    grep -qF -- "$2" "$dir/x.c" || { no "$1 does not make: $2"; cat "$dir/x.c"; }
}
# compiles yes|no HTML: the C made is accepted by the compiler, or not, and then names the template's line.
compiles() {
    printf '{{# template x(int n, double d, _Bool b, struct text s)}}\n%b\n' "$2" >"$dir/x.html"
    "$made/template" "$dir/x.h" "$dir/x.c" "$dir/x.html" || { no "refused: $2"; return; }
    mkdir -p "$dir/made" && cp "$dir/x.h" "$dir/made/templates.h" && cp "$dir/x.h" "$dir/made/x.h" && cp "$made/texts.h" "$made/assets.h" "$dir/made/"
    local said; said=$(cc -std=gnu17 -Wall -Wextra -Wconversion -Wshadow -Werror -fsyntax-only -I "$dir" -I src "$dir/x.c" 2>&1)
    local code=$?
    if [ "$1" = yes ]; then [ $code -eq 0 ] || { no "does not compile: $2"; echo "$said"; }
    else
        [ $code -ne 0 ] || no "compiles: $2"
        case $said in *"x.html:2:"*) ;; *) no "the compiler does not name the line of: $2"; echo "$said" ;; esac
    fi
}

refuses 'a value inside <script>' 2 '<script src="/a.js">{{n}}</script>'
refuses 'inline <script>' 3 '\n<script>alert(1)</script>'
refuses 'inline <script>' 2 '<script type="module">x</script>'
refuses '<style> is not allowed' 2 '<style>a{}</style>'
refuses 'style=' 2 '<p style="color:red">x</p>'
refuses 'style=' 2 '<p STYLE="{{n}}">x</p>'
refuses 'onclick=' 2 '<p onclick="x()">x</p>'
refuses 'onclick=' 3 '<p\n onclick="{{n}}">x</p>'
refuses 'hx-on:click=' 2 '<p hx-on:click="x()">x</p>'
refuses 'needs eval' 2 '<p hx-vals="js:{a:1}">x</p>'
refuses 'no value may stand in hx-vals=' 2 "<p hx-vals='{\"a\":{{n}}}'>x</p>"
refuses 'the value is not in quotes' 2 '<p class=a>x</p>'
refuses 'a value in an attribute without quotes' 2 '<p class={{n}}>x</p>'
refuses 'outside an attribute' 2 '<p {{n}}>x</p>'
refuses 'outside an attribute' 2 '<p {{n}}="x">x</p>'
refuses 'a lone <' 2 '<{{n}}>x</p>'
refuses 'scheme that runs code' 2 '<a href="javascript:x()">x</a>'
refuses 'no value may stand in type=' 2 '<script src="/a.js" type="{{n}}"></script>'
refuses 'only {{json' 2 '<script type="application/json">{{n}}</script>'
refuses '{{json …}} may stand only inside' 2 '<p>{{json n}}</p>'
refuses 'may stand only between elements' 2 '<p class="{{svg n}}">x</p>'
refuses 'may stand only between elements' 2 '<p class="{{> y(n)}}">x</p>'
refuses '{{t}} in a URL' 2 '<a href="{{t x.y}}">x</a>'
refuses 'is not closed' 4 '<div>\n<p>x</p>'
refuses '</div> where </p> is due' 2 '<div><p>x</div>'
refuses 'closes nothing' 2 'x</div>'
refuses 'knows no self-closing' 2 '<div/>'
refuses '<iframe> is not allowed' 2 '<iframe src="/x"></iframe>'
refuses 'a lone <' 2 'a < b'
refuses 'a comment readers would be sent' 2 '<!-- x -->'
refuses 'has no {{/if}}' 3 '{{if n}}x'
refuses 'without its beginning' 2 'x{{/if}}'
refuses 'without its beginning' 2 '{{if n}}{{/each}}{{/if}}'
refuses 'does not always leave the HTML in the same place' 2 '{{if n}}<p>{{/if}}x</p>'
refuses 'does not always leave the HTML in the same place' 2 '{{if n}}<p>{{else}}<b>{{/if}}x</p>'
refuses 'does not always leave the HTML in the same place' 3 '<p class="\n{{if n}}">{{/if}}x</p>'
refuses 'does not always leave the HTML in the same place' 2 '<a href="{{if n}}{{n}}{{/if}}{{n}}">x</a>'
refuses 'in different places' 2 '{{if n}}<p>{{elif n}}<b>{{else}}<p>{{/if}}x</p>'
refuses 'a second {{else}}' 2 '{{each s : n[1]}}{{else}}{{else}}{{/each}}'
refuses 'has had its {{else}}' 2 '{{if n}}{{else}}{{elif n}}{{/if}}'
refuses 'write {{each' 2 '{{each s : n}}{{/each}}'
refuses '; in an expression' 2 '{{n; system("x")}}'
refuses '{{ without }}' 2 'x {{n'
refuses 'a space is missing' 2 '<a href="/"class="x">x</a>'
refuses 'two templates x' 2 '{{# template x(int n)}}'
refuses 'is not a key' 2 '{{t Overview.title}}'

makes '<p>{{n}}</p>' 'HTML_TEXT(html, (n))'
makes '<title>{{n}}</title>' 'HTML_TEXT(html, (n))'
makes '<p title="a {{n}}">x</p>' 'HTML_ATTRIBUTE(html, (n))'
makes "<p title='{{n}}'>x</p>" 'HTML_ATTRIBUTE(html, (n))'
makes '<a href="{{n}}">x</a>' 'HTML_URL(html, (n))'
makes '<a HREF="/x/{{n}}">x</a>' 'HTML_URL_PART(html, (n))'
makes '<a href="{{n}}?a={{n}}">x</a>' 'HTML_URL_PART(html, (n))'
makes '<form action="{{n}}"></form>' 'HTML_URL(html, (n))'
makes '<p hx-get="{{n}}">x</p>' 'HTML_URL(html, (n))'
makes '<script type="application/json">{{json n}}</script>' 'html_json(html, n)'
makes '<option value="1"{{if n}} selected{{/if}}>x</option>' 'if (n) {'
makes '{{each s : n[1]}}<p>x</p>{{/each}}' 'html_raw(html, "<p>x</p>", 8)'
makes '{{if n}}<p>x</p>{{else}}<b>y</b>{{/if}}' '} else {'
makes '<p>a\n     b   c</p>' '<p>a\nb c</p>'
makes '<p{{if n}} class="a"{{/if}} title="b">x</p>' 'if (n) {'
makes '<pre>a\n     b</pre>' 'a\n     b'
makes '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>' 'viewBox'
makes '{{t frame.printed n "a b"}}' 'html_say(html, T_FRAME_PRINTED, (const struct text[]){ SAY(html, n), SAY(html, "a b") }, 2)'
makes '<script src="{{asset grid.js}}" defer></script>' 'html_url(html, asset_path(ASSET_GRID_JS))'
refuses '{{asset …}} is a whole URL' 2 '<a href="/x/{{asset grid.js}}">x</a>'
makes '<p title="{{t frame.skip}}">x</p>' 'html_say_attribute(html, T_FRAME_SKIP, NULL, 0)'

compiles yes '<p>{{n}} {{s}} {{"a"}}</p>{{each c, i : s.at[s.size]}}{{i}}{{(int)*c}}{{else}}-{{/each}}'
compiles no '{{d}}'
compiles no '{{b}}'
compiles no '{{s.absent}}'
compiles no '<a href="{{n}}">x</a>'
compiles no '{{t frame.printed n}}'
compiles no '{{t frame.no_such_text}}'

# texts WHAT LINE CSV
texts() {
    printf '%b' "$3" >"$dir/page.csv"
    local said; said=$("$made/texts" "$dir/t.h" "$dir/t.c" "$dir/page.csv" 2>&1) && { no "accepted: $3"; return; }
    case $said in *"page.csv:$2: "*"$1"*) ;; *) no "$3"; echo "  said: $said" ;; esac
}
texts 'stands already' 3 'key,zh,en\npage.a,甲,a\npage.a,乙,b\n'
texts 'stands already' 3 'key,zh,en\npage.a_b,甲,a\npage.a.b,乙,b\n'
texts 'has no English' 2 'key,zh,en\npage.a,甲,\n'
texts 'has no Chinese' 2 'key,zh,en\npage.a,,a\n'
texts 'take different arguments' 2 'key,zh,en\npage.a,甲{1},a\n'
texts '{1} is missing' 2 'key,zh,en\npage.a,甲{2},a{2}\n'
texts 'does not begin with page.' 3 'key,zh,en\n\nother.a,甲,a\n'
texts 'a row of 2 fields' 2 'key,zh,en\npage.a,甲\n'
texts 'more than three fields' 2 'key,zh,en\npage.a,甲,a, b\n'
texts 'no other mark-up' 2 'key,zh,en\npage.a,<i>甲</i>,a\n'
texts 'the first row is' 1 'key,en,zh\n'
texts 'not closed' 3 'key,zh,en\npage.a,"甲,a\n'
printf 'key,zh,en\r\npage.a,"甲，{2}比 {1} <b>多</b>","a ""b"", {1} <b>{2}</b>"\r\n' >"$dir/page.csv"
"$made/texts" "$dir/t.h" "$dir/t.c" "$dir/page.csv" && grep -q 'T_PAGE_A_TAKES = 2' "$dir/t.h" && grep -qF 'a \"b\", {1} <b>{2}</b>' "$dir/t.c" ||
    no "a good table"
exit $bad
