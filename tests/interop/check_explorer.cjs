// The explorer in a real browser: from a file, and served. Prints `ok NAME` or `FAIL NAME: REASON`.
// Usage: check_explorer.cjs EXPLORER.html URL HOSTILE.html SHOTS   (needs NODE_PATH; SHOTS may be empty)
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [file, url, hostile, shots] = process.argv.slice(2);
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const TABS = ['quotations', 'graph', 'timeline', 'themes', 'source', 'queries'];
let failed = 0;

async function check(name, work) {
  try {
    await work();
    console.log(`ok explorer: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL explorer: ${name}: ${String(error.message ?? error).split('\n').slice(0, 4).join(' ').slice(0, 500)}`);
  }
}

function equal(found, expected, what) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  }
}

/** A page that remembers what it complained of and where it went. */
async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.complaints = [];
  // What a driver of pictures without a card for them tells of its speed is no fault of the page.
  const counts = (message) => ['error', 'warning'].includes(message.type()) && !message.text().includes('GL Driver Message');
  page.on('console', (message) => counts(message) && page.complaints.push(message.text()));
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('request', (request) => {
    const to = request.url();
    if (!/^(data|blob):/.test(to) && new URL(to).origin !== new URL(address).origin) page.complaints.push(`went to ${to}`);
  });
  await page.goto(address);
  await page.waitForSelector('#tab-quotations');
  return page;
}

const count = async (page) => Number(/\d+/.exec(await page.textContent('#count'))[0]);

async function text(download) {
  return fs.readFileSync(await download.path());
}

async function download(page, form) {
  if (!(await page.locator('.menu[open]').count())) await page.click('.menu summary');
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(`[data-form="${form}"]`)]);
  return text(file);
}

