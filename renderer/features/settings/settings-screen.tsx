/** Replaced by the feature's own screen. */
export function SettingsScreen() {
  return null;
}
