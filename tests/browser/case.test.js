// The case page as its readers see it: on an office screen, on a phone of 320 px, on paper; and two photographs beside
// each other.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Site } from './site.js';

const OFFICE = { width: 1366, height: 768 };
const OPINIONS = 'JZ-410928-2026-0004';
const INQUIRY = 'JZ-410928-2026-0005';
// The bureau's lead, the group's, the city, the auditor.
const READERS = ['zhoujianguo', 'zhaoming', 'zhengweidong', 'hejing'];

let site;
before(async () => { site = await Site.open(); });
after(async () => {
  await site?.stop();
  site?.remove();
});

const bottom = async (who, what) => {
  const box = await who.page.locator(what).first().boundingBox();
  assert.ok(box, `${who.login}: no ${what}`);
  return box.y + box.height;
};

test('the deadline and what waits stand above 700 px on an office screen', async () => {
  for (const login of READERS) {
    const who = await site.as(login, OFFICE);
    await who.page.setViewportSize(OFFICE);
    await who.go(`/cases/${OPINIONS}`);
    await who.picture(`case-${login}`);
    for (const what of ['.due', '.now']) assert.ok((await bottom(who, what)) <= 700, `${login}: ${what}`);
    const waits = await who.page.locator('.now h2').innerText();
    assert.match(waits, login === 'zhoujianguo' ? /^现在等您：/ : /^现在等：民政局负责人/);
    const bytes = Buffer.byteLength(await who.html());
    assert.ok(bytes < 60 * 1024, `${login}: ${bytes} bytes`);
  }
});

test('the line is drawn on wide screens and a list on narrow ones; nothing scrolls sideways', async () => {
  for (const [login, number] of [['zhaoming', OPINIONS], ['lichunmei', 'JZ-410928-2026-0001']]) {
    const who = await site.as(login, OFFICE);
    const drawn = who.page.locator('.line svg');
    const listed = who.page.locator('.line .listed li').first();
    await who.page.setViewportSize(OFFICE);
    await who.go(`/cases/${number}`);
    assert.ok(await drawn.isVisible(), `${login}: drawn`);
    const letters = await who.page.locator('.line svg text').first().evaluate((text) => text.getBoundingClientRect().height);
    assert.ok(letters >= 14, `${login}: letters of ${letters} px`);
    await who.page.setViewportSize({ width: 320, height: 640 });
    for (const page of ['', '/deadline', '/evidence', '/statement', '/record', '/print']) {
      await who.go(`/cases/${number}${page}`);
    }
    await who.go(`/cases/${number}`);
    assert.ok(!(await drawn.isVisible()) && await listed.isVisible(), `${login}: listed`);
    await who.page.setViewportSize(OFFICE);
  }
});

test('every sheet of a print says which case, who printed it and when', async () => {
  for (const [login, name, number] of [['zhoujianguo', '周建国', OPINIONS], ['lichunmei', '李春梅', 'JZ-410928-2026-0001']]) {
    const who = await site.as(login, OFFICE);
    await who.go(`/cases/${number}/print`);
    const file = join(site.folder, 'print.pdf');
    writeFileSync(file, await who.page.pdf({ preferCSSPageSize: true }));
    const sheets = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
    assert.ok(sheets.length > 2, `${login}: ${sheets.length} sheets`);
    for (const sheet of sheets) assert.match(sheet.replace(/\s/g, ''), new RegExp(`${number}·打印人${name}·2026年`));
    // What is folded on the screen is on paper.
    if (login === 'zhoujianguo') assert.match(sheets.join('').replace(/\s/g, ''), /本人是否违反当时适用的审核程序/);
  }
});

// A photograph: a page of one colour, as the browser sees it.
async function photograph(who, colour) {
  const page = await who.page.context().newPage();
  await page.setViewportSize({ width: 640, height: 480 });
  await page.setContent(`<body style="background:${colour}">`);
  const bytes = await page.screenshot({ type: 'jpeg' });
  await page.close();
  return bytes;
}

test('two photographs are put beside each other by links alone', async () => {
  const who = await site.as('liuyang', OFFICE);
  for (const [title, colour] of [['东院门', '#8a6'], ['蓝色车', '#a86']]) {
    const files = { name: `${title}.jpg`, mimeType: 'image/jpeg', buffer: await photograph(who, colour) };
    await who.go(`/cases/${INQUIRY}/acts/add-evidence`);
    await who.page.locator('[type="file"]').setInputFiles(files);
    await who.fill({ title, proves: `${title}在院里` });
    await who.page.locator('[name="ring"]').first().check();
    await who.send();
    assert.ok(await who.page.locator('.done').count(), await who.text());
  }
  await who.go(`/cases/${INQUIRY}/evidence`);
  const press = async (title, word) => {
    const card = who.page.locator('ul.pictures li', { hasText: title }).first();
    const link = card.locator('a', { hasText: word });
    await Promise.all([who.page.waitForNavigation(), link.click()]);
  };
  await press('东院门', '放左边');
  await press('蓝色车', '放右边');
  const beside = who.page.locator('#beside img');
  assert.equal(await beside.count(), 2);
  const [left, right] = [await beside.nth(0).boundingBox(), await beside.nth(1).boundingBox()];
  assert.ok(left.x + left.width <= right.x && Math.abs(left.y - right.y) < 2, 'beside each other');
  for (const picture of await beside.all()) {
    assert.ok(await picture.evaluate((img) => img.complete && img.naturalWidth > 0), 'loaded');
  }
  assert.match(await who.page.locator('#beside').innerText(), /证明：东院门在院里[\s\S]*证明：蓝色车在院里/);
  await who.picture('evidence-beside');
});
