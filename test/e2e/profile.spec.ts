import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

test('a run is profiled: its bars are walked by keys, tables say the same, and the file is a trace', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.type('Scheduler', 'steps', '2');
  await editor.choose('Profile…');
  const profile = page.getByRole('dialog', { name: 'Profile' });
  await expect(profile.getByText('No run was profiled yet.')).toBeVisible();
  await profile.getByRole('button', { name: 'Run with profile' }).click();
  const nodes = profile.getByRole('region', { name: 'Nodes' });
  await expect(nodes.getByRole('row', { name: /^UNet step, prompt 2 / })).toBeVisible({ timeout: 90_000 });
  await expect(nodes.getByRole('row', { name: /^VAE decode 1 .*kB$/ })).toBeVisible();
  const networks = profile.getByRole('region', { name: 'Networks' });
  await expect(networks.getByRole('row', { name: /^unet / })).toBeVisible();

  // The steps are the first row; below the first step stands the node that began it.
  await profile.getByRole('application', { name: 'Where the time went' }).focus();
  const told = profile.getByRole('status');
  await page.keyboard.press('ArrowRight');
  await expect(told).toContainText(/^step 1: .* of the run/);
  await page.keyboard.press('ArrowRight');
  await expect(told).toContainText(/^step 2: /);
  await page.keyboard.press('ArrowDown');
  await expect(told).toContainText(/^Node UNet step, /);
  await page.keyboard.press('ArrowDown');
  await expect(told).toContainText(/^Network unet .*, for UNet step, prompt/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('0');
  expect((await new AxeBuilder({ page }).include('dialog[open]').analyze()).violations.map(({ id }) => id)).toEqual([]);

  const downloading = page.waitForEvent('download');
  await profile.getByRole('button', { name: 'Save as JSON' }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe('Text to image.profile.json');
  const { traceEvents } = JSON.parse(await readFile(await file.path(), 'utf8')) as {
    traceEvents: { name: string; ph: string; dur?: number }[];
  };
  const samplerSteps = traceEvents.filter(({ ph, name }) => ph === 'X' && name === 'Sampler step');
  expect(samplerSteps).toHaveLength(2);
  expect(samplerSteps.every(({ dur = 0 }) => dur > 0)).toBe(true);
});
