/** Browsers read the blob after the click has returned, some only when the user has answered a question. */
const REVOKE_AFTER_MS = 60_000;

export function downloadBlob(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  // Firefox ignores a click on a link that is not in the page.
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}
