// A school's return: each change of the grid (grid.js) is kept in this browser first, then sent; what cannot be sent
// stays there, over a closed page too, and is sent when the server can be reached.
//
// The queue, of one person, return and year, in localStorage: item → { typed, seen, at }.  A cell that somebody else
// changed meanwhile is never overwritten: it stays in the queue with what stands ({ theirs }) until one of both is chosen.
const table = document.getElementById('grid');
const form = document.getElementById('entry');
const words = table.dataset;
const NAME = `return ${words.who} ${words.cells}`;
const BATCH = 100;
let sending = false, timer = 0;

const inputOf = (item) => document.getElementById(`v.${item}`);
const rowOf = (input) => input.closest('tr');
const say = (pattern, ...values) => values.reduce((text, value, i) => text.replace(values.length > 1 ? `#${i + 1}` : '#', value), pattern);
const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const clock = (at) => new Date((at + 8 * 3600) * 1000).toISOString().slice(11, 16);

/* ---- the queue ---- */

let memory = {};    /* where a browser keeps nothing */
function load() {
    try { return JSON.parse(localStorage.getItem(NAME) || '{}'); } catch { return memory; }
}
function keep(queue) {
    memory = queue;
    try {
        if (Object.keys(queue).length) localStorage.setItem(NAME, JSON.stringify(queue));
        else localStorage.removeItem(NAME);
    } catch { /* the page itself still has it */ }
}
function change(item, value) {
    const queue = load();
    if (value) queue[item] = value; else delete queue[item];
    keep(queue);
}
const unsent = () => Object.entries(load()).filter(([, cell]) => !cell.theirs);

/* ---- what is shown ---- */

function mark(input, state, spoken, hint) {
    const told = rowOf(input).querySelector('[data-hint]');
    input.closest('td').className = `cell ${state}`;
    input.toggleAttribute('aria-invalid', false);
    if (state === 'e-bad') input.setAttribute('aria-invalid', 'true');
    told.className = `note${state === 'e-bad' ? ' unmet' : state === 'e-talk' ? ' near' : ''}`;
    told.querySelector('[data-state]').textContent = spoken;
    told.querySelector('[data-words]').textContent = hint;
    for (const button of told.querySelectorAll('button')) button.remove();
}

function band(text) {
    const at = document.getElementById('queue');
    if (at.textContent !== text) at.textContent = text;
    at.hidden = !text;
}

function stamp(input, value) {
    input.dataset.stamp = value;
    const hidden = rowOf(input).querySelector(`[name="s.${input.dataset.item}"]`);
    if (hidden) hidden.value = value;
}

/* The value as the server has it, which is no change of ours. */
function settle(input, typed) {
    input.value = typed;
    const before = rowOf(input).querySelector(`[name="o.${input.dataset.item}"]`);
    if (before) before.value = typed;
    if (document.activeElement === input) window.junhengGrid.gridOf(table).before = typed;
}

function choose(input, item, cell) {
    const told = rowOf(input).querySelector('[data-hint]'), { theirs } = cell;
    input.value = cell.typed;
    mark(input, 'e-bad', words.bad, say(words.conflict, clock(theirs.at), theirs.who, theirs.typed || words.blank, cell.typed || words.blank));
    const button = (text, act) => {
        const made = document.createElement('button');
        Object.assign(made, { type: 'button', className: 'btn btn-outline-secondary', textContent: text });
        made.addEventListener('click', act);
        told.append(' ', made);
    };
    button(say(words.keep, theirs.typed || words.blank), () => {
        change(item, null);
        settle(input, theirs.typed);
        mark(input, theirs.typed ? 'e-saved' : 'e-empty', theirs.typed ? words.ok : words.none, '');
        input.focus();
        renew();
    });
    button(say(words.mine, cell.typed || words.blank), () => { input.focus(); enqueue(input, cell.typed); });
}

/* ---- sending ---- */

async function send() {
    const batch = unsent().slice(0, BATCH), body = new URLSearchParams({ form_token: form.elements.namedItem('form_token').value, key: newKey() });
    for (const [item, cell] of batch) {
        body.append('item', item);
        body.append('typed', cell.typed);
        body.append('seen', cell.seen);
    }
    const response = await fetch(words.cells, { method: 'POST', body, headers: { Accept: 'application/json' } });
    if (response.status === 401 || response.redirected) return false;
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    if (!response.ok) { await refused(response, batch); return true; }
    const answer = await response.json();
    answer.cells.forEach((cell, i) => answered(cell, batch[i][1]));
    return true;
}

