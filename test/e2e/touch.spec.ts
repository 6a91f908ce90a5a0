import { type CDPSession, expect, type Locator, test } from '@playwright/test';
import { Editor, graph } from './editor';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

let editor: Editor;
let fingers: CDPSession;
test.beforeEach(async ({ page }) => {
  editor = new Editor(page);
  await editor.open();
  fingers = await page.context().newCDPSession(page);
  await page.getByRole('button', { name: 'Close outline' }).tap();
});

type Point = readonly [x: number, y: number];

const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: readonly Point[]) =>
  fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });

const middle = async (locator: Locator): Promise<Point> => {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the screen.');
  return [box.x + box.width / 2, box.y + box.height / 2];
};

const tapAt = (...[x, y]: Point) => editor.page.touchscreen.tap(x, y);
const tap = async (locator: Locator) => tapAt(...(await middle(locator)));
/** With times of their own, so that a slow machine does not make two taps of it. */
async function doubleTap(...[x, y]: Point) {
  const now = Date.now() / 1000;
  for (const [type, after] of [
    ['touchStart', 0],
    ['touchEnd', 0.04],
    ['touchStart', 0.14],
    ['touchEnd', 0.18],
  ] as const)
    await fingers.send('Input.dispatchTouchEvent', {
      type,
      timestamp: now + after,
      touchPoints: type === 'touchStart' ? [{ x, y, id: 0 }] : [],
    });
}

