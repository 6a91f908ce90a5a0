import { expect, type Locator, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
let encoder: Locator;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
  // By its id: wiring changes the order of the nodes, and there are two of this title.
  encoder = page.locator('.react-flow__node[data-id="positive-text"]');
});

const yOf = async (locator: Locator) => Math.round((await locator.boundingBox())?.y ?? Number.NaN);

test('inputs that most graphs leave alone are out of sight until they are wanted', async ({ page }) => {
  await test.step('inputs that most graphs leave alone appear while a wire that fits is in hand, and nothing else moves', async () => {
    const spare = encoder.getByRole('button', { name: /^schedule, / });
    const text = encoder.getByRole('button', { name: /^text, wired/ });
    await expect(
      encoder.getByRole('button', { name: /^3 more inputs: embedding, embedding2, schedule$/ }),
    ).toBeVisible();
    await expect(spare).toHaveCount(0);
    const [before, below] = [await yOf(text), await yOf(encoder.getByRole('combobox', { name: 'syntax' }))];
    const output = editor.socket('Scheduler', /^schedule, wired/);
    await output.hover();
    await page.mouse.down();
    const start = await output.boundingBox();
    if (!start) throw new Error('The socket is not on the screen.');
    await page.mouse.move(start.x + 60, start.y - 60, { steps: 4 });
    await expect(spare).toHaveAccessibleName('schedule, not wired');
    await expect(encoder.getByRole('button', { name: /^embedding/ })).toHaveCount(0);
    expect([await yOf(text), await yOf(encoder.getByRole('combobox', { name: 'syntax' }))]).toEqual([before, below]);
    const box = await spare.boundingBox();
    if (!box) throw new Error('The socket is not on the screen.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 6 });
    await expect(spare).toHaveClass(/connectingto/);
    await page.mouse.up();
    await expect(spare).toHaveAccessibleName('schedule, wired from Scheduler');
    await expect(encoder.getByRole('button', { name: /^2 more inputs/ })).toBeVisible();
    expect(await yOf(text)).toBe(before);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(spare).toHaveCount(0);
  });

  await test.step('the keyboard reaches the inputs that are out of sight, and Escape puts them back', async () => {
    const more = encoder.getByRole('button', { name: /^3 more inputs/ });
    await encoder.getByRole('button', { name: /^text, wired/ }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(more).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(more).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(encoder.getByRole('button', { name: /^embedding, / })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(encoder).toBeFocused();
    await expect(more).toHaveAttribute('aria-expanded', 'false');
    await expect(encoder.getByRole('button', { name: /^embedding, / })).toHaveCount(0);
  });

  await test.step('a press shows all inputs of a node, and a press elsewhere hides them', async () => {
    const step = editor.node('UNet step, prompt');
    await step.getByRole('button', { name: /more inputs/ }).click();
    await expect(step.getByRole('button', { name: /^(mask|masked|guided), / })).toHaveCount(3);
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
    await expect(step.getByRole('button', { name: /^(mask|masked|guided), / })).toHaveCount(0);
  });
});
