import { chromium } from 'playwright-core';
import { readFileSync, mkdirSync } from 'node:fs';
const note = readFileSync('/tmp/l-demo/演示帐号.txt','utf8').split('\n');
const pass = note[1].trim(); const base='http://127.0.0.1:8911';
const [who, ...paths] = process.argv.slice(2);
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
for (const [w,h] of [[1440,900],[390,844]]) {
  const c = await b.newContext({viewport:{width:w,height:h}}); const p = await c.newPage();
  await p.goto(base+'/sign-in'); await p.fill('[name=account],[name=name]',who); await p.fill('[name=password]',pass); await p.click('button[type=submit]'); await p.waitForLoadState();
  for (const path of paths) { await p.goto(base+path); const n='/tmp/shots/'+path.replace(/[^a-z0-9]+/gi,'_')+'-'+who+'-'+w+'.png'; await p.screenshot({path:n,fullPage:true}); console.log(n, await p.title(), await p.evaluate(()=>document.documentElement.scrollWidth)); }
  await c.close();
}
await b.close();
