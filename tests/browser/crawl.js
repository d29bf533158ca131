// Follows every link a person is offered, one page of each kind.

import { fits, judge, measure, words } from './judge.js';

// How many pages of a kind axe looks at, for each role; all that are found are looked at for width and words.
const DEEP = { '/cases/{no}': 2 };
// The pages with a form that each person was offered.
const forms = new Map();
// Pages that say the same to everybody are opened once.
const SAME = /^\/(help|policies)\/./;
const opened = new Set();
// What axe has seen at the width of a phone; there it looks once, whoever is shown it.
const onPhones = new Set();
// How many pages of a kind are opened at all: cases stand at different stages.
const MANY = { '/cases/{no}': 40, '/cases': 2 };

export class Crawl {
  constructor(person) {
    this.person = person;
    this.seen = new Map();
    this.heaviest = { bytes: 0 };
    this.from = ['/todo'];
  }

  // The address with its numbers taken out.
  static kind(path) {
    const url = new URL(path, 'http://site');
    const plain = url.pathname
      .replace(/JZ-\d{6}-\d{4}-\d{4}/g, '{no}')
      .replace(/\/questions\/[^/]+$/, '/questions/{id}')
      .replace(/\/(documents|people|institutions|drafts|apply)\/(?!done|import)[^/]+/, '/$1/{id}');
    const keys = [...new Set(url.searchParams.keys())].sort().join('&');
    return keys ? `${plain}?${keys}` : plain;
  }

  // Opens pages, beginning at those of `from`, and hands each to `look` until nothing new is offered.
  async each(look) {
    const { page, site } = this.person;
    const waiting = [...this.from];
    const found = [];
    const asked = new Set(waiting);
    while (waiting.length) {
      const path = waiting.shift();
      const kind = Crawl.kind(path);
      const n = this.seen.get(kind) ?? 0;
      if (n >= (MANY[kind] ?? 1) || opened.has(path)) continue;
      if (SAME.test(path)) opened.add(path);
      const ends = await measure(page);
      const status = await this.person.go(path);
      const weight = await ends();
      // An address that is offered leads somewhere.
      if (status !== 200) {
        await look(path, kind, n, weight, `${this.person.login} ${path}: answers ${status}`);
        continue;
      }
      this.seen.set(kind, n + 1);
      if (weight.bytes > this.heaviest.bytes) this.heaviest = { ...weight, path };
      const links = await page.evaluate(() => [...document.querySelectorAll('a[href]:not([download])')].map((link) => link.href.split('#')[0]));
      // The styleguide's case is made up; its links lead nowhere.
      const made = path === '/styleguide';
      for (const link of made ? [] : links.filter((link) => link.startsWith(site.url))) {
        const next = link.slice(site.url.length);
        // Files are not pages.
        if (asked.has(next) || /\/files?[/?]|\/export|\.(pdf|xlsx)/.test(next)) continue;
        asked.add(next);
        waiting.push(next);
      }
      if (!/\/(delete|apply\/done)/.test(path) && await page.locator('main form.form').count()) found.push(path);
      await look(path, kind, n, weight);
    }
    forms.set(this.person.login, found);
  }

  // Every fault of every page.
  async all() {
    const faults = [];
    await this.each(async (path, kind, n, weight, gone) => {
      if (gone) {
        // An act that may not be done yet says why, with its own status.
        if (!/ answers 409$/.test(gone)) faults.push(gone);
        return;
      }
      const name = `${this.person.login} ${path}`;
      const { page } = this.person;
      if (n < (DEEP[kind] ?? 1)) {
        const widths = onPhones.has(kind) ? [1280] : [1280, 360];
        onPhones.add(kind);
        faults.push(...await judge(page, name, { weight, widths }));
      } else {
        faults.push(...await words(page, name));
      }
      faults.push(...await fits(page, name));
    });
    return faults;
  }

  // The pages with a form of their own.
  async forms() {
    if (!forms.has(this.person.login)) await this.each(async () => {});
    return forms.get(this.person.login);
  }

  told() {
    return `${this.seen.size} kinds, the heaviest ${this.heaviest.path} with ${this.heaviest.bytes} bytes: ${[...this.seen.keys()].join(' ')}`;
  }
}
