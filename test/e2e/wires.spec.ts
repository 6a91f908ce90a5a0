import { expect, type Page, test } from '@playwright/test';
import { Editor, graph } from './editor';

let editor: Editor;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
});

const node = (id: string, type: string, at: [number, number], more = {}) => ({
  id,
  type,
  version: 1,
  at,
  params: {},
  title: id,
  ...more,
});
const pictures = graph(
  [
    node('load', 'image/load-image', [0, 0]),
    node('other', 'image/load-image', [0, 400]),
    node('first', 'image/preview', [500, 0]),
    node('second', 'image/preview', [500, 420]),
  ],
  [
    { from: ['load', 'image'], to: ['first', 'image'] },
    { from: ['load', 'image'], to: ['second', 'image'] },
  ],
);

/** Some way along the wire that ends at an input, in pixels of the window. */
const onWire = (page: Page, node: string, port: string, share = 0.5) =>
  page
    .locator(`.react-flow__edge[data-id="${node} ${port}"] .react-flow__edge-interaction`)
    .evaluate((element, part) => {
      const line = element as SVGPathElement;
      const { x, y } = line.getPointAtLength(line.getTotalLength() * part);
      const at = new DOMPoint(x, y).matrixTransform(line.getScreenCTM() ?? undefined);
      return [at.x, at.y] as const;
    }, share);

const dragTo = async (page: Page, [x, y]: readonly [number, number]) => {
  await page.mouse.down();
  await page.mouse.move(x + 20, y + 20, { steps: 4 });
  await page.mouse.move(x, y, { steps: 4 });
};

