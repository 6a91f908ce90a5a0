import { expect, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
  await page.keyboard.press('ControlOrMeta+Shift+o');
  await expect(page.getByRole('tree').getByRole('treeitem').first()).toBeFocused();
});

test('the outline lists the graph, and changes it', async ({ page }) => {
  await test.step('the outline lists the graph in the order of its wires, with what is in a zone inside of it', async () => {
    const tree = page.getByRole('tree', { name: 'Nodes of the graph' });
    const zone = tree.getByRole('treeitem', { name: /^Denoise zone, 6 nodes/ });
    await expect(zone.getByRole('treeitem', { name: /^CFG combine, / })).toBeVisible();
    await expect(zone.getByRole('treeitem', { name: /^VAE decode, / })).toHaveCount(0);
    const names = await tree
      .getByRole('treeitem')
      .evaluateAll((all) => all.map((item) => item.getAttribute('aria-label')));
    const at = (name: string) => names.findIndex((other) => other?.startsWith(`${name}, `));
    expect(at('Checkpoint')).toBeLessThan(at('Denoise zone'));
    expect(at('Denoise zone')).toBeLessThan(at('Denoise start'));
    expect(at('Denoise end')).toBeLessThan(at('VAE decode'));
  });

  await test.step('what is selected on the canvas is selected in the outline, and a title is changed there', async () => {
    await editor.node('CFG combine').click();
    const line = page.getByRole('treeitem', { name: /^CFG combine, / });
    await expect(line).toHaveAttribute('aria-selected', 'true');
    await line.focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('Guidance');
    await page.keyboard.press('Enter');
    await expect(editor.node('Guidance')).toBeVisible();
    await expect(page.getByRole('treeitem', { name: /^Guidance, / })).toBeFocused();
  });

  await test.step('a value is changed, a wire made and a node deleted in the outline', async () => {
    const tree = page.getByRole('tree');
    const scheduler = tree.getByRole('treeitem', { name: /^Scheduler, / });
    await scheduler.focus();
    await expect(editor.inspector.getByLabel('Title of the node')).toHaveValue('Scheduler');
    await page.keyboard.press('ArrowRight');
    await tree.getByRole('treeitem', { name: 'steps', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    await expect(editor.node('Scheduler').getByRole('spinbutton', { name: 'steps' })).toHaveAttribute(
      'aria-valuenow',
      '7',
    );
    await page.keyboard.press('Escape');
    await expect(tree.getByRole('treeitem', { name: 'steps', exact: true })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(scheduler).toBeFocused();

    await tree.getByRole('treeitem', { name: /^Image preview, / }).focus();
    await page.keyboard.press('Enter');
    const image = tree.getByRole('treeitem', { name: /^Input image/ });
    await expect(image).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(image).toHaveAccessibleName(/required, not wired/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Connect' }).getByRole('combobox')).toBeFocused();
    await page.keyboard.type('vae decode, image');
    await page.keyboard.press('Enter');
    await expect(editor.socket('Image preview', /^image/)).toHaveAccessibleName(/wired from VAE decode/);
    await expect(image).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Delete');
    await expect(editor.node('Image preview')).toHaveCount(0);
    await expect(tree.getByRole('treeitem').and(page.locator(':focus'))).toBeVisible();
  });
});
