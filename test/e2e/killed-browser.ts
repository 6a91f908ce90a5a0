import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumArguments, findBrowser } from '../../scripts/browser.mjs';

/** A browser with a profile of its own, whose processes can be killed and which can be started again. */
export class KilledBrowser {
  readonly #profile = mkdtempSync(join(tmpdir(), 'weft-kill-'));
  #process: ChildProcess | undefined;
  #browser: Browser | undefined;
  #renderers: number[] = [];

  async #start(): Promise<Browser> {
    const path = findBrowser() ?? chromium.executablePath();
    const started = spawn(
      path,
      [
        ...chromiumArguments,
        '--headless=new',
        '--remote-debugging-port=0',
        `--user-data-dir=${this.#profile}`,
        '--window-size=1440,900',
        '--hide-crash-restore-bubble',
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#process = started;
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      started.stderr?.on('data', (data: Buffer) => {
        said += data;
        const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      started.on('exit', () => reject(new Error(`The browser did not start: ${said}`)));
    });
    return chromium.connectOverCDP(address);
  }

  /** A page at an address; in a new browser where the last one was killed. */
  async page(address: string): Promise<Page> {
    this.#browser ??= await this.#start();
    const [context] = this.#browser.contexts();
    if (!context) throw new Error('The browser has no profile.');
    const page = await context.newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.addInitScript(() => localStorage.setItem('weft-toured', 'yes'));
    await page.goto(address);
    const session = await this.#browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    this.#renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    return page;
  }

  /** Ends the processes of the pages at once, in the midst of whatever they do. */
  killPages() {
    for (const id of this.#renderers) kill(id);
  }

  /** Ends the browser at once. */
  killBrowser() {
    const { pid } = this.#process ?? {};
    this.#browser = undefined;
    if (pid !== undefined) kill(pid);
  }

  async end() {
    const gone = new Promise((resolve) => this.#process?.once('exit', resolve));
    this.killBrowser();
    await gone;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function kill(id: number) {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
