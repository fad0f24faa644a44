/** Joins the class names that are present; CSS module lookups may be undefined, React Aria wants a string. */
export function classNames(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
