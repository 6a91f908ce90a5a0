import { expect, test } from '@playwright/test';
import { Editor, graph } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('nodes and subgraphs are found, starred, pasted and kept', async ({ context, page }) => {
  await test.step('the search of the graph goes from one find to the next', async () => {
    await page.keyboard.press('ControlOrMeta+f');
    const find = page.getByRole('search', { name: 'Find in the graph' });
    await find.getByRole('searchbox').fill('text encoder');
    await expect(find.getByRole('status')).toHaveText('1 of 2');
    await page.keyboard.press('Enter');
    await expect(find.getByRole('status')).toHaveText('2 of 2');
    await find.getByRole('searchbox').fill('red car');
    await expect(find.getByText('text: a red car on a beach')).toBeVisible();
    await find.getByRole('searchbox').fill('lighthouse');
    await expect(find.getByRole('status')).toHaveText('Nothing found');
    await find.getByRole('searchbox').fill('vae dec');
    await page.keyboard.press('Escape');
    await expect(find).toBeHidden();
    await expect(editor.node('VAE decode')).toBeFocused();
  });

  await test.step('a starred node stays among the favourites, and what was added among the recent ones', async () => {
    const { palette } = editor;
    await palette.getByRole('searchbox').fill('ksampler');
    await expect(palette.getByRole('list', { name: 'Found nodes' }).getByRole('button').first()).toHaveText(
      'Denoise zone',
    );
    await palette.getByRole('searchbox').fill('image grid');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(palette.getByRole('button', { name: 'Favourite' }).first()).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await expect(editor.node('Image grid')).toBeVisible();
    await page.reload();
    const listed = (name: string) => palette.getByRole('list', { name }).getByRole('button', { name: 'Image grid' });
    await expect(listed('Recent')).toBeVisible();
    await expect(listed('Favourites')).toBeVisible();
    await palette.getByRole('list', { name: 'Favourites' }).getByRole('button', { name: 'Favourite' }).click();
    await expect(listed('Favourites')).toHaveCount(0);
  });

  await test.step('a node is pasted and duplicated with the wires that feed it, and comes back from a cut with them', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const number = { id: 'one', type: 'numbers/number', version: 1, at: [0, 0], params: {}, title: 'one' };
    const combine = {
      ...number,
      id: 'combine',
      type: 'sampling/cfg-combine',
      at: [300, 0],
      title: 'combine',
      exposed: ['scale'],
    };
    await editor.dropGraph(graph([number, combine], [{ from: ['one', 'number'], to: ['combine', 'scale'] }]));
    const wired = page.getByRole('button', { name: /^scale, number, wired from one/ });
    await editor.node('combine').getByText('combine', { exact: true }).click();
    await page.keyboard.press('ControlOrMeta+Shift+d');
    await expect(wired).toHaveCount(2);
    await page.keyboard.press('ControlOrMeta+c');
    await page.keyboard.press('ControlOrMeta+v');
    await expect(editor.node('combine')).toHaveCount(3);
    await expect(wired).toHaveCount(2);
    await page.keyboard.press('ControlOrMeta+Shift+v');
    await expect(wired).toHaveCount(3);
    await page.keyboard.press('ControlOrMeta+x');
    await expect(wired).toHaveCount(2);
    await page.keyboard.press('ControlOrMeta+Shift+v');
    await expect(wired).toHaveCount(3);
  });

  await test.step('subgraphs are found by their names, kept in a palette of one’s own and taken out of it again', async () => {
    const { palette } = editor;
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('sampler');
    const commands = page.getByRole('dialog', { name: 'Commands' });
    await expect(commands.getByRole('option', { selected: true })).toHaveText(/^Sampler\s*subgraph/);
    await page.keyboard.press('Enter');
    await expect(editor.node('Sampler')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+k');
    await expect(commands.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('in my palette');
    await expect(commands.getByRole('option', { selected: true })).toHaveText(/^Keep the subgraph in my palette/);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Sampler is in your palette.')).toBeVisible();

    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('new graph');
    await page.keyboard.press('Enter');
    const samplers = palette.getByRole('button', { name: 'Sampler', exact: true });
    await expect(samplers).toHaveCount(2);
    const forget = palette.getByRole('button', { name: 'Take out of my palette' });
    await forget.press('Enter');
    await expect(samplers).toHaveCount(1);
    await expect(forget).toHaveCount(0);
    await page
      .getByText('Sampler is no longer in your palette.')
      .locator('../..')
      .getByRole('button', { name: 'Undo' })
      .click();
    await expect(samplers).toHaveCount(2);
  });
});
