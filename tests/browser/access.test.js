// Access for all: every page that every role is offered is looked at by axe, at 320 px, by its words and by its weight;
// then keyboard, screen reader, forced colours, size of letters, spacing, motion, print, and the one script.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Crawl } from './crawl.js';
import { ROLES, fits, judge, measure } from './judge.js';
import { PASSWORD, Site } from './site.js';

const PHONE = { width: 360, height: 740 };

let site;
before(async () => { site = await Site.open(); });
after(async () => {
  await site?.stop();
  site?.remove();
});

// Asserts with every fault at once, each once.
function none(faults) {
  const told = [...new Set(faults)];
  assert.ok(told.length === 0, `${told.length} faults:\n${told.join('\n')}`);
}

test('the judge sees what is wrong', async () => {
  const page = await (await site.browser.newContext()).newPage();
  await page.setContent(`<html><head><title>x</title></head><body><main><h1>Error s3-5！</h1><p style="width:500px;color:#bbb">系统错误</p>
    <input name="a"><img src="${site.url}/nowhere.png"></main></body></html>`);
  const found = [...await judge(page, 'bad'), ...await fits(page, 'bad')].join('\n');
  for (const seen of [/html-has-lang/, /label/, /image-alt/, /color-contrast/, /“Error” is not Chinese/, /“s” is not Chinese/, /is never said/, /wide at 320/]) {
    assert.match(found, seen);
  }
  const weight = await measure(page);
  await page.goto(`${site.url}/login`);
  const { bytes } = await weight();
  assert.ok(bytes > 8_000, `only ${bytes} bytes were seen: the style is one of the parts`);
});

// A draft with two groups chosen: from its check page links lead to every step.
async function begun(worker) {
  await worker.go('/apply');
  await worker.send();
  const draft = new URL(worker.page.url()).pathname.replace(/\/[^/]+$/, '');
  await worker.go(`${draft}/why`);
  await worker.fill({ groups: ['data', 'own-slip'] });
  await worker.send();
  return [`${draft}/check`, `${draft}/which`, `${draft}/which?group=own-slip`];
}

for (const [role, login] of ROLES) {
  test(`every page of the ${role}`, async () => {
    const person = await site.as(login);
    const crawl = new Crawl(person);
    if (role === 'worker') crawl.from.push(...await begun(person));
    const faults = await crawl.all();
    assert.ok(crawl.seen.size >= (role === 'worker' ? 20 : 4), `only ${[...crawl.seen]} were found`);
    none(faults);
    if (process.env.JINZHI_TOLD) console.error(`${role}: ${crawl.told()}`);
  });
}

test('pages before login, pages that are not there', async () => {
  const page = await (await site.browser.newContext({ locale: 'zh-CN' })).newPage();
  const faults = [];
  for (const [path, status] of [['/login', 200], ['/login?next=/cases', 200], ['/help', 200], ['/nowhere', 404], ['/styleguide', 200]]) {
    const weight = await measure(page);
    const answer = await page.goto(site.url + path);
    assert.equal(answer.status(), status, path);
    faults.push(...await judge(page, path, { weight: await weight() }), ...await fits(page, path));
  }
  await page.goto(`${site.url}/login`);
  await page.fill('[name="login.name"]', 'nobody');
  await page.fill('[name="login.password"]', 'nothing');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  faults.push(...await judge(page, 'a refused login'), ...await wrong(page, 'a refused login'));
  none(faults);
});

// The components that the pages share, as clerks and as workers see them, in every look.
test('the styleguide', async () => {
  const admin = await site.as('tanglei');
  const faults = [];
  for (const path of ['/styleguide', '/styleguide/worker']) {
    assert.equal(await admin.go(path), 200);
    faults.push(...await judge(admin.page, path), ...await fits(admin.page, path));
    await admin.picture(`styleguide${path.includes('worker') ? '-worker' : ''}`);
    for (const part of ['.skip', '.top', '.back', '.step', '.answers', '.errors', '.field', '.choice', '.kept-file', '.btn', '.tag', '.due', '.tasks', '.rec + table', '.seal', '.log', '.filter', 'table.list', '.pager']) {
      assert.ok(await admin.page.locator(part).count(), `${path} shows no ${part}`);
    }
  }
  none(faults);
  const worker = await site.as('lichunmei');
  assert.equal(await worker.go('/styleguide'), 404, 'hidden from others');
});

