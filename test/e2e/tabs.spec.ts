import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

const tab = (name: string) =>
  editor.page
    .getByRole('navigation', { name: 'Open graphs' })
    .getByRole('button', { name: new RegExp(`^(Kept .* file )?${name}$`) });

test('each open graph has its own undo and its own place on the canvas, also after a reload', async ({ page }) => {
  const prompt = editor.node('Prompt').getByRole('textbox', { name: 'text' });
  await prompt.fill('a lighthouse');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  const zoom = await page.getByRole('button', { name: /^Zoom is/ }).textContent();
  await editor.choose('New graph');
  await expect(editor.nodes()).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await tab('Text to image').click();
  await expect(prompt).toHaveValue('a lighthouse');
  await expect(page.getByRole('button', { name: /^Zoom is/ })).toHaveText(zoom ?? '');
  await page.reload();
  await expect(prompt).toHaveValue('a lighthouse');
  await expect(page.getByRole('button', { name: /^Zoom is/ })).toHaveText(zoom ?? '');
  await expect(tab('Untitled')).toBeVisible();
});

test('the list of graphs duplicates, deletes, and brings back what was deleted', async ({ page }) => {
  await editor.choose('Graphs…');
  const list = page.getByRole('dialog', { name: 'Graphs in this browser' });
  await list.getByRole('button', { name: 'Duplicate Text to image' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(2);
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await list.getByRole('button', { name: 'Delete Text to image, copy' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  // A toast lies over the window, where it can be read and pressed, and outlasts it.
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await expect(undo).toBeInViewport();
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await undo.click();
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await list.getByRole('button', { name: 'Delete Text to image, copy' }).click();
  await expect(undo).toBeVisible();
  await page.keyboard.press('Escape');
  await undo.click();
  await editor.choose('Graphs…');
  await list.getByRole('button', { name: /^Text to image, copy/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Text to image, copy' })).toBeVisible();
  await page.getByRole('button', { name: 'Close Text to image, copy' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Text to image$/ })).toBeVisible();
});

test('a run goes on in its tab while another graph is shown, which waits in the queue', async ({ page }) => {
  const steps = editor.node('Scheduler').getByRole('spinbutton', { name: 'steps' });
  await editor.type('Scheduler', 'steps', '900');
  await editor.run.click();
  await expect(page.getByRole('banner')).toContainText(/Step [1-9]\d* of 900/, { timeout: 90_000 });
  await editor.openTemplate('Text to image');
  await expect(steps).toHaveAttribute('aria-valuenow', '25');
  await expect(page.getByRole('banner')).not.toContainText(/of 900/);
  await editor.run.click();
  await expect(page.getByRole('button', { name: 'Queue, 1 waiting' })).toBeVisible();
  const tabs = page.getByRole('navigation', { name: 'Open graphs' });
  await tabs
    .getByRole('button', { name: /Text to image/ })
    .first()
    .click();
  await expect(page.getByRole('banner')).toContainText(/Step [1-9]\d* of 900/);
  await page.getByRole('button', { name: 'Queue, 1 waiting' }).click();
  await page.getByRole('button', { name: 'Stop all' }).click();
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Stopped/);
});
