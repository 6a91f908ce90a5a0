import { expect, test } from '@playwright/test';
import { Editor } from './editor';

test('a run pauses after a step, says so, goes on where it stood, and can be stopped while it stands and within a step', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.type('Scheduler', 'steps', '400');
  await editor.run.click();
  const bar = page.getByRole('banner');
  await expect(bar).toContainText(/Step [1-9]\d* of 400/, { timeout: 90_000 });
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(bar).toContainText(/Paused at step \d+ of 400/, { timeout: 60_000 });
  const at = async () => Number(/step (\d+) of/i.exec((await bar.textContent()) ?? '')?.[1]);
  const stood = await at();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(bar).toContainText(/Step \d+ of 400/);
  await expect.poll(at).toBeGreaterThan(stood);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(bar).toContainText(/Paused at step \d+ of 400/, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Stopped/);
  await expect(page.getByRole('button', { name: /^(Pause|Resume)$/ })).toHaveCount(0);
  await editor.run.click();
  await expect(bar).toContainText(/Step [1-9]\d* of 400/, { timeout: 90_000 });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Stopped/);
  await expect(editor.run).toBeEnabled();
});
