import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Editor, graph, picture } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

const preview = { id: 'preview', type: 'image/preview', version: 1, at: [300, 0], params: {} };

test('runs make pictures and grids, tell what failed, and compute nothing twice', async ({ page }) => {
  await test.step('the template makes a picture, and a second run of it computes nothing', async () => {
    await editor.type('Scheduler', 'steps', '2');
    await editor.run.click();
    await expect(editor.node('Image preview').getByRole('img')).toHaveAccessibleName(/128 × 128$/, { timeout: 90_000 });
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 90_000 });
    await editor.run.click();
    await expect(editor.node('CFG combine')).toHaveAccessibleName(/cached/);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.node('Image preview').getByRole('img')).toBeVisible();
  });

  await test.step('a list makes a grid of pictures with the labels of its values', async () => {
    const { nodes, wires, zones } = JSON.parse(await readFile('graphs/text-to-image.weft.json', 'utf8'));
    const list = { id: 'list', type: 'lists/number-list', version: 1, at: [600, 0], params: { values: '1, 7.5' } };
    for (const node of nodes) {
      if (node.type === 'sampling/cfg-combine') node.exposed = ['scale'];
      if (node.type === 'sampling/scheduler') node.params.steps = 1;
    }
    const cfg = nodes.find(({ type }: { type: string }) => type === 'sampling/cfg-combine').id;
    const sweep = graph([...nodes, list], [...wires, { from: ['list', 'numbers'], to: [cfg, 'scale'] }]);
    await editor.dropGraph({ ...sweep, zones });
    await expect(editor.node('Number list')).toBeVisible();
    await editor.run.click();
    const pictures = editor.node('Image preview').getByRole('img');
    await expect(pictures).toHaveCount(2, { timeout: 90_000 });
    await expect(pictures.nth(0)).toHaveAccessibleName(/, 1, \d+ × \d+$/);
    await expect(pictures.nth(1)).toHaveAccessibleName(/, 7.5, \d+ × \d+$/);
    await expect(page.getByRole('banner')).toContainText(/Done in .* 2 pictures/);
  });

  await test.step('a picture goes through the engine and appears as it was, pixel by pixel', async () => {
    await editor.choose('New graph');
    await editor.drop(picture);
    await expect(editor.node('Load image')).toBeVisible();
    await editor.palette.getByRole('button', { name: 'Image preview' }).click();
    await editor.socket('Load image', /^image/).focus();
    await page.keyboard.press('Enter');
    await editor.socket('Image preview', /^image/).focus();
    await page.keyboard.press('Enter');
    await editor.run.click();
    const shown = editor.node('Image preview').getByRole('img');
    await expect(shown).toHaveAccessibleName('Picture, 2 × 2');
    const pixels = await shown.evaluate((canvas: HTMLCanvasElement) => [
      ...(canvas.getContext('2d')?.getImageData(0, 0, 2, 2).data ?? []),
    ]);
    expect(pixels).toEqual([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]);
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/);
  });

  await test.step('a node that fails says what is wrong and what to do, and the toast leads to it', async () => {
    await editor.choose('New graph');
    await editor.drop(picture);
    await expect(editor.node('Load image')).toBeVisible();
    const { text } = await editor.save();
    const [load] = JSON.parse(text).nodes;
    const crop = { id: 'crop', type: 'image/crop', version: 1, at: [200, 0], params: {} };
    const wires = [
      { from: [load.id, 'image'], to: ['crop', 'image'] },
      { from: ['crop', 'image'], to: ['preview', 'image'] },
    ];
    await editor.dropGraph(graph([load, crop, preview], wires));
    await expect(editor.node('Image crop')).toBeVisible();
    // How large the picture is shows only when its file is read.
    await editor.run.click();
    await expect(page.getByRole('alert')).toContainText('The rectangle does not fit into this picture of 2 × 2.');
    await expect(editor.node('Image crop')).toHaveAccessibleName(/failed/);
    await expect(editor.node('Image crop')).toContainText('Make it smaller or move it.');
    await expect(editor.node('Image preview')).toHaveAccessibleName(/skipped/);
    await page.getByRole('button', { name: 'Show first' }).click();
    await expect(editor.node('Image crop')).toBeFocused();
  });
});
