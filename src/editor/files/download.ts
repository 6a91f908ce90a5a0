/** Hands a file to the browser's downloads. */
export function download(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has read the address by the time its own task is over; the longest wait seen was in Firefox.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
