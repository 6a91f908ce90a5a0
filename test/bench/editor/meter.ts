import type { Browser, Page } from 'playwright';

/**
 * What a step of a gesture costs, in milliseconds of processor time. Time on the clock says little where other programs
 * take the processor away.
 */
export interface Cost {
  /** Of the page's main thread: script, style, layout and paint. */
  readonly main: number;
  /** Of all processes that draw the page: also raster and the compositor, which without a GPU work on the processor. */
  readonly whole: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
  /** On the clock, from the event until its change was drawn, in the middle of all steps. */
  readonly frame: number;
}

/** Runs something that tells how many steps it took. */
export type Meter = (act: () => Promise<number>) => Promise<Cost>;

export async function meterOf(browser: Browser, page: Page): Promise<Meter> {
  const session = await page.context().newCDPSession(page);
  const processes = await browser.newBrowserCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const now = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    const { processInfo } = await processes.send('SystemInfo.getProcessInfo');
    return {
      // What the measuring itself asks of the page is not the page's.
      main: value('TaskDuration') - value('DevToolsCommandDuration'),
      whole: processInfo.reduce((sum, { type, cpuTime }) => sum + (/renderer|GPU/.test(type) ? cpuTime : 0), 0),
      script: value('ScriptDuration'),
      style: value('RecalcStyleDuration'),
      layout: value('LayoutDuration'),
    };
  };
  return async (act) => {
    await page.evaluate(() => globalThis.drawing.times.splice(0));
    const before = await now();
    const steps = await act();
    const after = await now();
    const times = await page.evaluate(() => globalThis.drawing.times.toSorted((a, b) => a - b));
    const each = (name: keyof typeof before) => ((after[name] - before[name]) * 1000) / steps;
    return {
      main: each('main'),
      whole: each('whole'),
      script: each('script'),
      style: each('style'),
      layout: each('layout'),
      frame: times[Math.floor(times.length / 2)] ?? Number.NaN,
    };
  };
}
