import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('a frame moves what lies in it, and undo brings all of it back', async ({ page }) => {
  const cfg = editor.node('CFG combine');
  await cfg.getByText('CFG combine', { exact: true }).click();
  await page.keyboard.press('ControlOrMeta+Shift+f');
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toBeFocused();
  await page.keyboard.type('Guidance');
  await page.keyboard.press('Enter');
  const frame = page.getByRole('group', { name: 'Frame Guidance' });
  await expect(frame).toBeFocused();
  // What is switched at a frame is switched at all that is in it.
  await page.keyboard.press('b');
  await expect(cfg).toContainText('passes prediction');
  await page.keyboard.press('b');
  await expect(cfg).not.toContainText('passes prediction');
  const before = await cfg.boundingBox();
  await frame.getByText('Guidance', { exact: true }).hover();
  await page.mouse.down();
  await page.mouse.move((before?.x ?? 0) + 60, (before?.y ?? 0) - 100, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await cfg.boundingBox())?.y).toBeLessThan((before?.y ?? 0) - 40);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => Math.round((await cfg.boundingBox())?.y ?? 0)).toBe(Math.round(before?.y ?? 0));
  await page.reload();
  await expect(frame).toBeVisible();
});

test('a note shows its Markdown, and its HTML as text', async ({ page }) => {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('add a note');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Text of the note' })).toBeFocused();
  await page.keyboard.type('# Why two?\nOne sees **your** prompt. <b>x</b>');
  await page.keyboard.press('Escape');
  const note = page.getByRole('group', { name: /^Note # Why two/ });
  await expect(note.locator('strong')).toHaveText(['Why two?', 'your']);
  await expect(note).toContainText('<b>x</b>');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+Shift+f');
  await page.keyboard.press('Enter');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
});
