/** Replaced by the feature's own screen. */
export function MembersScreen() {
  return null;
}
