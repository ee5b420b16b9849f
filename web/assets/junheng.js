// What every page has besides its HTML: htmx, the keys, the panel where a number comes from, density, the
// line that says something is under way.  All of it improves pages that work without it.
import htmx from 'htmx.org/dist/htmx.esm.js';

window.htmx = htmx;

const one = (selector, inside = document) => inside.querySelector(selector);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const remembered = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* private window: forgotten */ } },
};

/* ---- saying things to a screen reader: politely, at most every two seconds -------------------------- */
let waitingWords = null, spokenAt = 0;
function say(words) {
    const wait = spokenAt + 2000 - Date.now();
    if (waitingWords === null && wait > 0) setTimeout(() => { const w = waitingWords; waitingWords = null; speak(w); }, wait);
    if (wait > 0) waitingWords = words; else speak(words);
}
function speak(words) {
    spokenAt = Date.now();
    const live = one('#live');
    if (live) live.textContent = words;
}
window.junheng = { say };

/* ---- density: 紧凑 or 宽松, remembered -------------------------------------------------------------- */
const root = document.documentElement;
function density(loose) {
    root.classList.toggle('loose', loose);
    for (const button of all('[data-density]')) button.setAttribute('aria-pressed', String(loose));
}
density(remembered.get('density') === 'loose');

/* ---- the panel: where a number comes from -------------------------------------------------------------- */
let panelFrom = null;
function closePanel() {
    const panel = one('#panel');
    if (!panel || panel.hidden) return false;
    panel.hidden = true;
    panel.textContent = '';
    if (panelFrom && panelFrom.isConnected) panelFrom.focus();
    panelFrom = null;
    return true;
}
function openPanel(link) {
    const panel = one('#panel');
    panelFrom = link;
    htmx.ajax('GET', link.getAttribute('href'), { target: '#panel', swap: 'innerHTML' }).then(() => {
        panel.hidden = false;
        const head = one('h2', panel);
        if (head) { head.tabIndex = -1; head.focus(); }
    });
}

/* ---- keys ------------------------------------------------------------------------------------------------ */
const lettersOff = () => remembered.get('letters') === 'off';
const typing = (element) => element.closest('input, textarea, select, [contenteditable]') !== null;
const PAGES = { z: '/overview', x: '/schools', s: '/what-if' };   /* g z 总览, g x 学校, g s 试算 */
let afterG = 0;

function showHelp(show) {
    const help = one('#help');
    if (!help || help.hidden === !show) return false;
    help.hidden = !show;
    if (show) { const button = one('button', help); if (button) button.focus(); }
    return true;
}
/* j and k: the first link of the next or previous row of the page's main table or list. */
function moveRow(by) {
    const rows = all('[data-rows] tbody tr, ul[data-rows] > li').filter((row) => row.offsetParent && one('a[href], input', row));
    const now = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + by, 0), rows.length - 1)];
    if (next) { one('a[href], input', next).focus(); next.scrollIntoView({ block: 'nearest' }); }
}
function follow(selector) {
    const link = one(selector);
    if (link) link.click();
    return link !== null;
}
function letter(key, event) {
    if (afterG > Date.now() - 1500) {
        afterG = 0;
        return PAGES[key] !== undefined && follow(`.rail a[href^="${PAGES[key]}"]`);
    }
    switch (key) {
    case '/': { const search = one('#search'); if (!search || !search.offsetParent) return false; search.focus(); search.select(); return true; }
    case '?': return showHelp(true);
    case 'g': afterG = Date.now(); return true;
    case 'j': moveRow(1); return true;
    case 'k': moveRow(-1); return true;
    case 'o': { const row = event.target.closest('tr, li'); const source = row && one('a.src', row); if (source) source.click(); return Boolean(source); }
    case '[': return follow('a[rel="prev"]');
    case ']': return follow('a[rel="next"]');
    case 'e': return follow('[data-export]');
    }
    return false;
}
document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        const form = event.target.closest('form[data-main]') || one('form[data-main]');
        if (form) { event.preventDefault(); form.requestSubmit ? form.requestSubmit() : form.submit(); }
        return;
    }
    if (event.key === 'Escape') {
        const menu = event.target.closest('details[open].menu');
        if (menu) { menu.open = false; one('summary', menu).focus(); return; }
        if (showHelp(false) || closePanel()) return;
        if (typing(event.target)) { event.target.blur(); return; }
        if (!lettersOff()) follow('.crumb a[data-back]');
        return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || lettersOff()) return;
    if (letter(event.key, event)) event.preventDefault();
});

