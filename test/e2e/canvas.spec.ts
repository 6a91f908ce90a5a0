import { expect, test } from '@playwright/test';
import { Editor, graph, number } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('the canvas asks for nodes, selects with a box and runs up to a node', async ({ page }) => {
  await test.step('a run goes up to a node and no further, and what it made is cached in the next', async () => {
    const encoder = editor.node('Text encoder').first();
    await encoder.getByText('Text encoder', { exact: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Run to here' }).click();
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 90_000 });
    await expect(encoder).toHaveAccessibleName(/, done/);
    await expect(editor.node('Image preview')).toContainText('not run yet');
    await page.keyboard.press('ControlOrMeta+Shift+Enter');
    await expect(encoder).toContainText('cached', { timeout: 60_000 });
  });

  await test.step('Space and a double click ask for a node there, a box selects, colours and the overview are in the menus', async () => {
    await editor.dropGraph(graph([number('a', [0, 0]), number('b', [300, 0]), number('c', [300, 260])]));
    const menu = page.getByRole('dialog', { name: 'Add a node' });
    await page.mouse.dblclick(420, 700);
    await menu.getByRole('combobox').fill('image preview');
    await page.keyboard.press('Enter');
    const preview = editor.node('Image preview');
    await expect(preview).toBeVisible();
    const box = await preview.boundingBox();
    expect(Math.abs((box?.x ?? 0) - 420)).toBeLessThan(40);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(preview).toHaveCount(0);
    await editor.node('a').focus();
    await page.keyboard.press(' ');
    await expect(menu.getByRole('combobox')).toBeFocused();
    await page.keyboard.press('Escape');

    // A box around the two on the right.
    const [b, c] = [await editor.node('b').boundingBox(), await editor.node('c').boundingBox()];
    if (!b || !c) throw new Error('The nodes are not on the screen.');
    await page.mouse.move(b.x - 20, b.y - 20);
    await page.mouse.down();
    await page.mouse.move(c.x + c.width + 20, c.y + c.height + 20, { steps: 5 });
    await page.mouse.up();
    await expect(editor.inspector).toContainText('2 parts');
    await page.mouse.click(c.x + 20, c.y + 12, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Colour' }).click();
    await page.getByRole('menu').last().getByText('Green').click();
    const { nodes } = JSON.parse((await editor.save()).text) as { nodes: { id: string; color?: string }[] };
    expect(nodes.map(({ id, color }) => `${id} ${color ? 'coloured' : 'plain'}`)).toEqual([
      'a plain',
      'b coloured',
      'c coloured',
    ]);

    const overview = page.getByRole('img', { name: 'Overview of the graph' });
    await expect(overview).toBeVisible();
    await editor.node('a').focus();
    await page.keyboard.press('n');
    await expect(overview).toHaveCount(0);
    await page.reload();
    await expect(editor.node('a')).toBeVisible();
    await expect(overview).toHaveCount(0);
  });
});
