import { expect, type Locator, test } from '@playwright/test';
import { Editor } from './editor';

// What was chosen is read when the page starts, so it starts several times in one context.
test.use({ reuseContext: false });

const boxOf = async (part: Locator) => {
  const box = await part.boundingBox();
  if (!box) throw new Error('It is not on the screen.');
  return box;
};

test('panels are made wider by pointer and keys, the graph stays where it was, and the widths are kept', async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.open();
  const edge = (name: string) => page.getByRole('separator', { name });
  const palette = edge('Width of the palette');
  const inspector = edge('Width of the inspector');
  await expect(palette).toHaveAttribute('aria-valuenow', '184');
  await expect(inspector).toHaveAttribute('aria-valuenow', '256');

  const node = editor.node('Checkpoint');
  const before = await boxOf(node);
  const drag = async (part: Locator, by: number) => {
    const { x, y, width, height } = await boxOf(part);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + by, y + height / 2, { steps: 4 });
  };
  await drag(palette, 60);
  await expect(palette).toHaveAttribute('aria-valuenow', '244');
  expect((await boxOf(editor.palette)).width).toBeCloseTo(243, 0);
  // What lies under the pointer stays there while the canvas begins elsewhere.
  expect(await boxOf(node)).toEqual(before);
  await page.mouse.up();

  await palette.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(palette).toHaveAttribute('aria-valuenow', '220');
  await page.keyboard.press('Home');
  await expect(palette).toHaveAttribute('aria-valuenow', '160');
  await page.keyboard.press('End');
  await expect(palette).toHaveAttribute('aria-valuenow', '360');
  await palette.dblclick();
  await expect(palette).toHaveAttribute('aria-valuenow', '184');
  await page.keyboard.press('ArrowRight');
  await expect(palette).toHaveAttribute('aria-valuetext', '192 pixels');
  expect(await boxOf(node)).toEqual(before);

  // The inspector grows to the left; Escape takes back what was dragged.
  await drag(inspector, -100);
  await expect(inspector).toHaveAttribute('aria-valuenow', '356');
  await page.keyboard.press('Escape');
  await expect(inspector).toHaveAttribute('aria-valuenow', '256');
  await page.mouse.up();
  await drag(inspector, -80);
  await page.mouse.up();
  await expect(inspector).toHaveAttribute('aria-valuenow', '336');
  // A panel that closes uncovers more of the graph and moves nothing of it.
  await editor.node('CFG combine').focus();
  const still = await boxOf(node);
  await page.keyboard.press('[');
  await expect(palette).toBeHidden();
  expect(await boxOf(node)).toEqual(still);

  await page.reload();
  await expect(palette).toHaveAttribute('aria-valuenow', '192');
  await expect(inspector).toHaveAttribute('aria-valuenow', '336');
  // In a window where it is a drawer it is as wide, and on a phone as the design has it.
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByRole('button', { name: 'Inspector', exact: true }).click();
  await expect(inspector).toHaveAttribute('aria-valuenow', '336');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(inspector).toHaveCount(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await editor.choose('Panels in their usual sizes');
  await expect(inspector).toHaveAttribute('aria-valuenow', '256');
});
