import { expect, type Locator, test } from '@playwright/test';
import { Editor, graph, picture } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

const node = (id: string, type: string, at: readonly number[], params = {}) => ({ id, type, version: 1, at, params });
const wire = (from: string, output: string, to: string, input: string) => ({ from: [from, output], to: [to, input] });

/** The smallest inpainting: a grey picture through the autoencoder, another latent where the mask is. */
const inpainting = graph(
  [
    node('canvas', 'image/paint', [0, 0], { width: 128, height: 128, ground: 'grey' }),
    node('paint', 'image/paint', [200, 0], {}),
    node('checkpoint', 'models/checkpoint', [0, 300], { model: 'tiny' }),
    node('encode', 'image/vae-encode', [400, 0]),
    node('noise', 'latent/noise', [400, 200], { seed: 3, width: 128, height: 128 }),
    node('blend', 'latent/mask-blend', [600, 0]),
    node('decode', 'image/vae-decode', [800, 0]),
    node('paste', 'image/composite', [1000, 0]),
    node('preview', 'image/preview', [1200, 0]),
  ].map((one) => (one.id === 'paint' ? { ...one, title: 'Repaint' } : one)),
  [
    wire('canvas', 'image', 'paint', 'image'),
    wire('canvas', 'image', 'encode', 'image'),
    wire('checkpoint', 'vae', 'encode', 'vae'),
    wire('checkpoint', 'vae', 'decode', 'vae'),
    wire('encode', 'latent', 'blend', 'outside'),
    wire('noise', 'latent', 'blend', 'inside'),
    wire('paint', 'mask', 'blend', 'mask'),
    wire('blend', 'latent', 'decode', 'latent'),
    wire('canvas', 'image', 'paste', 'onto'),
    wire('decode', 'image', 'paste', 'image'),
    wire('paint', 'mask', 'paste', 'mask'),
    wire('paste', 'image', 'preview', 'image'),
  ],
);

/** How far a canvas is from grey, as a mean over a square around a place, in parts of its width. */
const strangeness = (canvas: Locator, x: number, y: number) =>
  canvas.evaluate(
    (element: HTMLCanvasElement, [left, top]) => {
      const pixels = element.getContext('2d')?.getImageData(left * element.width - 4, top * element.height - 4, 8, 8);
      const colors = [...(pixels?.data ?? [])].filter((_, i) => i % 4 !== 3);
      return colors.reduce((sum, value) => sum + Math.abs(value - 127.5), 0) / colors.length;
    },
    [x, y] as const,
  );

test('what is painted is a mask or a picture', async ({ page }) => {
  await test.step('what is painted with the mouse is repainted, and nothing else', async () => {
    await editor.dropGraph(inpainting);
    await editor.node('Repaint').getByRole('button', { name: 'Paint', exact: true }).click();
    const stage = page.getByRole('application', { name: /^Canvas/ });
    const box = await stage.boundingBox();
    if (!box) throw new Error('There is nothing to paint on.');
    // No run told yet what comes to the node, so it has the size of an empty canvas: 512 by 512.
    await expect(page.getByRole('heading', { name: /512 × 512 px/ })).toBeVisible();
    await page.getByLabel('Size').fill('120');
    const side = Math.min(box.width, box.height) - 32;
    const at = (x: number, y: number) =>
      [box.x + box.width / 2 + (x - 0.5) * side, box.y + box.height / 2 + (y - 0.5) * side] as const;
    await page.mouse.move(...at(0.25, 0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.75, 0.25), { steps: 6 });
    await page.mouse.up();
    // A second stroke that is taken back.
    await page.mouse.move(...at(0.5, 0.8));
    await page.mouse.down();
    await page.mouse.up();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(editor.node('Repaint').getByRole('button', { name: 'painting: paint on' })).toBeVisible();
    await editor.run.click();
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 60_000 });
    const shown = editor.node('Image preview').getByRole('img');
    await expect(shown).toHaveAccessibleName('Picture, 128 × 128');
    // How far from grey is the model's own affair (17 to 30 so far); grey that was kept stays within 1.
    expect(await strangeness(shown, 0.5, 0.25)).toBeGreaterThan(10);
    expect(await strangeness(shown, 0.5, 0.8)).toBeLessThan(1);
    // The whole painting is one step of the graph's own history.
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.node('Repaint').getByRole('button', { name: 'Paint', exact: true })).toBeVisible();
  });

  await test.step('a sketch over a loaded picture keeps the picture where nothing is painted, also by keyboard', async () => {
    await editor.choose('New graph');
    await editor.drop(picture);
    await editor.palette.getByRole('button', { name: 'Paint', exact: true }).click();
    await editor.palette.getByRole('button', { name: 'Image preview' }).click();
    const join = async (from: Locator, to: Locator) => {
      for (const socket of [from, to]) {
        await socket.focus();
        await page.keyboard.press('Enter');
      }
    };
    await join(editor.socket('Load image', /^image/), editor.socket('Paint', /^image, not wired$/).last());
    await join(editor.socket('Paint', /^image, not wired$/), editor.socket('Image preview', /^image/));
    await editor.node('Paint').getByRole('button', { name: 'Paint', exact: true }).click();
    await expect(page.getByRole('heading', { name: /2 × 2 px/ })).toBeVisible();
    // Fill in the lower left pixel, which is blue; the brush of the keyboard begins in the middle.
    await page.keyboard.press('f');
    await page.getByLabel('Tolerance').fill('0');
    const stage = page.getByRole('application', { name: /^Canvas/ });
    await stage.focus();
    for (const key of ['Shift+ArrowLeft', 'Enter', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('button', { name: 'Done' }).click();
    await editor.run.click();
    const shown = editor.node('Image preview').getByRole('img');
    await expect(shown).toHaveAccessibleName('Picture, 2 × 2');
    const pixels = await shown.evaluate((canvas: HTMLCanvasElement) => [
      ...(canvas.getContext('2d')?.getImageData(0, 0, 2, 2).data ?? []),
    ]);
    expect(pixels).toEqual([255, 0, 0, 255, 0, 255, 0, 255, 31, 35, 40, 255, 255, 255, 255, 255]);
  });
});