// What a page after an error owes: the summary has the focus, its links lead to the fields, the title says so.
async function wrong(page, name) {
  // A browser gives the focus when it next draws, which is after the page has loaded.
  await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
  return page.evaluate((name) => {
    const faults = [];
    const box = document.querySelector('.errors');
    if (!box) return [`${name}: no error summary: ${document.querySelector('main').innerText.slice(0, 80)}`];
    if (document.activeElement !== box) faults.push(`${name}: the focus is on ${document.activeElement.tagName}`);
    if (!document.title.startsWith('错误：')) faults.push(`${name}: the title is ${document.title}`);
    for (const link of box.querySelectorAll('a[href^="#"]')) {
      const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const said = field?.closest('[aria-invalid]');
      if (!field || !said) faults.push(`${name}: ${link.innerText} leads to no field that is marked`);
    }
    return faults;
  }, name);
}

test('pages after an error', async () => {
  const faults = [];
  let refused = 0;
  for (const [role, login] of ROLES) {
    const person = await site.as(login);
    const crawl = new Crawl(person);
    for (const path of await crawl.forms()) {
      const name = `${role} ${path} left empty`;
      await person.go(path);
      const button = person.page.locator('main form.form .btn:not(.second)').first();
      if (!(await button.count())) continue;
      await Promise.all([person.page.waitForNavigation(), button.click()]);
      // An answer may be blank while drafting: the check page that follows lists what is missing, and refuses nothing.
      if (new URL(person.page.url()).pathname !== path.split('?')[0]) continue;
      if (!(await person.page.locator('.errors').count())) continue;
      refused += 1;
      faults.push(...await wrong(person.page, name), ...await judge(person.page, name, { widths: [360] }), ...await fits(person.page, name));
    }
  }
  assert.ok(refused >= 12, `${refused} forms were refused`);
  none(faults);
});

test('by the keyboard alone', async () => {
  const page = await (await site.browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'zh-CN' })).newPage();
  // Presses Tab until `selector` has the focus; every stop on the way must be seen.
  const reach = async (selector) => {
    for (let n = 0; n < 150; n += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate((selector) => {
        const at = document.activeElement;
        if (at === document.body) return { body: true };
        const box = at.getBoundingClientRect();
        const look = getComputedStyle(at);
        const top = document.elementFromPoint(
          Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1),
        );
        return {
          there: at.matches(selector),
          name: `${at.tagName} ${at.innerText?.slice(0, 20) || at.name}`,
          ring: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
          inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
          covered: !(at.contains(top) || top?.contains(at) || top?.closest('label')?.htmlFor === at.id),
        };
      }, selector);
      if (stop.body) continue;
      assert.ok(stop.ring && stop.inView && !stop.covered, `${page.url()}: ${JSON.stringify(stop)}`);
      if (stop.there) return;
    }
    assert.fail(`${selector} was not reached on ${page.url()}`);
  };
  const press = async () => { await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]); };
  await page.goto(`${site.url}/login`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip', 'the first stop is the skip link');
  await reach('[name="login.name"]');
  await page.keyboard.type('zhoujianguo');
  await reach('[name="login.password"]');
  await page.keyboard.type(PASSWORD);
  await press();
  assert.match(page.url(), /\/todo$/);
  await reach('nav a[href="/cases"]');
  await press();
  // Down the whole list, under its sticky head.
  await reach('table tbody tr:last-child a');
  await press();
  assert.match(page.url(), /\/cases\/JZ-/);
  await reach('a[href$="/record"]');
  await page.goto(`${site.url}/todo`);
  // Of the forms that wait for this lead, one with a text to write.
  await reach('.rows a.btn');
  await press();
  await reach('main form .btn');
  await press();
  assert.ok(await page.locator('.errors, .done').count(), 'the form was sent');
});

