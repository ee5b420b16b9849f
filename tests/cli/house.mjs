// A county's folder from the terminal: made, set, filled, served, backed up, restored; with a server running and without.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.JUNHENG ?? join(root, 'build/junheng');
const dir = mkdtempSync(join(tmpdir(), 'junheng-house-'));
const data = join(dir, 'data');
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('JUNHENG')));

function run(words, expected = 0, env = {}) {
    const done = spawnSync(program, words, { cwd: dir, encoding: 'utf8', env: { ...environment, ...env } });
    assert.equal(done.status, expected, `junheng ${words.join(' ')}: exit ${done.status}\n${done.stdout}${done.stderr}`);
    return done.stdout + done.stderr;
}
async function served(words, work) {
    const server = spawn(program, words, { cwd: dir, env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    const address = await new Promise((resolve, reject) => {
        server.stdout.on('data', (bytes) => {
            said += bytes;
            const found = said.match(/https?:\/\/\S+/);
            if (found) resolve(found[0]);
        });
        server.on('exit', (code) => reject(new Error(`the server ended: ${code} ${said}`)));
    });
    try { await work(address, () => said); } finally {
        const ended = new Promise((resolve) => server.on('exit', resolve));
        server.kill('SIGTERM');
        assert.equal(await ended, 0, 'a server that is told to stop ends well');
    }
}
const tests = {
    'init makes a county once, and says what is missing'() {
        assert.match(run(['init', 'data', '--name', '甲县'], 2), /六位数字/);
        assert.match(run(['init', 'data', '--county', '419900', '--name', '甲县']), /建好/);
        assert.match(run(['init', 'data', '--county', '419900', '--name', '甲县'], 4), /已经有一个县/);
        assert.match(readFileSync(join(data, 'junheng.conf'), 'utf8'), /#port = 8420/);
    },
    'settings: the file is weaker than flags, flags are weaker than the environment'() {
        const where = (text, name) => text.match(new RegExp(`^${name} += (\\S*) +# (.*)$`, 'm')).slice(1);
        assert.deepEqual(where(run(['config', '--data', data]), 'port'), ['8420', '默认']);
        writeFileSync(join(data, 'junheng.conf'), '# 注释\nport = 9001\n');
        assert.deepEqual(where(run(['config', '--data', data]), 'port'), ['9001', '设置文件']);
        assert.deepEqual(where(run(['config', '--data', data, '--port', '9002']), 'port'), ['9002', '命令行']);
        assert.deepEqual(where(run(['config', '--data', data, '--port', '9002'], 0, { JUNHENG_PORT: '9003' }), 'port'), ['9003', '环境变量']);
        writeFileSync(join(data, 'junheng.conf'), 'prot = 9001\n');
        assert.match(run(['config', '--data', data], 3), /第 1 行.*prot[\s\S]*port/);
        writeFileSync(join(data, 'junheng.conf'), '\nport = 很大\n');
        assert.match(run(['config', '--data', data], 3), /第 2 行.*“很大”，应为整数/);
        writeFileSync(join(data, 'junheng.conf'), run(['config', '--file']));
    },
    'only loopback goes without TLS'() {
        assert.match(run(['serve', '--data', data, '--address', '0.0.0.0', '--port', '0'], 2), /TLS|代理/);
    },
    'import looks first, and takes effect when confirmed'() {
        run(['sample', '-o', '样例']);
        const files = readdirSync(join(dir, '样例')).filter((name) => /2024/.test(name)).map((name) => join('样例', name));
        assert.match(run(['import', '--data', data, ...files]), /还没有生效/);
        assert.match(run(['import', '--data', data, ...files, '--confirm']), /已生效：第 1 版数据，150 所学校/);
        assert.match(run(['import', '--data', data, ...files, '--confirm']), /已生效.*，0 项/);
        const bad = readdirSync(join(dir, '样例')).filter((name) => /2025-02/.test(name)).map((name) => join('样例', name));
        assert.match(run(['import', '--data', data, ...bad, '--confirm'], 3), /还有 1 处错误，不能全部导入/);
        assert.match(run(['import', '--data', data, ...bad, '--confirm', '--clean-schools']), /已生效/);
        assert.match(run(['import', '--data', data, '--list']), /已导入/);
    },
    'an import of another county is refused'() {
        writeFileSync(join(dir, '别县.csv'), '县代码,学年,学校代码,学校名称,办学类型,小学在校生数\n410185,2025,1,某小学,小学,100\n');
        assert.match(run(['import', '--data', data, '别县.csv'], 3), /410185.*419900/);
    },
    async 'a running server is asked to do it'() {
        await served(['serve', '--data', data, '--port', '0'], async (address) => {
            assert.equal((await fetch(`${address}healthz`)).status, 200);
            assert.match(run(['user', 'add', 'wangmin', '--shown', '王敏', '--role', 'statistician', '--data', data]), /密码/);
            assert.match(run(['serve', '--data', data, '--port', '0'], 4), /正由另一个 junheng 使用/);
            assert.match(run(['backup', '--data', data, '-o', 'one.junheng']), /备份好/);
            assert.match(run(['backup', '--data', data, '-o', 'one.junheng'], 4), /不覆盖/);
        });
        assert.match(run(['user', 'list', '--data', data]), /wangmin/);
        assert.match(run(['audit', 'verify', '--data', data]), /行/);
        assert.ok(!existsSync(join(data, 'junheng.sock')));
    },
    'a damaged backup is refused before anything is replaced'() {
        const before = run(['import', '--data', data, '--list']);
        const bytes = readFileSync(join(dir, 'one.junheng'));
        cpSync(join(dir, 'one.junheng'), join(dir, 'cut.junheng'));
        truncateSync(join(dir, 'cut.junheng'), bytes.length - 5000);
        assert.match(run(['restore', 'cut.junheng', '--data', data, '--replace'], 3), /不完整/);
        for (const at of [600, Math.floor(bytes.length / 2), bytes.length - 1]) {
            const altered = Buffer.from(bytes);
            altered[at] ^= 1;
            writeFileSync(join(dir, 'altered.junheng'), altered);
            assert.match(run(['restore', 'altered.junheng', '--data', data, '--replace'], 3), /校验值不符/);
        }
        writeFileSync(join(dir, 'text.junheng'), '不是备份');
        assert.match(run(['restore', 'text.junheng', '--data', data, '--replace'], 3), /不是均衡的备份/);
        assert.equal(run(['import', '--data', data, '--list']), before);
    },
    'a backup comes back as it was, elsewhere and in place'() {
        const before = run(['import', '--data', data, '--list']);
        assert.match(run(['restore', 'one.junheng', '--data', 'other']), /恢复好 甲县/);
        assert.equal(run(['import', '--data', 'other', '--list']), before);
        assert.match(run(['restore', 'one.junheng', '--data', data], 4), /已经有数据/);
        assert.match(run(['restore', 'one.junheng', '--data', data, '--replace']), /原来的数据留在/);
        assert.equal(run(['import', '--data', data, '--list']), before);
    },
    async 'demo prints address, account and password, one to a line, and again the same'() {
        const demo = join(dir, 'demo');
        let password;
        for (let time = 0; time < 2; time++)
            await served(['demo', '--data', demo, '--port', '0'], async (address, said) => {
                const lines = said().trim().split('\n');
                assert.match(lines[0], /^网址：http:\/\/127\.0\.0\.1:\d+\/$/);
                assert.equal(lines[1], '账号：demo');
                password ??= lines[2];
                assert.equal(lines[2], password);
                assert.equal((await fetch(`${address}sign-in`)).status, 200);
            });
        writeFileSync(join(dir, 'other', 'x'), '');
        assert.match(run(['demo', '--data', 'other', '--make-only'], 4), /不是演示用的县/);
    },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
    try {
        await test();
        console.log(`ok ${name}`);
    } catch (error) {
        failed++;
        console.log(`FAILED ${name}\n${error.stack}`);
    }
}
rmSync(dir, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
