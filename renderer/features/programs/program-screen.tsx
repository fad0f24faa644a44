/** Replaced by the feature's own screen. */
export function ProgramScreen() {
  return null;
}
