// openapi.mjs OUT.h OUT.c: the description of the API (web/api/openapi.json) into the program.  The assessment's shape
// stands once, in docs/assess.schema.json, and is put in here.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const [header, source] = process.argv.slice(2);
const description = read('web/api/openapi.json');
description.components.schemas.Assessment = read('docs/assess.schema.json');
const bytes = Buffer.from(JSON.stringify(description));
const lines = [];
for (let at = 0; at < bytes.length; at += 24) lines.push(`${[...bytes.subarray(at, at + 24)].join(',')},`);
writeFileSync(header, '/* made by tools/openapi.mjs from web/api/openapi.json */\n#pragma once\n#include "base/text.h"\n\nextern const struct text OPENAPI_JSON;\n');
writeFileSync(source, `#include "made/openapi.h"\n\nstatic const unsigned char BYTES[] = {\n${lines.join('\n')}\n};\nconst struct text OPENAPI_JSON = { (const char *)BYTES, sizeof BYTES };\n`);