// No style reorders what is read; nothing takes the focus out of turn.
test('the order of the keys is the order of reading', () => {
  const css = readFileSync(new URL('../../crates/web/assets/jinzhi.css', import.meta.url), 'utf8');
  assert.doesNotMatch(css, /[{;]\s*order:|-reverse|tabindex/);
  // Letters grow with the root: no size in px, but for a drawing's, which are measured in its own units.
  const written = css.replace(/\.drawn text\{[^}]*\}/, '');
  assert.notEqual(written, css, 'the drawing is there');
  assert.deepEqual(written.match(/font(-size)?:[^;}]*\dpx[^;}]*/g) ?? [], []);
});

test('what a screen reader is told', async () => {
  const clerk = await site.as('wangli');
  await clerk.go('/cases');
  const list = await clerk.page.locator('body').ariaSnapshot();
  for (const told of [/link "跳到正文"/, /banner/, /navigation "主要"/, /main/, /heading "案件" \[level=1\]/, /table "案件列表"/, /columnheader "编号"/, /contentinfo/]) {
    assert.match(list, told);
  }
  // Folded into label and value on a phone, the table stays a table.
  await clerk.page.setViewportSize({ width: 320, height: 700 });
  const folded = await clerk.page.locator('main').ariaSnapshot();
  for (const told of [/table "案件列表"/, /rowheader/, /cell/]) assert.match(folded, told);
  await clerk.page.setViewportSize({ width: 1280, height: 900 });
  const admin = await site.as('tanglei');
  await admin.go('/styleguide');
  const parts = await admin.page.locator('main').ariaSnapshot();
  for (const told of [/status/, /group "种类"/, /radio "谈话"/, /checkbox "/, /textbox "地点"/, /combobox "谁来办"/, /button "签名并提交"/, /alert/]) {
    assert.match(parts, told);
  }
  // A date's three boxes are read with the question they belong to.
  assert.match(parts, /group "谈话日期"/);
});

test('forced colours, spacing, motion, print', async () => {
  const admin = await site.as('tanglei');
  const { page } = admin;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await admin.go('/styleguide');
  await admin.picture('forced-colours');
  const bare = await page.evaluate(() => ['.btn', '.card', '.choice', '.choice > input', '.field > input', '.tag', '.due', '.seal', '.note', '.errors', '.done']
    .filter((part) => {
      const look = getComputedStyle(document.querySelector(part));
      const native = look.appearance !== 'none' && /INPUT/.test(document.querySelector(part).tagName);
      return !native && parseFloat(look.borderTopWidth) === 0 && parseFloat(look.borderLeftWidth) === 0;
    }));
  assert.deepEqual(bare, [], 'these have no border in forced colours');
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0, 'nothing moves anyway');
  // The spacing of WCAG 1.4.12 cuts nothing off.
  await page.setViewportSize({ width: 320, height: 700 });
  const cut = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}');
    document.adoptedStyleSheets = [sheet];
    const hidden = [...document.querySelectorAll('main *')].filter((one) => {
      const look = getComputedStyle(one);
      return look.overflowY === 'hidden' && !one.closest('.vh, thead, svg') && one.scrollHeight > one.clientHeight + 2;
    });
    return { hidden: hidden.map((one) => one.outerHTML.slice(0, 80)), wide: document.documentElement.scrollWidth - innerWidth };
  });
  assert.deepEqual(cut, { hidden: [], wide: 0 });
  await page.setViewportSize({ width: 1280, height: 900 });
  // Print: no header, no buttons; on /print nothing is folded away.
  const lead = await site.as('zhoujianguo');
  await lead.go('/cases');
  const link = await lead.page.locator('tbody a').first().getAttribute('href');
  await lead.go(`${link}/print`);
  await lead.page.emulateMedia({ media: 'print' });
  const shown = await lead.page.evaluate(() => ({
    off: ['.top', '.btn', '.foot', '.crumb', '.skip'].filter((part) => {
      const one = document.querySelector(part);
      return one && getComputedStyle(one).display !== 'none';
    }),
    folded: [...document.querySelectorAll('main details')].filter((one) => !one.open && getComputedStyle(one).display !== 'none').length,
    foot: getComputedStyle(document.querySelector('.print-foot')).display,
  }));
  assert.deepEqual(shown, { off: [], folded: 0, foot: 'block' });
  await lead.page.emulateMedia({ media: 'screen' });
});

