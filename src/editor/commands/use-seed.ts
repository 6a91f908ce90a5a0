import { IconLock } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { seedsOf, takeSeeds, wouldReseed } from '../document/seeds';
import type { MenuTarget } from '../menus/target';
import { chosenPicture } from '../pictures/chosen';
import { registry } from '../registry';
import { currentDocument, edit } from '../state/document-store';

const seeds = (on?: MenuTarget) => {
  const chosen = chosenPicture(on);
  return chosen?.shown.from ? seedsOf(chosen.shown.from, registry, chosen.node) : [];
};

export default defineCommand({
  title: 'Use the seed of the picture',
  icon: IconLock,
  menu: { section: 'edit', place: 15 },
  context: ['picture'],
  needs: 'The graph has the seed of this picture, or the picture has none.',
  enabled: (on) => wouldReseed(currentDocument(), seeds(on)),
  run: (on) => edit('Use the seed of a picture', takeSeeds(seeds(on))),
});
