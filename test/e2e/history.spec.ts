import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import template from '../../graphs/text-to-image.weft.json' with { type: 'json' };
import { Editor } from './editor';
import { quick } from './quick-graph';

const history = (page: Page) => page.getByRole('dialog', { name: 'History' });
const cells = (page: Page) => history(page).getByRole('gridcell');

// The files that hold what was computed may be held a moment longer than the test, and what is held cannot be cleared.
test.use({ reuseContext: false });

test('runs are kept with their pictures: found, starred, opened, made again alike, deleted and brought back', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();

  // A picture with a prompt, made in two steps.
  await editor.type('Scheduler', 'steps', '2');
  await editor.run.click();
  await expect(editor.node('Image preview').getByRole('img')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0, { timeout: 90_000 });

  // Two of noise, with the seeds 11 and 12.
  await editor.dropGraph(quick);
  for (const seed of ['seed 11', 'seed 12']) {
    await editor.run.click();
    await expect(editor.node('Image preview')).toContainText(seed, { timeout: 90_000 });
  }

  await page.getByRole('main', { name: 'Graph' }).press('h');
  await expect(cells(page)).toHaveCount(3);
  await expect(history(page).getByText(/^3 pictures · /)).toBeVisible();
  await expect(history(page).getByRole('rowheader', { name: 'Today' })).toBeVisible();
  await expect(cells(page).nth(0)).toHaveAccessibleName(/^No prompt, seed 12, \d\d:\d\d$/);
  expect((await new AxeBuilder({ page }).include('dialog[open]').analyze()).violations.map(({ id }) => id)).toEqual([]);

  // By keys: to the second, a star, and only what has one.
  await cells(page).nth(0).focus();
  await page.keyboard.press('ArrowRight');
  await expect(cells(page).nth(1)).toBeFocused();
  await page.keyboard.press('s');
  await expect(cells(page).nth(1)).toHaveAccessibleName(/seed 11, starred/);
  await history(page).getByRole('button', { name: 'Starred' }).click();
  await expect(cells(page)).toHaveCount(1);
  await history(page).getByRole('button', { name: 'All', exact: true }).click();

  // By the words of its prompt.
  const prompt = (await cells(page).nth(2).getAttribute('aria-label'))?.split(',')[0] ?? '';
  await history(page).getByRole('searchbox').fill(prompt.toUpperCase());
  await expect(cells(page)).toHaveCount(1);
  await history(page).getByRole('searchbox').fill('no such words');
  await expect(history(page).getByText('No picture has that.')).toBeVisible();
  await history(page).getByRole('button', { name: 'Show all' }).click();

  // The first picture of noise comes out again to the last bit.
  await cells(page).nth(1).focus();
  await page.keyboard.press('Enter');
  await expect(history(page).getByRole('img')).toBeVisible();
  await history(page).getByRole('button', { name: 'Run again and compare' }).click();
  await expect(history(page).getByRole('status').first()).toHaveText('Identical: all 4,096 pixels are the same.', {
    timeout: 90_000,
  });
  // So does the one of the sampler.
  await page.keyboard.press('ArrowRight');
  await expect(history(page).getByText(prompt)).toBeVisible();
  await history(page).getByRole('button', { name: 'Run again and compare' }).click();
  await expect(history(page).getByRole('status').first()).toContainText('Identical: all', { timeout: 90_000 });
  await expect(history(page).getByText(/^tiny [0-9a-f]{10}$/)).toBeVisible();

  // Its graph, with the seed that it had.
  await page.keyboard.press('ArrowLeft');
  await history(page).getByRole('button', { name: 'Open its graph' }).click();
  await expect(history(page)).toBeHidden();
  await expect(editor.node('Noise').getByRole('textbox', { name: 'seed' })).toHaveValue('11');
  await expect(page.getByRole('navigation', { name: 'Open graphs' }).getByRole('listitem')).toHaveCount(3);

  // All of it outlives the page.
  await page.reload();
  await page.getByRole('main', { name: 'Graph' }).press('h');
  await expect(cells(page)).toHaveCount(3);
  await expect(cells(page).nth(1)).toHaveAccessibleName(/seed 11, starred/);
  await cells(page).nth(0).focus();
  await page.keyboard.press('Delete');
  await expect(cells(page)).toHaveCount(2);
  await expect(cells(page).nth(0)).toBeFocused();
  await history(page).getByRole('button', { name: 'Undo' }).click();
  await expect(cells(page)).toHaveCount(3);
});

test('a picture that the browser has no room for is told, and neither the run nor what is kept is harmed', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.dropGraph(quick);
  const seed = (value: string) => expect(editor.node('Image preview')).toContainText(value, { timeout: 90_000 });
  await editor.run.click();
  await seed('seed 11');
  await page.getByRole('main', { name: 'Graph' }).press('h');
  await expect(cells(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === 'pictureFiles') throw new DOMException('No room.', 'QuotaExceededError');
      return put.apply(this, args);
    };
  });
  await editor.run.click();
  await seed('seed 12');
  const alert = page.getByRole('alert').filter({ hasText: 'could not be kept: the browser has no room left' });
  await expect(alert).toContainText('Delete pictures in History');
  await alert.getByRole('button', { name: 'Open History' }).click();
  await expect(cells(page)).toHaveCount(1);
  await expect(cells(page)).toHaveAccessibleName(/seed 11/);
});

/** How many recorded runs are made again; 50 with WEFT_RERUNS=50. */
const reruns = Number(process.env.WEFT_RERUNS ?? 3);
const samplers = ['euler', 'ddim', 'dpmpp-2m', 'euler-ancestral', 'heun', 'unipc', 'lms'];

test('pictures of many recorded runs come out again with identical pixels', async ({ page }) => {
  test.setTimeout(120_000 + 90_000 * reruns);
  const editor = new Editor(page);
  await editor.open();
  for (let i = 0; i < reruns; i++) {
    const changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      prompt: { text: ['a red car on a beach', 'a fox in the snow', 'a (boat:1.3)'][i % 3] },
      noise: { seed: 1000 * i + 7, width: 64, height: i % 4 === 3 ? 80 : 64, count: i % 6 === 5 ? 2 : 1 },
      scheduler: { sampler: samplers[i % samplers.length], steps: 2 + (i % 2) },
      cfg: { scale: [1, 5, 7.5, 12][i % 4] },
    };
    const nodes = template.nodes.map(({ id, params, ...node }) => ({
      ...node,
      id,
      params: { ...params, ...changes[id] },
    }));
    await editor.dropGraph({ ...template, nodes, id: `again-${i}`, name: `Again ${i}` });
    await expect(page.getByRole('heading', { level: 1, name: `Again ${i}`, exact: true })).toBeVisible();
    await editor.run.click();
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 90_000 });
    await page.getByRole('button', { name: `Close Again ${i}`, exact: true }).click();
  }
  await page.getByRole('main', { name: 'Graph' }).press('h');
  const pictures = reruns + Math.floor(reruns / 6);
  await expect(history(page).getByText(new RegExp(`^${pictures} pictures · `))).toBeVisible();
  await cells(page).first().focus();
  await page.keyboard.press('Enter');
  const verdict = history(page).getByRole('status').first();
  for (let i = 0; i < pictures; i++) {
    await history(page).getByRole('button', { name: 'Run again and compare' }).click();
    await expect(verdict).toHaveText(/^Identical: all [\d,]+ pixels are the same\.$/, { timeout: 90_000 });
    if (i < pictures - 1) await history(page).getByRole('button', { name: 'Next picture' }).click();
  }
});