async function walk(browser, name, address) {
  const start = Date.now();
  const page = await open(browser, address);
  await page.waitForSelector('.card');
  console.log(`${name}: first view after ${Date.now() - start} ms`);
  const all = await count(page);

  await check(`${name}: a country filters everything`, async () => {
    const box = page.locator('input[data-facet="place"]').first();
    const row = box.locator('xpath=ancestor::label');
    const expected = Number(await row.locator('.count').textContent());
    const time = await page.evaluate(async () => {
      const start = performance.now();
      document.querySelector('input[data-facet="place"]').click();
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      return performance.now() - start;
    });
    console.log(`${name}: facet change after ${Math.round(time)} ms`);
    equal(await count(page), expected, 'quotations');
    equal((await page.locator('.chips li').count()) > 0, true, 'chip');
  });

  await check(`${name}: the address brings the same view back`, async () => {
    const [before, address] = [await count(page), page.url()];
    await page.reload();
    await page.waitForSelector('.card');
    equal([await count(page), page.url()], [before, address], 'view');
    await page.goBack();
    await page.waitForFunction((all) => document.querySelector('#count')?.textContent.includes(String(all)), all);
  });

  await check(`${name}: the words of the evidence are those that the record has`, async () => {
    await page.click('.card .open >> nth=0');
    await page.waitForSelector('dialog[open] table.evidence');
    const cells = await page.locator('dialog table.evidence tr').evaluateAll((rows) => rows.map((row) => {
      const [from, to] = row.lastElementChild.textContent.split('–').map(Number);
      return [row.querySelector('mark').textContent, from, to];
    }));
    const words = Array.from(await page.locator('dialog blockquote .text').textContent());
    for (const [exact, from, to] of cells) equal(words.slice(from, to).join(''), exact, 'evidence');
    const marked = (await page.locator('dialog blockquote mark').allTextContents()).join('');
    equal(cells.every(([exact]) => Array.from(exact).every((sign) => marked.includes(sign))), true, 'marked words');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
  });

  await check(`${name}: a link between two is chosen in the table, and its quotations are read`, async () => {
    await page.click('#tab-graph');
    if (await page.locator('#as').count()) await page.click('#as');
    const row = page.locator('tbody tr').first();
    const many = Number(await row.locator('td').last().textContent());
    await row.locator('button').click();
    await page.waitForSelector('.behind .card');
    equal(await page.locator('.behind .card').count(), Math.min(many, 20), 'quotations behind the link');
  });

  await check(`${name}: a node is chosen in the picture`, async () => {
    if (!(await page.locator('#as').count())) throw new Error('this browser draws nothing with WebGL');
    await page.click('#as');
    await page.waitForSelector('#drawing canvas');
    const box = await page.locator('#drawing').boundingBox();
    // Whichever stands where: the picture is searched until a node or a line answers.
    const answers = () => page.evaluate(() => document.querySelector('#drawing').style.cursor === 'pointer');
    for (let step = 0; step < 2500 && !(await answers()); step += 1) {
      const [x, y] = [(step % 50) / 50, Math.floor(step / 50) / 50];
      await page.mouse.move(box.x + box.width * (0.05 + 0.9 * x), box.y + box.height * (0.05 + 0.9 * y));
    }
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForSelector('.behind .card');
  });

  await check(`${name}: months are chosen on the timeline, with the keyboard`, async () => {
    await page.click('#tab-timeline');
    const bar = page.locator('[data-month]').first();
    const expected = Number(/: (\d+)/.exec(await bar.getAttribute('aria-label'))[1]);
    await bar.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction((many) => document.querySelector('#count').textContent.includes(String(many)), expected);
    equal(await count(page), expected, 'quotations');
    await page.keyboard.press('Enter');
  });

  await check(`${name}: days are chosen as well, and dates without a day on their own; arrows lead from one to the next`, async () => {
    const first = page.locator('[data-date]').first();
    await first.focus();
    await page.keyboard.press('ArrowRight');
    const second = await page.evaluate(() => document.activeElement.dataset.date);
    equal(second > (await first.getAttribute('data-date')), true, 'the day after');
    const month = page.locator('[data-date="2020-03"]');
    const expected = Number(/: (\d+)/.exec(await month.getAttribute('aria-label'))[1]);
    await month.focus();
    await page.keyboard.press(' ');
    await page.waitForFunction((many) => document.querySelector('#count').textContent.startsWith(`${many} `), expected);
    await page.click('#tab-quotations');
    await page.waitForFunction((many) => document.querySelectorAll('.card').length === many, expected);
    const dates = await page.locator('.card .when').allTextContents();
    equal(dates.every((date) => date.startsWith('2020-03 ')), true, dates.join());
    await page.click('.chips .plain');
  });

  await check(`${name}: a cell of the heat map leads to its quotations`, async () => {
    await page.click('#tab-themes');
    const cell = page.locator('.heat td.some').first();
    const expected = Number(await cell.textContent());
    await cell.click();
    await page.waitForSelector('.behind .card');
    equal(await page.locator('.behind .card').count(), Math.min(expected, 20), 'quotations');
  });

  await check(`${name}: a stretch of the source opens what it became`, async () => {
    await page.click('#tab-source');
    const stretch = page.locator('.span.quotation[data-id]').first();
    const id = await stretch.getAttribute('data-id');
    const words = await stretch.textContent();
    await stretch.focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector(`dialog #card-${id}`);
    equal((await page.locator('dialog blockquote .text').textContent()).includes(words.slice(0, 10)), true, 'words');
    await page.keyboard.press('Escape');
  });

  await check(`${name}: a quotation is found on its page`, async () => {
    await page.click('#tab-quotations');
    await page.click('.card .open >> nth=7');
    const id = await page.locator('dialog .card').getAttribute('id');
    await page.click('dialog dd .plain');
    const place = page.locator('.span.quotation.found');
    await place.waitFor();
    equal(`card-${await place.getAttribute('data-id')}`, id, 'quotation');
    const top = (await place.boundingBox()).y;
    equal(top > 0 && top < 900, true, `in sight: ${top}`);
    await page.click('#tab-quotations');
  });

  await check(`${name}: one goes from quotation to quotation`, async () => {
    await page.click('.card .open >> nth=0');
    const ids = [];
    for (let step = 0; step < 3; step += 1) {
      await page.waitForSelector('dialog table.evidence');
      ids.push(await page.locator('dialog .card').getAttribute('id'));
      await page.click('dialog .steps button >> nth=1');
      await page.waitForFunction((id) => document.querySelector('dialog .card').id !== id, ids.at(-1));
    }
    equal(new Set(ids).size, 3, 'quotations');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
  });

  await check(`${name}: the interface speaks Chinese`, async () => {
    await page.click('#language');
    equal(await page.textContent('#tab-graph'), '关系图', 'tab');
    equal(await page.getAttribute('html', 'lang'), 'zh-Hans', 'language of the page');
    await page.click('#language');
  });

  await check(`${name}: words are found in either language`, async () => {
    await page.click('#tab-quotations');
    for (const words of ['Italy', '意大利']) {
      await page.fill('#search', words);
      await page.press('#search', 'Enter');
      await page.waitForFunction((all) => !document.querySelector('#count').textContent.includes(`${all} of`), all);
      equal((await count(page)) > 0, true, words);
      await page.fill('#search', '');
    }
  });

  await check(`${name}: downloads hold what is shown`, async () => {
    await page.waitForFunction((all) => document.querySelector('#count').textContent.startsWith(String(all)), all);
    equal((await download(page, 'JSONL')).toString().trim().split('\n').length, all, 'records');
    const csv = (await download(page, 'CSV')).toString();
    equal(csv.startsWith('id,event,date'), true, 'headings');
    equal((await download(page, 'XLSX')).subarray(0, 2).toString(), 'PK', 'workbook');
    equal(/<edge id="e0"/.test((await download(page, 'GEXF')).toString()), true, 'edges');
    equal((await download(page, 'Turtle')).toString().includes('Quotation'), true, 'statements');
  });

  await check(`${name}: a question is asked`, async () => {
    await page.click('#tab-queries');
    await page.click('[data-group="contacts"] summary');
    await page.click('[data-query="contacts-by-country"]');
    await page.waitForSelector('tbody tr');
    const rows = await page.locator('tbody tr').count();
    if (name === 'served') {
      await page.fill('input[name="country"]', 'Italy');
      await page.click('.parameters button');
      await page.waitForFunction((rows) => document.querySelectorAll('tbody tr').length < rows, rows);
      equal(await page.locator('tbody tr').count(), 1, 'rows of one country');
    }
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-form="answer"]')]);
    equal((await text(file)).toString().startsWith('country_en,country_zh'), true, 'table');
    await page.click('[data-group="sources"] summary');
    await page.click('[data-query="quotations"]');
    await page.waitForSelector('[data-open]');
    const id = await page.locator('[data-open]').first().getAttribute('data-open');
    await page.click('[data-open] >> nth=0');
    await page.waitForSelector(`dialog #card-${id}`);
    await page.keyboard.press('Escape');
  });

  if (name === 'served') {
    await check('served: the SPARQL behind the view finds what the filters leave', async () => {
      const sets = ['place=region:150', 'theme=theme:aid', 'type=event-type:conversation', 'month=2020-03', 'date=2020-03', 'place=place:germany&date=2020-03-25'];
      for (const filters of sets) {
        await page.evaluate((filters) => { location.hash = `#tab=quotations&lang=en&${filters}`; }, filters);
        await page.waitForFunction(() => document.querySelector('.chips'));
        const expected = await count(page);
        await page.click('#behind');
        await page.click('#run');
        await page.waitForSelector('tbody tr');
        equal(await page.locator('tbody tr').count(), expected, filters);
      }
      await page.evaluate(() => { location.hash = '#tab=queries&lang=en'; });
    });

    await check('served: SPARQL of one\'s own is answered, and mistakes are told', async () => {
      await page.locator('nav button').filter({ hasText: 'SPARQL' }).click();
      await page.waitForSelector('.cm-content');
      await page.click('#run');
      await page.waitForFunction((all) => document.querySelectorAll('tbody tr').length === all, all);
      await page.click('.cm-content');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('SELECT * { ?s ?p }');
      await page.click('#run');
      await page.waitForSelector('.failure');
      // The refusal is in the console as well, as every refusal of a server is.
      page.complaints = page.complaints.filter((complaint) => !complaint.includes('400'));
    });
  }

  await check(`${name}: everything can be reached with the keyboard`, async () => {
    await page.goto(address);
    await page.waitForSelector('.card');
    const reached = new Set();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.id || document.activeElement?.dataset.facet || document.activeElement?.className));
    }
    for (const wanted of ['skip', 'search', 'language', 'tab-queries', 'place']) equal(reached.has(wanted), true, wanted);
    await page.focus('#tab-quotations');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.activeElement?.id === 'tab-graph');
  });

  await check(`${name}: nothing is complained of, and nobody else is asked`, async () => equal(page.complaints, [], 'complaints'));
  await page.context().close();
}

