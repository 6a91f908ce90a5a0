import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Editor } from './editor';

const strip = (page: Page) => page.getByText('Another tab edits this graph.');
const promptOf = (editor: Editor) => editor.node('Prompt').getByRole('textbox', { name: 'text' });

/** Resolves when the page says that all is kept. */
const kept = (page: Page) => expect(page.locator('li[aria-current=page][data-keeping=kept]')).toBeVisible();

// The files that hold what was computed may be held a moment longer than the test, and what is held cannot be cleared.
test.use({ reuseContext: false });

test('two tabs on one graph: one edits, the other follows and can take over; nothing is overwritten', async ({
  context,
}) => {
  const [first, second] = [new Editor(await context.newPage()), new Editor(await context.newPage())];
  await first.open();
  await kept(first.page);
  await second.open();
  await expect(strip(second.page)).toBeVisible();
  expect((await new AxeBuilder({ page: second.page }).include('[role=status]').analyze()).violations).toEqual([]);
  await promptOf(first).fill('a lighthouse');
  await expect(promptOf(second)).toHaveValue('a lighthouse');
  // Here it can only be looked at.
  await promptOf(second).fill('mine');
  await expect(second.page.getByText('This graph is edited in another tab.')).toBeVisible();
  await expect(promptOf(second)).toHaveValue('a lighthouse');

  await promptOf(first).fill('a lighthouse at night');
  await second.page.getByRole('button', { name: 'Take over' }).click();
  await expect(strip(second.page)).toHaveCount(0);
  await expect(strip(first.page)).toBeVisible();
  await expect(promptOf(second)).toHaveValue('a lighthouse at night');
  await promptOf(second).fill('a harbour');
  await expect(promptOf(first)).toHaveValue('a harbour');

  // Both want it at once: one of them has it, the other shows the same.
  await kept(second.page);
  await first.page.getByRole('button', { name: 'Take over' }).click();
  await expect(strip(first.page)).toHaveCount(0);
  await promptOf(first).fill('a harbour, again');
  await kept(first.page);
  await first.page.close();
  await expect(strip(second.page)).toHaveCount(0);
  await expect(promptOf(second)).toHaveValue('a harbour, again');
});

test('storage that is full or cannot be opened says so, editing goes on, and nothing is lost or replaced', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...order: Parameters<typeof put>) {
      if ('full' in window) throw new DOMException('There is no room.', 'QuotaExceededError');
      return put.apply(this, order);
    };
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (this: IDBFactory, ...order: Parameters<typeof open>) {
      if (sessionStorage.getItem('broken')) throw new DOMException('Internal error opening it.', 'UnknownError');
      return open.apply(this, order);
    };
  });
  const editor = new Editor(page);
  await editor.open();
  await kept(page);
  await page.evaluate(() => Object.assign(window, { full: true }));
  await promptOf(editor).fill('a lighthouse');
  const alert = page.getByRole('alert').filter({ hasText: 'The storage of this browser is full' });
  await expect(alert).toBeVisible();
  await expect(alert.getByRole('button', { name: /^Graphs, .* kB…$/ })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Not kept' })).toBeVisible();
  await promptOf(editor).fill('a lighthouse at night');
  const downloading = page.waitForEvent('download');
  await alert.getByRole('button', { name: 'Save to file' }).click();
  expect(await readFile(await (await downloading).path(), 'utf8')).toContain('a lighthouse at night');
  await page.evaluate(() => Reflect.deleteProperty(window, 'full'));
  await expect(alert).toHaveCount(0);
  await kept(page);
  await page.reload();
  await expect(promptOf(editor)).toHaveValue('a lighthouse at night');

  // A storage that cannot be opened, as after a crash: nothing takes the place of the graph.
  await page.evaluate(() => sessionStorage.setItem('broken', 'yes'));
  await page.reload();
  const unread = page
    .getByRole('alert')
    .filter({ hasText: 'could not be read (Internal error opening it), so what was open is not shown.' });
  await expect(unread).toBeVisible();
  await expect(editor.nodes()).toHaveCount(0);
  expect((await new AxeBuilder({ page }).include('#root [role=alert]').analyze()).violations).toEqual([]);
  await page.evaluate(() => sessionStorage.removeItem('broken'));
  await unread.getByRole('button', { name: 'Try again' }).click();
  await expect(promptOf(editor)).toHaveValue('a lighthouse at night');
  await expect(unread).toHaveCount(0);
});

