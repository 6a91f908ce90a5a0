import { expect, type Locator, test } from '@playwright/test';
import { Editor } from './editor';

// The files that hold what was computed may be held a moment longer than the test, and what is held cannot be cleared.
test.use({ reuseContext: false });

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

/** What a picture shows, as something that can be compared. */
const pixelsOf = (picture: Locator): Promise<string> =>
  picture.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

test('a learner walks through the steps of a picture, sees every node’s values of each, and runs on from one with another CFG', async ({
  page,
}) => {
  await editor.type('Scheduler', 'steps', '6');
  await editor.run.click();
  const status = page.getByRole('status', { name: 'Run' });
  const film = page.getByRole('slider', { name: 'Steps of Denoise' });
  // Pictures come while it runs.
  await expect(film).toBeVisible({ timeout: 90_000 });
  await expect(status).toHaveText(/^Done in/, { timeout: 90_000 });
  await expect(film).toHaveAttribute('data-frames', '6');

  await film.focus();
  await page.keyboard.press('Home');
  await expect(film).toHaveAttribute('aria-valuetext', /^step 1 of 6, sigma 14\.6/);
  await page.keyboard.press('ArrowRight');
  await expect(film).toHaveAttribute('aria-valuenow', '2');
  // Two UNet steps and what CFG made of them, the sampler's outputs and what the prompt adds.
  const graph = page.getByRole('main', { name: 'Graph' });
  await expect(graph.getByRole('img', { name: 'prediction, step 2' })).toHaveCount(3);
  const denoised = (step: number) => graph.getByRole('img', { name: `denoised, step ${step}` });
  await expect(graph.getByRole('img', { name: 'c − u, step 2' })).toBeVisible();
  const early = await pixelsOf(denoised(2));
  await page.keyboard.press('End');
  await expect(denoised(6)).toBeVisible();
  expect(await pixelsOf(denoised(6))).not.toBe(early);

  // A click in the middle of the fourth of six.
  const box = await film.boundingBox();
  if (!box) throw new Error('The film is not on the screen.');
  await page.mouse.click(box.x + (box.width * 3.5) / 6, box.y + 20);
  await expect(film).toHaveAttribute('aria-valuenow', '4');
  await editor.node('Sampler step').click({ position: { x: 40, y: 12 } });
  const formula = editor.inspector.getByRole('math').filter({ hasText: 'D3' });
  await expect(formula).toHaveAccessibleName(/^x′ = 0\.\d+ · x \+ 0\.\d+ · D4 − 0\.\d+ · D3$/);
  await expect(editor.inspector.getByRole('row', { name: /^denoised −?\d/ })).toBeVisible();

  for (const [view, help] of [
    ['what goes in', /^The latent that goes/],
    ['the difference', /^What the prompt adds/],
  ] as const) {
    await page.getByRole('radio', { name: help }).check();
    await expect(film, view).toHaveAttribute('data-frames', '6');
  }

  const preview = editor.node('Image preview').getByRole('img');
  const before = await pixelsOf(preview);
  await editor.type('CFG combine', 'scale', '12');
  await page
    .getByRole('region', { name: 'Steps of Denoise' })
    .getByRole('button', { name: 'Resume from step 4' })
    .click();
  await expect(status).toHaveText(/^Done in/);
  await expect(editor.node('Sampler step')).toContainText('3 ×');
  expect(await pixelsOf(preview)).not.toBe(before);
  await expect(film).toHaveAttribute('data-frames', '6');

  // The strip is made higher by its edge, and its pictures with it.
  const edge = page.getByRole('separator', { name: 'Height of the steps' });
  await expect(edge).toHaveAttribute('aria-valuenow', '116');
  const low = (await film.boundingBox())?.height ?? 0;
  await edge.focus();
  await page.keyboard.press('Shift+ArrowUp');
  await expect(edge).toHaveAttribute('aria-valuenow', '148');
  expect((await film.boundingBox())?.height).toBe(low + 32);
  // F6 goes on from the steps to the panel behind them.
  await page.keyboard.press('F6');
  await expect(editor.inspector.locator(':focus')).toBeVisible();

  await page.getByRole('button', { name: /kept/ }).click();
  await expect(page.getByRole('dialog')).toContainText('Every value of the last run is kept');
  await page.keyboard.press('Escape');
  await editor.choose('Hide the steps');
  await expect(film).toHaveCount(0);
  await editor.choose('Show the steps');
  await expect(film).toBeVisible();
});
