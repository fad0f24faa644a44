/** `String.fromCharCode` takes its bytes as arguments; engines stop at some 65,000 of them. */
const CHUNK_BYTES = 0x8000;

/** How bytes cross to the main process: JSON has no bytes. */
export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES)));
  }
  return btoa(parts.join(''));
}
