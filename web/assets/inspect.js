// A sheet of an inspection, on a phone: every answer and photo is kept in this browser first, then sent; what cannot be sent stays there,
// over a closed page too, and is sent when the server can be reached.
//
// The queue stands in IndexedDB ("inspect"), one row a change, its key [who, address of the sheet, field or photo]: an answer
// { typed, seen } or a photo { question, name, blob }.  An answer that somebody else changed meanwhile is never overwritten: it stays
// with what stands ({ theirs }) until one of both is chosen; what the server refuses (handed in meanwhile) stays too ({ refused }), is said,
// and is tried once more when the page is opened again.  Photos are made smaller before they are kept.
const form = document.getElementById('inspect');
const words = form.dataset;
const ME = [words.who, words.answers];
const LONGEST_SIDE = 1600;
const clock = (at) => new Date((at + 8 * 3600) * 1000).toISOString().slice(11, 16);
const say = (pattern, ...values) => values.reduce((text, value, i) => text.replace(values.length > 1 ? `#${i + 1}` : '#', value), pattern);
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
let sending = false, timer = 0;

/* ---- the queue ---- */

const memory = new Map();   /* where a browser keeps nothing */
const opened = new Promise((done) => {
    let ask;
    try { ask = indexedDB.open('inspect', 1); } catch { done(null); return; }
    ask.onupgradeneeded = () => ask.result.createObjectStore('queue');
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => done(null);
});
async function run(mode, act) {
    const base = await opened;
    if (!base) return null;
    return new Promise((done, fail) => {
        const work = base.transaction('queue', mode), ask = act(work.objectStore('queue'));
        work.oncomplete = () => done(ask.result);
        work.onerror = work.onabort = () => fail(work.error);
    });
}
async function put(name, row) {
    memory.set(name, row);
    try { await run('readwrite', (store) => store.put({ ...row, name }, [...ME, name])); } catch { /* the page itself still has it */ }
}
async function drop(name) {
    memory.delete(name);
    try { await run('readwrite', (store) => store.delete([...ME, name])); } catch { /* sent twice it is kept once */ }
}
async function load() {
    const rows = await run('readonly', (store) => store.getAll(IDBKeyRange.bound(ME, [...ME, []]))).catch(() => null);
    for (const row of rows || []) memory.set(row.name, { ...row, refused: false });
}
const unsent = () => [...memory.entries()].filter(([, row]) => !row.theirs && !row.refused);

/* ---- what is shown ---- */

const askOf = (field) => document.getElementById(`q-${field.replace(/\.note$/, '')}`);
const inputsOf = (field) => form.querySelectorAll(`[name="v.${CSS.escape(field)}"]`);
function valueOf(field) {
    const inputs = [...inputsOf(field)];
    if (!inputs.length) return null;
    return inputs[0].type === 'radio' ? (inputs.find((one) => one.checked) || { value: '' }).value : inputs[0].value;
}
function setValue(field, value) {
    for (const input of inputsOf(field)) {
        if (input.type === 'radio') input.checked = input.value === value;
        else input.value = value;
    }
}
const stampOf = (field) => form.querySelector(`[name="s.${CSS.escape(field)}"]`);
function wrong(field, text) {
    const at = askOf(field) && askOf(field).querySelector('[data-wrong]');
    if (!at) return;
    at.textContent = text || '';
    at.hidden = !text;
}
function band(text) {
    const at = document.getElementById('queue');
    if (at.textContent !== text) at.textContent = text;
    at.hidden = !text;
}
function progress() {
    const asks = [...form.querySelectorAll('[data-q]')].filter((ask) => ask.querySelector('.must'));
    const done = asks.filter((ask) => valueOf(ask.dataset.q)).length;
    for (const ask of form.querySelectorAll('[data-q]')) {
        ask.classList.toggle('answered', Boolean(valueOf(ask.dataset.q)));
        ask.classList.toggle('failing', Boolean(ask.querySelector('.fails input:checked')));
        ask.classList.toggle('unsent', memory.has(ask.dataset.q) || memory.has(`${ask.dataset.q}.note`));
    }
    document.getElementById('progress').value = done;
    document.getElementById('progress-said').textContent = say(words.progress, done, asks.length);
}
function choose(field, row) {
    const at = askOf(field).querySelector('[data-wrong]');
    wrong(field, say(words.conflict, clock(row.theirs.at), row.theirs.who, row.theirs.value || words.blank, row.typed || words.blank));
    const button = (text, act) => {
        const made = document.createElement('button');
        Object.assign(made, { type: 'button', className: 'btn btn-outline-secondary', textContent: text });
        made.addEventListener('click', act);
        at.append(' ', made);
    };
    button(say(words.keep, row.theirs.value || words.blank), async () => { await drop(field); setValue(field, row.theirs.value); wrong(field, ''); progress(); });
    button(say(words.mine, row.typed || words.blank), async () => { await put(field, { typed: row.typed, seen: row.seen }); wrong(field, ''); work(); });
}
function showPhoto(question, id, source, note) {
    const list = form.querySelector(`[data-photos="${CSS.escape(question)}"]`);
    if (!list) return;
    const old = document.getElementById(`photo-${id}`), figure = document.createElement('figure'), picture = document.createElement('img');
    const said = document.createElement('figcaption');
    figure.id = `photo-${id}`;
    picture.src = source;
    picture.alt = note;
    said.className = 'note';
    said.textContent = note;
    figure.append(picture, said);
    if (old) old.replaceWith(figure); else list.append(figure);
}

/* ---- sending ---- */

