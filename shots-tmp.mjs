import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const [,, base, name, ...pages] = process.argv;
const note = readFileSync('/tmp/tasks-demo/演示帐号.txt','utf8').split('\n');
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [w,h] of [[1440,900],[390,844]]) {
  const c = await b.newContext({ viewport: { width: w, height: h } });
  const p = await c.newPage();
  p.on('console', m => { if (m.type()==='error') console.log('console', m.text()); });
  await p.goto(base + '/sign-in'); await p.fill('[name=name]', name); await p.fill('[name=password]', note[1]);
  await Promise.all([p.waitForNavigation(), p.click('button[type=submit]')]);
  for (const path of pages) {
    const r = await p.goto(base + path);
    if (r.status() !== 200) console.log(path, r.status());
    const wide = await p.evaluate(() => document.documentElement.scrollWidth);
    if (wide > w) console.log(path, w, 'overflows', wide);
    await p.screenshot({ path: `/tmp/tasks-shots/${name.replace('.','-')}${path.replace(/[/?=&]/g,'_')}-${w}.png`, fullPage: true });
  }
  await c.close();
}
await b.close();
