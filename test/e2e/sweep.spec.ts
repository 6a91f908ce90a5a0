import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { decodePng } from '../../src/formats/png';
import { Editor, graph } from './editor';

test('a sweep fills its grid cell by cell, goes on after a reload, and opens the graph of a cell; an animation plays and is saved', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const { nodes, wires, zones } = JSON.parse(await readFile('graphs/cfg-sweep.weft.json', 'utf8'));
  for (const { type, params } of nodes) {
    if (type === 'sampling/scheduler') params.steps = 3;
    if (type === 'lists/number-list') params.values = '1, 5';
    if (type === 'latent/noise') Object.assign(params, { width: 64, height: 64 });
  }
  const more = [
    { id: 'seeds', type: 'lists/seeds', version: 1, at: [-200, 400], title: 'Seed', params: { seed: 42, count: 4 } },
    { id: 'film', type: 'image/animation', version: 1, at: [1600, 128], params: { rate: 20, hold: 0 } },
  ];
  const sweep = graph(
    [...nodes, ...more],
    [
      ...wires,
      { from: ['seeds', 'seeds'], to: ['noise', 'seed'] },
      { from: ['decode', 'image'], to: ['film', 'images'] },
    ],
  );
  const editor = new Editor(page);
  await editor.open();
  await editor.dropGraph({ ...sweep, name: 'Cars', zones });
  // It begins where it is read; what it makes is at its other end.
  await page.keyboard.press('f');
  const preview = editor.node('Image preview');
  const cells = preview.locator('canvas[data-picture]');
  await editor.run.click();
  // It stands still with some of them there, and the bar counts them. Pressed when the bar changes, since cells are small and fast.
  await page.getByRole('button', { name: 'Pause', exact: true }).evaluate(
    (button) =>
      new Promise<void>((resolve) => {
        const bar = button.closest('header') as HTMLElement;
        const look = () => {
          if (!/[1-7] of 8 pictures/.test(bar.textContent ?? '')) return;
          changes.disconnect();
          (button as HTMLButtonElement).click();
          resolve();
        };
        const changes = new MutationObserver(look);
        changes.observe(bar, { subtree: true, childList: true, characterData: true });
        look();
      }),
  );
  await expect(page.getByRole('banner')).toContainText(/Paused, \d+ of 8 pictures/);
  const there = await cells.count();
  expect(await preview.getByRole('img', { name: 'not there yet' }).count()).toBe(8 - there);

  await page.reload();
  await expect(page.getByRole('button', { name: /^Device: (WebGPU|WebAssembly)/ })).toBeVisible();
  await editor.run.click();
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 120_000 });
  await expect(cells).toHaveCount(8);
  // 3 steps for each cell that was not there; one may have been finished whose picture was not.
  const ran = Number(/(\d+) ×/.exec((await editor.node('UNet step, prompt').textContent()) ?? '')?.[1]);
  expect([3 * (8 - there), 3 * (7 - there)]).toContain(ran);

  // The animation has all pictures, stands still when it is told to, and becomes a file.
  const film = editor.node('Animation');
  await expect(film.getByRole('slider', { name: 'Picture' })).toHaveAttribute('max', '7');
  await film.getByRole('button', { name: 'Pause the animation' }).click();
  await film.getByRole('slider', { name: 'Picture' }).fill('4');
  await expect(film.getByRole('img')).toHaveAccessibleName(/44, 1, 64 × 64$/);
  const saving = page.waitForEvent('download');
  await film.getByRole('button', { name: 'Save GIF' }).click();
  const gif = await saving;
  expect(gif.suggestedFilename()).toBe('Cars.gif');
  expect((await readFile(await gif.path())).subarray(0, 6).toString()).toBe('GIF89a');

  // Large, with one picture beside the grid; the arrow keys go from one to the next.
  await preview.locator('canvas[data-picture="4"]').dblclick();
  const large = page.getByRole('dialog', { name: 'Pictures' });
  await expect(large.getByRole('region', { name: 'Seed 44, CFG 1' })).toBeVisible();
  await large.getByRole('button', { name: /43, 1, 64/ }).click();
  await page.keyboard.press('ArrowRight');
  const panel = large.getByRole('region', { name: 'Seed 43, CFG 5' });
  await expect(panel).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  const saved = page.waitForEvent('download');
  await large.getByRole('button', { name: 'Save grid' }).click();
  const grid = decodePng(await readFile(await (await saved).path()));
  expect(grid.width).toBeGreaterThan(2 * 64);
  expect(grid.height).toBeGreaterThan(3 * 64);
  const pixels = (canvas: Element) => [
    ...((canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 64, 64).data ?? []),
  ];
  const cell = await panel.locator('canvas').evaluate(pixels);

  // Beside another one: what differs is the guidance, and not the lists that both came from.
  await panel.getByRole('button', { name: 'Compare' }).click();
  await large.getByRole('button', { name: /43, 1, 64/ }).click();
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await expect(compare.getByRole('row', { name: /^CFG combine, scale 5 1$/ })).toBeVisible();
  await expect(compare.locator('dt', { hasText: 'SSIM' }).locator('xpath=following-sibling::dd[1]')).toHaveText(
    /^-?[01]\.\d{4}$/,
  );
  await expect(compare.getByRole('button', { name: 'Animate' })).toHaveAttribute('aria-disabled', 'false');
  await page.keyboard.press('Escape');
  await preview.locator('canvas[data-picture="3"]').dblclick();
  await panel.getByRole('button', { name: 'Open graph with these values' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Cars, Seed 43, CFG 5' })).toBeVisible();
  await expect(editor.node('Seed')).toHaveCount(0);
  await editor.run.click();
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 120_000 });
  await expect(cells).toHaveCount(1);
  expect(await cells.evaluate(pixels)).toEqual(cell);
});
