import { IconSchema } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canTakeCell } from '../document/cell';
import type { MenuTarget } from '../menus/target';
import { chosenPicture } from '../pictures/chosen';
import { commands } from '../text/commands';

function cell(on?: MenuTarget) {
  const { shown, picture } = chosenPicture(on) ?? {};
  if (!shown?.from || !picture || !canTakeCell(shown.from, shown.axes)) return undefined;
  return { from: shown.from, axes: shown.axes, index: shown.pictures.indexOf(picture) };
}

export default defineCommand({
  title: commands.openCell.title,
  alsoCalled: commands.openCell.also,
  icon: IconSchema,
  menu: { section: 'edit', place: 16 },
  context: ['picture'],
  needs: commands.openCell.needs,
  enabled: (on) => cell(on) !== undefined,
  async run(on) {
    const { from, axes, index } = cell(on) ?? {};
    if (from && axes && index !== undefined) (await import('../sweep/open-cell')).openCell(from, axes, index);
  },
});