test('wires are made, moved, led through points and refused with the mouse', async ({ page }) => {
  await test.step('a wire let go over a node with several inputs for it asks which', async () => {
    const cfg = editor.node('CFG combine');
    const before = editor.socket('CFG combine', /^unconditional/);
    await expect(before).toHaveAccessibleName('unconditional, prediction, wired from UNet step, negative');
    await editor.socket('UNet step, prompt', /^prediction/).hover();
    const title = await cfg.getByText('CFG combine', { exact: true }).boundingBox();
    await dragTo(page, [(title?.x ?? 0) + 20, (title?.y ?? 0) + 8]);
    await page.mouse.up();
    await expect(page.getByRole('menu', { name: 'Which input?' })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(before).toHaveAccessibleName('unconditional, prediction, wired from UNet step, prompt');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(before).toHaveAccessibleName('unconditional, prediction, wired from UNet step, negative');
  });

  await test.step('a wire let go over a node that does not take it says so', async () => {
    await editor.socket('Checkpoint', /^unet/).hover();
    const title = await editor.node('Image preview').getByText('Image preview', { exact: true }).boundingBox();
    await dragTo(page, [(title?.x ?? 0) + 20, (title?.y ?? 0) + 100]);
    await page.mouse.up();
    await expect(page.getByRole('alert').filter({ hasText: 'Image preview' })).toContainText(
      'Image preview takes no wire of a UNet.',
    );
  });

  await test.step('a wire let go over nothing reaches a node of another kind through what converts it', async () => {
    await editor.socket('Denoise end', /^latent.*wired to/).hover();
    await dragTo(page, [800, 160]);
    await page.mouse.up();
    await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
    await page.keyboard.press('Tab');
    await page.keyboard.type('save image');
    await page.keyboard.press('Enter');
    await expect(editor.socket('Save image', /^image/)).toHaveAccessibleName('image, wired from VAE decode');
    await expect(editor.node('VAE decode')).toHaveCount(2);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.node('VAE decode')).toHaveCount(1);
  });

  await test.step('while a wire is in hand, sockets that take it stand out and nodes without any step back', async () => {
    await editor.socket('Checkpoint', /^vae/).hover();
    await dragTo(page, [700, 140]);
    await expect(editor.socket('VAE decode', /^vae/)).toHaveAttribute('data-fate', 'open');
    await expect(editor.socket('VAE decode', /^latent/)).toHaveAttribute('data-fate', 'shut');
    const opacity = (title: string) =>
      editor.node(title).evaluate((element) => getComputedStyle(element.firstElementChild as Element).opacity);
    expect(await opacity('CFG combine')).toBe('0.5');
    expect(await opacity('VAE decode')).toBe('1');
    await page.mouse.up();
    await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('a double click on a wire makes a reroute, which can be dragged, wired from, fed anew, and taken out', async () => {
    await editor.dropGraph(pictures);
    const reroute = page.getByRole('group', { name: 'Reroute of image from load, 1 wire' });
    await page.mouse.dblclick(...(await onWire(page, 'first', 'image')));
    const before = await reroute.boundingBox();
    if (!before) throw new Error('There is no reroute on the screen.');
    await reroute.hover();
    await dragTo(page, [before.x + 52, before.y + 92]);
    await page.mouse.up();
    await expect.poll(async () => (await reroute.boundingBox())?.y).toBeGreaterThan(before.y + 40);
    // The wire goes through it.
    const [x, y] = await onWire(page, 'first', 'image', 0.5);
    const now = await reroute.boundingBox();
    expect(Math.hypot(x - (now?.x ?? 0) - 12, y - (now?.y ?? 0) - 12)).toBeLessThan(60);

    // A further wire is taken from it.
    await reroute.hover();
    await editor.pull(
      page.getByRole('button', { name: 'Take another wire of image from load' }),
      editor.socket('second', /^image/),
    );
    await page.mouse.up();
    const shared = page.getByRole('group', { name: 'Reroute of image from load, 2 wires' });
    await expect(shared).toBeVisible();

    // Fed from another node, both wires come from there.
    await editor.pull(editor.socket('other', /^image/), shared);
    await page.mouse.up();
    await expect(editor.socket('first', /^image/)).toHaveAccessibleName('image, wired from other');
    await expect(editor.socket('second', /^image/)).toHaveAccessibleName('image, wired from other');

    const saved = JSON.parse((await editor.save()).text) as { wires: { via?: unknown[] }[] };
    expect(saved.wires.map(({ via }) => via?.length)).toEqual([1, 1]);
    await page.getByRole('group', { name: /^Reroute of image from other/ }).focus();
    await page.getByRole('group', { name: /^Reroute of image from other/ }).click();
    await page.keyboard.press('Delete');
    await expect(page.getByRole('group', { name: /^Reroute/ })).toHaveCount(0);
    await expect(editor.socket('second', /^image/)).toHaveAccessibleName('image, wired from other');
  });

  await test.step('a wire that looks for an output is let go on a wire and comes out of it', async () => {
    await editor.dropGraph(graph(pictures.nodes, pictures.wires.slice(0, 1)));
    await editor.socket('second', /^image/).hover();
    await dragTo(page, await onWire(page, 'first', 'image'));
    await page.mouse.up();
    await expect(editor.socket('second', /^image/)).toHaveAccessibleName('image, wired from load');
    await expect(page.getByRole('group', { name: 'Reroute of image from load, 2 wires' })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(page.getByRole('group', { name: /^Reroute/ })).toHaveCount(0);
    await expect(editor.socket('second', /^image/)).toHaveAccessibleName('image, required, not wired');
  });

  await test.step('a press on a wire and R lead it through a point; presses with Shift select several, and Delete takes them', async () => {
    await editor.dropGraph(pictures);
    await page.mouse.click(...(await onWire(page, 'first', 'image')));
    await page.keyboard.press('r');
    await expect(page.getByRole('group', { name: /^Reroute/ })).toHaveCount(1);
    await page.mouse.click(...(await onWire(page, 'first', 'image', 0.25)));
    await page.keyboard.down('Shift');
    await page.mouse.click(...(await onWire(page, 'second', 'image', 0.75)));
    await page.keyboard.up('Shift');
    await page.keyboard.press('Delete');
    await expect(editor.socket('first', /^image/)).toHaveAccessibleName('image, required, not wired');
    await expect(editor.socket('second', /^image/)).toHaveAccessibleName('image, required, not wired');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.socket('load', /^image/)).toHaveAccessibleName('image, wired to first, second');
  });

  await test.step('Shift and a drag move all wires of an output', async () => {
    await editor.dropGraph(pictures);
    await page.keyboard.down('Shift');
    await editor.pull(editor.socket('load', /^image/), editor.socket('other', /^image/));
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect(editor.socket('other', /^image/)).toHaveAccessibleName('image, wired to first, second');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.socket('load', /^image/)).toHaveAccessibleName('image, wired to first, second');
  });

  await test.step('a wire is moved by its first end to another output', async () => {
    await editor.dropGraph(pictures);
    const socket = await editor.socket('load', /^image/).boundingBox();
    if (!socket) throw new Error('The socket is not on the screen.');
    await page.mouse.move(socket.x + socket.width + 5, socket.y + socket.height / 2);
    await page.mouse.down();
    const to = await editor.socket('other', /^image/).boundingBox();
    await page.mouse.move((to?.x ?? 0) + 40, to?.y ?? 0, { steps: 5 });
    await page.mouse.move((to?.x ?? 0) + 10, (to?.y ?? 0) + 10, { steps: 3 });
    await page.mouse.up();
    await expect(editor.socket('other', /^image/)).toHaveAccessibleName(/^image, wired to (first|second)$/);
  });

  await test.step('a wire let go over a node goes to the only input that takes it', async () => {
    await editor.dropGraph(graph(pictures.nodes));
    await editor.socket('load', /^image/).hover();
    const title = await editor.node('first').getByText('first', { exact: true }).boundingBox();
    await dragTo(page, [(title?.x ?? 0) + 20, (title?.y ?? 0) + 100]);
    await page.mouse.up();
    await expect(editor.socket('first', /^image/)).toHaveAccessibleName('image, wired from load');
  });

  await test.step('what is selected is wrapped in a denoise zone, whose title moves all of it', async () => {
    await editor.dropGraph(
      graph(
        [
          node('noise', 'latent/noise', [-300, 0]),
          node('scheduler', 'sampling/scheduler', [-300, 300]),
          node('unet', 'sampling/unet-step', [420, 0]),
          node('sampler', 'sampling/sampler-step', [600, 0]),
          node('decode', 'image/vae-decode', [1000, 0]),
        ],
        [
          { from: ['noise', 'latent'], to: ['unet', 'latent'] },
          { from: ['noise', 'latent'], to: ['sampler', 'latent'] },
          { from: ['unet', 'prediction'], to: ['sampler', 'prediction'] },
          { from: ['sampler', 'latent'], to: ['decode', 'latent'] },
        ],
      ),
    );
    await editor.node('unet').getByText('unet', { exact: true }).first().click();
    await page.keyboard.down('Shift');
    await editor.node('sampler').getByText('sampler', { exact: true }).click();
    await page.keyboard.up('Shift');
    await page.keyboard.press('z');
    await expect(editor.socket('decode', /^latent/)).toHaveAccessibleName('latent, wired from Denoise end');
    await expect(editor.socket('unet', /^latent/)).toHaveAccessibleName('latent, wired from Denoise start');
    await expect(editor.socket('sampler', /^step/)).toHaveAccessibleName('step, wired from Denoise start');
    await expect(editor.socket('Denoise start', /^schedule/)).toHaveAccessibleName('schedule, wired from scheduler');
    const xOf = async (title: string) => (await editor.node(title).boundingBox())?.x ?? 0;
    const before = [await xOf('Denoise start'), await xOf('sampler'), await xOf('noise')];
    await page.getByText('Denoise', { exact: true }).hover();
    const box = await page.getByText('Denoise', { exact: true }).boundingBox();
    const [x, y] = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 8];
    await page.mouse.down();
    await page.mouse.move(x + 4, y, { steps: 2 });
    await page.mouse.move(x + 90, y + 60, { steps: 5 });
    await page.mouse.up();
    const now = [await xOf('Denoise start'), await xOf('sampler'), await xOf('noise')];
    expect((now[0] ?? 0) - (before[0] ?? 0)).toBeGreaterThan(60);
    expect((now[1] ?? 0) - (before[1] ?? 0)).toBeCloseTo((now[0] ?? 0) - (before[0] ?? 0), 1);
    expect(now[2]).toBe(before[2]);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => xOf('sampler')).toBe(before[1]);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(editor.node('Denoise start')).toHaveCount(0);
    await expect(editor.socket('decode', /^latent/)).toHaveAccessibleName('latent, wired from sampler');
  });

  await test.step('a wire let go over a field makes a socket of it, and X gives the field back', async () => {
    await editor.dropGraph(
      graph([node('value', 'numbers/number', [0, 0]), node('cfg', 'sampling/cfg-combine', [300, 0])]),
    );
    await editor.socket('value', /^(number|value)/).hover();
    const scale = editor.node('cfg').getByRole('spinbutton', { name: 'scale', exact: true });
    const box = await scale.boundingBox();
    await dragTo(page, [(box?.x ?? 0) + 70, (box?.y ?? 0) + 10]);
    await page.mouse.up();
    const socket = editor.socket('cfg', /^scale, number/);
    await expect(socket).toHaveAccessibleName('scale, number, wired from value');
    await socket.focus();
    await page.keyboard.press('x');
    await expect(scale).toBeVisible();
    await scale.focus();
    await page.keyboard.press('x');
    await expect(socket).toHaveAccessibleName('scale, number, not wired');
  });

  await test.step('a dragged node comes in line with its neighbours, a guide shows it, and Alt lets it lie anywhere', async () => {
    await editor.dropGraph(graph([node('one', 'image/turn', [0, 0]), node('two', 'image/turn', [300, 207])]));
    const main = page.getByRole('main', { name: 'Graph' });
    const zoom = await page
      .locator('.react-flow__viewport')
      .evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a);
    const left = async (title: string) => (await editor.node(title).boundingBox())?.x ?? Number.NaN;
    const title = await editor.node('two').getByText('two', { exact: true }).boundingBox();
    const [x, y] = [(title?.x ?? 0) + 5, (title?.y ?? 0) + 5];
    const away = (await left('one')) - (await left('two')) + 4;
    await page.mouse.move(x, y);
    await page.mouse.down();
    // The first pixels only begin the drag.
    await page.mouse.move(x + 3, y);
    const begun = x + 3;
    await page.mouse.move(begun + away / 2, y, { steps: 4 });
    await page.mouse.move(begun + away, y, { steps: 4 });
    await expect(main.locator('svg path[d^="M0 "]')).toHaveCount(1);
    expect(Math.abs((await left('one')) - (await left('two')))).toBeLessThan(0.5);
    await page.keyboard.down('Alt');
    await page.mouse.move(begun + away + zoom, y, { steps: 2 });
    await expect(main.locator('svg path[d^="M0 "]')).toHaveCount(0);
    await page.keyboard.up('Alt');
    await page.mouse.move(begun + away, y, { steps: 2 });
    await page.mouse.up();
    const saved = JSON.parse((await editor.save()).text) as { nodes: { at: number[] }[] };
    expect(saved.nodes.map(({ at }) => at[0])).toEqual([0, 0]);
  });
});
