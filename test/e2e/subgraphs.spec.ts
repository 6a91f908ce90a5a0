import { expect, type Locator, test } from '@playwright/test';
import { Editor, graph } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

const node = (id: string, type: string, x: number, y: number, more: object = {}) => ({
  id,
  type,
  version: 1,
  at: [x, y],
  params: {},
  ...more,
});

/** Noise that is flipped, decoded and shown. */
const flipped = graph(
  [
    node('noise', 'latent/noise', 0, 0, { params: { seed: 7, width: 64, height: 64 } }),
    node('checkpoint', 'models/checkpoint', 0, 260, { params: { model: 'tiny' } }),
    node('turn', 'latent/turn', 240, 0),
    node('decode', 'image/vae-decode', 480, 60),
    node('preview', 'image/preview', 720, 0),
  ],
  [
    { from: ['noise', 'latent'], to: ['turn', 'latent'] },
    { from: ['turn', 'latent'], to: ['decode', 'latent'] },
    { from: ['checkpoint', 'vae'], to: ['decode', 'vae'] },
    { from: ['decode', 'image'], to: ['preview', 'image'] },
  ],
);

const title = (of: Locator, text: string) => of.getByText(text, { exact: true }).first();

async function select(...names: readonly string[]) {
  for (const [i, name] of names.entries())
    await title(editor.node(name), name).click({ modifiers: i === 0 ? [] : ['ControlOrMeta'] });
}

test('nodes become a subgraph, which is changed, run and taken apart again', async ({ page }) => {
  await test.step('a selection that would cut a zone says so and stays', async () => {
    const before = await editor.nodes().count();
    await select('Denoise start', 'CFG combine');
    await page.keyboard.press('ControlOrMeta+g');
    await expect(page.getByRole('alert').or(page.getByText('The selection does not make a subgraph.'))).toBeVisible();
    await expect(page.getByText(/has the start of a zone without its end/)).toBeVisible();
    await expect(editor.nodes()).toHaveCount(before);
  });

  await test.step('nodes become one node with the sockets that were wired, which opens, is changed inside and is expanded again', async () => {
    await editor.dropGraph(flipped);
    await select('Noise', 'Latent flip');
    await page.keyboard.press('ControlOrMeta+g');
    await expect(editor.nodes()).toHaveCount(4);
    await expect(editor.node('Subgraph')).toBeFocused();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Turned noise');
    await page.keyboard.press('Enter');
    await expect(editor.nodes()).toHaveCount(4);
    await expect(editor.socket('Turned noise', /^latent/)).toHaveAccessibleName('latent, wired to VAE decode');

    // The seed is what changes from one picture to the next, so it stays at hand.
    await expect(editor.node('Turned noise').getByRole('textbox', { name: 'seed' })).toBeVisible();
    await editor.node('Turned noise').getByRole('button', { name: 'Open Turned noise, 2 nodes' }).click();
    await expect(editor.nodes()).toHaveCount(4);
    await expect(editor.socket('Outputs', /^latent/)).toHaveAccessibleName('latent, wired from Latent flip');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Turned noise');
    await title(editor.node('Latent flip'), 'Latent flip').click();
    await page.keyboard.press('Delete');
    await expect(editor.socket('Outputs', /^latent/)).toHaveAccessibleName('latent, wired from Noise');
    await page.getByRole('button', { name: 'Back to Test' }).click();
    await expect(
      editor.node('Turned noise').getByRole('button', { name: /^Open Turned noise, 1 node$/ }),
    ).toBeVisible();

    // What was undone inside is shown inside.
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.node('Latent flip')).toBeVisible();
    await page.getByRole('button', { name: 'Back to Test' }).click();
    await editor.node('Turned noise').focus();
    await page.keyboard.press('ControlOrMeta+Shift+g');
    await expect(editor.nodes()).toHaveCount(5);
    await expect(editor.socket('Latent flip', /^latent/).last()).toHaveAccessibleName('latent, wired from Noise');
  });

  await test.step('a subgraph runs, says how at its node, and its nodes say it inside', async () => {
    await editor.dropGraph(flipped);
    await select('Noise', 'Latent flip', 'VAE decode');
    await page.keyboard.press('ControlOrMeta+g');
    await editor.run.click();
    await expect(editor.node('Subgraph, done')).toBeVisible({ timeout: 90_000 });
    await editor
      .node('Subgraph')
      .getByRole('button', { name: /^Open Subgraph/ })
      .click();
    await expect(editor.node('VAE decode, done')).toBeVisible();
  });
});
