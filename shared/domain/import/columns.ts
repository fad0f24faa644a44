/** What a column of the file is. What belongs to a program names it. */
export type ColumnRole =
  | { readonly kind: 'ignored' }
  | { readonly kind: 'phone' | 'name' | 'first-name' | 'last-name' | 'card' | 'birthday' | 'note' }
  | { readonly kind: ProgramColumn; readonly program: string };
export type ColumnKind = ColumnRole['kind'];

/** A balance, the name of a level, the last day of a paid pass. */
export const PROGRAM_COLUMNS = ['balance', 'tier', 'pass'] as const;
export type ProgramColumn = (typeof PROGRAM_COLUMNS)[number];
export type ProgramRole = ColumnRole & { readonly kind: ProgramColumn };

export const IGNORED: ColumnRole = { kind: 'ignored' };

export const isProgramRole = (role: ColumnRole): role is ProgramRole => 'program' in role;

/** Two columns of one file never have the same. */
export const idOfRole = (role: ColumnRole): string =>
  isProgramRole(role) ? `${role.kind} ${role.program}` : role.kind;

export function roleOfId(id: string): ColumnRole {
  const kind = PROGRAM_COLUMNS.find((known) => id.startsWith(`${known} `));
  return kind
    ? { kind, program: id.slice(kind.length + 1) }
    : { kind: id as Exclude<ColumnKind, ProgramColumn> };
}

/** Everything that stops an import under this mapping. */
export type MappingProblem = 'no-identity' | 'twice';

/** A member is found by a number or a card code, and no column may be read twice. */
export function findMappingProblem(columns: readonly ColumnRole[]): MappingProblem | undefined {
  const keys = columns.filter(({ kind }) => kind !== 'ignored').map((role) => idOfRole(role));
  if (!keys.includes('phone') && !keys.includes('card')) return 'no-identity';
  return new Set(keys).size < keys.length ? 'twice' : undefined;
}
