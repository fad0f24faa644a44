const parse = (version: string): readonly number[] =>
  version
    .split(/[.+-]/)
    .slice(0, 3)
    .map(Number)
    .map((part) => (Number.isFinite(part) ? part : 0));

/** Whether `app` is before `minimum`, by the first three numbers of a version. */
export function isOlderApp(app: string, minimum: string): boolean {
  const own = parse(app);
  for (const [index, wanted] of parse(minimum).entries()) {
    const part = own[index] ?? 0;
    if (part !== wanted) return part < wanted;
  }
  return false;
}
