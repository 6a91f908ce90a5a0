import { expect, test } from '@playwright/test';
import { complaints } from './axe';
import { Editor } from './editor';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** UI.md: every touch target is 44. */
const least = 44;

test('on a phone the outline at the thumb sets values with sliders, and steps and pictures of a run are beside it', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  const sheet = page.getByRole('complementary', { name: 'Under the canvas' });
  const line = (name: string) => sheet.getByRole('treeitem', { name: new RegExp(`^${name}, `) });
  await expect(line('Denoise zone')).toBeVisible();

  // What is tapped opens with what its node shows, and one drag is one step of undo.
  await line('CFG combine').tap();
  await expect(line('CFG combine')).toHaveAttribute('aria-selected', 'true');
  const slider = line('CFG combine').getByRole('slider', { name: 'scale', exact: true });
  await expect(slider).toHaveAttribute('aria-valuetext', '5');
  const box = await slider.boundingBox();
  if (!box) throw new Error('The slider is not on the screen.');
  const fingers = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share?: number) =>
    fingers.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        share === undefined ? [] : [{ x: box.x + 12 + (box.width - 24) * share, y: box.y + box.height / 2, id: 0 }],
    });
  await touch('touchStart', 0.25);
  for (const share of [0.3, 0.4, 0.5]) await touch('touchMove', share);
  await touch('touchEnd');
  const scale = editor.node('CFG combine').getByRole('spinbutton', { name: 'scale', exact: true });
  await expect.poll(async () => Number(await scale.getAttribute('aria-valuenow'))).toBeGreaterThan(15);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(scale).toHaveAttribute('aria-valuenow', '5');
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(scale).toHaveAttribute('aria-valuenow', '5.1');

  // The value itself is tapped to type another.
  await line('Scheduler').tap();
  await expect(slider).toHaveCount(0);
  await line('Scheduler').getByRole('spinbutton', { name: 'steps' }).tap();
  await line('Scheduler').getByRole('textbox', { name: 'steps' }).fill('2');
  await page.keyboard.press('Enter');

  const small = await page
    .locator('header, footer, aside[aria-label="Under the canvas"]')
    .locator('button, input, select, [role=spinbutton]')
    .evaluateAll((all, limit) => {
      const named = (part: Element) => part.getAttribute('aria-label') ?? part.textContent;
      return all
        .filter((part) => part.checkVisibility() && getComputedStyle(part).clipPath === 'none')
        .map((part) => ({ part, box: part.getBoundingClientRect() }))
        .filter(({ box: { width, height } }) => width > 0 && (width < limit || height < limit))
        .map(({ part, box: { width, height } }) => `${named(part)}: ${Math.round(width)} × ${Math.round(height)}`);
    }, least);
  expect(small).toEqual([]);
  expect(await complaints(page)).toEqual([]);

  await page.getByRole('contentinfo').getByRole('button', { name: 'Run', exact: true }).tap();
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 90_000 });
  await expect(line('Denoise zone')).toContainText('2 evaluations');
  await sheet.getByRole('tab', { name: 'Steps' }).tap();
  await expect(sheet.getByRole('slider', { name: 'Steps of Denoise' })).toBeVisible();
  await sheet.getByRole('tab', { name: 'Pictures' }).tap();
  await sheet.getByRole('button', { name: 'Show Image preview large' }).tap();
  await expect(page.getByRole('dialog', { name: 'Pictures' }).getByRole('img')).toBeVisible();
});
