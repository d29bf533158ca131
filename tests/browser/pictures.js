// Draws every page of the example, by role, at 360 and at 1280 pixels, and names each by page and role.
// node pictures.js [folder]: all of them, into target/pictures. node pictures.js --chosen: those of docs/pictures alone,
// in few colours, so that they can be committed.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { small } from './png.js';
import { Site } from './site.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const WIDTHS = { phone: 360, desktop: 1280 };

// Which applicant's case shows what; its number is looked up in the list, so that the example may grow.
const SHOWN = {
  filed: ['李春梅', '已归档'], received: ['李春梅', '待受理'], opinions: ['张海波', '提意见'], determination: ['秦月', '待认定'],
  dissent: ['徐强', '待归档'], cityled: ['康健民', '已归档'], lacking: ['邹平', '核实中'], overdue: ['秦月', '核实中'],
  reading: ['秦月', '送达中'], paper: ['吴桂兰', '核实中'], reviewed: ['徐强', '已归档'], told: ['武斌', '核实中'],
};

// Page, role, address; `{name}` is the number of a case of SHOWN. Chosen ones are committed: which width.
const PAGES = [
  ['login', null, '/login'],
  ['help', null, '/help'],
  ['todo', 'lichunmei', '/todo', 'phone'],
  ['apply', 'lichunmei', '/apply'],
  ['selfcheck', 'lichunmei', '/selfcheck'],
  ['case-own', 'lichunmei', '/cases/{filed}', 'phone'],
  ['todo', 'wangli', '/todo', 'desktop'],
  ['cases', 'wangli', '/cases', 'desktop'],
  ['paper', 'wangli', '/paper'],
  ['case-received', 'wangli', '/cases/{received}'],
  ['intake', 'wangli', '/cases/{received}/acts/intake', 'desktop'],
  ['todo', 'chentao', '/todo'],
  ['questions', 'liuyang', '/cases/{paper}/questions', 'phone'],
  ['evidence', 'zhoujianguo', '/cases/{filed}/evidence'],
  ['todo', 'zhoujianguo', '/todo'],
  ['case-opinions', 'zhoujianguo', '/cases/{opinions}', 'desktop'],
  ['opine', 'zhoujianguo', '/cases/{opinions}/acts/opine', 'phone'],
  ['case-filed', 'zhoujianguo', '/cases/{filed}'],
  ['record', 'zhoujianguo', '/cases/{filed}/record'],
  ['readers', 'zhoujianguo', '/cases/{filed}/readers'],
  ['deadline', 'zhoujianguo', '/cases/{paper}/deadline'],
  ['statement', 'zhoujianguo', '/cases/{filed}/statement'],
  ['print', 'zhoujianguo', '/cases/{filed}/print'],
  ['figures', 'zhoujianguo', '/figures'],
  ['case-opinions', 'zhaoming', '/cases/{opinions}', 'phone'],
  ['todo', 'zhengweidong', '/todo', 'desktop'],
  ['coordination', 'zhengweidong', '/coordination'],
  ['case-city-led', 'zhengweidong', '/cases/{cityled}', 'desktop'],
  ['case-dissent', 'zhengweidong', '/cases/{dissent}'],
  ['case-reading', 'zhengweidong', '/cases/{reading}'],
  ['case-reviewed', 'zhengweidong', '/cases/{reviewed}'],
  ['case-overdue', 'zhengweidong', '/cases/{overdue}'],
  ['remind', 'zhengweidong', '/cases/{overdue}/acts/remind'],
  ['todo', 'fenghaiyan', '/todo'],
  ['take-lead', 'fenghaiyan', '/cases/{lacking}/acts/take-lead', 'phone'],
  ['evidence', 'shaobo', '/cases/{told}/evidence', 'desktop'],
  ['receipts', 'mazhiqiang', '/receipts'],
  ['audit', 'hejing', '/audit'],
  ['policies', 'hejing', '/policies'],
  ['policy', 'hejing', '/policies/410900/pumin-2024-16', 'phone'],
  ['admin-people', 'tanglei', '/admin/people'],
  ['admin-login', 'yanming', '/admin/login'],
  ['officers', 'suwen', '/officers'],
  ['admin-institutions', 'tanglei', '/admin/institutions'],
  ['admin-calendars', 'tanglei', '/admin/calendars'],
  ['admin-policies', 'tanglei', '/admin/policies'],
  ['styleguide', 'tanglei', '/styleguide'],
  ['me', 'tanglei', '/me'],
];

async function numbers(site) {
  const { page } = await site.as('hejing');
  const found = {};
  for (const [name, [applicant, stage]] of Object.entries(SHOWN)) {
    await page.goto(`${site.url}/cases?q=${encodeURIComponent(applicant)}`);
    const row = page.locator('main tbody tr').filter({ hasText: applicant }).filter({ hasText: stage }).first();
    const link = row.locator('a[href^="/cases/JZ"]').first();
    if (await link.count()) found[name] = (await link.getAttribute('href')).split('/')[2];
    else console.error(`no case of ${applicant} is ${stage}`);
  }
  return found;
}

const chosen = process.argv.includes('--chosen');
const folder = chosen ? join(root, 'docs/pictures') : (process.argv[2] ?? join(root, 'target/pictures'));
mkdirSync(folder, { recursive: true });
const site = await Site.open();
try {
  const shown = await numbers(site);
  for (const [name, login, address, commit] of PAGES) {
    const url = address.replace(/\{(\w+)\}/, (_, key) => shown[key] ?? 'JZ-0');
    const person = login ? await site.as(login) : null;
    const page = person?.page ?? (await (await site.browser.newContext({ locale: 'zh-CN' })).newPage());
    for (const [device, width] of Object.entries(WIDTHS)) {
      if (chosen && device !== commit) continue;
      await page.setViewportSize({ width, height: device === 'phone' ? 740 : 900 });
      const answer = await page.goto(site.url + url);
      if (answer.status() !== 200) console.error(`${url} as ${login}: ${answer.status()}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) console.error(`${url} as ${login}: ${wide} px wide at ${width}`);
      const file = join(folder, `${name}-${login ?? 'anybody'}-${width}.png`);
      const drawn = await page.screenshot({ fullPage: true });
      const kept = chosen ? small(drawn) : drawn;
      writeFileSync(file, kept);
      console.log(`${file.replace(root, '')} ${Math.round(kept.length / 1024)} KB`);
    }
  }
} finally {
  await site.stop();
  site.remove();
}
