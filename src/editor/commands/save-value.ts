import { IconDownload } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { thingOf } from '../inspect/target';
import { notifyFailure } from '../notify';
import { inspectStore } from '../state/inspect-store';
import { commands } from '../text/commands';

/** What wires may carry that can be saved, as the endings of files say it. */
const endings = ['npy', 'safetensors', 'png'] as const;

export default defineCommand({
  title: commands.saveValue.title,
  alsoCalled: commands.saveValue.also,
  icon: IconDownload,
  menu: { section: 'view', place: 4.3 },
  context: ['wire', 'port'],
  needs: commands.saveValue.needs,
  enabled: (on) => thingOf(on) !== undefined || inspectStore.getState().looked !== undefined,
  options: (on) =>
    endings.map((ending) => ({
      title: ending === 'png' ? 'PNG' : `.${ending}`,
      chosen: false,
      run: () => void import('../inspect/now').then(({ saveThing }) => saveThing(ending, on)).catch(notifyFailure),
    })),
  run() {},
});
