import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

/** The page of the editor, as a person finds things on it. */
export class Editor {
  readonly page: Page;
  private dropped = 0;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the editor; resolves when its graph is drawn. */
  async open() {
    // The tour is for people who are new; its own test asks for it.
    await this.page.addInitScript(() => localStorage.setItem('weft-toured', 'yes'));
    await this.page.goto('./');
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(this.page.getByRole('button', { name: /^Device: (WebGPU|WebAssembly)/ })).toBeVisible();
    // Keys and gestures do what they should from here on.
    await expect(this.page.locator('#root')).not.toHaveAttribute('aria-busy');
  }

  /** A node by its title. */
  node(title: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${title}, `) });
  }

  /** All nodes. */
  nodes(): Locator {
    return this.page.getByRole('main', { name: 'Graph' }).locator('.react-flow__node');
  }

  socket(node: string, name: RegExp | string): Locator {
    return this.node(node).getByRole('button', { name });
  }

  /** Types a value into a number field of a node. */
  async type(node: string, field: string, value: string) {
    await this.node(node).getByRole('spinbutton', { name: field, exact: true }).focus();
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.type(value);
    await this.page.keyboard.press('Enter');
  }

  get run(): Locator {
    return this.page.getByRole('button', { name: 'Run', exact: true });
  }

  get inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'Inspector' });
  }

  get palette(): Locator {
    return this.page.getByRole('complementary', { name: 'Nodes' });
  }

  /** Does what the menu, or one that opens from it, says. */
  async choose(item: string | RegExp) {
    await this.page.getByRole('button', { name: 'Menu' }).click();
    const wanted = this.page.getByRole('menuitem', { name: item });
    const menu = this.page.getByRole('menu', { name: 'Menu' });
    await expect(menu).toBeVisible();
    for (const more of await menu.locator('[aria-haspopup=menu]').all()) {
      if (await wanted.count()) break;
      await more.click();
      await expect(this.page.getByRole('menu')).toHaveCount(2);
    }
    await wanted.click();
    // Keys belong to the menu until it is gone.
    await expect(this.page.getByRole('menu')).toHaveCount(0);
  }

  /** Opens a graph that comes with Weft, in a tab of its own. */
  async openTemplate(name: string) {
    await this.choose('Templates…');
    await this.page.getByRole('dialog', { name: 'Templates' }).getByRole('button', { name, exact: true }).click();
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible();
  }

  /** Takes a wire at one socket and moves it over another, without letting go. */
  async pull(from: Locator, to: Locator) {
    await from.hover();
    await this.page.mouse.down();
    const box = await to.boundingBox();
    if (!box) throw new Error('The socket is not on the screen.');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x - 30, y, { steps: 5 });
    await this.page.mouse.move(x, y, { steps: 3 });
  }

  /** Drops files on the middle of the canvas. */
  async drop(...files: readonly { readonly name: string; readonly type: string; readonly base64: string }[]) {
    const transfer = await this.page.evaluateHandle((list) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      return data;
    }, files);
    const main = this.page.getByRole('main', { name: 'Graph' });
    await main.dispatchEvent('dragover', { dataTransfer: transfer });
    await main.dispatchEvent('drop', { dataTransfer: transfer });
  }

  async dropGraph(graph: unknown, name = 'graph.weft.json') {
    // A graph of its own each time, which opens in a tab of its own and is seen whole.
    const text =
      typeof graph === 'string' ? graph : JSON.stringify({ ...(graph as object), id: `dropped-${++this.dropped}` });
    await this.drop({ name, type: 'application/json', base64: Buffer.from(text).toString('base64') });
    const [first] = (graph as { readonly nodes?: readonly { readonly id: string }[] }).nodes ?? [];
    if (first) await this.drawn(first.id);
  }

  /** Resolves when a graph with this node is drawn and in view: it is measured first, and moves once more when it was. */
  private async drawn(id: string) {
    const node = this.page.locator(`.react-flow__node[data-id="${id}"]`);
    await expect(node).toBeVisible();
    await node.evaluate(
      (element) =>
        new Promise<void>((resolve) => {
          let [before, still] = ['', 0];
          const look = () => {
            const { x, y, width } = element.getBoundingClientRect();
            const now = [x, y, width].join();
            still = now === before ? still + 1 : 0;
            before = now;
            if (still < 6) requestAnimationFrame(look);
            else resolve();
          };
          look();
        }),
    );
  }

  /** Saves the graph; what the file is called and what is in it. */
  async save(): Promise<{ name: string; text: string }> {
    const downloading = this.page.waitForEvent('download');
    await this.choose(/^Save to file/);
    const download = await downloading;
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }
}

/** A PNG of 2 × 2 pixels: red, green, blue, white. */
export const picture = {
  name: 'four.png',
  type: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGP4z8DAAMIM/4EAAB/uBfsL2WiLAAAAAElFTkSuQmCC',
};

const bare = { format: 'weft', version: 1, id: 'test', name: 'Test', zones: [], frames: [] };

/** A graph file with these nodes and wires. */
export const graph = (nodes: readonly unknown[], wires: readonly unknown[] = []) => ({ ...bare, nodes, wires });

/** A node without inputs, for what is about nodes of any kind. */
export const number = (id: string, at: [number, number]) => ({
  id,
  type: 'numbers/number',
  version: 1,
  at,
  params: {},
  title: id,
});
