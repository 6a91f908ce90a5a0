import { expect, test } from '@playwright/test';
import { Editor } from './editor';

test('a seed is rolled before the run, the picture tells it, and it can be taken back', async ({ page }) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.type('Scheduler', 'steps', '1');
  const seed = editor.node('Noise').getByRole('textbox', { name: 'seed' });
  await expect(seed).toHaveValue('42');
  await editor.node('Noise').getByRole('combobox', { name: 'seed before each run' }).selectOption('increment');
  await editor.run.click();
  await expect(seed).toHaveValue('43');
  await expect(editor.node('Image preview')).toContainText('seed 43', { timeout: 90_000 });
  await expect(editor.run).toBeEnabled();
  await seed.fill('7');
  await editor.node('Image preview').getByRole('img').hover();
  await editor.node('Image preview').getByRole('button', { name: 'Use this seed' }).click();
  await expect(seed).toHaveValue('43');
  await expect(editor.node('Noise').getByRole('combobox', { name: 'seed before each run' })).toHaveValue('fixed');
});
