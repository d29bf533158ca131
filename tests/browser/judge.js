// What is asked of one page: axe, width, words, weight, where its parts come from.

import axe from 'axe-core';

export const ROLES = [
  ['worker', 'lichunmei'], ['clerk', 'wangli'], ['investigator', 'chentao'], ['group’s investigator', 'sunjing'],
  ['lead', 'zhoujianguo'], ['group’s lead', 'zhaoming'], ['city', 'zhengweidong'], ['city’s group', 'fenghaiyan'],
  ['recipient', 'mazhiqiang'], ['auditor', 'hejing'], ['administrator', 'tanglei'], ['security', 'yanming'], ['security-auditor', 'suwen'],
];

// The most bytes of a page with all its parts, photos apart.
const WEIGHT = 60 * 1024;

// Latin words a page may show: units, formats, numbers of cases, a reading's number, the digest's name, what a calendar
// file calls the year.
const LATIN = ['MB', 'KB', 'PDF', 'Word', 'Excel', 'pdf', 'png', 'jpg', 'doc', 'docx', 'xlsx', 'JZ', 'SM', 'GB', 'R', 'A', 'B', 'year'];
// What is never said.
const NEVER = /！|!|系统错误|非法|无效/;
// Names that people gave: what they log in with, digests, files.
const GIVEN = '.digest, [data-given]';

// Every fault of the page as it stands, seen by axe at `widths`. `weight` is what `measure` answered.
export async function judge(page, name, { weight, widths = [1280, 360] } = {}) {
  const faults = [];
  const size = page.viewportSize();
  if (weight) {
    const { bytes, outside } = weight;
    if (bytes > WEIGHT) faults.push(`${name}: ${bytes} bytes`);
    faults.push(...outside.map((url) => `${name}: asks ${url}`));
  }
  faults.push(...await words(page, name));
  await page.evaluate(axe.source);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const found = await page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'],
    }));
    for (const { id, help, nodes } of found.violations) {
      for (const node of nodes.slice(0, 3)) faults.push(`${name} at ${width}: ${id}: ${help}: ${node.html.slice(0, 160)}`);
    }
  }
  await page.setViewportSize(size);
  return faults;
}

// 400 % of 1280 px is 320 px.
export async function fits(page, name) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  const wide = await page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return '';
    const out = [...document.querySelectorAll('main *')].find((one) => one.getBoundingClientRect().right > innerWidth + 1);
    return `${document.documentElement.scrollWidth} px wide at 320: ${out?.outerHTML.slice(0, 120)}`;
  });
  await page.setViewportSize(size);
  return wide ? [`${name}: ${wide}`] : [];
}

// Every word somebody reads or hears, without what people gave themselves.
export async function words(page, name) {
  const text = await page.evaluate((given) => {
    const heard = [...document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')]
      .flatMap((one) => ['aria-label', 'placeholder', 'title', 'alt'].map((of) => one.getAttribute(of) ?? ''));
    const kept = [...document.querySelectorAll(given)].map((one) => one.innerText).filter(Boolean);
    let shown = `${document.title}\n${document.body.innerText}\n${heard.join('\n')}`;
    for (const one of kept) shown = shown.replace(one, '');
    // Where an arrangement of holidays was published is an address.
    return shown.replace(/https?:\/\/\S+/g, '');
  }, GIVEN);
  const latin = [...new Set(text.match(/[A-Za-z]+/g) ?? [])].filter((word) => !LATIN.includes(word));
  const faults = latin.map((word) => `${name}: “${word}” is not Chinese: ${around(text, word)}`);
  const never = text.match(NEVER);
  if (never) faults.push(`${name}: ${never[0]} is never said: ${around(text, never[0])}`);
  return faults;
}

function around(text, word) {
  const at = text.search(new RegExp(`(?<![A-Za-z])${word}(?![A-Za-z])`));
  return text.slice(Math.max(at - 20, 0), at + 30).replaceAll('\n', ' ');
}

// Counts what the next page costs with nothing in the cache, and what it asks of others. Answers a function that ends
// the count.
export async function measure(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  const home = [];
  const photos = new Set();
  let bytes = 0;
  wire.on('Network.requestWillBeSent', ({ requestId, request }) => {
    home.push(request.url);
    if (request.url.includes('/files/')) photos.add(requestId);
  });
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!photos.has(requestId)) bytes += encodedDataLength;
  });
  return async () => {
    await page.waitForLoadState('load');
    await wire.detach();
    const own = new URL(page.url()).origin;
    const outside = home.filter((url) => !url.startsWith(own) && !url.startsWith('data:'));
    return { bytes, outside };
  };
}
