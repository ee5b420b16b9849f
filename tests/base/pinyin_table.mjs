// The committed table of initials is the one that tools/pinyin.mjs makes of the pinned pinyin-pro.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'pinyin-'));
try {
    execFileSync(process.execPath, ['tools/pinyin.mjs', join(folder, 'table.c')]);
    assert.equal(readFileSync(join(folder, 'table.c'), 'utf8'), readFileSync('src/base/pinyin_table.c', 'utf8'),
        'src/base/pinyin_table.c: node tools/pinyin.mjs src/base/pinyin_table.c');
    console.log('1 passed, 0 failed');
} finally {
    rmSync(folder, { recursive: true });
}
