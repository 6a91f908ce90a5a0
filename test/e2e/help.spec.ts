import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

test('F1 opens the help of what is pointed at or selected', async ({ page }) => {
  const editor = new Editor(page);
  await editor.open();
  await test.step('F1 over a parameter opens the help there, and so does the menu of a socket; the question mark of the inspector at the node', async () => {
    await editor.node('CFG combine').getByRole('spinbutton', { name: 'rescale' }).hover();
    await page.keyboard.press('F1');
    const help = page.getByRole('dialog', { name: 'Help: CFG combine' });
    await expect(help.locator('[aria-current=true]')).toHaveText(/^rescale/);
    await page.keyboard.press('Escape');
    await editor.socket('CFG combine', /^unconditional/).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Help on this node' }).click();
    await expect(help.locator('[aria-current=true]')).toHaveText(/^unconditional/);
    await page.keyboard.press('Escape');
    await editor.node('Scheduler').click({ position: { x: 40, y: 10 } });
    await editor.inspector.getByRole('button', { name: 'Help on Scheduler' }).click();
    await expect(page.getByRole('dialog', { name: 'Help: Scheduler' })).toContainText('noise level at timestep t');
    await page.keyboard.press('Escape');
  });

  await test.step('F1 opens the help of the selected node, with its formula, ports, ranges and idea', async () => {
    await editor.node('CFG combine').click({ position: { x: 40, y: 10 } });
    await page.keyboard.press('F1');
    const help = page.getByRole('dialog', { name: 'Help: CFG combine' });
    await expect(help).toBeVisible();
    // The browser draws the formula as mathematics.
    const formula = help.locator('math');
    await expect(formula).toHaveText('u+scale·(c−u)');
    expect(await formula.evaluate((math) => math.namespaceURI)).toBe('http://www.w3.org/1998/Math/MathML');
    await expect(help.getByRole('listitem').filter({ hasText: 'unconditional' })).toContainText('may stay unwired');
    await expect(help.getByRole('listitem').filter({ hasText: /^scale/ })).toContainText('0 to 100; at first 7.5');
    const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await help.getByRole('combobox', { name: 'Help of another node' }).selectOption('Noise');
    await expect(page.getByRole('dialog', { name: 'Help: Noise' })).toContainText('torch.randn');
    await page.getByRole('dialog').getByRole('button', { name: 'Between two noises' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Between two noises' })).toBeVisible();
  });
});
