// The real program with its example, and browsers of the people in it. Every step goes through pages, as people do it.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.JINZHI ?? join(root, 'target/debug/jinzhi');
const PASSWORD = 'yanshi-2026';
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

// A browser without a window.
export function launch() {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
  return chromium.launch({ executablePath, args: FLAGS });
}

// A free port of this machine.
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export class Site {
  static async open() {
    const site = new Site();
    site.folder = mkdtempSync(join(tmpdir(), 'jinzhi-browser-'));
    site.data = join(site.folder, 'data');
    const port = await freePort();
    site.url = `http://127.0.0.1:${port}`;
    site.said = '';
    const options = ['demo', '--listen', `127.0.0.1:${port}`, '--data', site.data];
    site.server = spawn(program, options, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [site.server.stdout, site.server.stderr]) {
      stream.on('data', (text) => { site.said += text; });
    }
    site.ended = new Promise((resolve) => { site.server.on('exit', resolve); });
    site.server.on('error', (error) => { site.said += error; });
    try {
      await site.answering();
      site.browser = await launch();
    } catch (error) {
      await site.stop();
      site.remove();
      throw error;
    }
    site.people = new Map();
    site.scripts = true;
    // How many fields were typed into, choices apart.
    site.typed = 0;
    return site;
  }

  // Waits until pages are answered; the example takes a while to be told.
  async answering() {
    for (;;) {
      if (this.server.exitCode !== null) throw new Error(`the program ended:\n${this.said}`);
      try {
        const answer = await fetch(`${this.url}/login`);
        if (answer.ok) return;
      } catch {
        // Not listening yet.
      }
      await pause(200);
    }
  }

  // Somebody's browser, logged in; the same one when asked again. Where `scripts` is false it runs none.
  async as(login, viewport = { width: 1280, height: 900 }) {
    const name = `${login} ${this.scripts}`;
    const known = this.people.get(name);
    if (known) return known;
    const context = await this.browser.newContext({ viewport, locale: 'zh-CN', javaScriptEnabled: this.scripts });
    const person = new Person(this, await context.newPage(), login);
    await person.go('/login');
    await person.page.fill('[name="login.name"]', login);
    await person.page.fill('[name="login.password"]', PASSWORD);
    await person.send();
    assert.match(person.page.url(), /\/todo$/, `${login} is logged in`);
    this.people.set(name, person);
    return person;
  }

  // Stops the program, as an operator does.
  async stop() {
    await this.browser?.close();
    this.browser = undefined;
    if (this.server.kill('SIGINT')) await this.ended;
  }

  verify() {
    return execFileSync(program, ['verify', '--data', this.data], { cwd: root, encoding: 'utf8' });
  }

  // The words of a PDF, without spaces and line ends.
  words(pdf) {
    const file = join(this.folder, 'printed.pdf');
    writeFileSync(file, pdf);
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s/g, '');
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class Person {
  constructor(site, page, login) {
    Object.assign(this, { site, page, login });
  }

  async go(path) {
    const answer = await this.page.goto(this.site.url + path);
    if (this.page.viewportSize().width < 600) await this.fits();
    return answer.status();
  }

  // Presses a button of the page's form and waits for the page it leads to.
  async send(button = 'main form .btn:not(.second)') {
    await Promise.all([this.page.waitForNavigation(), this.page.locator(button).first().click()]);
  }

  // Fills fields by name: text, a day's part, a choice by its value, several choices in a list.
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const named = this.page.locator(`[name="${name}"]`);
      assert.ok((await named.count()) > 0, `${this.login}: no field ${name} on ${this.page.url()}`);
      const type = await named.first().getAttribute('type');
      if (type === 'file') {
        await named.setInputFiles(value);
      } else if (type === 'radio' || type === 'checkbox') {
        for (const one of [value].flat()) await this.page.check(`[name="${name}"][value="${one}"]`);
      } else if ((await named.first().evaluate((control) => control.tagName)) === 'SELECT') {
        await named.selectOption(value);
      } else {
        this.site.typed += 1;
        await named.fill(value);
      }
    }
  }

  // Does an act on its own page. Asserts that it was done and that the next page says so.
  async act(number, code, fields = {}) {
    const status = await this.go(`/cases/${number}/acts/${code}`);
    assert.equal(status, 200, `${this.login} may ${code}: ${await this.text()}`);
    await this.fill(fields);
    await this.picture(`act-${code}`);
    if (await this.page.locator('[name="password"]').count()) await this.fill({ password: PASSWORD });
    await this.send();
    const done = this.page.locator('.done');
    assert.ok(!this.page.url().endsWith(`/acts/${code}`) && await done.count(), `${this.login}: ${code} was refused: ${await this.text()}`);
    return done.first().innerText();
  }

  text() {
    return this.page.locator('main').innerText();
  }

  html() {
    return this.page.content();
  }

  // What a link of this page leads to, fetched with this person's session.
  async fetch(link) {
    const href = await link.getAttribute('href');
    const answer = await this.page.context().request.get(this.site.url + href);
    assert.equal(answer.status(), 200, `${this.login}: ${href}`);
    return answer.body();
  }

  // Asserts that the page needs no sideways scrolling.
  async fits() {
    const [shown, needed] = await this.page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      return [clientWidth, scrollWidth];
    });
    assert.ok(needed <= shown, `${this.page.url()} needs ${needed} px of ${shown}`);
  }

  // Keeps a picture of the page where JINZHI_PICTURES names a folder.
  async picture(name) {
    const folder = process.env.JINZHI_PICTURES;
    if (folder) await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }
}

export { PASSWORD };
