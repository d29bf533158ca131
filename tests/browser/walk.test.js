// Two cases from end to end, through pages alone, each step by the person who has it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, Site } from './site.js';

const PHONE = { width: 360, height: 740 };
const WITHHELD = '先到的一方写的理由，打开以前谁也看不到。';

let site;
before(async () => { site = await Site.open(); });
after(async () => {
  await site?.stop();
  site?.remove();
});

// The worker's twelve steps on a phone; returns the receipt number.
async function apply() {
  const worker = await site.as('lichunmei', PHONE);
  await worker.go('/apply');
  await worker.send();
  const steps = [
    ['这些信息对吗？', { phone: '13900000000' }],
    ['这是哪项工作？', { work_kind: 'dibao' }],
    ['问题出在哪一步？', { work_links: ['check'] }],
    ['事情是什么时候发生的？', { 'happened.year': '2026', 'happened.month': '3' }],
    ['为什么会出这个错？', { groups: ['data', 'own-slip'] }],
    ['哪些情况和您的事相符？', { 'clauses.data': ['s3-5'] }],
    ['哪些情况和您的事相符？', { claim: 'exempt' }],
    ['事情的经过是怎样的？', { account: '3 月核对时平台没有车辆信息，5 月才看到这户买了车。' }],
    ['发现以后，您向谁报告了？', { reporting: 'reported', reported_to: '当天向所长报告。', held: 'none' }],
    ['后来改正了吗？', { correcting: 'corrected', correction: '已停发，差额已追回。' }],
    ['涉及哪一户？', { village: '某村', kin: 'no' }],
  ];
  for (const [question, fields] of steps) {
    assert.equal(await worker.page.locator('h1').innerText(), question);
    await worker.fits();
    await worker.fill(fields);
    await worker.picture(`step-${steps.findIndex(([, f]) => f === fields) + 1}`);
    await worker.send();
  }
  const paper = { name: '平台查询记录.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };
  await worker.fill({ files: paper });
  // A script sends it as soon as it is chosen.
  if (site.scripts) await worker.page.locator('.kept-file').waitFor();
  else await worker.send('[name="go"][value="more"]');
  assert.match(await worker.text(), /平台查询记录\.pdf/);
  await worker.page.locator('.kept-file input').fill('车辆信息 5 月才到平台');
  await worker.fits();
  await worker.picture('step-files');
  await worker.send('main form.form .btn:not(.second)');
  assert.equal(await worker.page.locator('h1').innerText(), '提交前请核对');
  await worker.fits();
  await worker.picture('step-check');
  await worker.page.check('[name="declaration"]');
  await worker.fill({ password: PASSWORD });
  await worker.send('main form.form .btn');
  assert.match(worker.page.url(), /\/apply\/done\//);
  await worker.fits();
  await worker.picture('receipt');
  const receipt = await worker.text();
  assert.match(receipt, /已经交到濮阳县民政局了/);
  assert.match(receipt, /最迟 2027 年 1 月 \d+ 日（周.）（暂定）/);
  return receipt.match(/JZ-410928-2026-\d{4}/)[0];
}

// From acceptance to the conclusion by two. `yes` are the questions answered yes beside the thresholds.
async function investigate(number, yes) {
  const [clerk, lead, group] = [await site.as('wangli'), await site.as('zhoujianguo'), await site.as('zhaoming')];
  const [chen, sun, worker] = [await site.as('chentao'), await site.as('sunjing'), await site.as('lichunmei', PHONE)];
  await clerk.act(number, 'accept');
  await choose(lead, number, '陈涛');
  await choose(group, number, '孙静');
  await clerk.act(number, 'invite', { matters: '请说明当时怎么核对的。' });
  await chen.act(number, 'investigate', {
    kind: 'interview', place: '镇民政所', whom: '民政所所长', text: '问：核对时查了哪些数据？\n答：平台里的都查了。',
  });
  await sun.act(number, 'countersign');
  await worker.act(number, 'state', { arguments: '平台数据晚到，不是我没有查。\n发现当天就报告了。' });
  for (const reason of ['平台记录可以证明。', '所长笔录可以证明。']) {
    await chen.act(number, 'answer', { adopted: 'yes', reason });
  }
  await find(chen, number, yes);
  await clerk.act(number, 'explain', { note: '已告知可以同时申请减责，本人表示不申请。' });
  await chen.act(number, 'conclude', { text: '核对平台的数据更新滞后，导致核对不准。按规定查询、入户、公示，发现后及时报告并追回。' });
  await sun.act(number, 'sign-conclusion');
}

// Assigns the investigator of that name.
async function choose(who, number, name) {
  await who.go(`/cases/${number}/acts/assign`);
  const label = who.page.locator('.choice label', { hasText: name });
  const id = await label.getAttribute('for');
  await who.act(number, 'assign', { people: await who.page.locator(`[id="${id}"]`).getAttribute('value') });
}

// Answers, one page each, every question that would still change the outcome.
async function find(who, number, yes) {
  for (;;) {
    await who.go(`/cases/${number}/questions`);
    const first = who.page.locator('section', { has: who.page.locator('h2', { hasText: '会改变结果的' }) }).locator('a').first();
    if (!(await first.count())) return;
    await Promise.all([who.page.waitForNavigation(), first.click()]);
    const question = who.page.url().split('/').pop();
    const answer = yes.some((id) => question.startsWith(id)) ? 'yes' : 'no';
    const record = await who.page.locator('[name="inquiries"]').first().getAttribute('value');
    await who.fill({ answer, inquiries: record });
    await who.send('main form.form .btn');
    assert.ok(await who.page.locator('.done').count(), `${question} was refused: ${await who.text()}`);
  }
}

const THRESHOLDS = ['s2-', 's3-slip', 's3-spirit', 's3-duty', 's3-cause', 's3-report', 's3-correct'];

// Both opinions; the first is on no page of the other until both are in.
async function opine(number, first, second) {
  const [group, lead] = [await site.as('zhaoming'), await site.as('zhoujianguo')];
  await group.act(number, 'opine', { outcome: first, reason: WITHHELD });
  const others = [lead, await site.as('wangli'), await site.as('chentao'), await site.as('lichunmei', PHONE)];
  for (const other of others) {
    for (const page of ['', '/record', '/print', '/acts/opine', '/questions', '/evidence']) {
      await other.go(`/cases/${number}${page}`);
      const html = await other.html();
      assert.ok(!html.includes(WITHHELD) && !html.includes(WITHHELD.slice(0, 8)), `${other.login}${page}`);
    }
  }
  await group.go(`/cases/${number}`);
  assert.match(await group.text(), /已密封/);
  await lead.act(number, 'opine', { outcome: second, reason: '同意调查结论，数据滞后不能归责于本人。' });
  assert.ok((await lead.html()).includes(WITHHELD), 'both are in: both are open');
}

// The report's words, from the link on the case page.
async function report(number) {
  const clerk = await site.as('wangli');
  await clerk.go(`/cases/${number}`);
  const links = clerk.page.locator(`main a[href^="/cases/${number}/files/"], main a[href^="/cases/${number}/documents/"]`);
  const link = links.filter({ hasText: /报告|号/ }).first();
  assert.ok(await link.count(), `no report on ${await clerk.text()}`);
  if ((await link.getAttribute('href')).includes('/documents/')) {
    await Promise.all([clerk.page.waitForNavigation(), link.click()]);
    return site.words(await clerk.fetch(clerk.page.locator('main a.btn[href*="/files/"]').first()));
  }
  return site.words(await clerk.fetch(link));
}

// Worker, unit and group have what they were sent; the case is filed.
async function finish(number) {
  await (await site.as('lichunmei', PHONE)).act(number, 'acknowledge');
  const recipient = await site.as('mazhiqiang', PHONE);
  await recipient.go('/receipts');
  await recipient.send(`form[action="/receipts/${number}"] .btn`);
  await (await site.as('zhaoming')).act(number, 'acknowledge-report');
  await (await site.as('wangli')).act(number, 'file', { note: '全卷 1 册。' });
  assert.match(await (await site.as('wangli')).text(), /归档/);
}

test('from the application to the file, with scripts off', async () => {
  site.scripts = false;
  const number = await apply();
  const [clerk, lead] = [await site.as('wangli'), await site.as('zhoujianguo')];
  // The notice's two years are over in the example: which notice governs is named first.
  await clerk.go(`/cases/${number}`);
  await clerk.picture('case-received');
  await clerk.go(`/cases/${number}/acts/name-basis`);
  const pack = await clerk.page.locator('[name="procedure"]').first().getAttribute('value');
  await clerk.act(number, 'name-basis', { procedure: pack, substance: pack, rule: 'substance', reason: '事情发生时文件有效。' });
  await investigate(number, [...THRESHOLDS, 's3-5-']);
  await lead.go(`/cases/${number}`);
  await lead.picture('case');
  await opine(number, '免责', '免责');
  await lead.act(number, 'determine', { reason: '查明的事实符合三（五），没有排除情形。' });
  await clerk.act(number, 'issue');
  const printed = await report(number);
  for (const words of ['认定报告', '李春梅', '三（五）', '免', '濮县民〔2026〕']) assert.ok(printed.includes(words), words);
  await clerk.act(number, 'report');
  await clerk.act(number, 'serve');
  await finish(number);
  const worker = await site.as('lichunmei', PHONE);
  for (const page of ['/todo', `/cases/${number}`, `/cases/${number}/deadline`, `/cases/${number}/readers`, '/drafts', '/selfcheck', '/help', '/me']) {
    assert.equal(await worker.go(page), 200, page);
    await worker.picture(`worker${page.replaceAll('/', '-')}`);
  }
});

test('from a paper at the window to the file', async () => {
  site.scripts = true;
  site.typed = 0;
  const [clerk, lead] = [await site.as('wangli'), await site.as('zhoujianguo')];
  await clerk.go('/paper');
  const scan = { name: '申请.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };
  await clerk.fill({ scan, channel: 'window', person: { label: '李春梅（民政所工作人员）' }, unit: { label: '子岸镇人民政府' } });
  await clerk.fill({
    work_kind: 'dibao', work_links: ['check'], 'happened.year': '2026', 'happened.month': '9', 'clauses.data': ['s3-5'],
    claim: 'exempt', account: '9 月核对时平台没有车辆信息，11 月才看到。', reporting: 'reported', reported_to: '当天向所长报告。',
    held: 'none', correcting: 'corrected', correction: '已停发，差额已追回。', village: '某村', kin: 'no',
  });
  await clerk.page.check('[name="declaration"]');
  await clerk.send();
  assert.match(clerk.page.url(), /\/paper\/done\//, await clerk.text());
  const number = clerk.page.url().split('/').pop();
  assert.ok(site.typed <= 6, `${site.typed} fields were typed at the window`);
  await clerk.go(`/cases/${number}/acts/name-basis`);
  const pack = await clerk.page.locator('[name="procedure"]').first().getAttribute('value');
  await clerk.act(number, 'name-basis', { procedure: pack, substance: pack, rule: 'substance', reason: '事情发生时文件有效。' });
  await investigate(number, [...THRESHOLDS, 's3-5-']);
  await opine(number, '免责', '免责');
  await lead.act(number, 'determine', { reason: '查明的事实符合三（五），没有排除情形。' });
  await clerk.act(number, 'service');
  await finish(number);
  assert.ok(site.typed <= 40, `${site.typed} fields were typed from the scan to the file`);
});

test('the two do not agree', async () => {
  site.scripts = true;
  const worker = await site.as('lichunmei', PHONE);
  await worker.go('/todo');
  // Handed in before, not accepted yet.
  const numbers = (await worker.text()).match(/JZ-410928-2026-\d{4}/g);
  let number;
  for (const one of numbers) {
    await (await site.as('wangli')).go(`/cases/${one}/acts/accept`);
    if (await (await site.as('wangli')).page.locator('main form').count()) number = one;
  }
  await investigate(number, [...THRESHOLDS, 's3-1-']);
  await opine(number, '不予免责', '免责');
  const [lead, group] = [await site.as('zhoujianguo'), await site.as('zhaoming')];
  await lead.act(number, 'open-consultation');
  await lead.act(number, 'minute-consultation', {
    attendees: '周建国、赵明', text: '对有没有看出疑点认识不一致。', agreed: '-',
  });
  await lead.act(number, 'escalate', { reason: '会商后意见仍不一致。' });
  await (await site.as('fenghaiyan')).act(number, 'add-city-view', { text: '请两家围绕入户时能不能看出来再核一次。' });
  const city = await site.as('zhengweidong');
  await city.go('/coordination');
  await city.picture('coordination');
  await city.act(number, 'coordinate', { text: '请两家依据已查明的事实分别确认意见。' });
  await lead.act(number, 'confirm', { outcome: '免责', reason: '事实没有变化，维持。' });
  await group.act(number, 'confirm', { outcome: '不予免责', reason: '保留意见，请载入报告。' });
  await lead.act(number, 'determine', { reason: '查明的事实符合三（一），没有排除情形。' });
  await (await site.as('wangli')).act(number, 'service');
  const printed = await report(number);
  for (const words of ['保留的不同意见', '仍认为：不适用尽职免责机制', '保留意见，请载入报告', '请两家依据已查明的事实分别确认意见']) {
    assert.ok(printed.includes(words), `${words} is printed: ${printed}`);
  }
  await finish(number);
});

test('what is on record fits', async () => {
  await site.stop();
  assert.match(site.verify(), /全部相符/);
});
