/** Names a lesson by all that decides how it goes, save for how long. */
export async function lessonKey(
  what: string,
  models: readonly string[],
  settings: unknown,
  latents: readonly Float32Array[],
): Promise<string> {
  const pictures = await new Blob(latents.map((data) => data.slice())).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', pictures));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [what, ...models, JSON.stringify(settings), hex].join(' ');
}
