// The application on a phone of 360 px: page loads counted, photographs over a line that drops, a session that ends.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, Site } from './site.js';

const PHONE = { width: 360, height: 740 };
const LOADS = 14;
const NEXT = 'main form.form .buttons .btn:not(.second)';

let site;
before(async () => { site = await Site.open(); });
after(async () => {
  await site?.stop();
  site?.remove();
});

// The twelve steps up to the files, one group; name and what is answered.
const ACCOUNT = '3 月核对时平台没有车辆信息，5 月才看到这户买了车。';
const STEPS = [
  ['这些信息对吗？', { phone: '13900000000' }],
  ['这是哪项工作？', { work_kind: 'dibao' }],
  ['问题出在哪一步？', { work_links: ['check'] }],
  ['事情是什么时候发生的？', { 'happened.year': '2026', 'happened.month': '3' }],
  ['为什么会出这个错？', { groups: ['data'] }],
  ['哪些情况和您的事相符？', { 'clauses.data': ['s3-5'] }],
  ['事情的经过是怎样的？', { account: ACCOUNT }],
  ['发现以后，您向谁报告了？', { reporting: 'reported', reported_to: '当天向所长报告。', held: 'none' }],
  ['后来改正了吗？', { correcting: 'corrected', correction: '已停发，差额已追回。' }],
  ['涉及哪一户？', { village: '某村', kin: 'no' }],
];

// A photograph as a phone makes it: drawn by the browser, with the place put in front.
async function photograph(person, name, width, height) {
  const drawn = await person.page.evaluate(async ([width, height]) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext('2d');
    const noise = context.createImageData(width, height);
    for (let n = 0; n < noise.data.length; n += 1) noise.data[n] = (n % 4 === 3) ? 255 : (n * 2654435761) % 97 + 80;
    context.putImageData(noise, 0, 0);
    const blob = await new Promise((go) => { canvas.toBlob(go, 'image/jpeg', 0.9); });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (let n = 0; n < bytes.length; n += 8192) text += String.fromCharCode(...bytes.subarray(n, n + 8192));
    return btoa(text);
  }, [width, height]);
  const picture = Buffer.from(drawn, 'base64');
  // One list with one entry, the place; the place's list with two, north and 35° 42′ 30″.
  const place = Buffer.from(
    '49492a0008000000' + '0100' + '2588040001000000' + '1a000000' + '00000000'
    + '0200' + '010002000200000' + '04e000000' + '0200050003000000' + '38000000' + '00000000'
    + '2300000001000000' + '2a00000001000000' + '1e00000001000000', 'hex');
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), place]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return { name, mimeType: 'image/jpeg', buffer: Buffer.concat([picture.subarray(0, 2), head, exif, picture.subarray(2)]) };
}

// Whether a picture's first bytes tell of a place.
const hasPlace = (bytes) => bytes.subarray(0, 4096).includes(Buffer.from('25880400', 'hex'));

// Counts the pages a person loads; redirects on the way are none.
function countLoads(person) {
  const loads = [];
  person.page.on('request', (request) => {
    if (request.isNavigationRequest() && !request.redirectedFrom()) loads.push(request.url());
  });
  return loads;
}

// The names of what a page asks.
const asked = (person) => person.page.$$eval(
  'main form.form [name]:not([type=hidden]):not(button)',
  (fields) => [...new Set(fields.map((field) => field.name))],
);

