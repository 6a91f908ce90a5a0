import { expect, test } from '@playwright/test';
import { Editor } from './editor';

/** One picture in a step, and one drawn on the way every third step; pictures at the end in two. */
const shorter: readonly (readonly [RegExp, string])[] = [
  [/"steps":25\b/g, '"steps":2'],
  [/"batch":4\b/g, '"batch":1'],
  [/"sample":/g, '"sampleEvery":5,"sample":'],
];

test('a lesson shows its loss, is stopped, goes on after a reload where it was, and ends early with what it learned', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const editor = new Editor(page);
  await page.route('**/assets/templates-*.js', async (route) => {
    const response = await route.fetch();
    let body = await response.text();
    for (const [long, short] of shorter) body = body.replace(long, short);
    await route.fulfill({ response, body });
  });
  await editor.open();
  await editor.openTemplate('Teach it a word');
  const learn = editor.node('Learn a word');
  const told = editor.inspector.getByText(/^Step \d+ of 200 · loss/);
  const stepNow = async () => Number(/^Step (\d+)/.exec((await told.textContent()) ?? '')?.[1]);
  const status = page.getByRole('status', { name: 'Run' });
  await learn.click({ position: { x: 60, y: 10 } });
  await editor.run.click();
  await expect(told).toHaveText(/^Step [3-9]\d* of/, { timeout: 90_000 });
  await expect(editor.inspector.getByText(/^It needs about \d+(\.\d)? MB of memory/)).toBeVisible();
  await expect(learn.getByRole('img', { name: /^Loss 0\.\d+ after \d+ steps$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(status).toHaveText(/^Stopped/, { timeout: 90_000 });
  const stopped = await stepNow();

  await editor.open();
  await learn.click({ position: { x: 60, y: 10 } });
  await editor.run.click();
  await expect(told).toBeVisible({ timeout: 90_000 });
  // The curve of what was learned before is there again, and nothing is learned twice.
  expect(await stepNow()).toBeGreaterThanOrEqual(stopped);
  await expect(editor.inspector.getByRole('img', { name: /^Drawn after \d+ steps$/ })).not.toHaveCount(0, {
    timeout: 90_000,
  });
  await editor.inspector.getByRole('button', { name: 'Enough: use what it has learned' }).click();
  await expect(status).toHaveText(/^Done in/, { timeout: 90_000 });
  const learned = editor.inspector.getByText(/^Step (\d+) of \1 · loss/);
  await expect(learned).toBeVisible();
  await expect(page.locator('canvas[data-picture]')).toHaveCount(3);
});
