import { expect, test } from '@playwright/test';
import { Editor } from './editor';

test.describe('with all that it does by itself', () => {
  // Playwright complains on the page's behalf where it blocks what makes the page work without a network.
  test.use({ serviceWorkers: 'allow' });

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
});

test('the theme follows the system until the user chooses one, and again when they choose the system', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const editor = new Editor(page);
  await editor.open();
  const html = page.locator('html');
  const choose = async (theme: string) => {
    await page.getByRole('button', { name: 'Commands', exact: true }).click();
    await page.getByRole('combobox', { name: 'Search commands and nodes' }).fill(`Theme: ${theme}`);
    await page.keyboard.press('Enter');
  };
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await choose('Light');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'light');
  await choose('Dark');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await choose('Light');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(html).toHaveAttribute('data-theme', 'light');
  await choose('As the system');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(html).toHaveAttribute('data-theme', 'light');
});

test('nothing scrolls sideways at 390, 700 and 1000 px, and the panels lie over the canvas', async ({ page }) => {
  const editor = new Editor(page);
  for (const width of [1000, 700, 390]) {
    await page.setViewportSize({ width, height: 844 });
    if (width === 1000) await editor.open();
    await expect(editor.inspector, `at ${width}`).toBeHidden();
    await expect(editor.run).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    await expect(editor.inspector.getByLabel('Name of the graph')).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
  }
});
