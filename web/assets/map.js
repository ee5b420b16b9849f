// The map looks closer, and shares its selection with the list beside it.  It changes the drawing's viewBox and
// keeps signs and names at their size; without this script the map is whole and its signs are links.
const map = document.getElementById('map'), box = document.getElementById('map-zoom');
const said = document.getElementById('map-picked'), table = document.getElementById('map-rows');
const NS = 'http://www.w3.org/2000/svg';
const [, , WIDTH, HEIGHT] = map.getAttribute('viewBox').split(/[ ,]+/).map(Number);
const MOST = 16;
let view = { x: 0, y: 0, w: WIDTH };
const signs = new Map([...map.querySelectorAll('.pt')].map((sign) => [sign.dataset.code, sign]));
const rows = new Map(table ? [...table.querySelectorAll('tbody tr')].map((row) => [row.dataset.code, row]) : []);
const placed = [...signs.values(), ...map.querySelectorAll('.names > g')].map((element) =>
    ({ element, at: element.getAttribute('transform').match(/translate\([^)]*\)/)[0] }));
const ring = document.createElementNS(NS, 'circle');
ring.setAttribute('class', 'ring');
const name = document.createElementNS(NS, 'text');
name.setAttribute('class', 'picked-name');
name.setAttribute('text-anchor', 'middle');
const over = document.createElementNS(NS, 'g');
over.append(ring, name);
over.setAttribute('aria-hidden', 'true');

/* How many units of the drawing are one of the size it was made for. */
function unit() {
    const wide = map.getBoundingClientRect().width || WIDTH;
    return (view.w / wide) * (wide < 500 ? 0.8 : 1);
}
function draw() {
    const closer = WIDTH / view.w;
    view.x = Math.min(Math.max(view.x, 0), WIDTH - view.w);
    view.y = Math.min(Math.max(view.y, 0), HEIGHT - view.w * HEIGHT / WIDTH);
    map.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${view.w * HEIGHT / WIDTH}`);
    /* Signs grow a little as one comes closer, so that crowded ones part. */
    const scale = unit() * Math.min(1.6, closer ** 0.2);
    for (const { element, at } of placed) element.setAttribute('transform', `${at} scale(${scale})`);
    if (over.isConnected) over.setAttribute('transform', `${over.dataset.at} scale(${scale})`);
    map.classList.toggle('closer', closer > 1.001);
    box.querySelector('[data-zoom=in]').disabled = closer >= MOST - 0.001;
    for (const out of box.querySelectorAll('[data-zoom=out], [data-zoom=whole]')) out.disabled = closer <= 1.001;
}
/* What lies under (px, py) of the screen stays there. */
function zoom(times, px, py) {
    const frame = map.getBoundingClientRect();
    const fx = px === undefined ? 0.5 : (px - frame.left) / frame.width, fy = py === undefined ? 0.5 : (py - frame.top) / frame.height;
    const w = Math.min(WIDTH, Math.max(WIDTH / MOST, view.w / times)), less = view.w - w;
    view = { x: view.x + less * fx, y: view.y + less * fy * HEIGHT / WIDTH, w };
    draw();
}

/* ---- one selection for map and list -------------------------------------------------------------- */
let picked = null;
function pick(code, from) {
    if (picked === code) return;
    if (picked !== null && rows.has(picked)) rows.get(picked).classList.remove('picked');
    picked = code;
    const sign = signs.get(code), row = rows.get(code);
    if (!sign) { over.remove(); said.hidden = true; return; }
    over.dataset.at = placed.find(({ element }) => element === sign).at;
    const r = Number(sign.dataset.r);
    ring.setAttribute('r', r + 5);
    name.setAttribute('y', -(r + 11));
    name.textContent = row ? row.querySelector('th').textContent : '';
    map.append(over);
    draw();
    if (!row) return;
    row.classList.add('picked');
    if (from !== 'list') {
        const list = row.closest('.map-list');
        if (list.scrollHeight > list.clientHeight + 4) list.scrollTop += row.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;
    }
    const link = document.createElement('a');
    link.href = sign.getAttribute('href');
    link.textContent = row.querySelector('th').textContent;
    said.replaceChildren(link, ` ${sign.querySelector('title').textContent.slice(link.textContent.length)}`);
    said.hidden = false;
}
if (table) {
    for (const kind of ['pointerover', 'focusin'])
        table.addEventListener(kind, (event) => { const row = event.target.closest('tbody tr'); if (row) pick(row.dataset.code, 'list'); });
}
map.addEventListener('pointerover', (event) => {
    const sign = event.target.closest('.pt');
    if (sign && event.pointerType !== 'touch') pick(sign.dataset.code, 'map');
});

/* ---- wheel, drag, two fingers ---------------------------------------------------------------------- */
map.addEventListener('wheel', (event) => {
    const closer = event.deltaY < 0;
    if (!closer && view.w >= WIDTH - 0.001) return;   /* the page scrolls on */
    event.preventDefault();
    zoom(closer ? 1.25 : 0.8, event.clientX, event.clientY);
}, { passive: false });
const fingers = new Map();
let moved = false, touched = false;
map.addEventListener('pointerdown', (event) => {
    touched = event.pointerType === 'touch';
    if (event.button === 0) fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 1) moved = false;
});
addEventListener('pointermove', (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const now = { x: event.clientX, y: event.clientY };
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (others.length) {
        const [other] = others, before = Math.hypot(last.x - other.x, last.y - other.y), after = Math.hypot(now.x - other.x, now.y - other.y);
        if (before > 8) zoom(after / before, (now.x + other.x) / 2, (now.y + other.y) / 2);
        moved = true;
    } else {
        if (!moved && Math.hypot(now.x - last.x, now.y - last.y) < 5) return;
        moved = true;
        const per = view.w / map.getBoundingClientRect().width;
        view = { ...view, x: view.x - (now.x - last.x) * per, y: view.y - (now.y - last.y) * per };
        draw();
    }
    fingers.set(event.pointerId, now);
});
for (const kind of ['pointerup', 'pointercancel']) addEventListener(kind, (event) => fingers.delete(event.pointerId));
map.addEventListener('dragstart', (event) => event.preventDefault());
/* A drag is no click; a finger's first touch picks, the second opens. */
map.addEventListener('click', (event) => {
    const sign = event.target.closest('.pt');
    if (moved || (sign && touched && picked !== sign.dataset.code)) event.preventDefault();
    if (sign && !moved) pick(sign.dataset.code, 'map');
}, true);
box.addEventListener('click', (event) => {
    const button = event.target.closest('[data-zoom]');
    if (!button) return;
    zoom(button.dataset.zoom === 'in' ? 1.6 : button.dataset.zoom === 'out' ? 1 / 1.6 : 1 / MOST);
});
addEventListener('resize', draw);
addEventListener('beforeprint', () => { view = { x: 0, y: 0, w: WIDTH }; draw(); });
box.hidden = false;
map.classList.add('sized');
draw();
