/** Replaced by the feature's own screen. */
export function CounterScreen() {
  return null;
}