test('three sizes of letters, with no function cut away', async () => {
  const worker = await site.as('lichunmei', PHONE);
  const faults = [];
  let links;
  for (const [size, px] of [['normal', 16], ['large', 20], ['largest', 24]]) {
    await worker.go('/me');
    await worker.page.check(`[name="size"][value="${size}"]`);
    await worker.send('form[action="/me/size"] .btn');
    assert.equal(await worker.page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize)), px);
    for (const path of ['/todo', '/apply', '/selfcheck', '/help', '/me', '/policies']) {
      await worker.go(path);
      await worker.page.setViewportSize({ width: 320, height: 700 });
      const wide = await worker.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) faults.push(`${path} at ${size}: ${wide} px too wide`);
      await worker.page.setViewportSize(PHONE);
    }
    await worker.go('/todo');
    await worker.picture(`size-${size}`);
    const now = await worker.page.locator('a, button').count();
    assert.equal(links ??= now, now, `${size} has other links`);
  }
  await worker.go('/me');
  await worker.page.check('[name="size"][value="normal"]');
  await worker.send('form[action="/me/size"] .btn');
  none(faults);
});

test('the script only improves', async () => {
  const clerk = await site.as('wangli');
  await clerk.go('/cases');
  const { page } = clerk;
  let loads = 0;
  page.on('load', () => { loads += 1; });
  const before = await page.locator('#results [data-said]').innerText();
  await page.focus('#state');
  const answered = page.waitForResponse((answer) => answer.url().includes('/cases?'));
  await page.selectOption('#state', 'closed');
  await answered;
  await page.waitForFunction((before) => document.querySelector('#results [data-said]').innerText !== before, before);
  assert.equal(loads, 0, 'nothing was loaded anew');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'state', 'the focus stays');
  assert.match(page.url(), /state=closed/, 'the address can be kept');
  const told = await page.locator('#results [data-said]').innerText();
  assert.equal(await page.locator('[role="status"]').count(), 1, 'one status line');
  assert.equal(await page.locator('#status').innerText(), told, 'it is told');
  await page.reload();
  assert.equal(await page.locator('#results [data-said]').innerText(), told, 'and the same without the script');
  // A long table is searched where it stands.
  const admin = await site.as('tanglei');
  await admin.go('/admin/people');
  const rows = admin.page.locator('table.list tbody tr:visible');
  const all = await rows.count();
  await admin.page.fill('.find input', '李春梅');
  assert.ok(await rows.count() > 0 && await rows.count() < all, `${await rows.count()} of ${all} rows`);
  assert.match(await admin.page.locator('#status').textContent(), /找到 \d+ 条/);
  // The line is down: the form stays, with what was typed.
  await clerk.go('/me');
  await clerk.fill({ new: 'abcdefgh' });
  await page.context().setOffline(true);
  await page.locator('form[action="/me"] .btn').click();
  assert.match(await page.locator('#status').innerText(), /现在连不上，您刚填的没有丢/);
  assert.equal(await page.inputValue('[name="new"]'), 'abcdefgh');
  await page.context().setOffline(false);
});
