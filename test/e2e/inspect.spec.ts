import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import template from '../../graphs/text-to-image.weft.json' with { type: 'json' };
import { readNpy } from '../../src/formats/npy';
import { Editor } from './editor';

const steps = 4;

const graph = {
  ...template,
  id: 'inspected',
  name: 'Inspected',
  nodes: template.nodes.map((node) =>
    node.id === 'scheduler' ? { ...node, params: { ...node.params, steps } } : node,
  ),
};

/** Clicks a wire where nothing lies over it; it is named by the input that it comes to. */
async function clickWire(page: Page, id: string) {
  const path = page.locator(`.react-flow__edge[data-id="${id}"] .react-flow__edge-interaction`);
  const at = await path.evaluate((line: SVGPathElement) => {
    const matrix = line.getScreenCTM();
    for (let i = 1; i < 60; i++) {
      const point = line.getPointAtLength((line.getTotalLength() * i) / 60).matrixTransform(matrix ?? undefined);
      if (document.elementFromPoint(point.x, point.y) === line) return [point.x, point.y];
    }
    throw new Error('Nodes cover the whole wire.');
  });
  await page.mouse.click(at[0] as number, at[1] as number);
}

/** What stands beside a name in a list of facts. */
const fact = (within: Locator, name: string): Locator =>
  within.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd[1]');

async function saved(page: Page, value: Locator, format: string) {
  await value.getByRole('button', { name: 'Save', exact: true }).first().click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: `Save as ${format}` }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const said = (value: number) => value.toFixed(3).replace('-', '−');

