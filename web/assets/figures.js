// A school's figures: each change of the grid (grid.js) is sent by itself and told at its cell.
//
// One cell at a time, in the order of the changes; what cannot be sent waits and is sent again under the same
// key, so that nothing is done twice.  The server answers with the cell as it stands.
const table = document.getElementById('grid');
const form = document.getElementById('entry');
const waiting = new Map();      /* input → key of what is to be sent */
let sending = false;

const cellOf = (input) => input.closest('td');
const rowOf = (input) => input.closest('tr');
const field = (name) => form.elements.namedItem(name).value;
const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

function mark(input, state, words, hint) {
    const cell = cellOf(input), told = rowOf(input).querySelector('[data-hint]');
    cell.className = `cell ${state}`;
    input.toggleAttribute('aria-invalid', false);
    if (state === 'e-bad') input.setAttribute('aria-invalid', 'true');
    told.className = `note${state === 'e-bad' ? ' unmet' : state === 'e-talk' ? ' near' : ''}`;
    told.querySelector('[data-state]').textContent = words;
    told.querySelector('[data-words]').textContent = hint;
    for (const button of told.querySelectorAll('button')) button.remove();
}

/* The cell as the server has it now. */
function settle(input, answer) {
    input.dataset.seen = answer.seen;
    rowOf(input).querySelector(`[name="s.${input.dataset.item}"]`).value = answer.seen;
    const who = rowOf(input).querySelector('[data-who]');
    who.textContent = answer.who;
    who.hidden = !answer.who;
    const change = rowOf(input).querySelector('[data-change]');
    if (change) change.textContent = answer.change;
    const sentence = document.getElementById('sentence');
    sentence.textContent = answer.sentence;
    sentence.className = answer.verdict;
    document.getElementById('tally').textContent = answer.tally;
}

/* What a refusal says: the words of the error page. */
async function refusal(response) {
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return [page.querySelector('h1'), page.querySelector('h1 ~ .sub')].filter(Boolean).map((e) => e.textContent.trim()).join('');
}

const read = async (input) => (await fetch(`${table.dataset.cell}/${input.dataset.item}${location.search}`, { headers: { Accept: 'application/json' } })).json();

/* Somebody else was there first: both values, and the choice. */
async function conflict(input, sent, words) {
    const answer = await read(input);
    settle(input, answer);
    if (input.value !== sent) return;
    mark(input, 'e-bad', table.dataset.bad, `${words} `);
    const told = rowOf(input).querySelector('[data-hint]');
    const choice = (text, act) => {
        const button = document.createElement('button');
        Object.assign(button, { type: 'button', className: 'btn btn-outline-secondary', textContent: text });
        button.addEventListener('click', act);
        told.append(button, ' ');
    };
    choice(table.dataset.keep.replace('#', answer.typed || table.dataset.blank), () => {
        input.value = answer.typed;
        mark(input, answer.state, answer.state_words, answer.hint);
        input.focus();
    });
    choice(table.dataset.mine.replace('#', sent || table.dataset.blank), () => { input.focus(); enqueue(input); });
}

async function send(input, key) {
    const item = input.dataset.item, sent = input.value;
    const body = new URLSearchParams({ form_token: field('form_token'), key, item, [`v.${item}`]: sent, [`s.${item}`]: input.dataset.seen,
        reason: document.getElementById('reason').value });
    const response = await fetch(table.dataset.path, { method: 'POST', body, headers: { Accept: 'application/json' } });
    if (response.status === 401) { location.reload(); return; }
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    const again = input.value !== sent;          /* changed meanwhile: that follows */
    if (waiting.get(input) === key) waiting.delete(input);
    if (response.ok) {
        const answer = await response.json();
        settle(input, answer);
        if (again) return;
        input.value = answer.typed;              /* as the server writes it, which is no change of ours */
        if (document.activeElement === input) window.junhengGrid.gridOf(table).before = answer.typed;
        mark(input, answer.state, answer.state_words, answer.hint);
        document.getElementById('saved-at').textContent = table.dataset.saved.replace('#', answer.clock);
        window.junheng.say(`${rowOf(input).querySelector('th').textContent} ${answer.typed} ${answer.state_words}`);
        return;
    }
    const words = await refusal(response);
    if (response.status === 409) { await conflict(input, sent, words); return; }
    if (!again) { mark(input, 'e-bad', table.dataset.bad, words); window.junheng.say(words); }
}

function trouble(words) {
    const band = document.getElementById('trouble');
    band.textContent = words;
    band.hidden = !words;
}

async function work() {
    if (sending) return;
    sending = true;
    try {
        while (waiting.size) {
            const [input, key] = waiting.entries().next().value;
            await send(input, key);
        }
        trouble('');
    } catch {
        trouble(table.dataset.offline.replace('#', waiting.size));
        setTimeout(work, 4000);
    }
    sending = false;
}

function enqueue(input) {
    waiting.delete(input);
    waiting.set(input, newKey());
    mark(input, 'e-wait', table.dataset.wait, '');
    work();
}

table.addEventListener('cell-change', (event) => { if (event.detail.input.dataset.item) enqueue(event.detail.input); });
addEventListener('online', work);
addEventListener('beforeunload', (event) => { if (waiting.size) event.preventDefault(); });
/* The form is for those without scripts: what is being typed is a change of its cell. */
form.addEventListener('submit', (event) => { event.preventDefault(); if (document.activeElement) document.activeElement.blur(); });
for (const button of document.querySelectorAll('[data-save]')) button.hidden = true;
