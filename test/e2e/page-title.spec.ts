import { expect, test } from '@playwright/test';
import { Editor, graph } from './editor';

test('the tab of the browser tells of runs', async ({ page }) => {
  const editor = new Editor(page);
  await editor.open();
  await test.step('the title and the icon of the page say how far a run is, and that it is done until the user is back', async () => {
    const icon = page.locator('link[rel=icon]');
    const calm = (await icon.getAttribute('href')) ?? '';
    await expect(page).toHaveTitle('Text to image · Weft');
    const titles = await page.evaluateHandle(() => {
      const seen: string[] = [];
      const watch = new MutationObserver(() => seen.push(document.title));
      watch.observe(document.querySelector('title') as Node, { childList: true });
      return seen;
    });
    await editor.type('Scheduler', 'steps', '2');
    await editor.run.click();
    await expect(page).toHaveTitle('✓ Text to image · Weft', { timeout: 90_000 });
    await expect(icon).toHaveAttribute('href', /^data:image\/svg\+xml,/);
    expect((await titles.jsonValue()).some((title) => /^[1-9]\d? % · Text to image · Weft$/.test(title))).toBe(true);
    await page.keyboard.press('Shift');
    await expect(page).toHaveTitle('Text to image · Weft');
    await expect(icon).toHaveAttribute('href', new RegExp(`${calm.replace(/^\.\//, '').replaceAll('.', '\\.')}$`));
  });

  await test.step('a run that fails leaves its own mark', async () => {
    const node = (id: string, type: string, params = {}) => ({ id, type, version: 1, at: [0, 0], params });
    // That a file is gone shows only when it is opened.
    const nodes = [node('load', 'image/load-image', { file: 'gone.png' }), node('show', 'image/preview')];
    await editor.dropGraph(graph(nodes, [{ from: ['load', 'image'], to: ['show', 'image'] }]));
    await editor.run.click();
    await expect(page).toHaveTitle('! Test · Weft');
  });
});
