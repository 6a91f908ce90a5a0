import { expect, test } from '@playwright/test';
import { Editor, graph, picture } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('files are opened, kept or refused with a reason', async ({ page }) => {
  await test.step('a malformed file is refused with its reason and changes nothing', async () => {
    await editor.dropGraph('{"format": "weft", "version": 1');
    await expect(page.getByRole('alert')).toContainText('This is not a Weft graph: it is not JSON');
    await expect(editor.node('CFG combine')).toBeVisible();
  });

  await test.step('a file that is neither is refused with what would do', async () => {
    await editor.drop({ name: 'notes.txt', type: 'text/plain', base64: 'aGVsbG8=' });
    await expect(page.getByRole('alert').filter({ hasText: 'notes.txt' })).toContainText(
      'notes.txt is neither a graph nor a picture nor a value nor a model.',
    );
  });

  await test.step('a graph survives saving and opening, byte for byte', async () => {
    const saved = await editor.save();
    expect(saved.name).toBe('text-to-image.weft.json');
    await editor.choose('New graph');
    await expect(editor.nodes()).toHaveCount(0);
    const choosing = page.waitForEvent('filechooser');
    await editor.choose(/^Open file/);
    await (await choosing).setFiles({
      name: saved.name,
      mimeType: 'application/json',
      buffer: Buffer.from(saved.text),
    });
    await expect(editor.node('CFG combine')).toBeVisible();
    expect((await editor.save()).text).toBe(saved.text);
  });

  await test.step('graphs that were open before stay in the menu', async () => {
    await editor.inspector.getByLabel('Name of the graph').fill('Mine');
    await editor.choose('New graph');
    await expect(editor.nodes()).toHaveCount(0);
    await editor.choose('Mine');
    await expect(editor.node('CFG combine')).toBeVisible();
  });

  await test.step('a dropped picture becomes a node that shows it, also after a reload', async () => {
    await editor.choose('New graph');
    await editor.drop(picture);
    const file = editor.node('Load image').getByRole('button', { name: /^file: four.png/ });
    await expect(file).toBeVisible();
    await page.reload();
    await expect.poll(() => file.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(2);
  });

  await test.step('a node of an unknown type keeps its data and its wires', async () => {
    const strange = {
      id: 'glow',
      type: 'custom/glow-up',
      version: 3,
      at: [300, 0],
      params: { amount: [1, { deep: 'x' }] },
    };
    const preview = { id: 'preview', type: 'image/preview', version: 1, at: [600, 0], params: {} };
    await editor.dropGraph(graph([strange, preview], [{ from: ['glow', 'image'], to: ['preview', 'image'] }]));
    await expect(editor.node('custom/glow-up')).toContainText(
      'Weft has no node of this type. Its data is kept as it came.',
    );
    await expect(editor.socket('Image preview', /^image/)).toHaveAccessibleName('image, wired from custom/glow-up');
    const { text } = await editor.save();
    expect(JSON.parse(text).nodes[0]).toEqual(strange);
    await page.reload();
    await expect(editor.node('custom/glow-up')).toBeVisible();
  });
});
