// Logging in at a real provider, through a real browser: the way there and back, and everything that must not let in.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, launch } from '../browser/site.js';
import { CLIENT, open, SECRET } from './provider.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.JINZHI_OIDC ?? join(root, 'target/debug/jinzhi-oidc');
const folder = mkdtempSync(join(tmpdir(), 'jinzhi-oidc-'));
const data = join(folder, 'data');
const PASSWORD = 'ziji-de-2026';
const END = '**/login/oidc/end*';
let site, provider, server, browser, first;

before(async () => {
  const told = execFileSync(program, [
    'admin', '--data', data, '--name', '唐磊', '--login', 'tanglei', '--institution', '濮阳市民政局', '--division', '410900',
  ], { encoding: 'utf8' });
  [, first] = told.match(/首次密码：(\S+)/);
  const listen = `127.0.0.1:${await freePort()}`;
  site = `http://${listen}`;
  provider = await open(await freePort(), site);
  const secret = join(folder, 'secret');
  writeFileSync(secret, `${SECRET}\n`, { mode: 0o600 });
  server = spawn(program, [
    'serve', '--data', data, '--listen', listen, '--oidc-issuer', provider.issuer, '--oidc-client', CLIENT,
    '--oidc-secret-file', secret, '--oidc-site', site,
  ], { stdio: 'inherit' });
  for (;;) {
    assert.equal(server.exitCode, null, 'the program ended');
    if (await fetch(`${site}/login`).then((answer) => answer.ok, () => false)) break;
    await pause(200);
  }
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await provider?.close();
  if (server?.kill('SIGINT')) await new Promise((resolve) => { server.on('exit', resolve); });
  rmSync(folder, { recursive: true, force: true });
});

// A browser of its own, which reaches this machine alone: the provider's pages would have letters from elsewhere.
async function newcomer(options) {
  const context = await browser.newContext({ locale: 'zh-CN', ...options });
  await context.route((url) => ![site, provider.issuer].includes(url.origin), (route) => route.abort());
  return context.newPage();
}

const words = (page) => page.locator('main').innerText();

