// A table of inputs that behaves as a spreadsheet: table.cells, cells td.cell > input.
//
// Arrows, Tab, Enter move; F2 or a double click edits; typing replaces; Esc gives up; Ctrl+C, Ctrl+X and
// Ctrl+V move blocks from and to Excel and WPS (tabs and line breaks); Ctrl+D fills down; Delete empties;
// Ctrl+Z and Ctrl+Y undo and redo.  The server renders the table; every change dispatches, on the input,
//     'cell-change'  detail: { input, value, before, kind: 'edit' | 'paste' | 'fill' | 'clear' | 'cut' | 'undo' | 'redo' }
// and, once for a whole block, on the table,
//     'cells-change' detail: { changes: [{ input, value, before }], kind }
// Nothing is stored here: a page's script sends what changed, a page without one sends its form.

const DIGITS = /^[\s ]*[+\-−]?[\d,，\s ]*[.．]?\d*[\s ]*%?[\s ]*$/;

/* What was copied from a spreadsheet: rows by line breaks, fields by tabs, "…" around what holds either. */
export function parseBlock(text) {
    const rows = [[]];
    let field = '', quoted = false, i = 0;
    const endField = () => { rows[rows.length - 1].push(field); field = ''; };
    for (; i < text.length; i++) {
        const c = text[i];
        if (quoted) {
            if (c !== '"') field += c;
            else if (text[i + 1] === '"') { field += '"'; i++; }
            else quoted = false;
        } else if (c === '"' && field === '') {
            quoted = true;
        } else if (c === '\t') {
            endField();
        } else if (c === '\n' || c === '\r') {
            if (c === '\r' && text[i + 1] === '\n') i++;
            endField();
            rows.push([]);
        } else {
            field += c;
        }
    }
    endField();
    /* A spreadsheet ends its last line, which is no row. */
    const last = rows[rows.length - 1];
    if (rows.length > 1 && last.length === 1 && last[0] === '') rows.pop();
    return rows;
}

/* 1,234.50 and 1，234 as people and spreadsheets write them, as a plain number; anything else as it is. */
export function plainNumber(text) {
    const trimmed = text.trim();
    if (trimmed === '' || !DIGITS.test(text) || trimmed.endsWith('%')) return trimmed;
    return trimmed.replace(/[,，\s ]/g, '').replace(/．/, '.').replace(/^−/, '-');
}

