import { IconPin } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { notifyFailure } from '../notify';
import { inspectStore } from '../state/inspect-store';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.pinValue.title,
  alsoCalled: commands.pinValue.also,
  icon: IconPin,
  keys: ['shift+i'],
  menu: { section: 'view', place: 4.1 },
  needs: commands.pinValue.needs,
  enabled: () => inspectStore.getState().looked !== undefined,
  async run() {
    try {
      (await import('../inspect/now')).pinLooked();
      uiStore.setState({ inspector: true });
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
