import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type HubServer, startHub } from '../hub-server.node';
import { Editor, graph } from './editor';

const reference = (path: string) => readFileSync(new URL(`../reference/${path}`, import.meta.url));
const vae = reference('models/sd1-fp32/vae/diffusion_pytorch_model.safetensors');
const dropped = (name: string, bytes: Buffer) => ({ name, type: '', base64: bytes.toString('base64') });
/** A safetensors file with the tensors of SDXL's second text encoder, by name; no values. */
const sdxl = (() => {
  const names = ['conditioner.embedders.1.model.ln_final.weight', 'model.diffusion_model.label_emb.0.0.weight'];
  const header = Object.fromEntries(
    names.map((name, i) => [name, { dtype: 'F16', shape: [4], data_offsets: [8 * i, 8 * i + 8] }]),
  );
  const json = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([size, json, Buffer.alloc(16)]);
})();

const panel = (page: Page) => page.getByRole('dialog', { name: 'Models' });
const models = (page: Page) => panel(page).getByRole('list', { name: 'Models in this browser' });

// A download that is left half way may hold its file for a moment longer than the test, and what is held cannot be cleared.
test.use({ reuseContext: false });

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('models are kept, listed, renamed, removed and asked for', async ({ page }) => {
  await test.step('the panel lists, finds, renames and removes models, and says who uses them', async () => {
    await editor.choose('New graph');
    await editor.inspector.getByLabel('Name of the graph').fill('Neon train');
    await editor.drop(dropped('ft-mse.safetensors', vae));
    await expect(editor.node('VAE')).toBeVisible();
    await editor.choose(/^Models/);
    const row = models(page).getByRole('button', { name: /ft-mse/ });
    await expect(row).toContainText('in 1 graph');
    await row.click();
    await panel(page).getByLabel('Name').fill('Sharper faces');
    await panel(page).getByLabel('Note').fill('Licence: MIT');
    const search = panel(page).getByRole('searchbox', { name: 'Search models' });
    await search.fill('mit');
    await expect(models(page).getByRole('button', { name: /Sharper faces/ })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
    await search.fill('nothing like it');
    await expect(panel(page)).toContainText('No model is like that');
    await search.fill('');
    await models(page)
      .getByRole('button', { name: /Sharper faces/ })
      .click();
    await panel(page).getByRole('button', { name: 'Remove…' }).click();
    await expect(panel(page)).toContainText('1 graph will miss it.');
    await panel(page).getByRole('button', { name: 'Remove Sharper faces' }).click();
    await expect(panel(page)).toContainText('No models of your own yet');
    // The graph now asks for it, with its name and size.
    await expect(panel(page).getByRole('region', { name: 'Missing in this graph' })).toContainText('ft-mse');
    await panel(page).getByRole('button', { name: 'Close' }).click();
  });

  await test.step('a model that Weft cannot run is named, and kept only if the user wants it', async () => {
    await editor.drop(dropped('juggernaut.safetensors', sdxl));
    const toast = page
      .getByRole('status')
      .filter({ hasText: 'juggernaut' })
      .filter({ hasText: 'This is an SDXL checkpoint' });
    await toast.getByRole('button', { name: 'Keep it anyway' }).click();
    await editor.choose(/^Models/);
    await expect(models(page).getByRole('button', { name: /juggernaut.*Not supported/ })).toBeVisible();
    await panel(page).getByRole('button', { name: 'Close' }).click();
  });

  await test.step('a dropped model is kept by its hash, and becomes the node that loads it', async () => {
    await editor.choose('New graph');
    await editor.drop(dropped('ft-mse.safetensors', vae));
    const field = editor.node('VAE').getByRole('combobox', { name: 'model' });
    await expect(field.getByRole('option', { selected: true })).toHaveText('ft-mse');
    const { params } = JSON.parse((await editor.save()).text).nodes[0];
    // What sha256sum prints of the file.
    expect(params.model).toMatchObject({ name: 'ft-mse', size: vae.length, hash: /^sha256:[0-9a-f]{64}$/ });
    await page.reload();
    await expect(field.getByRole('option', { selected: true })).toHaveText('ft-mse');
  });

  await test.step('a graph that names a model which is not here asks for it, and takes the file under any name', async () => {
    await editor.choose('New graph');
    await editor.drop(dropped('ft-mse.safetensors', vae));
    await expect(editor.node('VAE')).toBeVisible();
    const { nodes } = JSON.parse((await editor.save()).text);
    const loader = nodes.find(({ type }: { type: string }) => type === 'models/vae');
    await editor.choose(/^Models/);
    await models(page)
      .getByRole('button', { name: /ft-mse/ })
      .click();
    await panel(page).getByRole('button', { name: 'Remove…' }).click();
    await panel(page).getByRole('button', { name: 'Remove ft-mse' }).click();
    await panel(page).getByRole('button', { name: 'Close' }).click();

    await editor.dropGraph(graph([loader]));
    const node = editor.node('VAE');
    await expect(node).toContainText('This model is not in this browser. It has 455 kB.');
    const choosing = page.waitForEvent('filechooser');
    await node.getByRole('button', { name: 'Choose file for ft-mse' }).click();
    await (await choosing).setFiles({ name: 'other name.safetensors', mimeType: '', buffer: vae });
    await expect(node.getByRole('combobox', { name: 'model' }).getByRole('option', { selected: true })).toHaveText(
      'other name',
    );
  });
});

test.describe('from a hub,', () => {
  let hub: HubServer;
  test.beforeEach(async ({ page }) => {
    const tokenizer = Object.fromEntries(
      ['vocab.json', 'merges.txt', 'special_tokens_map.json', 'tokenizer_config.json'].map((name) => [
        `tokenizer/${name}`,
        reference(`models/sd1-fp32/tokenizer/${name}`),
      ]),
    );
    const parts = ['unet', 'vae'].flatMap((part) =>
      ['config.json', 'diffusion_pytorch_model.safetensors'].map((name) => `${part}/${name}`),
    );
    const files = [...parts, 'model_index.json', 'text_encoder/config.json', 'text_encoder/model.safetensors'];
    files.push('scheduler/scheduler_config.json');
    hub = await startHub({
      'someone/small-sd': {
        ...tokenizer,
        ...Object.fromEntries(files.map((path) => [path, reference(`models/sd1-fp32/${path}`)])),
        'README.md': Buffer.from('# Small'),
      },
    });
    await editor.choose(/^Models/);
    await panel(page).getByRole('button', { name: 'Download', exact: true }).click();
    await panel(page).getByText('Access token and mirror').click();
    await panel(page).getByLabel('Hub or mirror').fill(hub.url);
  });
  test.afterEach(() => hub.close());

  const look = async (page: Page, text: string) => {
    await panel(page).getByRole('textbox', { name: 'Model or address' }).fill(text);
    await panel(page).getByRole('button', { name: 'Look' }).click();
  };

  test('a model is downloaded, paused, taken up after a reload, and runs', async ({ page }) => {
    await look(page, 'https://huggingface.co/someone/small-sd');
    await expect(panel(page).getByRole('group', { name: /^someone\/small-sd/ })).toContainText(
      'Licence: creativeml-openrail-m',
    );
    await expect(panel(page).getByRole('radio', { name: /^All parts, usual precision, 12 files/ })).toBeChecked();
    hub.faults = { stalls: 1 };
    await panel(page)
      .getByRole('button', { name: /^Download 1\.\d MB/ })
      .click();
    const bar = panel(page).getByRole('progressbar', { name: 'small-sd' });
    await expect(bar).toHaveAttribute('aria-valuetext', /^0\.\d of 1\.9 MB/);
    // Half of the first large file has come, and no more of it will.
    await expect.poll(() => hub.requests.some((request) => request.startsWith('GET /storage/'))).toBe(true);
    await page.reload();
    hub.faults = { cuts: 1, cutAfter: 100_000 };
    const before = hub.requests.length;
    await editor.choose(/^Models/);
    await expect(bar).toHaveAttribute('aria-valuetext', /paused$/);
    await panel(page).getByRole('button', { name: 'Go on with small-sd' }).click();
    const row = models(page).getByRole('button', { name: /small-sd.*Checkpoint/ });
    await expect(row).toBeVisible();
    expect(hub.requests.slice(before).some((request) => /bytes=[1-9]/.test(request))).toBe(true);
    await row.click();
    await expect(panel(page).getByRole('link', { name: /small-sd\/tree\// })).toBeVisible();
    await panel(page).getByRole('button', { name: 'Close' }).click();
    await editor.node('Checkpoint').getByRole('combobox', { name: 'model' }).selectOption('small-sd');
    await editor.run.click();
    await expect(editor.node('VAE decode')).toHaveAccessibleName(/done/, { timeout: 60_000 });
  });

  test('what cannot be had says why: a token is asked for, a repository or file is not there', async ({ page }) => {
    await look(page, 'someone/else');
    await expect(panel(page).getByRole('alert')).toContainText('There is no someone/else on 127.0.0.1');
    hub.faults = { token: 'hf_secret' };
    await look(page, 'someone/small-sd');
    await expect(panel(page).getByRole('alert')).toContainText('asks who wants to read someone/small-sd');
    await panel(page).getByLabel('Access token').fill('hf_secret');
    await look(page, `${hub.url}/someone/small-sd/blob/main/vae/diffusion_pytorch_model.safetensors`);
    hub.faults = { missing: 'vae' };
    await panel(page).getByRole('button', { name: 'Download 455 kB' }).click();
    await expect(panel(page).getByRole('alert')).toContainText('There is no diffusion_pytorch_model.safetensors');
    await panel(page).getByRole('button', { name: 'Remove diffusion_pytorch_model' }).click();
    await expect(panel(page).getByRole('progressbar')).toHaveCount(0);
  });
});
