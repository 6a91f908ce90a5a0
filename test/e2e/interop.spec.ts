import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

const prompt = (id: number, words: string, link: number, out: number) => ({
  id,
  type: 'CLIPTextEncode',
  pos: [400, 260 * id - 1500],
  size: { 0: 400, 1: 200 },
  flags: {},
  order: 2,
  mode: 0,
  inputs: [{ name: 'clip', type: 'CLIP', link }],
  outputs: [{ name: 'CONDITIONING', type: 'CONDITIONING', links: [out] }],
  properties: {},
  widgets_values: [words],
});

const workflow = {
  last_node_id: 10,
  last_link_id: 8,
  nodes: [
    {
      id: 4,
      type: 'CheckpointLoaderSimple',
      pos: [0, 0],
      size: [300, 98],
      flags: {},
      order: 0,
      mode: 0,
      outputs: [
        { name: 'MODEL', type: 'MODEL', links: [1] },
        { name: 'CLIP', type: 'CLIP', links: [2, 3] },
        { name: 'VAE', type: 'VAE', links: null },
      ],
      properties: {},
      widgets_values: ['dreams.safetensors'],
    },
    prompt(6, 'a (small:1.2) house', 2, 4),
    prompt(7, 'rain', 3, 5),
    {
      id: 3,
      type: 'KSampler',
      pos: [860, 0],
      size: [315, 262],
      flags: {},
      order: 4,
      mode: 0,
      inputs: [
        { name: 'model', type: 'MODEL', link: 1 },
        { name: 'positive', type: 'CONDITIONING', link: 4 },
        { name: 'negative', type: 'CONDITIONING', link: 5 },
        { name: 'latent_image', type: 'LATENT', link: null },
      ],
      outputs: [{ name: 'LATENT', type: 'LATENT', links: [8] }],
      properties: {},
      widgets_values: [42, 'fixed', 20, 8, 'euler', 'normal', 1],
    },
    {
      id: 10,
      type: 'LatentGlow',
      pos: [1300, 0],
      size: [300, 98],
      flags: {},
      order: 5,
      mode: 0,
      inputs: [{ name: 'samples', type: 'LATENT', link: 8 }],
      outputs: [],
      properties: {},
      widgets_values: [0.5],
    },
  ],
  links: [
    [1, 4, 0, 3, 0, 'MODEL'],
    [2, 4, 1, 6, 0, 'CLIP'],
    [3, 4, 1, 7, 0, 'CLIP'],
    [4, 6, 0, 3, 1, 'CONDITIONING'],
    [5, 7, 0, 3, 2, 'CONDITIONING'],
    [8, 3, 0, 10, 0, 'LATENT'],
  ],
  groups: [],
  config: {},
  extra: {},
  version: 0.4,
};

test('a workflow of ComfyUI is opened with a report, and exported with what was changed', async ({ page }) => {
  const editor = new Editor(page);
  await editor.open();
  const base64 = Buffer.from(JSON.stringify(workflow)).toString('base64');
  await editor.drop({ name: 'house.json', type: 'application/json', base64 });
  const report = page.getByRole('dialog', { name: 'Opened from another program' });
  await expect(report).toContainText('ComfyUI workflow 0.4: 5 nodes of it are in this graph.');
  await expect(report).toContainText('LatentGlow');
  await expect(report).toContainText('dreams.safetensors');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'house' })).toBeVisible();
  await expect(editor.node('LatentGlow')).toContainText('Its data is kept as it came.');

  const exported = async (form?: string) => {
    await editor.choose(/^Export to ComfyUI/);
    const dialog = page.getByRole('dialog', { name: 'Export to ComfyUI' });
    if (form) await dialog.getByRole('radio', { name: form }).click();
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save file' }).click();
    return JSON.parse(await readFile(await (await downloading).path(), 'utf8'));
  };
  expect(await exported()).toEqual(workflow);

  await editor
    .node('KSampler')
    .getByRole('spinbutton', { name: /^steps/ })
    .click();
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  const changed = await exported();
  expect(changed.nodes[3].widgets_values).toEqual([42, 'fixed', 7, 8, 'euler', 'normal', 1]);
  expect({ ...changed, nodes: [] }).toEqual({ ...workflow, nodes: [] });

  await editor.openTemplate('Text to image');
  await editor.choose(/^Export to ComfyUI/);
  await expect(page.getByRole('alert')).toContainText('ComfyUI has nothing for');
  await expect(page.getByRole('button', { name: 'Save file' })).toBeDisabled();
});
