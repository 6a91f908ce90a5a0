import { expect, type Locator, test } from '@playwright/test';
import { Editor, graph } from './editor';

const node = (id: string, type: string, at: readonly number[], params = {}) => ({ id, type, version: 1, at, params });

const nodes = [
  node('models', 'models/checkpoint', [0, 0], { model: 'tiny' }),
  node('noise', 'latent/noise', [0, 240], { width: 100, height: 64, seed: 7 }),
  node('decode', 'image/vae-decode', [260, 120]),
  node('preview', 'image/preview', [480, 0]),
];
const wires = [
  { from: ['noise', 'latent'], to: ['decode', 'latent'] },
  { from: ['decode', 'image'], to: ['preview', 'image'] },
];

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
  await editor.dropGraph(graph(nodes, wires));
  await expect(editor.node('VAE decode')).toBeVisible();
});

test('problems are told before a run, and keep nothing from running that does not have them', async ({ page }) => {
  await test.step('all problems are listed before a run, lead to their nodes and are mended by a button', async () => {
    const count = page.getByRole('button', { name: /^\d+ problems?$/ });
    await expect(count).toHaveAccessibleName('2 problems');
    await expect(editor.node('VAE decode')).toContainText('vae is not wired');
    await count.click();
    const panel = page.getByRole('region', { name: 'Problems' });
    await panel.getByRole('button', { name: /^A width of 100 px/ }).click();
    await expect(editor.node('Noise')).toBeFocused();
    await panel.getByRole('button', { name: 'Set 104' }).click();
    await expect(count).toHaveAccessibleName('1 problem');
    await expect(editor.node('Noise').getByRole('spinbutton', { name: 'width' })).toHaveAttribute(
      'aria-valuenow',
      '104',
    );
    await panel.getByRole('button', { name: 'Wire Checkpoint' }).click();
    await expect(panel).toContainText('Nothing stands in the way of a run.');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(count).toHaveAccessibleName('1 problem');
    await panel.getByRole('button', { name: 'Wire Checkpoint' }).click();
    await panel.getByRole('button', { name: 'Close problems' }).click();
    await expect(count).toHaveCount(0);
    await editor.run.click();
    await expect(editor.node('Image preview').getByRole('img')).toHaveAccessibleName(/104 × 64$/, { timeout: 60_000 });
  });

  await test.step('what will not fit into memory is found before a run, and a button makes it fit', async () => {
    await editor.openTemplate('Text to image');
    const width = editor.node('Noise').getByRole('spinbutton', { name: 'width' });
    for (const [name, value] of Object.entries({ width: '4096', height: '4096', count: '64' })) {
      await editor.node('Noise').getByRole('spinbutton', { name }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.type(value);
      await page.keyboard.press('Enter');
    }
    // Two UNet steps ask the model, with one memory.
    await page.getByRole('button', { name: '2 problems' }).click({ timeout: 60_000 });
    const [first] = await page.getByRole('region', { name: 'Problems' }).getByRole('listitem').all();
    await expect(first as Locator).toContainText(
      /64 pictures of 4096 × 4096 will not fit into memory\. This needs .* of weights and .* for the picture\./,
    );
    await first?.getByRole('button', { name: /^Set \d+ × \d+$/ }).click();
    await expect(page.getByRole('region', { name: 'Problems' })).toContainText('Nothing stands in the way of a run.');
    expect(Number(await width.getAttribute('aria-valuenow'))).toBeLessThan(4096);
  });

  await test.step('Run with problems says the first, leads to it, and the nodes tell theirs', async () => {
    await editor.dropGraph(graph(nodes, wires));
    await editor.run.click();
    await expect(page.getByRole('status').filter({ hasText: '2 problems before the run' })).toBeVisible();
    await expect(editor.node('Noise')).toBeFocused();
    await expect(editor.node('Noise')).toContainText('Take 104.');
    await expect(editor.node('VAE decode')).toContainText('Wire a VAE into it.');
    await expect(editor.node('Image preview')).toContainText('not run yet');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(page.getByRole('region', { name: 'Problems' }).getByRole('listitem')).toHaveCount(2);
  });

  await test.step('what does not depend on the broken part runs', async () => {
    const file = { name: 'four.png', type: 'image/png', base64: (await import('./editor')).picture.base64 };
    await editor.choose('New graph');
    await editor.drop(file);
    await expect(editor.node('Load image')).toBeVisible();
    const [load] = JSON.parse((await editor.save()).text).nodes;
    const good = node('good', 'image/preview', [300, 400]);
    await editor.dropGraph(
      graph(
        [...nodes, { ...load, at: [0, 480] }, { ...good, title: 'Whole' }],
        [...wires, { from: [load.id, 'image'], to: ['good', 'image'] }],
      ),
    );
    await expect(editor.node('Whole')).toBeVisible();
    await editor.run.click();
    await expect(page.getByRole('status').filter({ hasText: 'The other 1 result of 2 will run.' })).toBeVisible();
    await expect(editor.node('Whole').getByRole('img')).toHaveAccessibleName(/2 × 2$/);
  });
});
