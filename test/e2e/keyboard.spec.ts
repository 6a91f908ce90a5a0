import { expect, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('the canvas is walked and changed by keys', async ({ page }) => {
  await test.step('Tab goes through bar, palette and the nodes in the order of their wires, and out again', async () => {
    await page.getByRole('searchbox', { name: 'Search nodes' }).focus();
    await page.keyboard.press('Tab');
    await expect(editor.palette.getByRole('button').and(page.locator(':focus'))).toBeVisible();
    const order: string[] = [];
    for (let i = 0; i < 30 && order.at(-1) !== 'Image preview'; i++) {
      await page.keyboard.press('Tab');
      const name = await page.locator(':focus').evaluate((element) => {
        const label = element.getAttribute('aria-labelledby');
        return (
          (label && document.getElementById(label)?.textContent) ??
          element.getAttribute('aria-label') ??
          element.textContent
        );
      });
      order.push(name.replace(/, not run yet.*/, ''));
    }
    expect(order).toEqual([...order].filter((name) => name !== ''));
    for (const [before, after] of [
      ['Prompt', 'Text encoder'],
      ['Denoise start', 'CFG combine'],
      ['CFG combine', 'Sampler step'],
      ['VAE decode', 'Image preview'],
    ] as const)
      expect(order.indexOf(before), `${before} before ${after}`).toBeLessThan(order.indexOf(after));
    await expect(editor.inspector.getByLabel('Title of the node')).toHaveValue('Image preview');
    // A note may stand behind the nodes; then Tab leaves the canvas.
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
    await expect(editor.nodes().and(page.locator(':focus'))).toHaveCount(0);
  });

  await test.step('where wires part, Up and Down go from one to the next, and the way back is the way one came', async () => {
    await editor.socket('Checkpoint', /^unet/).focus();
    await page.keyboard.press('ArrowRight');
    await expect(editor.socket('UNet step, prompt', /^unet/)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(editor.socket('UNet step, negative', /^unet/)).toBeFocused();
    await expect(page.getByRole('status', { name: 'Announcements' })).toHaveText(/^Wire 2 of 2/);
    await page.keyboard.press('ArrowLeft');
    await expect(editor.socket('Checkpoint', /^unet/)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(editor.socket('UNet step, negative', /^unet/)).toBeFocused();
  });

  await test.step('a wire is removed and made again by keys, and each act is said', async () => {
    const said = page.getByRole('status', { name: 'Announcements' });
    const image = editor.socket('Image preview', /^image/);
    await image.focus();
    await page.keyboard.press('Delete');
    await expect(image).toHaveAccessibleName(/required, not wired/);
    await expect(said).toHaveText(/^Unwired: VAE decode, image to Image preview, image/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(editor.socket('VAE decode', /^image/)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(image).toHaveAccessibleName(/wired from VAE decode/);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(said).toHaveText(/^Undone: Wire\. Unwired/);
    await page.keyboard.press('ControlOrMeta+z');
  });

  await test.step('the list of a socket names what fits, and says of the rest why it does not', async () => {
    await editor.socket('CFG combine', /^conditional/).focus();
    await page.keyboard.press('w');
    const dialog = page.getByRole('dialog', { name: 'Connect' });
    await expect(dialog.getByRole('option', { name: /^UNet step, prompt, prediction/ })).toContainText(
      'remove this wire',
    );
    const wrong = dialog.getByRole('option', { name: /^Checkpoint, vae/ });
    await expect(wrong).toContainText('CFG combine needs a prediction here; this is a VAE.');
    await expect(wrong).toBeDisabled();
    await page.keyboard.type('negative, prediction');
    await page.keyboard.press('Enter');
    await expect(editor.socket('CFG combine', /^conditional/)).toHaveAccessibleName(/wired from UNet step, negative/);
    await expect(editor.socket('CFG combine', /^conditional/)).toBeFocused();
    await page.keyboard.press('ControlOrMeta+z');
  });

  await test.step('the focus stays on the canvas when its node goes, and after windows and menus', async () => {
    await editor.node('VAE decode').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Delete');
    await expect(editor.node('Image preview')).toBeFocused();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.node('VAE decode')).toBeVisible();
    for (const key of ['ControlOrMeta+k', '?', ' ', 'F2', 'Shift+F10']) {
      await page.keyboard.press(key);
      await expect(editor.node('Image preview')).not.toBeFocused();
      await page.keyboard.press('Escape');
      await expect(editor.node('Image preview')).toBeFocused();
    }
    await page.keyboard.press('ControlOrMeta+d');
    const copy = page.locator('.react-flow__node:focus:not([data-id=preview])');
    await expect(copy).toHaveAccessibleName(/^Image preview, /);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.nodes().and(page.locator(':focus'))).toHaveCount(1);
  });

  await test.step('Shift and Space gather nodes, and Escape keeps the one with the focus', async () => {
    await editor.node('CFG combine').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Space');
    await expect(editor.inspector.getByRole('heading', { name: '2 parts' })).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(editor.inspector.getByRole('heading', { name: '2 parts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(editor.inspector.getByLabel('Title of the node')).toBeVisible();
  });
});
