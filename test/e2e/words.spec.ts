import { readFileSync } from 'node:fs';
import { expect, type Locator, test } from '@playwright/test';
import { inBothThemes } from './axe';
import { Editor } from './editor';

const words = JSON.parse(readFileSync(new URL('../../models/tiny/words.json', import.meta.url), 'utf8')) as {
  learned: { word: string }[];
};

let editor: Editor;
let prompt: Locator;
let panel: Locator;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
  prompt = editor.node('Prompt').getByRole('textbox', { name: 'text' });
  panel = page.getByRole('region', { name: 'Words it knows' });
});

test('the words of a model are shown, found, put in and missed', async ({ page }) => {
  await test.step('a word goes where the caret is, and undo takes back that word alone', async () => {
    await prompt.fill('a red car on a beach');
    for (let i = 0; i < ' on a beach'.length; i++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    await prompt.hover();
    await editor.node('Prompt').getByRole('button', { name: 'Words it knows' }).click();
    await panel.getByRole('button', { name: 'gorilla', exact: true }).click();
    await expect(prompt).toHaveValue('a red gorilla on a beach');
    await panel.getByRole('button', { name: 'low poly' }).click();
    await expect(prompt).toHaveValue('a red gorilla, low poly, on a beach');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(prompt).toHaveValue('a red gorilla on a beach');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(prompt).toHaveValue('a red car on a beach');
  });

  await test.step('the keyboard alone finds a word, puts it in, and goes back to the prompt', async () => {
    await prompt.fill('a ');
    await editor.node('Prompt').getByRole('button', { name: 'Words it knows' }).focus();
    await page.keyboard.press('Enter');
    const search = panel.getByRole('searchbox', { name: 'Search the words it knows' });
    await expect(search).toBeFocused();
    await page.keyboard.type('bunn');
    await page.keyboard.press('Enter');
    await expect(prompt).toHaveValue('a bunny');
    await expect(panel.getByRole('status')).toHaveText('Inserted bunny');
    await search.fill('');
    await page.keyboard.press('ArrowDown');
    await expect(panel.getByRole('button', { name: 'gorilla', exact: true })).toBeFocused();
    await page.keyboard.press('End');
    for (const { word } of words.learned.toReversed()) {
      await expect(panel.getByRole('button', { name: word, exact: true })).toBeFocused();
      await page.keyboard.press('ArrowLeft');
    }
    await page.keyboard.press('ArrowLeft');
    await expect(panel.getByRole('button', { name: 'frame' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(prompt).toHaveValue('a bunny, frame');
    await page.keyboard.press('Escape');
    await expect(prompt).toBeFocused();
  });

  await test.step('a word that the model has never seen is marked when it is typed to its end, and says what that means', async () => {
    const never = 'This model has never seen “castle”. Words that it does not know mean nothing to it.';
    await prompt.fill('');
    await prompt.pressSequentially('a cast');
    const marks = editor.node('Prompt').locator('mark');
    await expect(prompt).toHaveAccessibleDescription(/never seen “cast”/);
    await expect(marks).toHaveCount(0);
    await prompt.pressSequentially('le, beach');
    await expect(marks).toHaveText(['castle']);
    await expect(prompt).toHaveAccessibleDescription(never);
    const box = await marks.boundingBox();
    if (!box) throw new Error('The mark is not on the screen.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await expect(page.getByRole('tooltip')).toContainText(never);
    await editor.node('Prompt').getByText('Prompt', { exact: true }).click();
    await expect(panel).toContainText(never);
    await prompt.fill('a cat');
    await expect(panel).toContainText('It has seen every word of this prompt.');
  });

  await test.step('the editor says what the model is and is not, shows its card, and keeps both from prompts of another model', async () => {
    const said = /This is tiny, the model that comes with Weft: \d+ M parameters.* It is not Stable Diffusion/;
    await editor.node('Checkpoint').getByText('Checkpoint', { exact: true }).click();
    await expect(editor.inspector).toContainText(said);
    await editor.node('Prompt').getByText('Prompt', { exact: true }).click();
    await expect(panel).toContainText(said);
    await panel.getByRole('button', { name: 'Model card' }).click();
    const card = page.getByRole('dialog', { name: 'Model card of tiny' });
    await expect(card).toContainText('Known weaknesses');
    await expect(card.getByRole('table').first()).toContainText('autoencoder');
    await page.keyboard.press('Escape');
    await expect(card).toHaveCount(0);
    await editor.node('Text encoder').first().getByText('Text encoder', { exact: true }).click();
    await page.keyboard.press('Delete');
    await editor.node('Prompt').getByText('Prompt', { exact: true }).click();
    await expect(editor.inspector.getByRole('textbox', { name: 'text' })).toBeVisible();
    await expect(panel).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+z');
  });
});

test('the words pass axe in both themes at 1440 and 390 px, and lie on the screen', async ({ page }) => {
  for (const width of [1440, 390]) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await prompt.fill('a castle');
    await editor.node('Prompt').getByText('Prompt', { exact: true }).click();
    await page.setViewportSize({ width, height: width > 640 ? 900 : 844 });
    if (width < 1200) {
      // A panel closes when the window becomes too narrow for it.
      await expect(editor.inspector).toBeHidden();
      await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    }
    await expect(panel.getByRole('button', { name: 'gorilla', exact: true })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    // The help of what the pointer was left on is not what is looked at here.
    await page.mouse.move(1, 300);
    await expect(page.getByRole('tooltip')).toHaveCount(0);
    expect(await inBothThemes(page)).toEqual([]);
  }
});