test('versions are kept, compared, named and restored; the library is searched, tagged, emptied, saved and opened', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  await promptOf(editor).fill('a lighthouse');
  await editor.node('Image preview').getByText('Image preview', { exact: true }).click();
  await page.keyboard.press('Delete');
  await expect(editor.node('Image preview')).toHaveCount(0);
  await editor.choose('Versions…');
  const versions = page.getByRole('dialog', { name: 'Versions' });
  await expect(versions.getByRole('button', { name: /^As opened/ })).toBeVisible();
  await expect(versions.getByText('text: a red car on a beach → a lighthouse')).toBeVisible();
  await expect(versions.getByText('Node: Image preview removed')).toBeVisible();
  await expect(versions.getByText('3 differences').first()).toBeVisible();
  await versions.getByLabel('Name of the version').first().fill('Without a preview');
  await versions.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(versions.getByRole('button', { name: /^Without a preview/ })).toBeVisible();
  await versions.getByRole('button', { name: /^As opened/ }).click();
  await versions.getByRole('button', { name: 'Restore' }).click();
  await expect(editor.node('Image preview')).toBeVisible();
  await expect(promptOf(editor)).toHaveValue('a red car on a beach');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.node('Image preview')).toHaveCount(0);
  await expect(promptOf(editor)).toHaveValue('a lighthouse');

  await editor.choose('Graphs…');
  const list = page.getByRole('dialog', { name: 'Graphs in this browser' });
  const cards = list.getByRole('listitem');
  await list.getByRole('button', { name: 'Duplicate Text to image' }).click();
  await expect(cards).toHaveCount(2);
  await list.getByRole('button', { name: 'Rename Text to image, copy' }).click();
  await page.keyboard.type('Sunset');
  await page.keyboard.press('Enter');
  await expect(list.getByText('Sunset', { exact: true })).toBeVisible();
  await list.getByRole('button', { name: 'Tags of Sunset' }).click();
  await page.keyboard.type('night, sea');
  await page.keyboard.press('Enter');
  await list.getByRole('button', { name: 'sea', exact: true }).click();
  await expect(cards).toHaveCount(1);
  await list.getByRole('button', { name: 'sea', exact: true }).click();
  await list.getByRole('searchbox').fill('LIGHTHOUSE prompt');
  await expect(cards).toHaveCount(2);
  await list.getByRole('searchbox').fill('windmill');
  await expect(list.getByText('No graph says that.')).toBeVisible();
  await list.getByRole('searchbox').fill('');
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);

  const downloading = page.waitForEvent('download');
  await list.getByRole('button', { name: 'Save all to a file' }).click();
  const saved = await readFile(await (await downloading).path());

  await list.getByRole('button', { name: 'Delete Sunset' }).click();
  await expect(cards).toHaveCount(1);
  await list.getByRole('button', { name: /^Trash/ }).click();
  await list.getByRole('button', { name: 'Empty the trash' }).click();
  await list.getByRole('button', { name: 'Delete 1 graph for good' }).click();
  await expect(list.getByText('The trash is empty.')).toBeVisible();
  await list.getByRole('button', { name: /^Trash/ }).click();

  const choosing = page.waitForEvent('filechooser');
  await list.getByRole('button', { name: 'Open a saved library' }).click();
  await (await choosing).setFiles({ name: 'library.zip', mimeType: 'application/zip', buffer: saved });
  await expect(page.getByText('Took in 1 graph')).toBeVisible();
  await expect(cards).toHaveCount(2);
  await list.getByRole('button', { name: 'Sunset', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sunset' })).toBeVisible();
});
