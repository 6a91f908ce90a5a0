import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor, graph, number } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('menus act on what they were opened on', async ({ page }) => {
  await test.step('the menu of a node acts on it, names its keys and says why an entry cannot act', async () => {
    await editor.dropGraph(graph([number('one', [0, 0]), number('two', [300, 0])]));
    await editor.node('two').getByText('two', { exact: true }).click({ button: 'right' });
    const menu = page.getByRole('menu', { name: 'two' });
    await expect(menu.getByRole('menuitem', { name: 'Mute M', exact: true })).toBeVisible();
    expect((await new AxeBuilder({ page }).include('[role=menu]').analyze()).violations).toEqual([]);
    await menu.getByRole('menuitem', { name: /^Duplicate C/ }).click();
    await expect(menu).toBeHidden();
    await expect(editor.node('two')).toHaveCount(2);

    await editor.node('one').getByText('one', { exact: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Colour' }).click();
    await page.getByRole('menuitemradio', { name: 'Teal' }).click();
    const { nodes } = JSON.parse((await editor.save()).text);
    expect(nodes.find(({ id }: { id: string }) => id === 'one').color).toBe('#3fa09a');
  });

  await test.step('the menu of the selection arranges it, and an entry that cannot act says what it needs', async () => {
    await editor.dropGraph(graph([number('one', [0, 0]), number('two', [300, 40])]));
    await editor.node('one').focus();
    await page.keyboard.press('ControlOrMeta+a');
    await editor.node('two').getByText('two', { exact: true }).click({ button: 'right' });
    await expect(page.getByRole('menu', { name: '2 parts' })).toBeVisible();
    await page.getByRole('menuitem', { name: 'Arrange' }).hover();
    const distribute = page.getByRole('menuitem', { name: 'Distribute across' });
    await expect(distribute).toBeDisabled();
    await expect(distribute).toHaveAccessibleDescription('Select three parts or more.');
    await distribute.hover();
    await expect(page.getByText('Select three parts or more.')).toBeVisible();
    await page.getByRole('menuitem', { name: 'Align top' }).click();
    const { nodes } = JSON.parse((await editor.save()).text);
    expect(nodes.map(({ at }: { at: [number, number] }) => at[1])).toEqual([0, 0]);
  });

  await test.step('the menu opens and works by keys alone, and gives the focus back', async () => {
    await editor.dropGraph(graph([number('one', [0, 0])]));
    await editor.node('one').focus();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu', { name: 'one' })).toBeVisible();
    await page.keyboard.press('c');
    await expect(page.getByRole('menuitem', { name: 'Collapse C' })).toBeFocused();
    await page.keyboard.press('c');
    await expect(page.getByRole('menuitem', { name: /^Connect to/ })).toBeFocused();
    await page.keyboard.press('c');
    await expect(page.getByRole('menuitem', { name: 'Colour' })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('menuitemradio', { name: 'None' })).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('menuitem', { name: 'Colour' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(editor.node('one')).toBeFocused();
    await page.keyboard.press('ContextMenu');
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: /^one, muted/ })).toBeFocused();
  });

  await test.step('the canvas, a wire and a socket have menus of their own', async () => {
    const canvas = page.getByRole('main', { name: 'Graph' });
    await editor.dropGraph(
      graph(
        [number('one', [0, 0]), { ...number('combine', [300, 0]), type: 'sampling/cfg-combine', exposed: ['scale'] }],
        [{ from: ['one', 'number'], to: ['combine', 'scale'] }],
      ),
    );
    await editor.socket('combine', /^scale, number, wired from one/).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Remove its wire' }).click();
    await expect(editor.socket('combine', /^scale, number, .*not wired/)).toBeVisible();
    await page.keyboard.press('ControlOrMeta+z');
    await canvas.locator('.react-flow__edge-interaction').click({ button: 'right', force: true });
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    await expect(editor.socket('combine', /^scale, number, .*not wired/)).toBeVisible();
    await canvas.click({ button: 'right', position: { x: 60, y: 60 } });
    await page.getByRole('menuitem', { name: 'Add a note' }).click();
    await expect(page.getByRole('textbox', { name: 'Text of the note' })).toBeFocused();
  });

  await test.step('on a phone the menu is a sheet whose menus take its place', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    // Panels close when the window becomes too narrow for them.
    for (const panel of [editor.palette, editor.inspector]) await expect(panel).toBeHidden();
    await editor.dropGraph(graph([number('one', [0, 0])]));
    await editor.node('one').getByText('one', { exact: true }).click({ button: 'right' });
    const colour = page.getByRole('menuitem', { name: 'Colour' });
    expect((await colour.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await colour.click();
    await page.getByRole('button', { name: 'Back' }).click();
    await colour.click();
    await page.getByRole('menuitemradio', { name: 'Red' }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
  });
});
