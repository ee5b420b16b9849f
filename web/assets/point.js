// Moving one school's dot on an indicator's page: the dot follows the pointer (or ← → on the school's row), the
// server says what that would change, and here it is shown.  Nothing is stored; 还原 puts everything back.
const one = (selector, inside = document) => inside.querySelector(selector);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

const box = one('#try');
const form = box && one('form', box);
if (form) start();

function start() {
    const school = one('#try-school'), value = one('#try-value'), reset = one('#try-reset'), result = one('#try-result');
    const fault = one('#try-fault'), submit = one('button[type=submit]', form);
    const strips = all('svg.strip');
    submit.hidden = true;
    for (const strip of strips) strip.classList.add('draggable');
    const dotsOf = (code) => all('.dot').filter((dot) => dot.dataset.code === code);

    /* ---- asking: one question at a time, the latest next ---- */
    let asking = false, next = null, moved = null, spoken = 0;
    async function ask(code, to) {
        next = [code, to];
        if (asking) return;
        asking = true;
        while (next) {
            const [asked, at] = next;
            next = null;
            try {
                const answer = await fetch('/what-if/point?year=' + encodeURIComponent(box.dataset.year), {
                    method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
                    body: new URLSearchParams({ form_token: box.dataset.token, stage: box.dataset.stage, indicator: box.dataset.indicator, school: asked, value: String(at) }),
                });
                if (answer.status === 401) { location.reload(); return; }
                if (!answer.ok) { refuse(await answer.text()); continue; }
                if (!next || next[0] === asked) show(await answer.json(), asked);
            } catch {
                say(document.body.dataset.offline || '', true);
            }
        }
        asking = false;
    }
    function say(words, bad) {
        fault.textContent = words;
        fault.hidden = !bad;
        if (window.junheng) window.junheng.say(words);
    }
    function refuse(page) {
        const answer = new DOMParser().parseFromString(page, 'text/html'), head = one('h1', answer);
        say(head ? head.textContent : document.body.dataset.error || '', true);
    }

    /* ---- showing ---- */
    function side(cell, of) {
        const span = document.createElement('span');
        span.textContent = of.words;
        if (of.state) span.className = `st ${of.state}`;
        cell.className = 'n';
        cell.append(span);
        if (of.state) {
            const word = document.createElement('span');
            word.className = 'visually-hidden';
            word.textContent = ` ${of.stateWord}`;
            cell.append(word);
        }
    }
    function line(row) {
        const tr = document.createElement('tr'), name = document.createElement('th');
        const before = document.createElement('td'), after = document.createElement('td'), how = document.createElement('td');
        name.scope = 'row';
        name.textContent = row.name;
        if (row.changed) tr.className = 'changed';
        side(before, row.before);
        side(after, row.after);
        if (row.worse) { how.textContent = box.dataset.worse; how.className = 'worse'; }
        tr.append(name, before, after, how);
        return tr;
    }
    function show(answer, code) {
        fault.hidden = true;
        result.hidden = reset.hidden = false;
        one('#try-figures').textContent = `${answer.school} ${answer.figures}`;
        one('#try-verdict').textContent = answer.verdict;
        one('#try-rows').replaceChildren(...answer.rows.map(line));
        for (const dot of dotsOf(code)) dot.setAttribute('data-state', answer.state);
        for (const strip of strips) {
            const mean = one('.meanmark', strip), max = Number(one('.dots', strip).dataset.max);
            if (mean && max) mean.setAttribute('x', `${Math.min(answer.mean / max, 1) * 100}%`);
            const words = one('text.mean', strip);
            if (words) words.textContent = answer.meanWords;
        }
        if (Date.now() - spoken > 2000 && window.junheng) { spoken = Date.now(); window.junheng.say(answer.sentence); }
        later(answer.sentence);
    }
    let timer = 0;
    function later(words) {
        clearTimeout(timer);
        timer = setTimeout(() => { if (window.junheng) window.junheng.say(words); }, 1200);
    }

    /* ---- moving ---- */
    function place(code, to) {
        for (const dot of dotsOf(code)) {
            const max = Number(dot.closest('.dots').dataset.max);
            if (dot.dataset.was === undefined) dot.dataset.was = dot.getAttribute('x');
            dot.setAttribute('x', `${Math.min(to / max, 1) * 100}%`);
            dot.classList.add('picked');
        }
    }
    function putBack() {
        for (const dot of all('.dot[data-was]')) {
            dot.setAttribute('x', dot.dataset.was);
            dot.classList.remove('picked');
            dot.removeAttribute('data-was');
            dot.removeAttribute('data-state');
        }
    }
    function move(code, to) {
        if (moved !== code) putBack();
        moved = code;
        const rounded = Math.max(0, Math.round(to * 100) / 100);
        choose(code);
        value.value = String(rounded);
        place(code, rounded);
        ask(code, rounded);
    }
    /* A school that is not among those listed is added to the list. */
    function choose(code) {
        if (![...school.options].some((option) => option.value === code)) {
            const dot = dotsOf(code)[0], title = dot && one('title', dot), option = document.createElement('option');
            option.value = code;
            option.dataset.value = dot ? dot.dataset.value : '';
            option.textContent = title ? title.textContent.split(/[：:]/)[0] : code;
            school.append(option);
        }
        school.value = code;
    }
    function standing(code) {
        const dot = dotsOf(code)[0];
        return dot && dot.dataset.value !== '' ? Number(dot.dataset.value) : NaN;
    }

    /* ---- by mouse, pen or finger ---- */
    function nearest(strip, event, reach) {
        let best = null, least = reach;
        for (const dot of all('.dot', strip)) {
            const at = dot.getBoundingClientRect(), x = at.left + at.width / 2 - event.clientX, y = at.top + at.height / 2 - event.clientY;
            const far = Math.hypot(x, y) - at.width / 2;
            if (far < least) { least = far; best = dot; }
        }
        return best;
    }
    let held = null;
    for (const strip of strips) {
        strip.addEventListener('pointerdown', (event) => {
            if (event.button !== 0) return;
            const dot = nearest(strip, event, event.pointerType === 'mouse' ? 4 : 22);
            if (!dot) return;
            event.preventDefault();
            strip.setPointerCapture(event.pointerId);
            held = { strip, code: dot.dataset.code, max: Number(dot.closest('.dots').dataset.max), from: event.clientX, began: false };
        });
        strip.addEventListener('pointermove', (event) => {
            if (!held || held.strip !== strip) return;
            if (!held.began && Math.abs(event.clientX - held.from) < 3) return;
            held.began = true;
            strip.classList.add('dragging');
            const box_ = strip.getBoundingClientRect();
            move(held.code, Math.min(Math.max((event.clientX - box_.left) / box_.width, 0), 1) * held.max);
        });
        const drop = () => {
            if (held && !held.began) { choose(held.code); value.value = String(Math.round(standing(held.code) * 100) / 100); mark(held.code); }
            held = null;
            strip.classList.remove('dragging');
        };
        strip.addEventListener('pointerup', drop);
        strip.addEventListener('pointercancel', drop);
    }
    function mark(code) {
        for (const dot of all('.dot.picked:not([data-was])')) dot.classList.remove('picked');
        for (const dot of dotsOf(code)) dot.classList.add('picked');
    }

    /* ---- by keys: on a row of the table, in the field ---- */
    const units = one('#units');
    const step = (code) => Math.max(Number(value.dataset.step) || 0.01, Math.round(standing(code)) / 100 || 0);
    if (units) {
        units.addEventListener('keydown', (event) => {
            const row = event.target.closest('tr[data-code]');
            if (!row || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') || event.ctrlKey || event.altKey || event.metaKey) return;
            const code = row.dataset.code, now = moved === code ? Number(value.value) : standing(code);
            if (Number.isNaN(now)) return;
            event.preventDefault();
            move(code, now + (event.key === 'ArrowRight' ? 1 : -1) * step(code) * (event.shiftKey ? 10 : 1));
        });
        units.addEventListener('focusin', (event) => { const row = event.target.closest('tr[data-code]'); if (row) mark(row.dataset.code); });
        units.addEventListener('mouseover', (event) => { const row = event.target.closest('tr[data-code]'); if (row) mark(row.dataset.code); });
    }
    form.addEventListener('submit', (event) => { event.preventDefault(); typed(); });
    function typed() {
        const to = Number(value.value);
        if (value.value !== '' && to >= 0) move(school.value, to);
    }
    value.addEventListener('input', typed);
    school.addEventListener('change', () => {
        const now = standing(school.value);
        value.value = Number.isNaN(now) ? '' : String(Math.round(now * 100) / 100);
        mark(school.value);
    });

    /* ---- back ---- */
    const means = strips.map((strip) => { const mean = one('.meanmark', strip), words = one('text.mean', strip); return [mean, mean && mean.getAttribute('x'), words, words && words.textContent]; });
    reset.addEventListener('click', (event) => {
        event.preventDefault();
        next = null;
        putBack();
        for (const [mean, x, words, said] of means) { if (mean) mean.setAttribute('x', x); if (words) words.textContent = said; }
        const now = standing(school.value);
        value.value = Number.isNaN(now) ? '' : String(Math.round(now * 100) / 100);
        result.hidden = reset.hidden = fault.hidden = true;
        moved = null;
        school.focus();
    });
    /* A page that was asked for with a trial in its address shows it on the drawing too. */
    if (!result.hidden && value.value !== '') place(school.value, Number(value.value));
}
