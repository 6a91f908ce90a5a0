import { expect, type Page, test } from '@playwright/test';
import { Editor } from './editor';
import { quick } from './quick-graph';

const queue = (page: Page) => page.getByRole('region', { name: 'Queue' });
const rows = (page: Page) => queue(page).getByRole('list', { name: 'Runs' }).getByRole('listitem');

// The files that hold what was computed may be held a moment longer than the test, and what is held cannot be cleared.
test.use({ reuseContext: false });

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('several runs are queued at once, each with a seed of its own, and their pictures are kept', async ({ page }) => {
  await editor.dropGraph(quick);
  await expect(editor.node('VAE decode')).toBeVisible();
  await page.getByRole('button', { name: 'Ways to run' }).click();
  await page.getByRole('menuitem', { name: 'Queue several…' }).click();
  await queue(page).getByRole('spinbutton', { name: 'How many runs' }).fill('3');
  await queue(page).getByRole('button', { name: 'Queue', exact: true }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).filter({ hasText: /Done in/ })).toHaveCount(3, { timeout: 90_000 });
  await expect(rows(page).nth(0)).toContainText('seed 13');
  await expect(rows(page).nth(2)).toContainText('seed 11');
  // The seed on the screen is the one of the picture on the screen.
  const seed = editor.node('Noise').getByRole('textbox', { name: 'seed', exact: true });
  await expect(seed).toHaveValue('13');
  await expect(editor.node('Image preview')).toContainText('seed 13');
  await rows(page)
    .nth(2)
    .getByRole('button', { name: /^Look at the pictures/ })
    .click();
  const large = page.getByRole('dialog', { name: 'Pictures of this run' });
  await expect(large.getByRole('img')).toHaveAccessibleName(/64 × 64$/);
  await large.getByRole('button', { name: 'Use this seed' }).click();
  await page.keyboard.press('Escape');
  await expect(seed).toHaveValue('11');
  await queue(page).getByRole('button', { name: 'Clear finished' }).click();
  await expect(rows(page)).toHaveCount(0);
});

test('Run while a run goes on queues the graph as it is; entries move, go, and all can be stopped', async ({
  page,
}) => {
  await editor.type('Scheduler', 'steps', '400');
  await editor.node('Noise').getByRole('combobox', { name: 'seed before each run' }).selectOption('increment');
  await editor.run.click();
  await expect(page.getByRole('banner')).toContainText(/Step [1-9]\d* of 400/, { timeout: 90_000 });
  await editor.run.click();
  await editor.run.click();
  await editor.run.click();
  await page.getByRole('button', { name: 'Queue, 3 waiting' }).click();
  const names = () => rows(page).evaluateAll((list) => list.map((item) => item.getAttribute('aria-label')));
  await expect.poll(names).toEqual(['seed 43', 'seed 44', 'seed 45', 'seed 46']);
  await rows(page).nth(2).getByRole('button', { name: 'Move up' }).click();
  await rows(page).nth(3).getByRole('button', { name: 'Remove' }).click();
  await expect.poll(names).toEqual(['seed 43', 'seed 45', 'seed 44']);
  await rows(page).nth(0).getByRole('button', { name: 'Stop now' }).click();
  await expect(rows(page).filter({ hasText: /Step \d+ of 400/ })).toHaveAccessibleName('seed 45', { timeout: 60_000 });
  await expect(rows(page).filter({ hasText: 'Stopped' })).toHaveAccessibleName('seed 43');
  await queue(page).getByRole('button', { name: 'Stop all' }).click();
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Stopped/);
  await expect(rows(page)).toHaveCount(2);
});

test('every change runs the graph while that is switched on, and nothing runs while a problem stands in the way', async ({
  page,
}) => {
  await page.clock.install();
  await editor.dropGraph(quick);
  await expect(editor.node('VAE decode')).toBeVisible();
  const toggle = page.getByRole('button', { name: 'Run on every change' });
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  const preview = editor.node('Image preview');
  await expect(preview.getByRole('img')).toHaveAccessibleName(/64 × 64$/, { timeout: 60_000 });
  const width = editor.node('Noise').getByRole('spinbutton', { name: 'width' });
  const type = async (value: string) => {
    await width.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
  };
  await type('96');
  await expect(preview.getByRole('img')).toHaveAccessibleName(/96 × 64$/, { timeout: 60_000 });
  await type('100');
  await expect(toggle).toContainText('Waits');
  await expect(preview.getByRole('img')).toHaveAccessibleName(/96 × 64$/);
  await type('72');
  await expect(preview.getByRole('img')).toHaveAccessibleName(/72 × 64$/, { timeout: 60_000 });
  // Nobody pressed Run, so no seed was rolled.
  await expect(editor.node('Noise').getByRole('textbox', { name: 'seed', exact: true })).toHaveValue('10');

  // What is opened waits for a change: another graph, and the first one again.
  await editor.openTemplate('Teach it a word');
  const second = editor.node('Image preview');
  await expect(second).toContainText('not run yet');
  await page.clock.fastForward(2000);
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText('');
  // A change that would start a lesson says that it does not.
  await editor.type('Noise', 'width', '64');
  await expect(page.getByText('A lesson starts with Run only')).toBeVisible();
  await expect(toggle).toContainText('Waits');
  await expect(second).toContainText('not run yet');
  await page
    .getByRole('navigation', { name: 'Open graphs' })
    .getByRole('button', { name: /^(Kept in this browser, not in a file )?Test$/ })
    .click();
  await expect(preview.getByRole('img')).toHaveAccessibleName(/72 × 64$/);
  await expect(toggle).toContainText('On change');
  // Undo is a change.
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(preview.getByRole('img')).toHaveAccessibleName(/96 × 64$/, { timeout: 60_000 });
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
});
