import { foldName } from '#shared/domain/person-name.ts';

/** The host takes up to 80 characters; these leave room for the rest of the name. */
const MAX_LENGTH = 40;

/** `tenpunch-program-coffee-card-v3.json`: plain on every system, whatever the program is called. */
export function programFileName({
  name,
  version,
}: {
  readonly name: string;
  readonly version: number;
}): string {
  const plain = foldName(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
  return ['tenpunch-program', plain, `v${version}.json`].filter((part) => part !== '').join('-');
}
