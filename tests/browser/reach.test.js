// Every act that somebody may do on a case that stands on their home page is two clicks away from there: the row's
// button and its form, or the case and the act. Followed over every account of the example, link by link.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Site } from './site.js';

let site;
before(async () => { site = await Site.open(); });
after(async () => {
  await site?.stop();
  site?.remove();
});

// The accounts of the example's people; what logs in is theirs.
const listed = readFileSync(new URL('../../crates/cli/src/demo/people.rs', import.meta.url), 'utf8');
const logins = [...new Set(listed.match(/"[a-z]{4,}"/g))].map((login) => login.slice(1, -1));

// The page of an address, as `who` gets it.
async function page(who, path) {
  const answer = await who.request.get(site.url + path);
  return { status: answer.status(), html: await answer.text() };
}

const links = (html, pattern) => [...new Set([...html.matchAll(/href="([^"#?]+)[^"]*"/g)].map(([, url]) => url))].filter((url) => pattern.test(url));
const act = (url) => url.split('/').pop();
const FORM = /<main[\s\S]*<form[\s\S]*method="post"/;

// Somebody's session without a browser window.
async function login(name) {
  const context = await site.browser.newContext();
  const form = { 'login.name': name, 'login.password': 'yanshi-2026' };
  const answer = await context.request.post(`${site.url}/login`, { form, maxRedirects: 0 });
  return answer.status() === 303 ? context : undefined;
}

test('two clicks lead from the home page to every act that waits or may be done', async () => {
  const reached = new Set();
  const wrong = [];
  let [people, rows, forms] = [0, 0, 0];
  for (const name of logins) {
    const who = await login(name);
    if (!who) continue;
    people += 1;
    const home = await page(who, '/todo');
    assert.equal(home.status, 200, name);
    // A row's button: its form, or the list of questions whose first question is the form.
    for (const url of links(home.html, /^\/cases\/[^/]+\/(acts\/|questions$)/)) {
      rows += 1;
      let first = await page(who, url);
      if (url.endsWith('/questions')) {
        const [question] = links(first.html, /\/questions\/./);
        assert.ok(question, `${name}: ${url} has no question`);
        first = await page(who, question);
        reached.add('find');
      } else {
        reached.add(act(url));
      }
      if (first.status !== 200 || !FORM.test(first.html)) wrong.push(`${name}: ${url} waits and has no form`);
    }
    // A case: every act it offers is a form, and nothing is offered that is refused.
    for (const url of links(home.html, /^\/cases\/[^/]+$/)) {
      const file = await page(who, url);
      assert.equal(file.status, 200, `${name}: ${url}`);
      for (const offered of links(file.html, /^\/cases\/[^/]+\/acts\//)) {
        const form = await page(who, offered);
        if (form.status !== 200 || !FORM.test(form.html)) wrong.push(`${name}: ${offered} is offered and refused`);
        reached.add(act(offered));
        forms += 1;
      }
    }
    await who.close();
  }
  assert.deepEqual(wrong, []);
  assert.ok(people >= 30 && rows >= 10 && forms >= 50, `${people} people, ${rows} rows, ${forms} forms`);
  // Combined forms hold their acts.
  if (reached.has('intake')) ['accept', 'assign', 'invite'].forEach((one) => reached.add(one));
  if (reached.has('service')) ['issue', 'report', 'serve'].forEach((one) => reached.add(one));
  const glossary = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8');
  const acts = [...glossary.split('## Acts')[1].split('## The case')[0].matchAll(/^\| ([a-z-]+) \|/gm)].map(([, code]) => code);
  // Applications begin before there is a case; three acts are the system's; a closed case stands on no home page.
  const elsewhere = ['submit', 'enter-paper', 'recompute-due', 'open-opinions', 'remind-due', 'file-supplement'];
  const listed = acts.filter((code) => code !== 'act' && code !== '---');
  assert.deepEqual(listed.filter((code) => !reached.has(code) && !elsewhere.includes(code)), []);
  console.log(`${people} people, ${rows} rows, ${forms} forms`);
});
