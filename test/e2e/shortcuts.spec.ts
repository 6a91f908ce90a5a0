import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

test('the sheet lists the keys of the commands; a shortcut gets other keys, takes them from another command when asked, and is reset', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await expect(sheet.getByText('Duplicate', { exact: true })).toBeVisible();
  await sheet.getByRole('button', { name: 'Change the keys of Mute' }).click();
  await page.keyboard.press('b');
  await expect(sheet.getByRole('alert')).toHaveText('B is “Bypass” by now.');
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await sheet.getByRole('button', { name: 'Change the keys of Mute' }).click();
  await page.keyboard.press('b');
  await sheet.getByRole('button', { name: 'Take it over' }).click();
  await expect(sheet.getByRole('listitem').filter({ hasText: /^Mute/ })).toHaveText('MuteB');
  await sheet.getByRole('button', { name: 'Change the keys of Bypass' }).click();
  await page.keyboard.press('ControlOrMeta+b');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await page.reload();
  await editor.node('CFG combine').getByText('CFG combine', { exact: true }).click();
  await page.keyboard.press('b');
  await expect(page.getByRole('group', { name: /^CFG combine, muted/ })).toBeVisible();
  await editor.node('CFG combine').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Unmute B', exact: true })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^Bypass (Ctrl|⌘) B$/ })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await sheet.getByRole('button', { name: 'Reset the keys of Mute' }).click();
  await expect(sheet.getByRole('listitem').filter({ hasText: /^Mute/ })).toHaveText('MuteM');
  await sheet.getByRole('button', { name: 'Reset all' }).click();
  await expect(sheet.getByRole('button', { name: /^Reset/ })).toHaveCount(0);
});
