import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

/** What people would type, also those who come from another program, and the command that is meant. */
const meant = {
  library: 'Graphs…',
  workflows: 'Graphs…',
  checkpoints: 'Models…',
  'model manager': 'Models…',
  'hugging face': 'Models…',
  gallery: 'History…',
  images: 'History…',
  hotkeys: 'Keyboard shortcuts',
  keybindings: 'Keyboard shortcuts',
  settings: 'Keyboard shortcuts',
  dark: 'Theme: Dark',
  'light mode': 'Theme: Light',
  appearance: 'Theme: Dark',
  light: 'Theme: Light',
  examples: 'Templates…',
  tutorial: 'Tour of four steps',
  minimap: 'Hide overview',
  invoke: 'Run',
  'queue prompt': 'Run',
  'auto queue': 'Run on every change',
  jobs: 'Queue',
  'auto layout': 'Arrange all along the wires',
  'zoom to fit': 'Show the whole graph',
  comment: 'Add a note',
  snapshots: 'Versions…',
  screenshot: 'Save a picture of the graph: PNG, which carries the graph',
  'load workflow': 'Open file…',
  'app mode': 'Graph as a form…',
  errors: 'Problems',
  url: 'Share as a link…',
};

test('the command palette finds, runs, adds and goes to', async ({ page }) => {
  await test.step('the command palette runs commands, adds nodes and goes to those that are there', async () => {
    const commands = page.getByRole('dialog', { name: 'Commands' });
    await page.keyboard.press('ControlOrMeta+k');
    expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
    await page.keyboard.type('select all');
    await expect(commands.getByRole('option', { name: /^Select all/ })).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(editor.inspector.getByRole('heading', { name: /parts$/ })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('number list');
    await page.keyboard.press('Enter');
    await expect(editor.node('Number list')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('cfg');
    await commands.getByRole('option', { name: /^CFG combine go to/ }).click();
    await expect(editor.node('CFG combine')).toBeFocused();
  });

  await test.step('the command palette finds commands by the words that people have for them', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    const first = page.getByRole('option', { selected: true }).locator('span');
    const found: Record<string, string | null> = {};
    for (const words of Object.keys(meant)) {
      await page.getByRole('combobox', { name: 'Search commands and nodes' }).fill(words);
      found[words] = await first.textContent();
    }
    expect(found).toEqual(meant);
    // By its name it is chosen at once.
    await page.getByRole('combobox', { name: 'Search commands and nodes' }).fill('light');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  });
});