/** What axe finds, in each tab, light and dark. */
async function accessible(browser, address) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open(browser, address, { colorScheme, bypassCSP: true });
    await page.addScriptTag({ content: axe });
    const look = async (name) => check(`${name}, ${colorScheme}: axe finds nothing`, async () => {
      const found = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES);
      equal(found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 2).map((node) => node.target).join(' ')}`), [], 'violations');
    });
    for (const tab of TABS) {
      await page.click(`#tab-${tab}`);
      if (tab === 'queries') {
        await page.click('[data-group="contacts"] summary');
        await page.click('[data-query="contacts-by-country"]');
        await page.waitForSelector('tbody tr');
      }
      await page.waitForTimeout(300);
      await look(tab);
      if (tab === 'graph' && (await page.locator('#as').count())) {
        await page.click('#as');
        await look('graph as a table');
        await page.click('#as');
      }
    }
    await page.click('#tab-quotations');
    await page.click('.card .open >> nth=0');
    await page.waitForSelector('dialog table.evidence');
    await look('a quotation');
    await page.context().close();
  }
}

async function markup(browser, address) {
  await check('markup in quotations is text', async () => {
    const page = await open(browser, address);
    await page.waitForSelector('.card');
    const shown = (await page.locator('.card').allTextContents()).join('\n');
    for (const words of ['</script>', '<img src=x onerror=']) equal(shown.includes(words), true, words);
    equal(await page.evaluate(() => document.querySelectorAll('.card img, .card script').length), 0, 'elements');
    equal(page.complaints, [], 'complaints');
    await page.context().close();
  });
}

