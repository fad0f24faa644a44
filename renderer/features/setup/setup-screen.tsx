/** Replaced by the feature's own screen. */
export function SetupScreen() {
  return null;
}