const quote = (text) => (/[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

class Grid {
    constructor(table) {
        this.table = table;
        this.done = [];
        this.undone = [];
        this.anchor = null;      /* where a block begins */
        this.editing = false;
        this.before = '';        /* the value when the cell was entered */
        this.refresh();
        table.addEventListener('focusin', (event) => this.focused(event));
        table.addEventListener('focusout', (event) => this.left(event));
        table.addEventListener('keydown', (event) => this.key(event));
        table.addEventListener('mousedown', (event) => this.mouse(event));
        table.addEventListener('mouseover', (event) => this.drag(event));
        table.addEventListener('dblclick', (event) => { if (this.at(event.target)) this.edit(event.target); });
        table.addEventListener('input', () => { this.editing = true; });
        table.addEventListener('copy', (event) => this.copy(event, false));
        table.addEventListener('cut', (event) => this.copy(event, true));
        table.addEventListener('paste', (event) => this.paste(event));
    }

    /* The inputs by row and column; call again when rows came or went. */
    refresh() {
        this.cells = [];
        for (const row of this.table.querySelectorAll('tbody tr')) {
            const inputs = [...row.querySelectorAll('td.cell > input')];
            if (inputs.length) this.cells.push(inputs);
        }
        const flat = this.cells.flat(), now = flat.find((input) => input.tabIndex === 0 && input === document.activeElement) || flat[0];
        for (const input of flat) input.tabIndex = input === now ? 0 : -1;
    }

    at(input) {
        for (let row = 0; row < this.cells.length; row++) {
            const column = this.cells[row].indexOf(input);
            if (column >= 0) return { row, column };
        }
        return null;
    }

    cell(row, column) { return (this.cells[row] || [])[column] || null; }

    focused(event) {
        const input = event.target;
        if (!this.at(input)) return;
        for (const other of this.cells.flat()) other.tabIndex = other === input ? 0 : -1;
        this.before = input.value;
        this.editing = false;
        if (!this.extending) { this.anchor = input; this.mark(input); }
        input.select();
    }

    left(event) {
        const input = event.target;
        if (this.at(input) && input.value !== this.before) this.commit(input);
    }

    /* What was typed becomes a change. */
    commit(input) {
        const before = this.before, value = input.value;
        this.before = value;
        this.editing = false;
        if (value !== before) this.record([{ input, before, value }], 'edit');
    }

    record(changes, kind) {
        if (kind !== 'undo' && kind !== 'redo') { this.done.push(changes); this.undone = []; }
        for (const change of changes)
            change.input.dispatchEvent(new CustomEvent('cell-change', { bubbles: true, detail: { ...change, kind } }));
        this.table.dispatchEvent(new CustomEvent('cells-change', { bubbles: true, detail: { changes, kind } }));
    }

    /* Sets many cells as one change; those that may not be written stay. */
    set(wanted, kind) {
        const changes = [];
        for (const { input, value } of wanted) {
            if (!input || input.readOnly || input.disabled || input.value === value) continue;
            changes.push({ input, before: input.value, value });
            input.value = value;
            if (input === document.activeElement) this.before = value;
        }
        if (changes.length) this.record(changes, kind);
    }

    step(from, to, kind) {
        const active = document.activeElement;
        if (this.at(active) && active.value !== this.before) this.commit(active);
        const changes = from.pop();
        if (!changes) return;
        to.push(changes);
        const back = changes.map(({ input, before, value }) => (kind === 'undo' ? { input, before: value, value: before } : { input, before, value }));
        for (const { input, value } of back) input.value = value;
        back[0].input.focus();
        this.before = back[0].input.value;
        this.record(back, kind);
    }

    /* ---- the block ---- */
    block() {
        const a = this.at(this.anchor), b = this.at(this.head || this.anchor);
        if (!a || !b) return [];
        const rows = [];
        for (let row = Math.min(a.row, b.row); row <= Math.max(a.row, b.row); row++) {
            const cells = [];
            for (let column = Math.min(a.column, b.column); column <= Math.max(a.column, b.column); column++)
                if (this.cell(row, column)) cells.push(this.cell(row, column));
            rows.push(cells);
        }
        return rows;
    }

    mark(head) {
        this.head = head;
        for (const cell of this.table.querySelectorAll('.in-block')) cell.classList.remove('in-block');
        const block = this.block();
        if (block.flat().length > 1) for (const input of block.flat()) input.parentElement.classList.add('in-block');
    }

    mouse(event) {
        if (!this.at(event.target)) return;
        if (event.shiftKey && this.anchor) { event.preventDefault(); this.extend(event.target); return; }
        this.dragging = event.button === 0;
        addEventListener('mouseup', () => { this.dragging = false; }, { once: true });
    }

    drag(event) {
        if (!this.dragging || !this.at(event.target) || event.target === this.head) return;
        getSelection().removeAllRanges();
        this.mark(event.target);
    }

    extend(input) {
        this.mark(input);
        input.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }

    /* ---- keys ---- */
    go(row, column) {
        const input = this.cell(row, column);
        if (input) input.focus();
        return input !== null;
    }

    edit(input) {
        if (input.readOnly) return;
        this.editing = true;
        input.setSelectionRange(input.value.length, input.value.length);
    }

    key(event) {
        const input = event.target, at = this.at(input);
        if (!at || event.isComposing) return;
        const held = event.ctrlKey || event.metaKey, { row, column } = at;
        const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
        let handled = true;
        if (arrows[event.key] && !event.altKey) {
            const [down, right] = arrows[event.key];
            if (this.editing && right) return;
            if (event.shiftKey) {
                const head = this.at(this.head || input), next = this.cell(head.row + down, head.column + right);
                if (next) this.extend(next);
            } else if (held) {
                this.go(down < 0 ? 0 : down > 0 ? this.cells.length - 1 : row, right < 0 ? 0 : right > 0 ? this.cells[row].length - 1 : column);
            } else {
                this.go(row + down, column + right);
            }
        } else if (event.key === 'Enter' && !held) {
            this.go(row + (event.shiftKey ? -1 : 1), column) || (this.before !== input.value && this.commit(input));
        } else if (event.key === 'Tab' && !held) {
            const flat = this.cells.flat(), next = flat[flat.indexOf(input) + (event.shiftKey ? -1 : 1)];
            if (!next) return;           /* out of the grid, as anywhere */
            next.focus();
        } else if (event.key === 'Home' && !this.editing) {
            this.go(held ? 0 : row, 0);
        } else if (event.key === 'End' && !this.editing) {
            this.go(held ? this.cells.length - 1 : row, this.cells[row].length - 1);
        } else if (event.key === 'F2') {
            this.edit(input);
        } else if (event.key === 'Escape' && (this.editing || input.value !== this.before)) {
            input.value = this.before;
            this.editing = false;
            input.select();
        } else if ((event.key === 'Delete' || event.key === 'Backspace') && !this.editing) {
            this.set(this.block().flat().map((cell) => ({ input: cell, value: '' })), 'clear');
        } else if (held && event.key.toLowerCase() === 'd') {
            const block = this.block();
            const wanted = block.length > 1
                ? block.slice(1).flatMap((cells) => cells.map((cell, k) => ({ input: cell, value: block[0][k].value })))
                : row > 0 ? [{ input, value: this.cell(row - 1, column).value }] : [];
            this.set(wanted, 'fill');
        } else if (held && event.key.toLowerCase() === 'z' && !event.shiftKey) {
            this.step(this.done, this.undone, 'undo');
        } else if (held && (event.key.toLowerCase() === 'y' || event.key.toLowerCase() === 'z')) {
            this.step(this.undone, this.done, 'redo');
        } else if (held && event.key.toLowerCase() === 'a' && !this.editing) {
            this.anchor = this.cells[0][0];
            this.mark(this.cells[this.cells.length - 1].slice(-1)[0]);
        } else {
            handled = false;
        }
        if (handled) { event.preventDefault(); event.stopPropagation(); }
    }

    /* ---- the clipboard ---- */
    copy(event, cut) {
        const block = this.block();
        if (this.editing && event.target.selectionStart !== event.target.selectionEnd) return;
        if (!block.flat().length) return;
        event.clipboardData.setData('text/plain', block.map((cells) => cells.map((cell) => quote(cell.value)).join('\t')).join('\n'));
        event.preventDefault();
        if (cut) this.set(block.flat().map((cell) => ({ input: cell, value: '' })), 'cut');
    }

    paste(event) {
        const rows = parseBlock(event.clipboardData.getData('text/plain'));
        if (this.editing && rows.length === 1 && rows[0].length === 1) return;   /* into the text being edited */
        event.preventDefault();
        const block = this.block(), from = this.at((block[0] || [])[0] || event.target);
        if (!from) return;
        const wanted = [];
        const value = (input, text) => ({ input, value: input && input.classList.contains('words') ? text.trim() : plainNumber(text) });
        if (rows.length === 1 && rows[0].length === 1)
            for (const cell of block.flat()) wanted.push(value(cell, rows[0][0]));
        else
            rows.forEach((fields, down) => fields.forEach((field, right) => {
                const input = this.cell(from.row + down, from.column + right);
                if (input) wanted.push(value(input, field));
            }));
        this.set(wanted, 'paste');
        const last = this.cell(Math.min(from.row + rows.length, this.cells.length) - 1, from.column + Math.max(...rows.map((r) => r.length)) - 1);
        if (last) this.mark(last);
    }
}

const grids = new WeakMap();
/* The grid of a table; made when first asked for. */
export function gridOf(table) {
    if (!grids.has(table)) grids.set(table, new Grid(table));
    return grids.get(table);
}
const start = (inside) => { for (const table of inside.querySelectorAll('table.cells')) gridOf(table).refresh(); };
start(document);
document.addEventListener('htmx:afterSettle', (event) => start(event.target));
window.junhengGrid = { gridOf, parseBlock, plainNumber };
