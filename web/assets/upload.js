// Uploading workbooks: files are dropped or chosen, progress is told in numbers, and what the server says of them
// stands where they were chosen.  Without this script the form sends itself.
const one = (selector) => document.querySelector(selector);
const form = one('#upload'), input = one('#files'), drop = one('#drop'), chosen = one('#chosen');
const MB = 1024 * 1024, LARGEST = 20 * MB;
const megabytes = (bytes) => (bytes / MB).toFixed(1);
const size = (bytes) => (bytes < MB ? `${Math.ceil(bytes / 1024)} KB` : `${megabytes(bytes)} MB`);
const fill = (words, ...values) => words.replace(/%(\d)/g, (_, n) => values[n - 1]);

function fault(words, hint = '') {
    const box = one('#fault');
    one('#fault-words').textContent = words;
    one('#fault-hint').textContent = hint;
    box.hidden = !words;
    if (words) { box.tabIndex = -1; box.focus(); }
}

/* ---- choosing ---------------------------------------------------------------------------------------- */
function show() {
    chosen.textContent = '';
    for (const file of input.files) {
        const line = document.createElement('li');
        line.textContent = `${file.name} · ${size(file.size)}`;
        chosen.append(line);
    }
}
input.addEventListener('change', show);
for (const kind of ['dragenter', 'dragover']) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add('over'); });
for (const kind of ['dragleave', 'drop']) drop.addEventListener(kind, () => drop.classList.remove('over'));
drop.addEventListener('drop', (event) => {
    event.preventDefault();
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
});
/* A file dropped beside the zone would take the place of the page. */
for (const kind of ['dragover', 'drop']) addEventListener(kind, (event) => event.preventDefault());

/* ---- sending ------------------------------------------------------------------------------------------- */
let ticking = 0;
function progress(words, share) {
    one('#progress').hidden = !words;
    one('#progress-words').textContent = words;
    if (share === null) one('#progress-line').removeAttribute('value'); else one('#progress-line').value = share * 100;
}
function stop() {
    clearInterval(ticking);
    progress('', 0);
    one('#upload button[type=submit]').disabled = false;
}
/* What the server says is an HTML page: its words are taken, not its markup. */
function answered(request) {
    stop();
    const landed = new URL(request.responseURL || location.href);
    if (request.status === 200 && landed.pathname !== form.getAttribute('action')) { location.assign(landed.href); return; }
    const page = new DOMParser().parseFromString(request.responseText || '', 'text/html');
    const words = (selector) => { const at = page.querySelector(selector); return at ? at.textContent.trim() : ''; };
    fault(words('#fault-words') || words('h1') || document.body.dataset.error, words('#fault-words') ? words('#fault-hint') : words('.sub'));
}
form.addEventListener('submit', (event) => {
    event.preventDefault();
    fault('');
    const files = [...input.files], large = files.find((file) => file.size > LARGEST);
    if (!files.length) { fault(form.dataset.none); return; }
    if (large) { fault(fill(form.dataset.large, large.name, megabytes(large.size))); return; }
    const request = new XMLHttpRequest();
    request.open('POST', form.getAttribute('action'));
    request.upload.addEventListener('progress', (sent) => {
        if (sent.lengthComputable)
            progress(fill(form.dataset.uploading, megabytes(sent.loaded), megabytes(sent.total), `${Math.floor(sent.loaded / sent.total * 100)}%`), sent.loaded / sent.total);
    });
    request.upload.addEventListener('load', (sent) => {
        const since = Date.now(), tell = () => progress(fill(form.dataset.reading, megabytes(sent.loaded), Math.round((Date.now() - since) / 1000)), null);
        tell();
        ticking = setInterval(tell, 1000);
    });
    request.addEventListener('load', () => answered(request));
    request.addEventListener('error', () => { stop(); fault(form.dataset.lost); });
    one('#upload button[type=submit]').disabled = true;
    request.send(new FormData(form));
});
