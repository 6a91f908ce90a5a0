import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';

// A second language: the one that puts each text of the catalogue in brackets.
test.use({ locale: 'en-XA' });

/** Words alone: signs, numbers and units are the same in every language. */
const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\b\d+(\.\d+)? (ms|s|min|px|[kmg]b)\b/g, ' ')
    .replace(/\\n/g, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();

/** All that nodes, kinds, graphs, models and the engine say: their words are not the page's. */
function definitions(): string {
  const texts: string[] = [];
  const read = (path: string) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path)) read(join(path, name));
    else if (/\.(ts|json)$/.test(path)) texts.push(readFileSync(path, 'utf8'));
  };
  for (const folder of ['nodes', 'graphs', 'subgraphs', 'models', 'src/core', 'src/diffusion', 'src/engine'])
    read(folder);
  const all = texts.join('\n');
  return wordsOf(`${all}\n${all.replace(/([a-z0-9])([A-Z])/g, '$1 $2')}`);
}

/** Texts, names for screen readers and hints of the page, as far as they stand in no brackets. */
const unmarked = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const look = (text: string | null) => {
      // Dates are written by the browser.
      let rest = (text ?? '').replace(/\b[A-Z][a-z]{2} \d+, \d{4}/g, '');
      for (let before = ''; before !== rest; ) {
        before = rest;
        rest = rest.replace(/\[[^[\]]*\]/g, '');
      }
      if (/\p{L}{2,}/u.test(rest)) found.add(rest.trim());
    };
    const foreign = 'style, script, kbd, .react-flow__attribution, [aria-label^="[Device]"]';
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest(foreign)) continue;
      for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'data-help', 'alt'])
        look(element.getAttribute(name));
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) look(node.nodeValue);
    }
    return [...found];
  });

test('in another language the page says nothing in English but what nodes, graphs and models say of themselves', async ({
  page,
}) => {
  const known = definitions();
  const isClean = (what: string) =>
    expect
      .poll(
        async () =>
          (await unmarked(page)).filter(
            (text) => !text.split(/[,·:;()]/).every((part) => known.includes(wordsOf(part))),
          ),
        { message: what },
      )
      .toEqual([]);
  const command = async (title: string) => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: '[Search commands and nodes]' }).fill(title);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: '[Commands]' })).toHaveCount(0);
  };

  await page.addInitScript(() => localStorage.setItem('weft-toured', 'yes'));
  await page.goto('./');
  const run = page.getByRole('button', { name: '[Run]', exact: true });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  await isClean('at the start');
  await run.click();
  await expect(page.getByRole('status', { name: '[Run]' })).toHaveText(/^\[Done in /, { timeout: 90_000 });
  await isClean('after a run');

  await page.getByRole('group', { name: /^CFG combine, / }).click();
  await expect(page.getByRole('textbox', { name: '[Title of the node]' })).toBeVisible();
  await isClean('with a node selected');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  await isClean('with its menu');
  await page.keyboard.press('Escape');

  for (const [title, window] of [
    ['Keyboard shortcuts', 'Keyboard shortcuts'],
    ['Models…', 'Models'],
    ['Graphs…', 'Graphs in this browser'],
    ['Templates…', 'Templates'],
    ['Help on this node…', 'Help: CFG combine'],
    ['Connect to…', 'Connect'],
    ['Commands…', 'Commands'],
    ['History…', 'History'],
  ] as const) {
    if (window === 'Commands') await page.keyboard.press('ControlOrMeta+k');
    else await command(title);
    await expect(page.getByRole('dialog', { name: `[${window}]` })).toBeVisible();
    await isClean(title);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  for (const title of ['Queue', 'Problems', 'Show outline']) {
    await command(title);
    await isClean(title);
    await page.keyboard.press('Escape');
  }

  await command('Find in the graph…');
  await expect(page.getByRole('searchbox', { name: '[Find in the graph]' })).toBeFocused();
  await isClean('with the search of the graph');
  await page.keyboard.press('Escape');

  await page.getByRole('main', { name: '[Graph]' }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await isClean('with all selected');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('heading', { name: '[Start with a picture, or with nothing]' })).toBeVisible();
  await isClean('with an empty graph');
});
