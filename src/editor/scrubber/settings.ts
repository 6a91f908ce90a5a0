import { z } from 'zod';
import { defaultSettings, type RecordingSettings } from '../../engine/recording/address';
import { engine } from '../engine/client';
import { notifyFailure } from '../notify';

const key = 'weft.recording';

const schema = z.object({
  every: z.int().min(0).max(1000),
  memory: z.int().min(0),
  disk: z.int().min(0),
});

/** How runs are recorded, as it was last chosen in this browser. */
export function recordingSettings(): RecordingSettings {
  try {
    return schema.parse(JSON.parse(localStorage.getItem(key) ?? ''));
  } catch {
    return defaultSettings;
  }
}

export function setRecording(settings: RecordingSettings): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
  Promise.resolve(engine.record(settings)).catch(notifyFailure);
}
