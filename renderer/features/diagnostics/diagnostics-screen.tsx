/** Replaced by the feature's own screen. */
export function DiagnosticsScreen() {
  return null;
}
