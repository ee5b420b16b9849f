// pinyin.mjs src/base/pinyin_table.c: with which letters a character's readings begin (重: c, z), for finding schools
// by initials.  The table is committed, so that base builds without npm; tests/base/pinyin_table.mjs holds it to this.
// From pinyin-pro (MIT), which package-lock.json pins: every reading it knows of each character of U+4E00–U+9FFF,
// those in names of people and places included.
import { writeFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';

const FIRST = 0x4e00, LAST = 0x9fff;

// Readings that are heard in names of people and places and that the package lacks.
const ALSO = { 荥: 'y', 郇: 'x', 埔: 'b', 洞: 't', 堡: 'p', 埠: 'b', 厦: 'x', 蔚: 'y', 尉: 'y', 涡: 'g', 渑: 'm', 泌: 'b', 栎: 'y',
               鄢: 'y', 浚: 'x', 莘: 'x', 单: 's', 任: 'r', 解: 'x', 盖: 'g', 长: 'z', 阿: 'e', 六: 'l', 台: 't', 大: 'd', 华: 'h' };

const kinds = new Map([[0, 0]]);
const of = [];
for (let at = FIRST; at <= LAST; at++) {
  const character = String.fromCodePoint(at);
  const readings = pinyin(character, { multiple: true, toneType: 'none', type: 'array' });
  const names = pinyin(character, { mode: 'surname', toneType: 'none', type: 'array' });
  const letters = [...readings, ...names, ALSO[character] ?? ''].map((r) => r[0] ?? '').filter((l) => l >= 'a' && l <= 'z');
  let kind = 0;
  for (const letter of letters) kind |= 1 << (letter.charCodeAt(0) - 97);
  if (letters.length) kind |= (letters[0].charCodeAt(0) - 97) << 26;
  kind >>>= 0;
  if (!kinds.has(kind)) kinds.set(kind, kinds.size);
  of.push(kinds.get(kind));
}

const rows = (list) => {
  let text = '';
  for (let i = 0; i < list.length; i += 24) text += `    ${list.slice(i, i + 24).join(',')},\n`;
  return text;
};
writeFileSync(process.argv[2], `/* Made by tools/pinyin.mjs; do not edit. */
#include "base/pinyin_table.h"

const uint32_t PINYIN_KINDS[] = {
${rows([...kinds.keys()].map((k) => `0x${k.toString(16)}u`))}};
const uint16_t PINYIN_OF[PINYIN_LAST - PINYIN_FIRST + 1] = {
${rows(of)}};
`);
