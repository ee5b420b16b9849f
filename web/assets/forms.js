// A form being filled in: each answer is saved as it is left, and questions that hang on it appear or go.  Without this the buttons do it all.
const form = document.getElementById('sheet');
if (form) start();

function start() {
    const stamps = form.elements.stamps, saved = document.getElementById('saved'), progress = document.getElementById('progress');
    const seen = new Map(stamps.value.split(';').filter(Boolean).map((pair) => pair.split('=')));
    let last = Promise.resolve(), waiting = 0;

    const fieldOf = (input) => {
        if (!input.name.startsWith('v.')) return null;
        const name = input.name.slice(2);
        if (seen.has(name)) return name;
        const cell = name.match(/^(.*)\.\d+\.\d+$/);
        return cell && seen.has(cell[1]) ? cell[1] : null;
    };
    function keep() { stamps.value = [...seen].map(([field, stamp]) => `${field}=${stamp}`).join(';'); }

    async function send(field) {
        const body = new URLSearchParams({ form_token: form.elements.form_token.value, stamps: stamps.value, only: field, json: '1', act: 'save' });
        for (const [name, value] of new FormData(form)) if (typeof value === 'string' && (name === `v.${field}` || name.startsWith(`v.${field}.`))) body.append(name, value);
        try {
            const answer = await fetch(form.action, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }, body });
            if (answer.status === 401) { location.reload(); return; }
            if (!answer.ok) {
                const head = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#fault p, h1');
                wrong(field, head ? head.textContent : form.dataset.offline);
                return;
            }
            show(await answer.json(), field);
        } catch { wrong(field, form.dataset.offline); }
    }
    function wrong(field, words) {
        const at = form.querySelector(`[data-wrong="${CSS.escape(field)}"]`);
        if (at) { at.textContent = words || ''; at.hidden = !words; }
        if (words && window.junheng) window.junheng.say(words);
    }
    function show(now, field) {
        if (form.getAttribute('action') !== now.path) { form.setAttribute('action', now.path); history.replaceState(null, '', now.path); }
        const stamp = now.stamps[field];
        if (!now.wrong[field] && stamp !== undefined) seen.set(field, stamp);
        keep();
        wrong(field, now.wrong[field]);
        saved.textContent = now.saved;
        progress.textContent = now.progress;
        const asked = new Set(now.shown);
        for (const one of form.querySelectorAll('[data-q]')) one.hidden = !asked.has(one.dataset.q);
        for (const section of form.querySelectorAll('[data-section]')) section.hidden = ![...section.querySelectorAll('[data-q]')].some((one) => !one.hidden);
        // Sections that were not sent because they were not asked: fetched anew.
        if ([...asked].some((id) => !form.querySelector(`[data-q="${CSS.escape(id)}"]`))) location.assign(now.path);
    }
    form.addEventListener('change', (event) => {
        const field = fieldOf(event.target);
        if (!field) return;
        waiting++;
        last = last.then(() => send(field)).finally(() => { waiting--; });
    });
    // What is on its way arrives first: a sheet is begun once.
    form.addEventListener('submit', (event) => {
        if (!waiting || !form.requestSubmit) return;   // Safari 14 cannot wait: the once-key guards it
        event.preventDefault();
        const by = event.submitter;
        last.then(() => form.requestSubmit(by));
    });
}
