import { expect, test } from '@playwright/test';
import { Editor, graph } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  editor = new Editor(page);
  await editor.open();
});

const boxes = async (titles: readonly string[]) =>
  Promise.all(
    titles.map(async (title) => {
      const box = await editor.node(title).boundingBox();
      if (!box) throw new Error(`${title} is not on the screen.`);
      return box;
    }),
  );

test('graphs are arranged along their wires', async ({ page }) => {
  await test.step('a graph in disorder is arranged along its wires in one step of undo', async () => {
    const file = JSON.parse((await editor.save()).text);
    const heap = file.nodes.map((node: object, i: number) => ({ ...node, at: [(i * 37) % 200, (i * 53) % 160] }));
    await editor.dropGraph({ ...file, id: 'heap', nodes: heap });
    await expect(page.getByRole('button', { name: /^Close / })).toHaveCount(2);
    await expect(editor.node('Image preview')).toBeVisible();
    await page.keyboard.press('l');
    const order = [
      'Checkpoint',
      'Denoise start',
      'CFG combine',
      'Sampler step',
      'Denoise end',
      'VAE decode',
      'Image preview',
    ];
    await expect
      .poll(async () => {
        const list = await boxes(order);
        return list.slice(1).every(({ x }, i) => x >= (list[i]?.x ?? 0) + (list[i]?.width ?? 0));
      })
      .toBe(true);
    const parts = await page.locator('.react-flow__node-weft').all();
    const all = await Promise.all(parts.map((part) => part.boundingBox()));
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1))
        if (a && b)
          expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(
            false,
          );
    await page.keyboard.press('ControlOrMeta+z');
    expect(JSON.parse((await editor.save()).text).nodes).toEqual(heap);
  });

  await test.step('a frame keeps what is in it and grows with it', async () => {
    const number = (id: string, at: [number, number]) => ({
      id,
      title: id,
      type: 'numbers/number',
      version: 1,
      at,
      params: {},
    });
    const frames = [{ id: 'frame', title: 'Both', at: [-20, -60], size: [340, 260] }];
    await editor.dropGraph({ ...graph([number('a', [0, 0]), number('b', [150, 60]), number('c', [90, 300])]), frames });
    await expect(editor.node('c')).toBeVisible();
    await page.getByRole('main', { name: 'Graph' }).click({ button: 'right', position: { x: 40, y: 40 } });
    await page.getByRole('menuitem', { name: /^Arrange all along the wires/ }).click();
    const { nodes, frames: after } = JSON.parse((await editor.save()).text);
    const [frame] = after;
    for (const { id, at } of nodes) {
      const inside =
        at[0] > frame.at[0] &&
        at[0] < frame.at[0] + frame.size[0] &&
        at[1] > frame.at[1] &&
        at[1] < frame.at[1] + frame.size[1];
      expect(inside, id).toBe(id !== 'c');
    }
  });
});