test('a click on any wire shows what came along it, in numbers that are those of the engine', async ({ page }) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.dropGraph(graph);
  const value = editor.inspector.getByRole('region', { name: 'Value' });
  await clickWire(page, 'start noise');
  await expect(value.getByRole('heading', { name: 'Latent of Noise' })).toBeVisible();
  await expect(value.getByRole('status')).toHaveText(/Run the graph/);
  await editor.run.click();
  await expect(page.getByText(/^Done in/).first()).toBeVisible({ timeout: 60_000 });

  // Noise is normal; what the page says of it is what the file says that it saves.
  const stage = value.getByRole('application', { name: /^RGB projection of the latent, 1 × 4 × 16 × 16/ });
  await expect(stage).toBeVisible();
  const file = await saved(page, value, '.npy');
  expect(file.name).toBe('Latent of Noise.npy');
  const { data, dims } = readNpy(file.bytes);
  expect(dims).toEqual([1, 4, 16, 16]);
  const numbers = [...(data as Float32Array)];
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const std = Math.sqrt(numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / numbers.length);
  const whole = value.locator('dl').last();
  await expect(fact(whole, 'mean')).toHaveText(said(mean));
  await expect(fact(whole, 'std')).toHaveText(said(std));
  expect(Math.abs(mean)).toBeLessThan(0.1);
  expect(Math.abs(std - 1)).toBeLessThan(0.1);
  await expect(fact(whole, 'NaN, Inf')).toHaveText('0, 0');
  await expect(value.getByRole('img', { name: /^channel \d: mean/ })).toHaveCount(4);

  // The value under the pointer, and the one beside it by the keyboard.
  const box = await stage.boundingBox();
  if (!box) throw new Error('The picture is not on the screen.');
  await page.mouse.move(box.x + (box.width * 5.5) / 16, box.y + (box.height * 3.5) / 16);
  const at = (x: number, y: number) =>
    [0, 1, 2, 3].map((c) => `${c + 1} ${said(numbers[c * 256 + y * 16 + x] as number)}`);
  await expect(value.getByRole('status')).toHaveText(['5, 3', ...at(5, 3)].join('; '));
  await stage.focus();
  await page.keyboard.press('ArrowRight');
  await expect(value.getByRole('status')).toHaveText(['6, 3', ...at(6, 3)].join('; '));

  // Every other kind of wire.
  await clickWire(page, 'end latent');
  await expect(value.getByRole('heading', { name: 'Latent of Sampler step' })).toBeVisible();
  await expect(value.getByText(`Step ${steps} of ${steps}`)).toBeVisible();
  await value.getByRole('button', { name: 'Decoded' }).click();
  await expect(value.getByRole('application', { name: /^The latent through the VAE/ })).toBeVisible();

  await clickWire(page, 'unet-prompt conditioning');
  await expect(value.getByRole('listitem')).toHaveText(['a', 'red', 'car', 'on', 'a', 'beach']);
  await expect(value.locator('dl').first().locator('dt')).toHaveText([
    'start',
    ...['a', 'red', 'car', 'on', 'a', 'beach'],
    'end',
  ]);
  await value.getByRole('button', { name: 'Pin' }).click();
  await clickWire(page, 'unet-negative conditioning');
  await expect(value.getByRole('heading', { name: 'Cosine with Conditioning of Text encoder' })).toBeVisible();
  await expect(value.getByRole('application', { name: /^2 × 8 cosines from/ })).toBeVisible();

  await clickWire(page, 'start schedule');
  await expect(value.getByRole('img', { name: new RegExp(`^Sigma over ${steps} evaluations`) })).toBeVisible();
  await expect(value.getByRole('row')).toHaveCount(steps + 1);
  // The number under the pointer is that of the table, in both curves and in its row.
  const row = await value.getByRole('row').nth(2).getByRole('cell').allTextContents();
  const sigmas = await value.getByRole('application', { name: /^Sigma/ }).boundingBox();
  if (!sigmas) throw new Error('The curve is not on the screen.');
  await page.mouse.move(sigmas.x + (sigmas.width * 1.1) / (steps - 1), sigmas.y + sigmas.height / 2);
  const read = value.getByRole('status');
  await expect(read.first()).toHaveText(new RegExp(`^step 2: Sigma ${row[1]}$`));
  await expect(read.last()).toHaveText(new RegExp(`^step 2: Timestep ${row[2]}$`));
  await expect(value.locator('tr[data-on]')).toHaveText(row.join(''));

  await clickWire(page, 'unet-prompt step');
  await value.getByRole('button', { name: 'Previous step' }).click();
  await expect(value.getByText(`${steps - 1} of ${steps}`, { exact: true })).toBeVisible();

  await clickWire(page, 'cfg conditional');
  await expect(fact(value, 'The UNet tells')).toHaveText('the velocity');

  await clickWire(page, 'unet-prompt unet');
  await expect(fact(value, 'parameters')).toHaveText(/^[\d,]+ in [\d,]+ tensors$/);

  // By the menu of a socket, where a wire is too short to be clicked.
  await editor.socket('Prompt', /^text/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Inspect/ }).click();
  await expect(value.getByText('a red car on a beach', { exact: true })).toBeVisible();

  await clickWire(page, 'preview image');
  const picture = value.getByRole('application', { name: /^Picture, 128 × 128/ });
  await value.getByRole('button', { name: '8×' }).click();
  await expect.poll(async () => (await picture.boundingBox())?.width ?? 0).toBeGreaterThan(1500);
  expect((await saved(page, value, 'PNG')).bytes.subarray(1, 4).toString()).toBe('PNG');

  // A socket, by keyboard, without a pointer and without a node.
  await editor.socket('Sampler step', /^denoised/).focus();
  await page.keyboard.press('i');
  await expect(value.getByRole('heading', { name: 'Denoised of Sampler step' })).toBeVisible();
  await expect(value.getByText(`Step ${steps - 1} of ${steps}`)).toBeVisible();
  await page.keyboard.press('Shift+I');
  await expect(editor.inspector.getByText(`step ${steps - 1} of ${steps}`)).toBeVisible();
  await value.getByRole('button', { name: 'Next step' }).click();
  await expect(value.getByText(`Step ${steps} of ${steps}`)).toBeVisible();

  // Two steps beside each other.
  const pins = editor.inspector.getByRole('region', { name: 'Pinned' });
  const before = readNpy((await saved(page, pins, '.npy')).bytes).data as Float32Array;
  const after = readNpy((await saved(page, value, '.npy')).bytes).data as Float32Array;
  await pins.getByRole('button', { name: 'Compare' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Compare' });
  const range = Math.max(...before) - Math.min(...before);
  const squared = before.reduce((sum, one, i) => sum + (one - (after[i] as number)) ** 2, 0) / before.length;
  const psnr = 10 * Math.log10(range ** 2 / squared);
  await expect(fact(dialog, 'PSNR')).toHaveText(`${psnr.toFixed(1)} dB`);
  await expect(dialog.getByText('Every parameter is the same in both.')).toBeVisible();
  const divider = dialog.getByRole('slider', { name: 'Where A ends and B begins' });
  await divider.focus();
  await page.keyboard.press('Home');
  await expect(divider).toHaveAttribute('aria-valuetext', '0 % A');
  await dialog.getByRole('button', { name: 'Difference' }).click();
  await dialog.getByRole('button', { name: '×16' }).click();
  await expect(dialog.getByRole('img', { name: /^Difference of A and B, 16 times as large/ })).toHaveCount(2);
  // A film of the two, which goes back to where it was opened.
  await dialog.getByRole('button', { name: 'Animate' }).click();
  const film = page.getByRole('dialog', { name: 'Animate' });
  await expect(film.getByRole('slider', { name: 'Picture' })).toHaveAttribute('max', '1');
  await film.getByRole('button', { name: 'Back' }).click();
  await expect(fact(dialog, 'PSNR')).toBeVisible();
  await page.keyboard.press('Escape');

  // All of it in one list, as large as the window; it begins at the selected node.
  await editor.node('CFG combine').getByText('CFG combine', { exact: true }).click();
  await page.keyboard.press('v');
  const values = page.getByRole('dialog', { name: 'Values of the run' });
  await expect(values.getByRole('heading', { name: /CFG combine/ })).toBeVisible();
  await values.getByRole('button', { name: 'trajectory Denoise end' }).click();
  await expect(values.getByRole('button', { name: /^Step \d+$/ })).not.toHaveCount(0);
  // The way to the picture as a film, each step through the VAE.
  await values.getByRole('button', { name: 'Animate' }).click();
  await expect(film.getByRole('slider', { name: 'Picture' })).toHaveAttribute('max', String(steps - 1));
  await film.getByRole('button', { name: 'Pause the animation' }).click();
  await expect(film.getByRole('img', { name: /128 × 128$/ })).toBeVisible();
  await film.getByRole('spinbutton', { name: 'rate' }).fill('2');
  await film.getByRole('spinbutton', { name: 'hold' }).fill('3');
  await expect(film.getByText(`${(steps / 2 + 3).toFixed(1)} s long`)).toBeVisible();
  await film.getByRole('button', { name: 'APNG' }).click();
  const making = page.waitForEvent('download');
  await film.getByRole('button', { name: 'Save APNG' }).click();
  expect((await readFile(await (await making).path())).includes('acTL')).toBe(true);
  await page.keyboard.press('Escape');

  // What was saved comes back by a node when it is dropped.
  await editor.drop({ name: file.name, type: '', base64: file.bytes.toString('base64') });
  const loader = editor.node('Load latent');
  await expect(loader).toBeVisible();
  await loader.click();
  await page.keyboard.press('Control+Shift+Enter');
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 60_000 });
  await editor.socket('Load latent', /^latent/).focus();
  await page.keyboard.press('i');
  await expect(fact(value.locator('dl').last(), 'mean')).toHaveText(said(mean));
});
