import { expect, test } from '@playwright/test';
import { Editor } from './editor';

test('M mutes what is selected, B bypasses it, C collapses it, and a double click on its title or F2 renames it', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.node('Scheduler').getByText('Scheduler', { exact: true }).click();
  await page.keyboard.press('m');
  await expect(editor.node('Scheduler')).toHaveAccessibleName(/, muted,?/);
  await editor.run.click();
  await expect(editor.node('Denoise start')).toContainText('needs a schedule from Scheduler, which is muted.');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.node('Scheduler')).not.toHaveAccessibleName(/muted/);

  const node = editor.node('CFG combine');
  await node.getByText('CFG combine', { exact: true }).click();
  await page.keyboard.press('b');
  await expect(node).toContainText('passes prediction');
  await expect(node).toHaveAccessibleName(/, bypassed/);
  await page.keyboard.press('b');
  await expect(node).not.toContainText('passes prediction');

  await node.getByText('CFG combine', { exact: true }).click();
  await page.keyboard.press('c');
  await expect(node.getByRole('spinbutton')).toHaveCount(0);
  await expect(editor.socket('CFG combine', /^conditional/)).toHaveAccessibleName(/wired from UNet step, prompt$/);
  await node.getByRole('button', { name: 'Expand CFG combine' }).click();
  await expect(node.getByRole('spinbutton', { name: 'scale', exact: true })).toBeVisible();

  await node.getByText('CFG combine', { exact: true }).dblclick();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Guidance');
  await page.keyboard.press('Enter');
  await expect(editor.node('Guidance')).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.type('Push');
  await page.keyboard.press('Enter');
  await expect(editor.node('Push')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.node('Guidance')).toBeVisible();
});
