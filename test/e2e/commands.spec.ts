import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('the command palette runs commands, adds nodes and goes to those that are there', async ({ page }) => {
  const commands = page.getByRole('dialog', { name: 'Commands' });
  await page.keyboard.press('ControlOrMeta+k');
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await page.keyboard.type('select all');
  await expect(commands.getByRole('option', { name: /^Select all/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(editor.inspector.getByRole('heading', { name: /parts$/ })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('number list');
  await page.keyboard.press('Enter');
  await expect(editor.node('Number list')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('cfg');
  await commands.getByRole('option', { name: /^CFG combine go to/ }).click();
  await expect(editor.node('CFG combine')).toBeFocused();
});

test('the shortcut sheet lists the keys of the commands', async ({ page }) => {
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Duplicate', { exact: true })).toBeVisible();
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});
