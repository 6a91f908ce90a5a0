import { expect, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('M mutes what is selected, and a run tells the node that needs it', async ({ page }) => {
  await editor.node('Scheduler').getByText('Scheduler', { exact: true }).click();
  await page.keyboard.press('m');
  await expect(editor.node('Scheduler')).toHaveAccessibleName(/, muted,?/);
  await editor.run.click();
  await expect(editor.node('Denoise start')).toContainText('needs a schedule from Scheduler, which is muted.');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.node('Scheduler')).not.toHaveAccessibleName(/muted/);
});

test('B bypasses a node, which says what it passes on', async ({ page }) => {
  await editor.node('CFG combine').getByText('CFG combine', { exact: true }).click();
  await page.keyboard.press('b');
  await expect(editor.node('CFG combine')).toContainText('passes prediction');
  await expect(editor.node('CFG combine')).toHaveAccessibleName(/, bypassed/);
  await page.keyboard.press('b');
  await expect(editor.node('CFG combine')).not.toContainText('passes prediction');
});

test('C collapses a node to its header and sockets, which keep their wires', async ({ page }) => {
  const node = editor.node('CFG combine');
  await node.getByText('CFG combine', { exact: true }).click();
  await page.keyboard.press('c');
  await expect(node.getByRole('spinbutton')).toHaveCount(0);
  await expect(editor.socket('CFG combine', /^conditional/)).toHaveAccessibleName(/wired from UNet step, prompt$/);
  await node.getByRole('button', { name: 'Expand CFG combine' }).click();
  await expect(node.getByRole('spinbutton', { name: 'scale', exact: true })).toBeVisible();
});

test('a double click on a title, or F2, renames a node', async ({ page }) => {
  await editor.node('CFG combine').getByText('CFG combine', { exact: true }).dblclick();
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
