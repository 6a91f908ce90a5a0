import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('a graph is seen as a drawing and as a form', async ({ page }) => {
  await test.step('the graph is saved as a drawing with its words, and as a PNG that opens it again', async () => {
    const saved = async (form: RegExp) => {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('menuitem', { name: 'Save a picture of the graph' }).click();
      const downloading = page.waitForEvent('download');
      await page.getByRole('menu').getByText(form).click();
      const download = await downloading;
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    await editor.node('CFG combine').getByText('CFG combine', { exact: true }).click();
    const svg = await saved(/^SVG/);
    expect(svg.name).toBe('Text to image.svg');
    const drawing = svg.bytes.toString('utf8');
    const found = await page.evaluate((text) => {
      const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
      const words = [...root.querySelectorAll('text')].map(({ textContent }) => textContent ?? '');
      const [left = 0, top = 0, width = 0, height = 0] = (root.getAttribute('viewBox') ?? '').split(' ').map(Number);
      const outside = [...root.querySelectorAll('text')].filter((word) => {
        const [x, y] = [Number(word.getAttribute('x')), Number(word.getAttribute('y'))];
        return x < left || x > left + width || y < top || y > top + height;
      });
      return { error: root.querySelector('parsererror')?.textContent, words, outside: outside.length };
    }, drawing);
    expect(found).toMatchObject({
      outside: 0,
      words: expect.arrayContaining(['UNet step, prompt', 'a red car on a beach', 'DPM++ 2M', 'Why two UNet steps?']),
    });
    expect(found.error).toBeUndefined();
    // One path for each wire, and the selection, which is the editor's, comes back.
    const { wires } = JSON.parse((await editor.save()).text);
    expect(drawing.match(/<path[^>]* d="M[^"]*C/g)?.length).toBeGreaterThanOrEqual(wires.length);
    await expect(editor.inspector.getByLabel('Title of the node')).toHaveValue('CFG combine');

    const png = await saved(/^PNG/);
    expect(png.name).toBe('Text to image.png');
    await editor.choose('New graph');
    await editor.drop({ name: png.name, type: 'image/png', base64: png.bytes.toString('base64') });
    await expect(editor.node('UNet step, prompt')).toBeVisible();
  });

  await test.step('a graph is filled in and run as a form', async () => {
    await editor.openTemplate('Text to image');
    await editor.type('Scheduler', 'steps', '1');
    await editor.choose('Graph as a form…');
    const form = page.getByRole('dialog', { name: 'The graph as a form' });
    await expect(form.getByRole('group')).toHaveCount(3);
    await form.getByRole('group', { name: 'Prompt', exact: true }).getByRole('textbox').fill('a blue fox');
    await form.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(form.getByRole('img')).toHaveAccessibleName(/^a blue fox, 128 × 128$/, { timeout: 90_000 });
    await page.keyboard.press('Escape');
    await expect(editor.node('Prompt').getByRole('textbox')).toHaveValue('a blue fox');
    // What is shown as a socket is what the form has.
    await editor.node('Scheduler').getByText('Scheduler', { exact: true }).click();
    await editor.inspector.getByRole('button', { name: 'steps as a socket' }).click();
    await editor.choose('Graph as a form…');
    await expect(form.getByRole('group')).toHaveCount(1);
    await expect(
      form.getByRole('group', { name: 'Scheduler' }).getByRole('spinbutton', { name: 'steps' }),
    ).toBeVisible();
  });
});
