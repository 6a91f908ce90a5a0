import { IconTimeline } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { recordedStore } from '../engine/recorded';
import { scrubStore } from '../scrubber/scrub-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.toggleSteps.title,
  alsoCalled: commands.toggleSteps.also,
  titleNow: () => (scrubStore.getState().hidden ? commands.toggleSteps.show : commands.toggleSteps.hide),
  icon: IconTimeline,
  keys: ['t'],
  menu: { section: 'view', place: 3.6 },
  needs: commands.toggleSteps.needs,
  enabled: () => (recordedStore.getState().index?.zones.length ?? 0) > 0,
  async run() {
    const { hideSteps } = await import('../scrubber/steps');
    hideSteps(!scrubStore.getState().hidden);
  },
});