async function press(page, button) {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

// To the provider by the button of the login page, and through its own.
async function goes(page, name, next = '') {
  await page.goto(`${site}/login${next && `?next=${encodeURIComponent(next)}`}`);
  await press(page, 'text=用统一身份认证登录');
  if (!page.url().startsWith(provider.issuer)) return;
  await page.fill('[name="login"]', name);
  await page.fill('[name="password"]', 'any');
  await page.locator('[type="submit"]').click();
}

// Logs in and is where that leads, after the page between.
async function enters(page, name, next) {
  await goes(page, name, next);
  await page.waitForURL((url) => url.origin === site && !url.pathname.endsWith('/callback'));
}

// As far as the last step, whose address has not been opened.
async function comesBack(page, name) {
  await page.route(END, (route) => route.fulfill({ status: 200, contentType: 'text/html', body: 'held' }));
  await goes(page, name);
  await page.waitForURL(END);
  await page.unroute(END);
  return new URL(page.url());
}

async function isOut(page, sentence) {
  assert.match(await words(page), sentence);
  await page.goto(`${site}/me`);
  assert.match(page.url(), /\/login/, 'nobody is logged in');
}

const REFUSED = /统一身份认证没有通过/;
const STALE = /等得太久了，或者不是从这个浏览器开始的/;

test('who has a first password only is asked to set one', async () => {
  const page = await newcomer();
  await enters(page, 'tanglei');
  assert.equal(page.url(), `${site}/me`);
  await page.fill('[name="password"]', first);
  await page.fill('[name="new"]', PASSWORD);
  await page.fill('[name="again"]', PASSWORD);
  await page.locator('[name="again"]').press('Enter');
  await page.locator('.done').waitFor();
});

for (const javaScriptEnabled of [true, false]) {
  test(`one comes back to where one was going, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const page = await newcomer({ javaScriptEnabled });
    await enters(page, 'tanglei', '/me/factor?x=1&y=二');
    assert.equal(page.url(), `${site}/me/factor?x=1&y=${encodeURIComponent('二')}`);
    const cookies = await page.context().cookies(site);
    assert.ok(!cookies.some((cookie) => cookie.name === 'jinzhi-away'), 'nothing of the trip is left');
    const session = cookies.find((cookie) => cookie.name === 'jinzhi');
    assert.deepEqual([session.sameSite, session.httpOnly], ['Strict', true]);
    // Known to the provider, nothing is asked; the session before ends.
    await page.goto(`${site}/login/oidc`);
    await page.waitForURL(`${site}/todo`);
    await page.context().addCookies([session]);
    await page.goto(`${site}/me`);
    assert.match(page.url(), /\/login/);
  });
}

test('nobody is led to another site', async () => {
  for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example', '/login']) {
    const page = await newcomer();
    await enters(page, 'tanglei', next);
    assert.equal(page.url(), `${site}/todo`, next);
  }
});

test('who has no account is told so', async () => {
  const page = await newcomer();
  await enters(page, 'nobody<i>');
  await isOut(page, /“nobody<i>”，在本系统没有可用的账号/);
  // A 姓名 is not a login name.
  const other = await newcomer();
  await enters(other, '唐磊');
  await isOut(other, /没有可用的账号/);
});

test('another state, code or browser does not get in', async () => {
  const table = [
    ['state', (url) => url.searchParams.set('state', 'f'.repeat(64)), STALE],
    ['no state', (url) => url.searchParams.delete('state'), STALE],
    ['code', (url) => url.searchParams.set('code', 'forged'), REFUSED],
    ['no code', (url) => url.searchParams.delete('code'), REFUSED],
    ['refused there', (url) => url.search = `?error=access_denied&state=${url.searchParams.get('state')}`, REFUSED],
  ];
  for (const [what, change, sentence] of table) {
    const page = await newcomer();
    const url = await comesBack(page, 'tanglei');
    change(url);
    await page.goto(url.href);
    await isOut(page, sentence).catch((error) => { throw new Error(what, { cause: error }); });
  }
  const [mine, other] = [await newcomer(), await newcomer()];
  const url = await comesBack(mine, 'tanglei');
  await other.goto(url.href);
  await isOut(other, STALE);
});

test('what has been used does not get in again', async () => {
  const page = await newcomer();
  const url = await comesBack(page, 'tanglei');
  const trip = (await page.context().cookies(`${site}/login/oidc`)).find((cookie) => cookie.name === 'jinzhi-away');
  assert.deepEqual([trip.sameSite, trip.httpOnly, trip.path], ['Strict', true, '/login/oidc']);
  await page.goto(url.href);
  await page.waitForURL(`${site}/todo`);
  await page.context().clearCookies({ name: 'jinzhi' });
  await page.goto(url.href);
  await isOut(page, STALE);
  // The provider gives nothing twice for one code, even with all that the browser had.
  await page.context().addCookies([trip]);
  await page.goto(url.href);
  await isOut(page, REFUSED);
});

test('what the provider did not sign for this login does not get in', async () => {
  const now = Math.floor(Date.now() / 1000);
  const table = [
    ['as it was', true, (claims) => provider.sign(claims)],
    ['another key', false, (claims) => provider.signStolen(claims)],
    ['the shared secret', false, (claims) => provider.signShared(claims)],
    ['unsigned', false, (claims) => provider.unsigned(claims)],
    ['another nonce', false, (claims) => provider.sign({ ...claims, nonce: 'f'.repeat(64) })],
    ['no nonce', false, ({ nonce, ...claims }) => provider.sign(claims)],
    ['another issuer', false, (claims) => provider.sign({ ...claims, iss: 'http://localhost:1' })],
    ['another audience', false, (claims) => provider.sign({ ...claims, aud: 'another' })],
    ['one audience more', false, (claims) => provider.sign({ ...claims, aud: [CLIENT, 'another'], azp: CLIENT })],
    ['expired', false, (claims) => provider.sign({ ...claims, iat: now - 700, exp: now - 60 })],
    ['no name', false, ({ preferred_username, ...claims }) => provider.sign(claims)],
    ['a name that is a list', false, (claims) => provider.sign({ ...claims, preferred_username: ['tanglei'] })],
  ];
  for (const [what, lets, forge] of table) {
    const page = await newcomer();
    provider.forge = forge;
    await enters(page, 'tanglei');
    provider.forge = undefined;
    if (lets) assert.equal(page.url(), `${site}/todo`, what);
    else await isOut(page, REFUSED).catch((error) => { throw new Error(what, { cause: error }); });
  }
});

test('who has a second factor is asked for it', async () => {
  const page = await newcomer();
  await enters(page, 'tanglei', '/me/factor');
  await page.check('[name="kind"][value="card"]');
  await page.fill('[name="password"]', PASSWORD);
  await page.locator('[name="password"]').press('Enter');
  await page.locator('[name="code"]').waitFor();
  const codes = (await words(page)).match(/\b\d{6}\b/g);
  await page.fill('[name="code"]', codes[0]);
  await page.locator('[name="code"]').press('Enter');
  await page.locator('.done').waitFor();
  const again = await newcomer();
  await enters(again, 'tanglei', '/help');
  assert.match(await words(again), /验证码卡上第 2 个码/);
  const half = await again.context().newPage();
  await half.goto(`${site}/me`);
  assert.match(half.url(), /\/login/, 'half is nothing');
  await again.fill('[name="login.code"]', codes[1]);
  await again.locator('[name="login.code"]').press('Enter');
  await again.waitForURL(`${site}/help`);
});

test('a provider that cannot be asked safely is not taken', () => {
  const open = join(folder, 'open');
  writeFileSync(open, SECRET, { mode: 0o644 });
  const table = [
    ['http://sso.example', [], /“http:\/\/sso.example”不能用/],
    ['nonsense', [], /“nonsense”不能用/],
    ['https://sso.example', ['--oidc-secret-file', open], /本人以外也能读取/],
    ['https://sso.example', ['--oidc-secret-file', join(folder, 'none')], /读不了/],
  ];
  for (const [issuer, more, sentence] of table) {
    const options = ['--oidc-issuer', issuer, '--oidc-client', CLIENT, '--oidc-site', site, ...more];
    const { status, stderr } = spawnSync(program, ['serve', '--data', join(folder, 'other'), ...options], { encoding: 'utf8' });
    assert.equal(status, 2, issuer);
    assert.match(stderr, sentence);
  }
});

test('with the provider away there is still the password', async () => {
  await provider.close();
  const page = await newcomer();
  await page.goto(`${site}/login`);
  await press(page, 'text=用统一身份认证登录');
  assert.match(await words(page), /现在连不上统一身份认证/);
  await page.fill('[name="login.name"]', 'tanglei');
  await page.fill('[name="login.password"]', PASSWORD);
  await page.locator('[name="login.password"]').press('Enter');
  await page.getByText('第二道验证').first().waitFor();
});

test('the record is whole', async () => {
  assert.match(execFileSync(program, ['verify', '--data', data], { encoding: 'utf8' }), /相符/);
});
