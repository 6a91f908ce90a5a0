import { expect, test } from '@playwright/test';
import { Editor, graph, number } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

const places = async () => {
  const { nodes } = JSON.parse((await editor.save()).text);
  return Object.fromEntries(nodes.map(({ id, at }: { id: string; at: [number, number] }) => [id, at]));
};

test('selected nodes are aligned, distributed and nudged', async ({ page }) => {
  await editor.dropGraph(graph([number('a', [0, 0]), number('b', [33, 100]), number('c', [10, 400])]));
  await expect(editor.node('c')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await editor.inspector.getByRole('button', { name: 'Align left' }).click();
  await editor.inspector.getByRole('button', { name: 'Distribute down' }).click();
  await editor.node('c').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  expect(await places()).toEqual({ a: [8, 0], b: [8, 200], c: [8, 400] });
  await page.keyboard.press('ControlOrMeta+z');
  expect(await places()).toEqual({ a: [0, 0], b: [0, 200], c: [0, 400] });
});
