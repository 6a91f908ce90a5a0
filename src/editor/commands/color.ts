import { IconPalette } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { colors } from '../document/colors';
import { colorPart, partsOf } from '../document/parts';
import { allOf } from '../document/recipe';
import { openMenuAtFocus } from '../menus/open';
import { selectedParts } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { commands } from '../text/commands';
import { common } from '../text/common';

/** The colour that all selected parts have, if it is one. */
function shared(): string | undefined {
  const chosen = new Set(selectedParts());
  const used = new Set(partsOf(currentDocument()).flatMap((part) => (chosen.has(part.id) ? [part.color] : [])));
  return used.size === 1 ? [...used][0] : 'several';
}

export default defineCommand({
  title: commands.color.title,
  alsoCalled: commands.color.also,
  icon: IconPalette,
  menu: { section: 'node', place: 7 },
  context: ['node', 'selection', 'frame', 'note'],
  needs: commands.color.needs,
  enabled: () => selectedParts().length > 0,
  options: () => {
    const now = shared();
    return [{ name: commands.color.none, value: undefined }, ...colors].map(({ name, value }) => ({
      title: name,
      swatch: value ?? 'transparent',
      chosen: now === value,
      run() {
        const parts = selectedParts();
        edit(commands.color.gesture(common.parts(parts.length)), allOf(...parts.map((id) => colorPart(id, value))));
      },
    }));
  },
  run: openMenuAtFocus,
});
