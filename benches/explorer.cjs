// How long the explorer takes to show itself, and to follow a filter, in a real browser.
// Usage: node benches/explorer.cjs URL [RUNS]   (needs NODE_PATH with playwright-core, and Chromium; 5 runs)
//
// URL is where `dictum serve` says that it is. For each run a browser without a cache opens it; then in each tab one country
// after another is chosen. Prints the median, shortest and longest of each, in milliseconds: of the first view until a
// quotation is shown, of a filter until the page has been drawn again.
const { chromium } = require('playwright-core');

const [url, runs = '5'] = process.argv.slice(2);
const TABS = ['quotations', 'graph', 'timeline', 'themes'];
// Countries that are chosen in each tab, by their place in the list.
const CHOSEN = [0, 2, 4];

/** Chooses a country, and waits until the browser has drawn what follows. */
const choose = (page, place) => page.evaluate(async (place) => {
  const start = performance.now();
  document.querySelectorAll('input[data-facet="place"]')[place].click();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  return performance.now() - start;
}, place);

async function run(browser, times) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  const start = Date.now();
  await page.goto(url);
  await page.waitForSelector('.card');
  times['first view'].push(Date.now() - start);
  for (const tab of TABS) {
    await page.click(`#tab-${tab}`);
    await page.waitForTimeout(1000);
    for (const place of CHOSEN) times[`filter, ${tab}`].push(await choose(page, place));
    await page.click('.chips .plain');
    await page.waitForTimeout(1000);
  }
  await page.context().close();
}

async function main() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
  });
  const times = Object.fromEntries(['first view', ...TABS.map((tab) => `filter, ${tab}`)].map((name) => [name, []]));
  for (let number = 0; number < Number(runs); number += 1) await run(browser, times);
  await browser.close();
  console.log(`${'ms'.padEnd(22)} median shortest longest`);
  for (const [name, all] of Object.entries(times)) {
    all.sort((a, b) => a - b);
    const figures = [all[Math.floor(all.length / 2)], all[0], all.at(-1)].map((time) => String(Math.round(time)).padStart(8));
    console.log(`${name.padEnd(20)} ${figures.join(' ')}`);
  }
}

main();
