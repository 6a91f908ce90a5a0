import { expect, test } from '@playwright/test';
import { Editor, graph } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

const node = (id: string, type: string, at: [number, number]) => ({ id, type, version: 1, at, params: {}, title: id });
const pictures = graph(
  [
    node('load', 'image/load-image', [0, 0]),
    node('resize', 'image/resize-image', [200, 300]),
    node('show', 'image/preview', [500, 0]),
  ],
  [{ from: ['load', 'image'], to: ['show', 'image'] }],
);

test('nodes are put into wires, copied and joined by a drag', async ({ page }) => {
  await test.step('a node dragged out of the palette onto a wire stands in it', async () => {
    const source = editor.socket('VAE decode', /^image/);
    const to = editor.socket('Image preview', /^image/);
    await expect(to).toHaveAccessibleName('image, wired from VAE decode');
    const main = page.getByRole('main', { name: 'Graph' });
    const [canvas, a, b] = [await main.boundingBox(), await source.boundingBox(), await to.boundingBox()];
    if (!canvas || !a || !b) throw new Error('The sockets are not on the screen.');
    const targetPosition = { x: (a.x + b.x + b.width) / 2 - canvas.x, y: (a.y + b.y + b.height) / 2 - canvas.y };
    await editor.palette.getByRole('button', { name: 'Image flip' }).dragTo(main, { targetPosition });
    await expect(to).toHaveAccessibleName('image, wired from Image flip');
    await expect(editor.socket('Image flip', /wired from/)).toHaveAccessibleName('image, wired from VAE decode');
    await page.keyboard.press('ControlOrMeta+z');
  });

  await test.step('a refused wire offers the node that converts it', async () => {
    await editor.pull(editor.socket('Denoise end', /^latent.*wired to/), editor.socket('Image preview', /^image/));
    await expect(page.getByRole('tooltip')).toContainText('Image preview needs an image here; this is a latent.');
    await page.mouse.up();
    await page.getByRole('button', { name: 'Add VAE decode' }).click();
    await expect(editor.node('VAE decode')).toHaveCount(2);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.node('VAE decode')).toHaveCount(1);
  });

  await test.step('a node dropped on a wire stands in it, and its wires join again when it is deleted', async () => {
    await editor.dropGraph(pictures);
    const [from, to] = [editor.socket('load', /^image/), editor.socket('show', /^image/)];
    await expect(to).toHaveAccessibleName('image, wired from load');
    const [a, b] = [await from.boundingBox(), await to.boundingBox()];
    if (!a || !b) throw new Error('The sockets are not on the screen.');
    const middle = [(a.x + b.x + b.width) / 2, (a.y + b.y + b.height) / 2] as const;
    await editor.node('resize').getByText('resize', { exact: true }).hover();
    await page.mouse.down();
    await page.mouse.move(middle[0] + 10, middle[1] + 40, { steps: 5 });
    await page.mouse.move(...middle, { steps: 5 });
    await page.mouse.up();
    await expect(to).toHaveAccessibleName('image, wired from resize');
    await expect(editor.socket('resize', /wired from/)).toHaveAccessibleName('image, wired from load');
    await page.keyboard.press('Delete');
    await expect(editor.nodes()).toHaveCount(2);
    await expect(to).toHaveAccessibleName('image, wired from load');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(to).toHaveAccessibleName('image, wired from resize');
  });

  await test.step('Alt and a drag leave the node where it was and put a copy where it is let go', async () => {
    await editor.dropGraph(pictures);
    const title = editor.node('resize').getByText('resize', { exact: true });
    const before = await title.boundingBox();
    if (!before) throw new Error('The node is not on the screen.');
    await title.hover();
    await page.keyboard.down('Alt');
    await page.mouse.down();
    await page.mouse.move(before.x + 40, before.y + 120, { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up('Alt');
    await expect(editor.node('resize')).toHaveCount(2);
    // Which of the two is drawn first is left open while the copy is dragged.
    await expect
      .poll(async () =>
        Math.min(
          ...(await Promise.all((await title.all()).map((one) => one.boundingBox()))).map((box) =>
            Math.round(box?.y ?? 0),
          ),
        ),
      )
      .toBe(Math.round(before.y));
  });
});
