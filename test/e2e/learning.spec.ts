import { readFile } from 'node:fs/promises';
import { expect, type Locator, test } from '@playwright/test';
import { Editor } from './editor';

/** The names and shapes that a safetensors file begins with. */
async function tensorsOf(path: string): Promise<Record<string, number[] | undefined>> {
  const bytes = await readFile(path);
  const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE())).toString()) as Record<
    string,
    { readonly shape?: number[] }
  >;
  return Object.fromEntries(Object.entries(header).map(([name, { shape }]) => [name, shape]));
}

/** How long a busy machine may take for what is done in seconds. */
const patient = { timeout: 120_000 };

const numberIn = async (words: Locator, pattern: RegExp): Promise<number> =>
  Number(pattern.exec((await words.textContent()) ?? '')?.[1]);

test('a word is learned: progress, curve and pictures; paused, closed, gone on with, ended early and saved', async ({
  page,
}) => {
  // Sessions of 3,000 nodes are made twice, which a busy machine takes long over.
  test.setTimeout(400_000);
  const editor = new Editor(page);
  await editor.open();
  await editor.openTemplate('Teach it a word');
  const learn = editor.node('Learn a word');
  const field = (name: string) => editor.inspector.getByRole('spinbutton', { name, exact: true });
  const set = async (name: string, value: number) => {
    await field(name).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type(String(value));
    await page.keyboard.press('Enter');
  };
  // One picture and its mirror image, many short steps, pictures at the end in two.
  const pictures = editor.node('Pictures');
  await pictures.getByRole('combobox', { name: 'cut' }).selectOption('middle');
  await pictures.getByRole('textbox', { name: 'captions', exact: true }).fill('<blueprint>, a fox');
  await editor.type('Scheduler', 'steps', '2');
  await learn.click({ position: { x: 60, y: 10 } });
  await set('steps', 500);
  await set('batch', 1);
  await set('sample every', 5);
  await expect(learn.getByText('Loss and pictures appear here.')).toBeVisible();

  await editor.run.click();
  const told = editor.inspector.getByText(/^Step \d+ of \d+ · loss/);
  await expect(told).toHaveText(/^Step \d+ of 500 · loss \d\.\d+ · [\d.]+ m?s a step · .* left$/, patient);
  await expect(learn.getByRole('img', { name: /^Loss \d\.\d+ after \d+ steps$/ })).toBeVisible();
  await expect(learn.getByRole('img', { name: 'Drawn after 5 steps' })).toBeVisible(patient);
  await expect(editor.inspector.getByText(/^It needs about \d+(\.\d)? MB of memory/)).toBeVisible();
  const bar = page.getByRole('banner');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(bar).toContainText(/Paused at step \d+ of 500/, patient);
  const paused = await numberIn(told, /^Step (\d+)/);
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect.poll(() => numberIn(told, /^Step (\d+)/), patient).toBeGreaterThan(paused);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(bar).toContainText(/Paused at step/, patient);
  const left = await numberIn(told, /^Step (\d+)/);

  // Whoever closes the page while it stands still loses nothing.
  await editor.open();
  await learn.click({ position: { x: 60, y: 10 } });
  await editor.run.click();
  await expect(told).toBeVisible(patient);
  expect(await numberIn(told, /^Step (\d+)/)).toBeGreaterThanOrEqual(left);
  await expect.poll(() => numberIn(told, /^Step (\d+)/), patient).toBeGreaterThan(left);
  await editor.inspector.getByRole('button', { name: 'Enough: use what it has learned' }).click();
  const status = page.getByRole('status', { name: 'Run' });
  await expect(status).toHaveText(/^Done in/, patient);
  await expect(page.locator('canvas[data-picture]')).toHaveCount(3);
  const learned = await numberIn(editor.inspector.getByText(/^Step (\d+) of \1 · loss/), /^Step (\d+)/);
  expect(learned).toBeGreaterThan(left);
  await expect(field('steps')).toHaveAttribute('aria-valuenow', String(learned));

  // The word goes into a file.
  await editor.socket('Learn a word', /^embedding/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Add a node that fits…' }).click();
  await page.keyboard.type('save emb');
  await page.keyboard.press('Enter');
  await expect(editor.node('Save embedding')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await editor.run.click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe('embedding.safetensors');
  expect(await tensorsOf(await file.path())).toEqual({ '<blueprint>': [16, 192] });
});
