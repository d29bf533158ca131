// First contentful paint of the pages that people wait for, over a slow line on a slow processor, and their bytes.
// Not a test: times depend on the machine. `node tests/browser/paint.js` prints a table for docs/performance.md.

import { loadavg } from 'node:os';
import { Site } from './site.js';
import { measure } from './judge.js';

const RUNS = Number(process.env.RUNS ?? 9);
const SLOWER = 4;
const MBIT = 1e6 / 8;
// Each answer waits for the latency; then its bytes come at the speed of the line.
const LINES = [
  ['3G, as WebPageTest names it', { latency: 300, downloadThroughput: 1.6 * MBIT, uploadThroughput: 0.768 * MBIT }],
  ['Fast 3G, as Chromium’s tools had it', { latency: 562.5, downloadThroughput: 1.44 * MBIT, uploadThroughput: 0.675 * MBIT }],
];

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

const site = await Site.open();
try {
  const worker = await site.as('lichunmei', { width: 360, height: 740 });
  await worker.go('/apply');
  await worker.send();
  const draft = new URL(worker.page.url()).pathname.replace(/\/[^/]+$/, '');
  const lead = await site.as('zhoujianguo');
  await lead.go('/cases');
  const numbers = (await lead.text()).match(/JZ-\d{6}-\d{4}-\d{4}/g);
  const pages = [
    ['worker’s step 5', worker, `${draft}/why`],
    ['worker’s home', worker, '/todo'],
    ['case page', lead, `/cases/${numbers[0]}`],
    ['to-do of a lead', lead, '/todo'],
  ];
  console.log(`load ${loadavg()[0].toFixed(1)}; ${RUNS} loads each, nothing cached, processor ${SLOWER} times slower\n`);
  console.log('| page | bytes | line | first paint, median | slowest |\n|---|---:|---|---:|---:|');
  for (const [name, person, path] of pages) {
    for (const [line, speed] of LINES) {
      const times = [];
      let bytes;
      for (let n = 0; n < RUNS; n += 1) {
        const page = await person.page.context().newPage();
        const wire = await page.context().newCDPSession(page);
        await wire.send('Network.enable');
        await wire.send('Network.emulateNetworkConditions', { offline: false, ...speed });
        await wire.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
        const weight = await measure(page);
        await page.goto(site.url + path);
        await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
        times.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
        bytes = (await weight()).bytes;
        await page.close();
      }
      console.log(`| ${name} | ${bytes} | ${line} | ${median(times).toFixed(0)} ms | ${Math.max(...times).toFixed(0)} ms |`);
    }
  }
} finally {
  await site.stop();
  site.remove();
}
