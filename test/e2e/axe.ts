import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What axe has to say about the page or a part of it, as lines. */
export async function complaints(
  page: Page,
  { part, rules }: { part?: string; rules?: string[] } = {},
): Promise<string[]> {
  // Only what is wrong is described, and the page has no frames: both save most of the time.
  let axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (part) axe = axe.include(part);
  if (rules) axe = axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}

/** A part in the theme that is shown, and its colours in the other one too. */
export async function inBothThemes(page: Page, part?: string): Promise<string[]> {
  const scope = part ? { part } : {};
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await complaints(page, scope);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  return [...dark, ...(await complaints(page, { ...scope, rules: ['color-contrast'] }))];
}