/* ---- clicks -------------------------------------------------------------------------------------------------- */
document.addEventListener('click', (event) => {
    const target = event.target;
    for (const menu of all('details[open].menu, .tabbar details[open]')) if (!menu.contains(target)) menu.open = false;
    const source = target.closest('a.src');
    if (source && one('#panel') && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        openPanel(source);
        return;
    }
    if (target.closest('[data-close-panel]')) { event.preventDefault(); closePanel(); return; }
    if (target.closest('[data-open-help]')) { showHelp(true); return; }
    if (target.closest('[data-close-help]')) { showHelp(false); return; }
    if (target.closest('[data-print]')) { window.print(); return; }
    const copy = target.closest('[data-copy]');
    if (copy) {
        const from = document.getElementById(copy.dataset.copy);
        if (from && navigator.clipboard) navigator.clipboard.writeText(from.innerText).then(() => say(copy.dataset.copied || ''));
        return;
    }
    if (target.closest('[data-density]')) {
        const loose = !root.classList.contains('loose');
        remembered.set('density', loose ? 'loose' : 'tight');
        density(loose);
    }
});
/* A filter acts when it is chosen; without a script its form has a button. */
document.addEventListener('change', (event) => {
    if (event.target.id === 'letters') { remembered.set('letters', event.target.checked ? 'on' : 'off'); return; }
    const form = event.target.closest('form[data-filter]');
    if (form && event.target.matches('select')) form.requestSubmit ? form.requestSubmit() : form.submit();
});
for (const button of all('form[data-filter] [data-apply]')) button.hidden = true;
const letters = one('#letters');
if (letters) letters.checked = !lettersOff();

/* ---- what scrolls sideways can be reached by keys ---------------------------------------------------------------- */
function reachable() {
    for (const box of all('.scroll, .matrix')) {
        if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
        else box.removeAttribute('tabindex');
    }
}
reachable();
addEventListener('resize', reachable);
document.addEventListener('htmx:afterSettle', reachable);

/* ---- errors of a form take the focus ------------------------------------------------------------------------- */
const errors = one('.errors');
if (errors) { errors.tabIndex = -1; errors.focus(); }

/* ---- something is under way: a line after 300 ms, words after two seconds ---------------------------------------- */
let underWay = 0, timers = [];
function waiting(more) {
    underWay = Math.max(0, underWay + more);
    const line = one('#waiting');
    if (!line) return;
    if (underWay === 1 && more > 0) {
        timers = [setTimeout(() => { line.hidden = false; }, 300), setTimeout(() => { one('span', line).hidden = false; }, 2000)];
    } else if (underWay === 0) {
        timers.forEach(clearTimeout);
        line.hidden = true;
        one('span', line).hidden = true;
    }
}
document.addEventListener('htmx:beforeRequest', () => waiting(1));
document.addEventListener('htmx:afterRequest', () => waiting(-1));
/* What the server says to a refused request is an HTML page: show its words, not the page. */
function trouble(words) {
    const band = one('#trouble');
    if (!band) return;
    band.textContent = words;
    band.hidden = false;
    say(words);
}
document.addEventListener('htmx:beforeRequest', () => { const band = one('#trouble'); if (band) band.hidden = true; });
document.addEventListener('htmx:sendError', () => trouble(document.body.dataset.offline || ''));
document.addEventListener('htmx:responseError', (event) => {
    const answer = new DOMParser().parseFromString(event.detail.xhr.responseText || '', 'text/html');
    const head = one('h1', answer);
    if (event.detail.xhr.status === 401) { location.reload(); return; }
    trouble(head ? head.textContent : document.body.dataset.error || '');
});

/* ---- whoever signs out leaves nothing of the sheets that were kept for use without a connection (rounds_offline.js) ---- */
document.addEventListener('submit', (event) => {
    if (event.target.getAttribute('action') === '/sign-out' && window.caches) caches.delete('rounds').catch(() => {});
});
