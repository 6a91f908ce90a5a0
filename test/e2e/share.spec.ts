import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Editor, graph, picture } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

const own = (text: string) => {
  const { id: _, view: __, ...rest } = JSON.parse(text);
  return rest;
};

test('a graph leaves as a link, says what it is before it is opened, and opens in a tab of its own', async ({
  page,
}) => {
  await editor.node('Prompt').getByRole('textbox', { name: 'text' }).fill('a grasshopper on a bench');
  const before = await editor.save();
  await editor.choose('Share as a link…');
  const sharing = page.getByRole('dialog', { name: 'Share as a link' });
  const link = await sharing.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(link).toMatch(/^http:\/\/localhost:\d+\/#graph=/);
  await expect(sharing.getByRole('img', { name: 'The link as a QR code' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.goto(link);
  const incoming = page.getByRole('dialog', { name: 'A graph in a link' });
  await expect(incoming).toContainText('Text to image');
  await expect(incoming.getByRole('list', { name: 'What is in it' })).toContainText('2 × Text encoder');
  expect(page.url()).not.toContain('#');
  await incoming.getByRole('button', { name: 'Open' }).click();
  await expect(
    page.getByRole('navigation', { name: 'Open graphs' }).getByRole('button', { name: 'Text to image' }),
  ).not.toHaveCount(1);
  expect(own((await editor.save()).text)).toEqual(own(before.text));

  await page.goto(`${link.slice(0, 60)}!`);
  await expect(incoming.getByRole('alert')).toContainText('is damaged or cut off');
});

test('a graph at an address is fetched after a question, and a refusal says why', async ({ page }) => {
  const file = graph([{ id: 'load', type: 'image/load-image', version: 1, at: [0, 0], params: {} }]);
  const asked: string[] = [];
  await page.route('https://graphs.example/**', (route) => {
    asked.push(route.request().url());
    return route.request().url().endsWith('gone.json')
      ? route.fulfill({ status: 404, headers: { 'access-control-allow-origin': '*' } })
      : route.fulfill({ json: file, headers: { 'access-control-allow-origin': '*' } });
  });
  await page.goto('./?url=https://graphs.example/small.weft.json');
  const incoming = page.getByRole('dialog', { name: 'A graph at an address' });
  await expect(incoming).toContainText('wants to fetch a graph from graphs.example');
  expect(asked).toEqual([]);
  await incoming.getByRole('button', { name: 'Fetch from graphs.example' }).click();
  await expect(incoming).toContainText('1 node, 0 wires');
  await incoming.getByRole('button', { name: 'Open' }).click();
  await expect(editor.node('Load image')).toBeVisible();

  await page.goto('./?url=https://graphs.example/gone.json');
  await incoming.getByRole('button', { name: 'Fetch from graphs.example' }).click();
  await expect(incoming.getByRole('alert')).toContainText('graphs.example answered 404');
});

test('an exported picture carries its graph in each form, and dropping it brings the graph back', async ({ page }) => {
  await editor.choose('New graph');
  await editor.drop(picture);
  await editor.node('Load image').focus();
  await page.keyboard.press(' ');
  await page.keyboard.type('image preview');
  await page.keyboard.press('Enter');
  await expect(editor.socket('Image preview', /^image/)).toHaveAccessibleName('image, wired from Load image');
  // The menu is gone when the node has the focus; a press before only closes it.
  await expect(editor.node('Image preview')).toBeFocused();
  await editor.run.click();
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/);
  const shown = editor.node('Image preview').getByRole('img');
  const exporting = page.getByRole('dialog', { name: 'Export picture' });
  const files: { name: string; type: string; base64: string }[] = [];
  for (const [name, type] of [
    ['PNG, exact', 'image/png'],
    ['WebP, small', 'image/webp'],
    ['JPEG', 'image/jpeg'],
  ] as const) {
    await shown.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Export picture…' }).click();
    await exporting.getByRole('radio', { name }).check();
    await expect(exporting.getByRole('radio', { name: /^The whole graph/ })).toBeChecked();
    const downloading = page.waitForEvent('download');
    await exporting.getByRole('button', { name: 'Save' }).click();
    const file = await downloading;
    const base64 = (await readFile(await file.path())).toString('base64');
    files.push({ name: file.suggestedFilename(), type, base64 });
    // The browser reads what was written as a picture of the same size.
    const size = await page.evaluate(async (text) => {
      const { width, height } = await createImageBitmap(
        new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]),
      );
      return [width, height];
    }, base64);
    expect(size).toEqual([2, 2]);
  }
  for (const file of files) {
    await editor.choose('New graph');
    await expect(editor.nodes()).toHaveCount(0);
    await editor.drop(file);
    await expect(editor.socket('Image preview', /^image/)).toHaveAccessibleName('image, wired from Load image');
  }
});
