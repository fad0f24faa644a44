/** Replaced by the feature's own screen. */
export function ImportScreen() {
  return null;
}
