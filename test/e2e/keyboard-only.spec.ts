import { expect, type Page, test } from '@playwright/test';
import { Editor } from './editor';

/** The page by keys alone. Nothing here may use the mouse. */
class Keys {
  readonly page: Page;
  readonly editor: Editor;

  constructor(page: Page) {
    this.page = page;
    this.editor = new Editor(page);
  }

  press = (key: string) => this.page.keyboard.press(key);

  private async type(field: string, text: string) {
    await expect(this.page.getByRole('combobox', { name: field })).toBeFocused();
    await this.page.keyboard.type(text);
    await this.press('Enter');
  }

  /** Runs a command, or goes to a node, by its name. */
  async say(words: string) {
    await this.press('ControlOrMeta+k');
    await this.type('Search commands and nodes', words);
  }

  async goTo(node: string) {
    await this.say(node);
    await expect(this.editor.node(node)).toBeFocused();
  }

  /** Adds a node at what has the focus, wired to it where it has something that fits. */
  async add(node: string) {
    await this.press(' ');
    await this.type('Search nodes to add', node);
    await expect(this.editor.node(node)).toBeFocused();
  }

  /** Goes down through the node with the focus to a field of it; lists and texts keep the arrows, so Escape leaves them first. */
  async down(field: string) {
    for (let left = 30; left > 0; left--) {
      const focused = this.page.locator(':focus');
      if ((await focused.getAttribute('aria-label')) === field) return;
      if (await focused.evaluate((element) => element.matches('select, textarea'))) await this.press('Escape');
      await this.press('ArrowDown');
    }
    throw new Error(`There is no way down to ${field}.`);
  }

  /** Wires a socket of the node with the focus to a socket or to a new node. */
  async wire(socket: string, to: string) {
    await this.press('w');
    await this.type('Connect', socket);
    await this.type(', ', to);
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }
}

test('a text-to-image graph is built from nothing and run by keyboard alone', async ({ page }) => {
  const keys = new Keys(page);
  const { editor } = keys;
  await editor.open();
  await keys.say('New graph');
  await expect(editor.nodes()).toHaveCount(0);

  await keys.add('Checkpoint');
  await keys.add('Text encoder');
  await keys.wire('inputs text', 'prompt');
  await expect(editor.node('Prompt')).toBeFocused();
  await keys.press('Enter');
  await page.keyboard.type('a red car');
  await keys.press('Escape');
  await expect(editor.node('Prompt')).toBeFocused();
  // To where its wire leads.
  await keys.press('ArrowRight');
  await expect(editor.node('Text encoder')).toBeFocused();

  await keys.add('UNet step');
  await keys.wire('inputs unet', 'Checkpoint, unet');
  await keys.add('Sampler step');
  await keys.wire('inputs latent', 'denoise zone');
  await expect(editor.node('Denoise start')).toBeFocused();
  await keys.wire('outputs latent', 'UNet step, latent');
  await keys.wire('outputs step', 'UNet step, step');
  await keys.wire('outputs step', 'Sampler step, step');

  await keys.wire('inputs noise', 'noise');
  await expect(editor.node('Noise')).toBeFocused();
  for (const side of ['width', 'height']) {
    await keys.down(side);
    await page.keyboard.type('128');
    await keys.press('Enter');
    await expect(editor.node('Noise').getByRole('spinbutton', { name: side })).toBeFocused();
  }
  await keys.goTo('Denoise start');
  await keys.wire('inputs schedule', 'scheduler');
  await expect(editor.node('Scheduler')).toBeFocused();
  await keys.down('steps');
  await page.keyboard.type('2');
  await keys.press('Enter');

  // Once without a list: Enter takes a wire, Tab goes to what fits.
  await keys.goTo('Sampler step');
  await keys.press('ArrowDown');
  await expect(editor.socket('Sampler step', /^latent, not wired/)).toBeFocused();
  await keys.press('Enter');
  await keys.press('Tab');
  await expect(editor.socket('Denoise end', /^latent, required/)).toBeFocused();
  await keys.press('Enter');
  await expect(editor.socket('Denoise end', /^latent, wired from Sampler step/)).toBeFocused();
  await keys.press('Escape');

  await keys.add('VAE decode');
  await keys.wire('inputs vae', 'Checkpoint, vae');
  await keys.add('Image preview');
  await keys.press('ControlOrMeta+Enter');
  await expect(editor.node('Image preview').getByRole('img')).toHaveAccessibleName(/128 × 128$/, { timeout: 90_000 });
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 90_000 });
  await expect(page.getByRole('status', { name: 'Announcements' })).toHaveText(/1 picture in Image preview/);
});
