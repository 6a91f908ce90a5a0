import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

test('templates are shown with pictures, and opened', async ({ page }) => {
  const editor = new Editor(page);
  await editor.open();
  await test.step('the gallery shows each template with a picture and its idea, is searched, passes axe, and opens one in a tab', async () => {
    await editor.palette.getByRole('button', { name: 'Templates' }).click();
    const gallery = page.getByRole('dialog', { name: 'Templates' });
    const cards = gallery.getByRole('listitem').getByRole('button');
    await expect(cards.first()).toBeVisible();
    expect(await cards.count()).toBeGreaterThanOrEqual(12);
    const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    // Every picture is there and is a picture.
    const widths = await gallery
      .locator('img')
      .evaluateAll((list) =>
        Promise.all((list as HTMLImageElement[]).map((image) => image.decode().then(() => image.naturalWidth))),
      );
    expect(new Set(widths)).toEqual(new Set([288]));

    await gallery.getByRole('button', { name: 'guidance' }).click();
    await expect(gallery.getByRole('button', { name: 'Inpainting' })).toHaveCount(0);
    await expect(gallery.getByRole('button', { name: 'CFG sweep' })).toHaveAccessibleDescription(/guidance/);
    await gallery.getByRole('button', { name: 'guidance', exact: true }).click();
    await gallery.getByRole('searchbox', { name: 'Search templates' }).fill('48 steps');
    await expect(cards).toHaveCount(1);
    await cards.click();
    await expect(gallery).toBeHidden();
    await expect(page.getByRole('heading', { level: 1, name: 'Steps' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Open graphs' }).getByRole('listitem')).toHaveCount(2);
  });

  await test.step('an empty graph offers four pictures to start from; one of them takes its place', async () => {
    await editor.choose('New graph');
    await expect(page.getByRole('heading', { name: 'Start with a picture, or with nothing' })).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'CFG sweep' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'CFG sweep' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Open graphs' }).getByRole('listitem')).toHaveCount(3);
  });
});
