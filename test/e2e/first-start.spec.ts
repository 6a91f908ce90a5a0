import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

test('the first start shows a graph that can be run, and nothing goes wrong unseen', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const editor = new Editor(page);
  await editor.open();
  await expect(page.getByRole('heading', { level: 1, name: 'Text to image' })).toBeVisible();
  await expect(editor.node('CFG combine')).toBeVisible();
  await expect(editor.node('Image preview')).toBeVisible();
  await expect(editor.run).toBeEnabled();
  expect(complaints).toEqual([]);
});

for (const colorScheme of ['dark', 'light'] as const)
  test(`the ${colorScheme} theme, taken from the system, passes axe`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const editor = new Editor(page);
    await editor.open();
    await editor.node('CFG combine').click();
    await expect(editor.inspector.getByRole('spinbutton', { name: 'scale', exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
  });

test('the theme that the user chooses stays', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const editor = new Editor(page);
  await editor.open();
  await editor.choose('Light theme');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

for (const width of [390, 700, 1000])
  test(`nothing scrolls sideways at ${width} px, and the panels lie over the canvas`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    const editor = new Editor(page);
    await editor.open();
    await expect(editor.inspector).toBeHidden();
    await expect(editor.run).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    await expect(editor.inspector.getByLabel('Name of the graph')).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