test('fourteen pages, two photographs, one line that drops', async () => {
  const worker = await site.as('lichunmei', PHONE);
  const loads = countLoads(worker);
  const names = [];
  await worker.go('/apply');
  await worker.picture('apply-start');
  await worker.send();
  for (const [question, fields] of STEPS) {
    assert.equal(await worker.page.locator('h1').innerText(), question);
    await worker.fits();
    names.push(...await asked(worker));
    await worker.fill(fields);
    await worker.picture(`apply-${STEPS.findIndex(([, f]) => f === fields) + 1}`);
    await worker.send(NEXT);
  }
  assert.equal(await worker.page.locator('h1').innerText(), '有能证明的材料吗？');
  names.push(...await asked(worker));
  assert.deepEqual(names.filter((name, n) => names.indexOf(name) !== n), [], 'no field is asked twice');

  // The third piece is lost on the way: the line is down, comes back, and nothing is sent that was there.
  await worker.page.evaluate(() => {
    window.said = [];
    const status = document.getElementById('progress');
    new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true });
  });
  const pieces = [];
  await worker.page.route('**/pieces?*', async (route) => {
    if (route.request().method() === 'POST') pieces.push(new URL(route.request().url()).searchParams);
    if (pieces.length === 3 && !pieces.dropped) {
      pieces.dropped = pieces.pop();
      await route.abort('internetdisconnected');
    } else {
      await route.continue();
    }
  });
  const photos = [await photograph(worker, '入户照片.jpg', 1500, 1000), await photograph(worker, '车辆.jpg', 1500, 1000)];
  await worker.fill({ files: photos });
  const rows = worker.page.locator('.kept-file');
  await rows.nth(1).waitFor({ timeout: 60000 });
  await worker.page.locator('#progress', { hasText: '传好了。' }).waitFor();
  assert.ok(pieces.dropped, 'a piece was lost');
  const sent = pieces.map((piece) => `${piece.get('name')} ${piece.get('at')}`);
  assert.equal(new Set(sent).size, sent.length, 'no piece is sent again');
  assert.equal(sent.length, 2 * Math.ceil(photos[0].buffer.length / (256 * 1024)));
  const said = await worker.page.evaluate(() => window.said);
  for (const words of ['正在上传 1/2', '正在上传 2/2', '网络断了，连上以后接着传（1/2）。填的都在，不用重新选。']) {
    assert.ok(said.includes(words), `${words}: ${said.join(' / ')}`);
  }
  const text = await worker.text();
  for (const words of ['入户照片.jpg', '车辆.jpg', '照片里带有拍摄地点：已经去掉']) assert.ok(text.includes(words), words);
  const shown = await worker.fetch(rows.first().locator('.file a'));
  assert.ok(!hasPlace(shown) && hasPlace(photos[0].buffer));
  await worker.fits();
  await rows.first().locator('input').fill('入户时院里没有车');
  await worker.picture('apply-files');
  await worker.send(NEXT);

  assert.equal(await worker.page.locator('h1').innerText(), '提交前请核对');
  await worker.fits();
  assert.match(await worker.text(), /入户照片\.jpg（\d+ [KM]B）：入户时院里没有车/);
  await worker.picture('apply-check');
  await worker.page.check('[name="declaration"]');
  await worker.fill({ password: PASSWORD });
  await worker.send(NEXT);
  assert.match(worker.page.url(), /\/apply\/done\//);
  await worker.fits();
  await worker.picture('apply-done');
  assert.ok(loads.length <= LOADS, `${loads.length} pages: ${loads.join(' ')}`);

  // The bureau is shown the copy; the original is there as it came.
  const number = worker.page.url().split('/').pop();
  const clerk = await site.as('wangli');
  await clerk.go(`/cases/${number}`);
  const link = clerk.page.locator(`main a[href^="/cases/${number}/files/"]`, { hasText: '入户照片.jpg' }).first();
  assert.ok(!hasPlace(await clerk.fetch(link)));
  const original = await clerk.page.context().request.get(`${site.url}${await link.getAttribute('href')}?original`);
  assert.ok(photos[0].buffer.equals(await original.body()), 'the original as it came');
});

test('a session that ends in the middle, a photograph made smaller', async () => {
  const worker = await site.as('lichunmei', PHONE);
  await worker.go('/apply');
  await worker.send();
  const draft = worker.page.url().replace(/\/me$/, '').replace(site.url, '');
  await worker.go(`${draft}/account`);
  await worker.fill({ account: ACCOUNT });
  await worker.page.context().clearCookies();
  await worker.send(NEXT);
  assert.match(await worker.text(), /您有一段时间没操作，已经自动退出。登录后会回到这一页，填过的都在。/);
  await worker.picture('apply-login');
  await worker.fill({ 'login.name': 'lichunmei', 'login.password': PASSWORD });
  await worker.send('main form .btn');
  assert.equal(await worker.page.locator('h1').innerText(), '事情的经过是怎样的？');
  assert.equal(await worker.page.inputValue('[name="account"]'), ACCOUNT);
  await worker.send(NEXT);
  assert.ok(worker.page.url().endsWith('/reported'));

  // A choice opens what it asks; what was typed is not shut away.
  const open = (name) => worker.page.locator(`[name="${name}"]`).isVisible();
  const opened = async () => Promise.all(['reported_to', 'reported.year', 'inquiry_known.year', 'accountability'].map(open));
  assert.deepEqual(await opened(), [false, false, false, false]);
  await worker.fill({ reporting: 'reported', held: 'pending' });
  assert.deepEqual(await opened(), [true, true, true, true]);
  await worker.fill({ reported_to: '当天向所长报告。' });
  await worker.fill({ reporting: 'not-reported', held: 'none' });
  assert.deepEqual(await opened(), [true, false, false, false]);

  await worker.go(`${draft}/files`);
  const photo = await photograph(worker, '院子.jpg', 3000, 2000);
  await worker.page.check('#thrift');
  await worker.fill({ files: photo });
  const row = worker.page.locator('.kept-file');
  await row.waitFor({ timeout: 60000 });
  assert.match(await row.innerText(), /院子\.jpg.*压缩后上传/);
  const size = await worker.page.evaluate(async (url) => {
    const picture = await createImageBitmap(await (await fetch(url)).blob());
    return [picture.width, picture.height];
  }, await row.locator('.file a').getAttribute('href'));
  assert.deepEqual(size, [2400, 1600]);
  assert.ok(!/拍摄地点/.test(await row.innerText()), 'made anew, it says no place');
  // A file that cannot be taken is told, and what was typed stays.
  await row.locator('input').fill('院子里没有车');
  await worker.fill({ files: { name: '程序.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ program') } });
  await worker.page.locator('#refused', { hasText: '“程序.pdf”这种文件打不开。' }).waitFor();
  assert.equal(await row.locator('input').inputValue(), '院子里没有车');
  // Going on while the session is over loses nothing either.
  await worker.page.context().clearCookies();
  await worker.send(NEXT);
  await worker.fill({ 'login.name': 'lichunmei', 'login.password': PASSWORD });
  await worker.send('main form .btn');
  assert.equal(await row.locator('input').inputValue(), '院子里没有车');
  await worker.send(NEXT);
  assert.match(await worker.text(), /院子\.jpg（.*压缩后上传）：院子里没有车/);
});
