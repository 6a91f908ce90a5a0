import { expect, test } from '@playwright/test';
import { Editor, picture } from './editor';

test('an expression is typed, wired by the names in it and computed; a mistake is marked where it is', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.choose('New graph');
  await editor.drop(picture);
  await expect(editor.node('Load image')).toBeVisible();
  for (const name of ['Expression', 'Image preview'])
    await editor.palette.getByRole('button', { name, exact: true }).click();

  await editor.node('Expression').getByText('Expression', { exact: true }).click();
  const field = editor.inspector.getByRole('textbox', { name: 'expression' });
  await field.fill('1 - a');
  const a = editor.socket('Expression', /^a, /);
  await expect(editor.socket('Expression', /^b, /)).toHaveCount(0);
  const wire = async (from: typeof a, to: typeof a) => {
    await from.focus();
    await page.keyboard.press('Enter');
    await to.focus();
    await page.keyboard.press('Enter');
  };
  await wire(editor.socket('Load image', /^image/), a);
  await expect(a).toHaveAccessibleName(/wired from Load image/);
  // What goes in decides what comes out.
  await wire(editor.socket('Expression', /^result, image/), editor.socket('Image preview', /^image/));
  await editor.run.click();
  const shown = editor.node('Image preview').getByRole('img');
  await expect(shown).toHaveAccessibleName('Picture, 2 × 2');
  const pixels = await shown.evaluate((canvas: HTMLCanvasElement) => [
    ...(canvas.getContext('2d')?.getImageData(0, 0, 2, 2).data ?? []),
  ]);
  expect(pixels).toEqual([0, 255, 255, 255, 255, 0, 255, 255, 255, 255, 0, 255, 0, 0, 0, 255]);

  await editor.node('Expression').getByText('Expression', { exact: true }).click();
  await field.fill('1 - blurr(a)');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/blurr/);
  await expect(editor.inspector.locator('mark')).toHaveText('blurr');
  await field.fill('1 - (a');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('a / 2');
  await expect(field).toHaveAttribute('aria-invalid', 'false');
});
