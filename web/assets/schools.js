// The list of schools: up to four to be seen side by side, kept while the list is narrowed down and sorted.
const most = 4;
const chosen = new Set();
const boxes = () => [...document.querySelectorAll('input[name="codes"][form="beside"]')];

function show() {
    const button = document.getElementById('compare'), form = document.getElementById('beside');
    for (const box of boxes()) box.checked = chosen.has(box.value);
    if (button) {
        button.textContent = chosen.size ? button.dataset.n.replace('#', chosen.size) : button.dataset.words || (button.dataset.words = button.textContent);
        button.classList.toggle('btn-main', chosen.size > 1);
        button.classList.toggle('btn-outline-secondary', chosen.size < 2);
    }
    /* Those that the list does not show now go along as well. */
    form.textContent = '';
    const year = new URLSearchParams(location.search).get('year');
    const field = (name, value) => {
        const input = document.createElement('input');
        Object.assign(input, { type: 'hidden', name, value });
        form.append(input);
    };
    if (year) field('year', year);
    const shown = new Set(boxes().map((box) => box.value));
    for (const code of chosen) if (!shown.has(code)) field('codes', code);
}

document.addEventListener('change', (event) => {
    const box = event.target;
    if (box.name !== 'codes' || box.getAttribute('form') !== 'beside') return;
    const button = document.getElementById('compare');
    if (box.checked && chosen.size === most) {
        box.checked = false;
        document.getElementById('beside-hint').textContent = button.dataset.most;
        window.junheng.say(button.dataset.most);
        return;
    }
    if (box.checked) chosen.add(box.value); else chosen.delete(box.value);
    show();
    window.junheng.say(button.textContent);
});

for (const button of document.querySelectorAll('[data-apply]')) button.hidden = true;
for (const box of boxes()) if (box.checked) chosen.add(box.value);   /* as one left the page */
show();
/* What was typed has been asked for already: leaving the field is no reason to ask again. */
document.getElementById('q').addEventListener('change', (event) => event.stopPropagation());
document.addEventListener('htmx:afterSwap', show);      /* at once; settling then sets the attributes that were sent */
document.addEventListener('htmx:afterSettle', () => {
    show();
    const list = document.getElementById('list');
    if (list) window.junheng.say(list.dataset.said);
});