/** One finger from a place to another. */
async function drag(from: Point, to: Point) {
  await touch('touchStart', from);
  for (const share of [0.1, 0.3, 0.6, 1])
    await touch('touchMove', [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
  await touch('touchEnd');
}

/** Two fingers around a place, from one distance to another. */
async function pinch([x, y]: Point, from: number, to: number) {
  const at = (apart: number): readonly Point[] => [
    [x - apart / 2, y],
    [x + apart / 2, y],
  ];
  await touch('touchStart', ...at(from));
  for (const share of [0.25, 0.5, 0.75, 1]) await touch('touchMove', ...at(from + (to - from) * share));
  await touch('touchEnd');
}

const zoom = async () =>
  Number.parseInt((await editor.page.getByRole('button', { name: /^Zoom is/ }).textContent()) ?? '', 10);

const node = (id: string, type: string, at: [number, number]) => ({ id, type, version: 1, at, params: {}, title: id });
const two = graph([node('load', 'image/load-image', [0, 0]), node('turn', 'image/turn', [0, 300])]);

test('fingers wire, move, zoom and open menus', async ({ page }) => {
  await test.step('two taps wire two sockets, with those lit that take the wire, and a finger may miss by some pixels', async () => {
    await editor.dropGraph(two);
    const [from, to] = [editor.socket('load', /^image/), editor.socket('turn', /^image, (required|wired)/)];
    const [x, y] = await middle(from);
    await tapAt(x + 16, y + 4);
    await expect(to).toHaveAttribute('data-fate', 'open');
    const [left, top] = await middle(to);
    await tapAt(left - 14, top - 6);
    await expect(to).toHaveAccessibleName('image, wired from load');
    // A tap on the node itself finds its only input.
    await page.keyboard.press('ControlOrMeta+z');
    await expect(to).toHaveAccessibleName('image, required, not wired');
    await tap(from);
    await tap(editor.node('turn').getByText('turn', { exact: true }));
    await expect(to).toHaveAccessibleName('image, wired from load');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  await test.step('a socket that does not take the wire says why, and offers what would make it fit', async () => {
    await editor.dropGraph(graph([node('noise', 'latent/noise', [0, 0]), node('show', 'image/preview', [0, 320])]));
    await tap(editor.socket('noise', /^latent/));
    await tap(editor.socket('show', /^image/));
    await page.getByRole('alertdialog').getByRole('button', { name: 'Add VAE decode' }).tap();
    await expect(editor.socket('show', /^image/)).toHaveAccessibleName('image, wired from VAE decode');
  });

  await test.step('one finger moves the canvas, two zoom it, and a finger on a node moves the node', async () => {
    await editor.dropGraph(two);
    const title = editor.node('load').getByText('load', { exact: true });
    const [x, y] = await middle(title);
    await drag([330, 500], [300, 440]);
    await expect.poll(async () => Math.round((await middle(title))[1] - y)).toBeLessThan(-40);
    const before = await zoom();
    await pinch([195, 500], 200, 100);
    await expect.poll(zoom).toBeLessThan(before * 0.7);
    await pinch([195, 500], 100, 200);
    await expect.poll(zoom).toBeGreaterThan(before * 0.8);
    const turn = await middle(editor.node('turn'));
    const start = await middle(title);
    await drag(start, [start[0] + 60, start[1] + 30]);
    await expect.poll(async () => (await middle(title))[0] - start[0]).toBeGreaterThan(30);
    expect(await middle(editor.node('turn'))).toEqual(turn);
    expect(x).toBeGreaterThan(0);
  });

  await test.step('a finger that rests opens the menu of what is under it', async () => {
    await editor.dropGraph(two);
    await touch('touchStart', await middle(editor.node('load').getByText('load', { exact: true })));
    const menu = page.getByRole('menu', { name: 'load' });
    await expect(menu).toBeVisible();
    await touch('touchEnd');
    await menu.getByRole('menuitem', { name: 'Duplicate', exact: true }).tap();
    await expect(editor.node('load')).toHaveCount(2);
  });

  await test.step('a double tap on the empty canvas asks for a node', async () => {
    await editor.dropGraph(two);
    await expect(editor.node('turn')).toBeVisible();
    await doubleTap(12, 300);
    const menu = page.getByRole('dialog', { name: 'Add a node' });
    await menu.getByRole('option', { name: /^CFG combine/ }).tap();
    await expect(editor.node('CFG combine')).toBeVisible();
  });
});

test('a picture is made with fingers alone, from an empty graph', async ({ page }) => {
  await page.getByRole('button', { name: 'Menu' }).tap();
  await page.getByRole('menuitem', { name: 'New graph' }).tap();
  await expect(editor.nodes()).toHaveCount(0);
  await pinch([195, 450], 200, 100);
  const menu = page.getByRole('dialog', { name: 'Add a node' });
  const choose = async (name: string) => {
    await menu.getByRole('combobox').fill(name);
    await menu
      .getByRole('option', { name: new RegExp(`^${name}`) })
      .first()
      .tap();
    await expect(menu).toHaveCount(0);
  };
  const add = async (name: string, ...at: Point) => {
    await doubleTap(...at);
    await choose(name);
  };
  /** A tap on an output and one beside all nodes: the menu has what takes the wire, and the chosen node comes wired. */
  const addBehind = async (socket: Locator, name: string, ...at: Point) => {
    await tap(socket);
    await tapAt(...at);
    await choose(name);
  };
  const wire = async (from: Locator, to: Locator) => {
    await tap(from);
    await tap(to);
    await expect(to).toHaveAccessibleName(/wired from/);
  };
  const input = (title: string, port: string) =>
    editor.socket(title, new RegExp(`^${port},.*(not wired|wired from)`)).and(page.locator('.target'));
  const output = (title: string, port: string) =>
    editor.socket(title, new RegExp(`^${port},.*(not wired|wired to)`)).and(page.locator('.source'));

  await add('Checkpoint', 20, 90);
  await add('Prompt', 20, 190);
  await editor.node('Prompt').getByRole('textbox', { name: 'text' }).fill('a red car');
  await addBehind(output('Prompt', 'text'), 'Text encoder', 150, 100);
  await addBehind(output('Text encoder', 'conditioning'), 'UNet step', 270, 100);
  await add('Noise', 20, 300);
  await add('Scheduler', 20, 440);
  await add('Denoise zone', 110, 330);
  await add('Sampler step', 250, 240);
  await addBehind(output('Denoise end', 'latent'), 'VAE decode', 200, 440);
  await addBehind(output('VAE decode', 'image'), 'Image preview', 200, 560);

  await wire(output('Checkpoint', 'encoder'), input('Text encoder', 'encoder'));
  await wire(output('Checkpoint', 'unet'), input('UNet step', 'unet'));
  await wire(output('Checkpoint', 'unet'), input('Scheduler', 'unet'));
  await wire(output('Checkpoint', 'vae'), input('VAE decode', 'vae'));
  await wire(output('Noise', 'latent'), input('Denoise start', 'noise'));
  await wire(output('Scheduler', 'schedule'), input('Denoise start', 'schedule'));
  await wire(output('Denoise start', 'latent'), input('UNet step', 'latent'));
  await wire(output('Denoise start', 'step'), input('UNet step', 'step'));
  await wire(output('Denoise start', 'latent'), input('Sampler step', 'latent'));
  await wire(output('Denoise start', 'step'), input('Sampler step', 'step'));
  await wire(output('UNet step', 'prediction'), input('Sampler step', 'prediction'));
  await wire(output('Sampler step', 'latent'), input('Denoise end', 'latent'));

  const set = async (title: string, name: string, value: string) => {
    await tap(editor.node(title).getByRole('spinbutton', { name, exact: true }));
    await editor.node(title).getByRole('textbox', { name, exact: true }).fill(value);
    await page.keyboard.press('Enter');
  };
  await set('Noise', 'width', '128');
  await set('Noise', 'height', '128');
  await set('Scheduler', 'steps', '2');
  await editor.run.tap();
  await expect(page.getByRole('status', { name: 'Run' })).toHaveText(/^Done in/, { timeout: 90_000 });
  await expect(editor.node('Image preview').getByRole('img', { name: /a red car/ })).toBeVisible();
});
