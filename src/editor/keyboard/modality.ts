let keys = false;

/** Whether the last thing that the user did was to press a key. */
export const byKeys = (): boolean => keys;

export function watchModality() {
  document.addEventListener('keydown', () => (keys = true), true);
  document.addEventListener('pointerdown', () => (keys = false), true);
}