async function withoutPictures(address) {
  const browser = await launch(['--disable-gpu', '--disable-3d-apis']);
  await check('without WebGL there is the table', async () => {
    const page = await open(browser, `${address}#tab=graph`);
    await page.waitForSelector('tbody tr');
    equal(await page.locator('#drawing').count(), 0, 'pictures');
    equal(page.complaints, [], 'complaints');
  });
  await browser.close();
}

async function pictures(browser, address) {
  for (const [width, height] of [[1600, 1000], [1024, 768], [390, 844]]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open(browser, address, { viewport: { width, height }, colorScheme });
      for (const tab of TABS) {
        await page.click(`#tab-${tab}`);
        await page.waitForTimeout(500);
        await page.screenshot({ path: path.join(shots, `${tab}-${width}-${colorScheme}.png`) });
      }
      await page.context().close();
    }
  }
}

const launch = (args) => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', ...args] });

async function main() {
  const browser = await launch(['--enable-unsafe-swiftshader']);
  const here = pathToFileURL(path.resolve(file)).href;
  await walk(browser, 'file', here);
  await walk(browser, 'served', url);
  await accessible(browser, here);
  await withoutPictures(here);
  await markup(browser, pathToFileURL(path.resolve(hostile)).href);
  if (shots) await pictures(browser, url);
  await browser.close();
}

main().then(
  () => { process.exitCode = failed ? 1 : 0; },
  (error) => { console.log(`FAIL explorer: ${error.stack}`); process.exit(1); },
);
