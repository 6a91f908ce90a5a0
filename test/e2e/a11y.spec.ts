import { expect, test } from '@playwright/test';
import { complaints, inBothThemes } from './axe';
import { Editor, picture } from './editor';

test('the editor with all its panels passes axe in both themes', async ({ page }) => {
  const editor = new Editor(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await editor.open();
  await editor.node('CFG combine').click();
  await expect(editor.inspector.getByRole('spinbutton', { name: 'scale', exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+o');
  await page.getByRole('treeitem', { name: /^CFG combine/ }).press('ArrowRight');
  await expect(page.getByRole('treeitem', { name: 'scale', exact: true })).toBeVisible();
  expect(await inBothThemes(page)).toEqual([]);
});

for (const [width, panel] of [
  [1024, 'Inspector'],
  [390, 'Palette'],
] as const)
  test(`at ${width} px, with forced colours and less motion, the editor passes axe`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    const editor = new Editor(page);
    await editor.open();
    // On a phone it is open from the start.
    if (width > 640) await page.keyboard.press('ControlOrMeta+Shift+o');
    await expect(page.getByRole('treeitem').first()).toBeVisible();
    await page.getByRole('button', { name: panel, exact: true }).click();
    expect(await complaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

/** Windows over the page. */
const windows = 'dialog[open], [role=dialog], [role=menu]';

test('every window that a command opens passes axe in both themes, and Escape closes it', async ({ page }) => {
  const editor = new Editor(page);
  page.on('filechooser', () => {});
  await editor.open();
  await editor.node('CFG combine').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ControlOrMeta+k');
  expect(await inBothThemes(page, 'dialog')).toEqual([]);
  // By the rule of all menus, a name that ends in dots opens a window.
  const titles = await page
    .getByRole('option')
    .locator('span')
    .evaluateAll((all) => all.map(({ textContent }) => textContent ?? ''));
  await page.keyboard.press('Escape');
  const seen: string[] = [];
  for (const title of [...titles.filter((text) => text.endsWith('…')), 'Keyboard shortcuts']) {
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type(title);
    await page.keyboard.press('Enter');
    const opened = page.locator(windows).filter({ hasNot: page.getByRole('combobox', { name: 'Search commands' }) });
    const opens = await opened
      .first()
      .waitFor({ timeout: 3000 })
      .then(
        () => true,
        () => false,
      );
    if (!opens) continue;
    seen.push(title);
    expect(await inBothThemes(page, windows), title).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.locator(windows), title).toHaveCount(0);
  }
  expect(seen).toEqual(
    expect.arrayContaining(['Graphs…', 'Models…', 'Connect to…', 'Add a node…', 'Keyboard shortcuts']),
  );
});

test('the menu of a node and the picture at full size pass axe', async ({ page }) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.choose('New graph');
  await editor.drop(picture);
  await editor.node('Load image').focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await inBothThemes(page, '[role=menu]')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(editor.node('Load image')).toBeFocused();
  await page.keyboard.press(' ');
  await page.keyboard.type('image preview');
  await page.keyboard.press('Enter');
  await expect(editor.node('Image preview')).toBeFocused();
  await editor.run.click();
  await editor.node('Image preview').getByRole('button', { name: 'Show Image preview large' }).click();
  await expect(page.getByRole('dialog', { name: 'Pictures' })).toBeVisible();
  expect(await inBothThemes(page, 'dialog[open]')).toEqual([]);
});
