// Bundles, minifies and gzips web/assets and the npm packages they import, into C for the program to carry.
//
//   node tools/assets.mjs OUT.h OUT.c
//
// junheng.css is Tabler and ours; every .js of web/assets is a script of its own, every .svg stands as it is.
// Same input, same bytes: names carry a hash of the content, so that browsers may keep them for ever.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const [, , outH, outC] = process.argv;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const fail = (message) => { console.error(message); process.exit(1); };

let esbuild;
try {
    esbuild = await import('esbuild');
} catch {
    fail('缺少 npm 软件包。先运行：tools/setup build');
}
/* The look is pinned to the last Tabler that our browsers understand (web/assets/junheng.css). */
const tabler = require.resolve('@tabler/core/dist/css/tabler.min.css');
for (const [name, wanted] of Object.entries(JSON.parse(readFileSync(join(root, 'package.json'))).dependencies)) {
    let at = dirname(require.resolve(name === '@tabler/core' ? '@tabler/core/dist/css/tabler.min.css' : name));
    while (!existsSync(join(at, 'package.json')) || JSON.parse(readFileSync(join(at, 'package.json'))).name !== name) at = dirname(at);
    const { version } = JSON.parse(readFileSync(join(at, 'package.json')));
    if (version !== wanted) fail(`npm 软件包 ${name} 是 ${version}，应为 ${wanted}。先运行：tools/setup build`);
}

const target = ['chrome86', 'safari14', 'firefox86'];
const at = (name) => join(root, 'web/assets', name);

function script(name) {
    const made = esbuild.buildSync({
        entryPoints: [at(name)], bundle: true, minify: true, write: false, format: 'iife', target, charset: 'utf8',
        legalComments: 'none', logLevel: 'error', logOverride: { 'direct-eval': 'silent' },
        absWorkingDir: root, nodePaths: [join(tabler, '../../../../..')],
    });
    return Buffer.from(made.outputFiles[0].contents);
}
function styles(...paths) {
    const together = paths.map((path) => readFileSync(path, 'utf8')).join('\n').replace(/\/\*# sourceMappingURL.*?\*\//g, '');
    return Buffer.from(esbuild.transformSync(together, { loader: 'css', minify: true, target, charset: 'utf8', legalComments: 'none' }).code);
}

const assets = [
    ['junheng.css', 'text/css; charset=utf-8', styles(tabler, at('junheng.css'))],
];
for (const name of readdirSync(join(root, 'web/assets')).sort()) {
    if (name.endsWith('.js')) assets.push([name, 'text/javascript; charset=utf-8', script(name)]);
    if (name.endsWith('.svg')) assets.push([name, 'image/svg+xml', readFileSync(at(name))]);
}

const id = (name) => `ASSET_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
let h = '/* made by tools/assets.mjs from web/assets */\n#pragma once\n\nenum asset_name {\n';
let c = '/* made by tools/assets.mjs from web/assets */\n#include "web/assets.h"\n';
let table = '';
for (const [name, type, plain] of assets) {
    const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16), packed = gzipSync(plain, { level: 9 });
    h += `    ${id(name)},\n`;
    c += `\nstatic const unsigned char ${id(name)}_GZIP[] = {`;
    for (let i = 0; i < packed.length; i += 32) c += `\n${[...packed.subarray(i, i + 32)].join(',')},`;
    c += '\n};\n';
    table += `    { TEXT("${name}"), TEXT("/assets/${hash}/${name}"), TEXT("${type}"), TEXT("\\"${hash}\\""), ${id(name)}_GZIP, ${packed.length}, ${plain.length} },\n`;
}
h += '    N_ASSETS\n};\n';
c += `\nconst struct asset ASSETS[N_ASSETS] = {\n${table}};\n`;
writeFileSync(outH, h);
writeFileSync(outC, c);
