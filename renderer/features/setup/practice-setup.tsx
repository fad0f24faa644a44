/** Replaced by the feature's own screen. */
export function PracticeSetup() {
  return null;
}
