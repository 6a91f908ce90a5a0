import { expect, test } from '@playwright/test';
import { Editor, graph } from './editor';

/** A chain of nodes that is many windows long. */
const length = 60;
const chain = graph(
  Array.from({ length }, (_, i) => ({
    id: `n${i}`,
    type: 'image/resize-image',
    version: 1,
    at: [i * 400, 0],
    params: {},
    title: `Number ${i}`,
  })),
  Array.from({ length: length - 1 }, (_, i) => ({ from: [`n${i}`, 'image'], to: [`n${i + 1}`, 'image'] })),
);

test('of a large graph nodes out of view are boxes with a name, whole as soon as they are looked at, have the focus, or are walked to', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.dropGraph({ ...chain, view: { at: [400, 100], zoom: 1 } });
  const sockets = (title: string) => editor.node(title).locator('.react-flow__handle');
  await expect(sockets('Number 50')).toHaveCount(0);
  await expect(editor.node('Number 50')).toHaveAccessibleName(/^Number 50, not run yet, 1 of 1 inputs? wired/);
  await expect(sockets('Number 1')).not.toHaveCount(0);
  // Wires far from the view are one line.
  const alone = page.locator('.react-flow__edge');
  const together = page.locator('.react-flow__viewport-portal svg path');
  await expect(together).toHaveCount(1);
  const far = async () => ((await together.getAttribute('d')) ?? '').split('M').length - 1;
  await expect.poll(async () => (await alone.count()) + (await far())).toBe(length - 1);
  expect(await alone.count()).toBeLessThan(length / 4);

  // What is drawn as a box is as large as what is drawn whole, and its wires end where they did.
  const shape = () =>
    page.evaluate(() => [
      ...['n29', 'n30', 'n31'].map((id) => {
        const node = document.querySelector(`.react-flow__node[data-id=${id}]`);
        return node && [getComputedStyle(node).width, getComputedStyle(node).height].join(' ').replaceAll(/\.\d+/g, '');
      }),
    ]);
  const before = await shape();
  const lines = await together.getAttribute('d');
  await editor.node('Number 30').focus();
  await expect(sockets('Number 30')).not.toHaveCount(0);
  await expect(sockets('Number 50')).toHaveCount(0);
  expect(await shape()).toEqual(before);
  const line = await page.locator('.react-flow__edge[data-id="n31 image"] path').first().getAttribute('d');
  expect(lines).toContain(line);

  // Along the wire from socket to socket, through a node that was a box.
  await editor.socket('Number 30', /^image, wired to Number 31/).focus();
  await page.keyboard.press('ArrowRight');
  await expect(editor.socket('Number 31', /^image, wired from Number 30/)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(editor.node('Number 31')).toBeInViewport();
  await expect(sockets('Number 31')).not.toHaveCount(0);
  await expect(sockets('Number 1')).toHaveCount(0);
});
