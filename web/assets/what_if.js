// 试算: what is typed is tried at once.  The form is posted as it stands, the server answers with the parts of the page
// that may have changed, and they take the place of the old ones; inputs stay, so that typing and undo go on.
const form = document.getElementById('what-if');
const words = form.dataset.unsaved;
let running = null, waiting = null, unsaved = false;

const table = () => document.getElementById('what-if-grid');
const grid = () => window.junhengGrid.gridOf(table());
const rowsOf = (inside) => [...inside.querySelectorAll('#what-if-grid tbody tr[data-field]')];
const inputOf = (row) => row.querySelector('td.cell > input');
const byField = (name) => rowsOf(document).find((row) => row.dataset.field === name);
const phoneRow = (inside, name) => [...inside.querySelectorAll('tr.phone-row')].find((row) => row.dataset.of === name);

/* ---- the answer put in its place -------------------------------------------------------------------------- */
function replace(answer, id) {
    const now = document.getElementById(id), then = answer.getElementById(id);
    if (now && then) now.replaceWith(document.adoptNode(then));
}
function mergeRow(row, fresh) {
    const cell = row.querySelector('td.cell'), freshCell = fresh.querySelector('td.cell');
    if (inputOf(row) === document.activeElement && inputOf(row).value !== inputOf(fresh).value) cell.classList.remove('e-bad');
    else cell.className = freshCell.className + (cell.classList.contains('in-block') ? ' in-block' : '');
    for (const part of ['left', 'cost'])
        row.querySelector(`[data-part="${part}"]`).replaceChildren(...fresh.querySelector(`[data-part="${part}"]`).childNodes);
}
function mergeTable(answer, values) {
    const body = table().tBodies[0], wanted = [];
    for (const fresh of rowsOf(answer)) {
        const name = fresh.dataset.field, freshPhone = phoneRow(answer, name), value = inputOf(fresh).value;
        let row = byField(name);
        if (row) {
            const phone = phoneRow(document, name), open = phone.querySelector('details').open;
            mergeRow(row, fresh);
            freshPhone.querySelector('details').open = open;
            phone.replaceWith(document.adoptNode(freshPhone));
        } else {
            body.querySelectorAll('tr.none').forEach((none) => none.remove());
            row = document.adoptNode(fresh);
            inputOf(row).value = '';
            body.append(row, document.adoptNode(freshPhone));
        }
        if (values && inputOf(row).value !== value) wanted.push({ input: inputOf(row), value });
    }
    const foot = table().tFoot, freshFoot = answer.querySelector('#what-if-grid tfoot');
    if (foot) foot.remove();
    if (freshFoot) table().append(document.adoptNode(freshFoot));
    grid().refresh();
    /* As one change of the grid: Ctrl+Z takes it back. */
    if (wanted.length) grid().set(wanted, 'paste');
}
function put(html, act) {
    const answer = new DOMParser().parseFromString(html, 'text/html');
    if (!answer.getElementById('what-if-head')) return;
    const folded = [...document.querySelectorAll('#what-if-effect details')].filter((d) => !d.open).map((d) => d.dataset.fold);
    replace(answer, 'what-if-head');
    replace(answer, 'what-if-effect');
    replace(answer, 'what-if-notes');
    for (const d of document.querySelectorAll('#what-if-effect details')) d.open = !folded.includes(d.dataset.fold);
    if (act !== 'try') replace(answer, 'what-if-found');
    mergeTable(answer, ['fill', 'add', 'paste'].includes(act));
    window.junheng.say(document.getElementById('what-if-sentence').textContent);
}

/* ---- asking: one at a time, the latest wins ----------------------------------------------------------------- */
async function send(act, extra = {}) {
    if (running) { if (act !== 'try' || !waiting) waiting = { act, extra }; return running; }
    const data = new URLSearchParams(new FormData(form));
    data.set('do', act);
    if (act !== 'paste') data.delete('block');
    for (const [name, value] of Object.entries(extra)) data.set(name, value);
    running = fetch(form.action, { method: 'POST', body: data, headers: { 'HX-Request': 'true' }, credentials: 'same-origin' })
        .then(async (answer) => {
            if (answer.status === 401) { location.reload(); return; }
            const html = await answer.text();
            if (answer.ok) { put(html, act); return; }
            const head = new DOMParser().parseFromString(html, 'text/html').querySelector('h1');
            trouble(head ? head.textContent : document.body.dataset.error);
        }, () => trouble(document.body.dataset.offline))
        .finally(() => {
            running = null;
            if (waiting) { const next = waiting; waiting = null; send(next.act, next.extra); }
        });
    return running;
}
function trouble(said) {
    const band = document.getElementById('trouble');
    band.textContent = said;
    band.hidden = false;
    window.junheng.say(said);
}

/* ---- typing --------------------------------------------------------------------------------------------------- */
form.addEventListener('input', (event) => {
    if (event.target.closest('#what-if-grid')) { unsaved = true; send('try'); }
    else if (event.target.name === 'q' || event.target.name === 'failing') find();
});
form.addEventListener('cells-change', () => { unsaved = true; send('try'); });
let findLater = 0;
function find() {
    clearTimeout(findLater);
    findLater = setTimeout(() => send('find'), 120);
}

/* Three columns are rows of 学校, 项目, 值: they go to where rows are added, wherever they are pasted. */
document.addEventListener('paste', (event) => {
    const text = event.clipboardData.getData('text/plain'), inGrid = event.target.closest('#what-if-grid');
    if (!inGrid && event.target.closest('input, textarea, select')) return;
    const rows = window.junhengGrid.parseBlock(text);
    if (!rows.some((fields) => fields.length >= 3)) return;
    event.preventDefault();
    event.stopPropagation();
    unsaved = true;
    send('paste', { block: text });
}, true);

form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (button && button.hasAttribute('data-plain')) { unsaved = unsaved && button.formAction.includes('/export'); return; }
    event.preventDefault();
    const act = (button && button.name === 'do' && button.value) || 'try';
    if (button && button.name === 'remove') {
        const row = byField(button.value), phone = phoneRow(document, button.value);
        const next = row.nextElementSibling === phone ? phone.nextElementSibling : row.nextElementSibling;
        phone.remove();
        row.remove();
        grid().refresh();
        const to = (next && next.querySelector('td.cell > input')) || document.getElementById('what-if-q');
        to.focus();
    }
    if (act !== 'find') unsaved = true;
    send(act).then(() => { if (act === 'paste' && !document.querySelector('#what-if-found .bad')) form.elements.block.value = ''; });
});
/* Enter in the search looks for schools; it does not press the first button of the form. */
form.elements.q.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.isComposing) { event.preventDefault(); send('find'); } });
addEventListener('beforeunload', (event) => { if (unsaved) { event.preventDefault(); event.returnValue = words; } });
/* What is typed is tried at once: nobody needs to ask for it. */
document.getElementById('what-if-try').hidden = true;
/* On a phone the sentence and 改为; the rest on tap. */
if (matchMedia('(max-width: 767px)').matches) for (const d of document.querySelectorAll('#what-if-effect details')) d.open = false;
