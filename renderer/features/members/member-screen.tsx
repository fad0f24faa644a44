/** Replaced by the feature's own screen. */
export function MemberScreen() {
  return null;
}
