import { IconLock } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { seedsOf, takeSeeds, wouldReseed } from '../document/seeds';
import type { MenuTarget } from '../menus/target';
import { chosenPicture } from '../pictures/chosen';
import { registry } from '../registry';
import { currentDocument, edit } from '../state/document-store';
import { commands } from '../text/commands';

const seeds = (on?: MenuTarget) => {
  const chosen = chosenPicture(on);
  return chosen?.shown.from ? seedsOf(chosen.shown.from, registry, chosen.node) : [];
};

export default defineCommand({
  title: commands.useSeed.title,
  alsoCalled: commands.useSeed.also,
  icon: IconLock,
  menu: { section: 'edit', place: 15 },
  context: ['picture'],
  needs: commands.useSeed.needs,
  enabled: (on) => wouldReseed(currentDocument(), seeds(on)),
  run: (on) => edit(commands.useSeed.gesture, takeSeeds(seeds(on))),
});
