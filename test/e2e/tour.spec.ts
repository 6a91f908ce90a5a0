import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Editor } from './editor';

const tour = (page: Page, step: number) => page.getByRole('dialog', { name: new RegExp(`^Tour, step ${step} of 4`) });

/** Opens the editor as somebody does who was never here. */
async function firstStart(page: Page) {
  await page.goto('./');
  await expect(tour(page, 1)).toBeVisible();
}

/** Whether two things on the screen overlap. */
async function covers(page: Page, words: string, anchor: string): Promise<boolean> {
  return page.evaluate(
    ([one = '', other = '']) => {
      const [a, b] = [one, other].map((selector) => document.querySelector(selector)?.getBoundingClientRect());
      if (!a || !b) throw new Error('It is not on the page.');
      return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    },
    [words, anchor],
  );
}

test('the tour starts by itself once, goes on by what is done, passes axe, and never comes back unasked', async ({
  page,
}) => {
  const editor = new Editor(page);
  await firstStart(page);
  const { violations } = await new AxeBuilder({ page }).include('[aria-label^=Tour]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  // It waits for nobody: the prompt beside it can be typed into, and Escape leaves the field and not the tour.
  const prompt = editor.node('Prompt').getByRole('textbox');
  await prompt.fill('a fox in the snow');
  await prompt.press('Escape');
  await expect(tour(page, 1)).toBeVisible();
  await tour(page, 1).getByRole('button', { name: 'Next' }).click();
  await expect(tour(page, 2)).toContainText('Run');
  await tour(page, 2).getByRole('button', { name: 'Next' }).click();
  await tour(page, 3).getByRole('button', { name: 'Next' }).click();
  await editor.palette.getByRole('button', { name: 'Templates' }).click();
  await expect(page.getByRole('dialog', { name: 'Templates' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: /^Tour/ })).toHaveCount(0);
  await page.reload();
  await expect(editor.node('CFG combine')).toBeVisible();
  await expect(page.getByRole('dialog', { name: /^Tour/ })).toHaveCount(0);
});

test('asked for in the menu, the tour takes the focus, is walked by keyboard, and Escape ends it', async ({ page }) => {
  const editor = new Editor(page);
  await editor.open();
  await editor.choose('Tour of four steps');
  await expect(tour(page, 1)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(tour(page, 1).getByRole('button', { name: 'Skip' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(tour(page, 2)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: /^Tour/ })).toHaveCount(0);
});

test('at 390 px no step of the tour covers what it speaks of', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await firstStart(page);
  const anchors = ['[data-id=prompt]', '[data-tour=run]', '[data-id=preview]', 'header button[aria-label=Menu]'];
  for (const [i, anchor] of anchors.entries()) {
    await expect(tour(page, i + 1)).toBeInViewport({ ratio: 1 });
    await expect.poll(() => covers(page, '[aria-label^=Tour]', anchor)).toBe(false);
    await expect(page.locator(anchor)).toBeInViewport();
    await tour(page, i + 1)
      .getByRole('button', { name: /Next|Done/ })
      .click();
  }
  await expect(page.getByRole('dialog', { name: /^Tour/ })).toHaveCount(0);
});
