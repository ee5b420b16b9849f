// What a page's content security policy, or the oldest browsers we serve, would drop in silence:
// node tools/lint-web.mjs [FOLDER]   FOLDER/templates, FOLDER/assets; says file:line, ends with 1 when it found any.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = process.argv[2] || join(dirname(fileURLToPath(import.meta.url)), '../web');
let found = 0;
const say = (file, line, what) => { console.error(`${file}:${line}: ${what}`); found++; };

function search(file, text, rules) {
    text.split('\n').forEach((line, i) => {
        for (const [pattern, what] of rules) if (pattern.test(line)) say(file, i + 1, what);
    });
}
/* Comments out, lines kept. */
const bare = (text, pattern) => text.replace(pattern, (comment) => comment.replace(/[^\n]/g, ' '));

const files = (folder, end) => {
    const at = join(root, folder);
    return existsSync(at) ? readdirSync(at).filter((name) => name.endsWith(end)).map((name) => join(at, name)) : [];
};

for (const file of files('templates', '.html')) {
    search(file, bare(readFileSync(file, 'utf8'), /\{\{--[^]*?--\}\}/g), [
        [/\sstyle\s*=/i, 'style=: the content security policy forbids it; use a class'],
        [/\son[a-z]+\s*=/i, 'on…=: scripts live in web/assets'],
        [/<script(?![^>]*(\bsrc=|application\/json))/i, 'an inline <script>'],
        [/(?:href|src|action)="https?:\/\/(?!www\.moe\.gov\.cn)/, 'another host: pages load nothing from outside'],
    ]);
}
for (const file of files('assets', '.js')) {
    search(file, bare(readFileSync(file, 'utf8'), /\/\*[^]*?\*\/|\/\/[^\n]*/g), [
        [/\.(?:innerHTML|outerHTML|insertAdjacentHTML)\b|document\.write\b/, 'HTML built in a script: make nodes, or let the server render'],
        [/\beval\s*\(|new\s+Function\b/, 'eval: the content security policy forbids it'],
        [/set(?:Timeout|Interval)\s*\(\s*['"`]/, 'a timer with code in a string'],
        [/['"`][^'"`]*\bstyle\s*=|setAttribute\(\s*['"]style/, 'style= in HTML of a script'],
        [/['"`][^'"`]*<[^'"`]*\son[a-z]+\s*=|setAttribute\(\s*['"]on[a-z]/, 'on…= in HTML of a script'],
        [/\bfetch\(\s*['"`]https?:|import\s+.*['"]https?:/, 'another host: pages load nothing from outside'],
    ]);
}
for (const file of files('assets', '.css')) {
    const text = bare(readFileSync(file, 'utf8'), /\/\*[^]*?\*\//g);
    search(file, text, [
        [/color-mix\(|oklch\(|oklab\(|lab\(|lch\(|light-dark\(|color\(/, 'a colour that Chromium 86 drops: write it in hex'],
        [/:has\(/, ':has(): Chromium 105'],
        [/@container|container-(?:type|name)\s*:/, 'container queries: Chromium 105'],
        [/@layer/, '@layer: Chromium 99'],
        [/\binset\s*:|aspect-ratio\s*:|subgrid/, 'a property that Chromium 86 does not know'],
        [/@import|url\(\s*['"]?(?:https?:)?\/\//, 'another host or file: everything is one style sheet'],
        [/@font-face/, 'no font is shipped'],
    ]);
    /* A rule within a rule: nesting.  Only at-rules may hold rules. */
    const open = [];
    let line = 1, selector = '';
    for (const c of text) {
        if (c === '\n') line++;
        if (c === '{') {
            if (open.some((outer) => !outer.startsWith('@'))) say(file, line, 'a rule within a rule: Chromium 120');
            open.push(selector.trim());
            selector = '';
        } else if (c === '}') {
            open.pop();
            selector = '';
        } else if (c === ';') {
            selector = '';
        } else {
            selector += c;
        }
    }
}
process.exit(found ? 1 : 0);
