import { expect, test } from '@playwright/test';
import { Editor } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

test('a graph is edited with mouse and keys, and each act is undone', async ({ page }) => {
  await test.step('arrow keys follow the wires and go through the sockets of a node; two presses of Enter wire two sockets', async () => {
    await editor.node('CFG combine').focus();
    await page.keyboard.press('ArrowRight');
    await expect(editor.node('Sampler step')).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('button', { name: /, wired/ }).and(page.locator(':focus'))).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('group').and(page.locator(':focus'))).toBeVisible();

    await editor.socket('UNet step, negative', /^prediction/).focus();
    await page.keyboard.press('Enter');
    const socket = editor.socket('CFG combine', /^conditional/);
    await socket.focus();
    await page.keyboard.press('Enter');
    await expect(socket).toHaveAccessibleName('conditional, prediction, wired from UNet step, negative');
    await page.keyboard.press('ControlOrMeta+z');
  });

  await test.step('a wire that does not fit says why, one that fits takes the place of the one before, and one let go over nothing offers nodes', async () => {
    const latent = editor.socket('VAE decode', /^latent/);
    await expect(latent).toHaveAccessibleName('latent, wired from Denoise end');
    await editor.pull(editor.socket('Text encoder', /^conditioning/).first(), latent);
    await expect(page.getByRole('tooltip')).toContainText('VAE decode needs a latent here; this is conditioning.');
    await page.mouse.up();
    await expect(page.getByRole('tooltip')).toBeHidden();
    await expect(latent).toHaveAccessibleName('latent, wired from Denoise end');

    const conditional = editor.socket('CFG combine', /^conditional/);
    await expect(conditional).toHaveAccessibleName('conditional, prediction, wired from UNet step, prompt');
    await editor.pull(editor.socket('UNet step, negative', /^prediction/), conditional);
    await page.mouse.up();
    await expect(conditional).toHaveAccessibleName('conditional, prediction, wired from UNet step, negative');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(conditional).toHaveAccessibleName('conditional, prediction, wired from UNet step, prompt');
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await expect(conditional).toHaveAccessibleName('conditional, prediction, wired from UNet step, negative');
    await page.keyboard.press('ControlOrMeta+z');

    await editor.socket('Denoise end', /^trajectory/).hover();
    await editor.socket('Checkpoint', /^vae/).hover();
    await page.mouse.down();
    await page.mouse.move(700, 140, { steps: 6 });
    await page.mouse.up();
    const menu = page.getByRole('dialog', { name: 'Add a node' });
    await expect(menu.getByRole('option')).toHaveText([
      /^Empty latent/,
      /^Learn a subject/,
      /^Learn a word/,
      /^Noise/,
      /^VAE decode/,
      /^VAE encode/,
      /^VAE encode for inpainting/,
    ]);
    await page.keyboard.type('encode');
    await page.keyboard.press('Enter');
    await expect(editor.socket('VAE encode', /^vae/)).toHaveAccessibleName('vae, wired from Checkpoint');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.node('VAE encode')).toHaveCount(0);

    // And off by its end.
    const box = await latent.boundingBox();
    if (!box) throw new Error('The socket is not on the screen.');
    // The end of a wire can be grasped just before the socket's own target.
    await page.mouse.move(box.x - box.width * 0.3, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x - 20, box.y + 160, { steps: 6 });
    await page.mouse.up();
    await expect(latent).toHaveAccessibleName('latent, required, not wired');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(latent).toHaveAccessibleName('latent, wired from Denoise end');
  });

  await test.step('a number field works out arithmetic; dragging a field, moving several nodes, copying and resizing are a step of undo each', async () => {
    const scale = editor.node('CFG combine').getByRole('spinbutton', { name: 'scale', exact: true });
    await scale.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('7.5*2');
    await page.keyboard.press('Enter');
    await expect(scale).toHaveAttribute('aria-valuenow', '15');
    await scale.hover();
    await page.mouse.down();
    const field = await scale.boundingBox();
    await page.mouse.move((field?.x ?? 0) + 120, field?.y ?? 0, { steps: 6 });
    await page.mouse.up();
    await expect(scale).not.toHaveAttribute('aria-valuenow', '15');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(scale).toHaveAttribute('aria-valuenow', '15');
    await page.keyboard.press('ControlOrMeta+z');

    const cfg = editor.node('CFG combine');
    await cfg.getByText('CFG combine', { exact: true }).click();
    await page.keyboard.press('ControlOrMeta+d');
    await expect(cfg).toHaveCount(2);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(cfg).toHaveCount(1);

    await cfg.getByText('CFG combine', { exact: true }).click();
    const before = await cfg.boundingBox();
    if (!before) throw new Error('The node is not on the screen.');
    const [x, y] = [before.x + before.width, before.y + before.height];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => Math.round((await cfg.boundingBox())?.width ?? 0)).toBeGreaterThan(before.width + 40);
    await page.keyboard.press('ControlOrMeta+z');
    await expect
      .poll(async () => Math.round((await cfg.boundingBox())?.width ?? 0))
      .toBeLessThan(Math.round(before.width) + 2);

    const place = await cfg.boundingBox();
    await page.keyboard.press('ControlOrMeta+a');
    await cfg.getByText('CFG combine', { exact: true }).hover();
    await page.mouse.down();
    await page.mouse.move((place?.x ?? 0) + 90, (place?.y ?? 0) + 60, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await cfg.boundingBox())?.y).toBeGreaterThan((place?.y ?? 0) + 20);
    await editor.choose(/^Undo move \d+ nodes/);
    await expect.poll(async () => Math.round((await cfg.boundingBox())?.y ?? 0)).toBe(Math.round(place?.y ?? 0));
  });

  await test.step('nodes come from the palette by dragging and by searching; a denoise zone comes with both ends and goes with either', async () => {
    const before = await editor.nodes().count();
    const target = page.getByRole('main', { name: 'Graph' });
    await editor.palette
      .getByRole('button', { name: 'Number list' })
      .dragTo(target, { targetPosition: { x: 600, y: 100 } });
    await expect(editor.nodes()).toHaveCount(before + 1);
    const [node, canvas] = [await editor.node('Number list').boundingBox(), await target.boundingBox()];
    expect(Math.abs((node?.x ?? 0) - (canvas?.x ?? 0) - 600)).toBeLessThan(4);
    expect(Math.abs((node?.y ?? 0) - (canvas?.y ?? 0) - 100)).toBeLessThan(4);

    await editor.choose('New graph');
    await editor.palette.getByRole('button', { name: 'Denoise zone' }).click();
    await expect(editor.node('Denoise start')).toBeVisible();
    await expect(editor.node('Denoise end')).toBeVisible();
    await editor.choose(/^Show the whole graph/);
    await page.getByRole('main').click({ position: { x: 20, y: 20 } });
    await editor.node('Denoise end').getByText('Denoise end', { exact: true }).click();
    await page.keyboard.press('Delete');
    await expect(editor.nodes()).toHaveCount(0);

    await page.keyboard.press('/');
    await page.keyboard.type('image g');
    await page.keyboard.press('Enter');
    await expect(editor.node('Image grid')).toBeVisible();
  });
});

test('what was typed is there after a reload; the ring makes a socket of a parameter, which takes a wire', async ({
  page,
}) => {
  await editor.node('Prompt').getByRole('textbox', { name: 'text' }).fill('a lighthouse at night');
  await editor.inspector.getByRole('textbox').first().fill('a lighthouse at night, stars');
  await page.reload();
  await expect(editor.node('Prompt').getByRole('textbox', { name: 'text' })).toHaveValue(/^a lighthouse at night/);
  await expect(page.locator('#root')).not.toHaveAttribute('aria-busy');

  await editor.palette.getByRole('button', { name: 'Number', exact: true }).click();
  await editor.node('CFG combine').getByText('CFG combine', { exact: true }).click();
  await editor.inspector.getByRole('button', { name: 'rescale as a socket' }).click();
  const rescale = editor.socket('CFG combine', /^rescale, number/);
  await editor.socket('Number', /^number|^value/).focus();
  await page.keyboard.press('Enter');
  await rescale.focus();
  await page.keyboard.press('Enter');
  await expect(rescale).toHaveAccessibleName('rescale, number, wired from Number');
});
