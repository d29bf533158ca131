// The pictures of the manuals: a piece of a page of the example for each role, small enough for a village's line.
// `node tests/browser/help-pictures.js` writes crates/web/assets/help-*.webp; run it when the pages look otherwise.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Site } from './site.js';

const assets = fileURLToPath(new URL('../../crates/web/assets', import.meta.url));
const SIZE = { width: 640, height: 400 };
const PHONE = { width: 400, height: 250 };

// Role, login, the address or how it is found, and how wide the window is.
const SHOTS = [
  ['worker', 'lichunmei', '/todo', PHONE],
  ['intake', 'wangli', '/todo', SIZE],
  ['investigator', 'sunjing', 'questions', SIZE],
  ['lead', 'zhoujianguo', 'case', SIZE],
  ['discipline', 'zhaoming', 'sealed', SIZE],
  ['city', 'zhengweidong', '/coordination', SIZE],
  ['recipient', 'mazhiqiang', '/receipts', PHONE],
  ['auditor', 'hejing', '/audit', SIZE],
  ['administrator', 'tanglei', '/admin', SIZE],
  ['security', 'yanming', '/admin/login', SIZE],
  ['security-auditor', 'suwen', '/officers', SIZE],
];

// The first case of this person's list on whose page `found` is.
async function open(person, below, found) {
  await person.go('/todo');
  const own = (await person.text()).match(/JZ-\d{6}-\d{4}-\d{4}/g) ?? [];
  await person.go('/cases');
  const numbers = [...own, ...(await person.text()).match(/JZ-\d{6}-\d{4}-\d{4}/g) ?? []];
  for (const number of numbers) {
    const status = await person.go(`/cases/${number}${below}`);
    if (status === 200 && await person.page.locator(found).count()) return person.page.locator(found).first();
  }
  throw new Error(`${person.login}: no case with ${found}`);
}

const site = await Site.open();
try {
  for (const [role, login, where, size] of SHOTS) {
    const person = await site.as(login);
    const { page } = person;
    await page.setViewportSize({ width: size.width, height: 900 });
    let from;
    if (where === 'questions') await open(person, '/questions', 'h2:has-text("会改变结果的")');
    else if (where === 'case') await open(person, '', '.now a.do');
    else if (where === 'sealed') from = await open(person, '', '.t-sealed');
    else await person.go(where);
    const box = from ? await from.locator('xpath=ancestor::section').first().boundingBox() : { y: (await page.locator('main').boundingBox()).y };
    const wire = await page.context().newCDPSession(page);
    const clip = { x: 0, y: box.y + await page.evaluate(() => scrollY), ...size, scale: SIZE.width / size.width };
    const { data } = await wire.send('Page.captureScreenshot', { format: 'webp', quality: 55, clip, captureBeyondViewport: true });
    const bytes = Buffer.from(data, 'base64');
    writeFileSync(`${assets}/help-${role}.webp`, bytes);
    console.log(`help-${role}.webp ${bytes.length} bytes`);
  }
} finally {
  await site.stop();
  site.remove();
}