function answered(cell, sent) {
    const input = inputOf(cell.item), queued = load()[cell.item];
    const again = queued && queued.typed !== sent.typed;     /* typed once more meanwhile: that follows */
    if (input) stamp(input, cell.stamp);
    if (again && cell.outcome !== 'conflict') { change(cell.item, { ...queued, seen: cell.stamp }); return; }
    if (cell.outcome === 'conflict') {
        const kept = { ...(queued || sent), seen: cell.stamp, theirs: { typed: cell.typed, who: cell.who, at: cell.at } };
        change(cell.item, kept);
        if (input) choose(input, cell.item, kept);
        window.junheng.say(cell.words);
        return;
    }
    change(cell.item, null);
    if (!input) return;
    if (cell.outcome !== 'refused') settle(input, cell.typed);
    const state = cell.outcome === 'saved' ? (cell.typed ? 'e-saved' : 'e-empty') : 'e-bad';
    mark(input, state, state === 'e-bad' ? words.bad : cell.typed ? words.ok : words.none, state === 'e-bad' ? `${cell.words}${cell.hint}` : '');
    document.getElementById('saved-at').textContent = say(words.saved, clock(cell.at || Date.now() / 1000));
    window.junheng.say(`${rowOf(input).querySelector('th').textContent} ${cell.typed} ${state === 'e-bad' ? cell.words : words.ok}`);
}

/* The whole was refused (submitted meanwhile, no right any more): said, and kept until the page is seen anew. */
async function refused(response, batch) {
    const said = await response.text();
    let text = said;
    try { text = JSON.parse(said).error?.what || JSON.parse(said).what || said; } catch {
        const page = new DOMParser().parseFromString(said, 'text/html');
        text = [page.querySelector('h1'), page.querySelector('h1 ~ .sub')].filter(Boolean).map((e) => e.textContent.trim()).join('');
    }
    for (const [item] of batch) {
        change(item, null);
        const input = inputOf(item);
        if (input) mark(input, 'e-bad', words.bad, text);
    }
    window.junheng.say(text);
}

async function work() {
    if (sending) return;
    clearTimeout(timer);
    sending = true;
    let sent = false;
    try {
        while (unsent().length) {
            if (!await send()) {
                band(say(words.signedOut, unsent().length));
                sending = false;
                return;
            }
            sent = true;
        }
        band('');
        if (sent) timer = setTimeout(renew, 500);
    } catch {
        band(say(words.waiting, unsent().length));
        timer = setTimeout(work, 4000);
    }
    sending = false;
}

function enqueue(input, typed) {
    change(input.dataset.item, { typed, seen: input.dataset.stamp, at: Date.now() });
    mark(input, 'e-wait', words.wait, '');
    if (!document.getElementById('queue').hidden) band(say(words.waiting, unsent().length));
    work();
}

/* ---- what the rules say now ---- */

async function renew() {
    if (unsent().length) return;
    let page;
    try {
        const response = await fetch(words.page);
        if (!response.ok) return;
        page = new DOMParser().parseFromString(await response.text(), 'text/html');
    } catch { return; }
    if (unsent().length || !page.getElementById('grid')) return;
    const queue = load();
    for (const input of table.querySelectorAll('input[data-item]')) {
        const item = input.dataset.item, next = page.getElementById(`v.${item}`);
        if (!next || queue[item] || (document.activeElement === input && input.value !== next.value)) continue;
        stamp(input, next.dataset.stamp);
        settle(input, next.value);
        mark(input, next.closest('td').className.replace('cell ', ''), next.closest('tr').querySelector('[data-state]').textContent,
            next.closest('tr').querySelector('[data-words]').textContent);
        const mine = rowOf(input).querySelector('[data-change]'), theirs = next.closest('tr').querySelector('[data-change]');
        if (mine && theirs) mine.textContent = theirs.textContent;
    }
    const shown = document.querySelector('.about.now')?.id;
    for (const id of ['head', 'parts', 'bar', 'side']) {
        const old = document.getElementById(id), next = page.getElementById(id);
        if (old && next && !old.contains(document.activeElement)) old.replaceWith(document.importNode(next, true));
    }
    about(shown);
    scripted();
}

/* ---- the cell in hand ---- */

function about(id) {
    for (const section of document.querySelectorAll('.about')) section.classList.toggle('now', section.id === id);
}
table.addEventListener('focusin', (event) => { if (event.target.dataset.item) about(`about-${event.target.dataset.item}`); });
document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-go], .about-link');
    if (!link) return;
    const item = link.dataset.go || link.closest('tr').dataset.row, input = inputOf(item);
    about(`about-${item}`);
    if (link.dataset.go && input) { event.preventDefault(); input.focus(); input.scrollIntoView({ block: 'center' }); }
});

/* What is for those without scripts is put away. */
function scripted() {
    for (const button of document.querySelectorAll('[data-save]')) button.hidden = true;
}

table.addEventListener('cell-change', (event) => { if (event.detail.input.dataset.item) enqueue(event.detail.input, event.detail.input.value); });
addEventListener('online', work);
form.addEventListener('submit', (event) => { event.preventDefault(); if (document.activeElement) document.activeElement.blur(); });
document.getElementById('step').addEventListener('submit', (event) => {
    const left = Object.keys(load()).length;
    if (!left) return;
    event.preventDefault();
    band(say(words.first, left));
    work();
});

/* What was typed before the page was closed. */
for (const [item, cell] of Object.entries(load())) {
    const input = inputOf(item);
    if (!input || input.readOnly) continue;
    input.value = cell.typed;
    if (cell.theirs) choose(input, item, cell);
    else mark(input, 'e-wait', words.wait, '');
}
scripted();
if (location.hash.startsWith('#about-')) about(location.hash.slice(1));
work();