async function post(path, body) {
    const response = await fetch(path, { method: 'POST', body });
    if (response.status === 401 || response.redirected) return null;
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    if (response.ok) return response.json();
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return { refused: [page.querySelector('h1'), page.querySelector('h1 ~ .sub')].filter(Boolean).map((e) => e.textContent.trim()).join('') };
}
async function sendAnswers(rows) {
    const body = new URLSearchParams({ form_token: form.elements.namedItem('form_token').value, key: newId() });
    for (const [field, row] of rows) {
        body.append('field', field);
        body.append('typed', row.typed);
        body.append('seen', row.seen);
    }
    const answer = await post(words.answers, body);
    if (!answer) return false;
    for (const [i, [field, row]] of rows.entries()) {
        if (answer.refused) { await put(field, { ...row, refused: true }); wrong(field, answer.refused); continue; }
        const cell = answer.cells[i], now = memory.get(field);
        if (stampOf(field)) stampOf(field).value = cell.stamp;
        if (cell.outcome === 'conflict') {
            const kept = { typed: now.typed, seen: cell.stamp, theirs: { value: cell.value, who: cell.who, at: cell.at } };
            await put(field, kept);
            if (askOf(field)) choose(field, kept);
        } else if (now && now.typed !== row.typed) {
            await put(field, { typed: now.typed, seen: cell.stamp });   /* typed once more meanwhile: that follows */
        } else {
            await drop(field);
            wrong(field, cell.outcome === 'invalid' ? cell.words : '');
            if (cell.outcome === 'saved') document.getElementById('saved-at').textContent = say(words.saved, clock(cell.at));
        }
    }
    return true;
}
async function sendPhoto(name, row) {
    const body = new FormData();
    body.append('form_token', form.elements.namedItem('form_token').value);
    body.append('key', newId());
    body.append('at', row.question);
    body.append('photo', name);
    body.append('json', '1');
    body.append(`p.${row.question}`, row.blob, row.file);
    const answer = await post(words.photo, body);
    if (!answer) return false;
    if (answer.refused) {
        await put(name, { ...row, refused: true });
        wrong(row.question, answer.refused);
        return true;
    }
    await drop(name);
    showPhoto(row.question, name, answer.photos[0].path, answer.photos[0].name);
    return true;
}
async function work() {
    progress();
    if (sending) return;
    clearTimeout(timer);
    sending = true;
    try {
        while (unsent().length) {
            const answers = unsent().filter(([, row]) => !row.blob).slice(0, 100), photo = unsent().find(([, row]) => row.blob);
            const sent = answers.length ? await sendAnswers(answers) : await sendPhoto(...photo);
            if (!sent) { band(say(words.signedOut, unsent().length)); sending = false; return; }
            progress();
        }
        band('');
    } catch {
        band(say(words.waiting, unsent().length));
        timer = setTimeout(work, 4000);
    }
    sending = false;
}
async function enqueue(field, typed) {
    const stamp = stampOf(field);
    await put(field, { typed, seen: stamp ? stamp.value : '0' });
    if (!document.getElementById('queue').hidden) band(say(words.waiting, unsent().length));
    work();
}

/* ---- photos ---- */

const asData = (blob) => new Promise((done) => {   /* the page may show data: pictures, not blob: ones */
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
});

async function smaller(file) {
    if (!file.type.startsWith('image/') || !window.createImageBitmap) return file;
    try {
        const picture = await createImageBitmap(file), scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
        const canvas = document.createElement('canvas');
        canvas.width = Math.round(picture.width * scale);
        canvas.height = Math.round(picture.height * scale);
        canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
        const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.85); });
        return blob && blob.size < file.size ? blob : file;
    } catch { return file; }
}
async function take(input) {
    const question = input.name.slice(2), files = [...input.files];
    input.value = '';
    for (const file of files) {
        const id = newId(), blob = await smaller(file);
        await put(id, { question, blob, file: blob === file ? file.name : `${file.name.replace(/\.[^.]*$/, '')}.jpg` });
        showPhoto(question, id, await asData(blob), words.photoWaiting);
    }
    if (!document.getElementById('queue').hidden) band(say(words.waiting, unsent().length));
    work();
}

/* ---- started ---- */

form.addEventListener('change', (event) => {
    const input = event.target;
    if (input.name.startsWith('v.')) enqueue(input.name.slice(2), valueOf(input.name.slice(2)));
    else if (input.type === 'file') take(input);
});
form.addEventListener('submit', (event) => {
    const left = memory.size, by = event.submitter;
    if (!left || (by && by.name === 'act' && by.value === 'again')) return;
    event.preventDefault();
    band(say(words.first, left));
    work();
});
addEventListener('online', work);

load().then(async () => {
    for (const button of form.querySelectorAll('[data-save]')) button.hidden = true;
    for (const [name, row] of memory) {
        if (row.blob) { showPhoto(row.question, name, await asData(row.blob), words.photoWaiting); continue; }
        if (valueOf(name) === null) continue;
        setValue(name, row.typed);
        if (row.theirs) choose(name, row);
    }
    form.classList.add('scripted');
    work();
});

/* Opened again without a connection: the worker keeps this page and what it is drawn with. */
if ('serviceWorker' in navigator && window.isSecureContext) {
    const needs = [location.pathname, ...[...document.querySelectorAll('link[rel=stylesheet], script[src]')].map((one) => new URL(one.href || one.src).pathname)];
    navigator.serviceWorker.register('/rounds/offline.js', { scope: '/rounds/' }).then(() => navigator.serviceWorker.ready).then((ready) => {
        ready.active.postMessage(needs);
        form.dataset.kept = 'yes';
    }).catch(() => { /* it works while the page stays open */ });
}
