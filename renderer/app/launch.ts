/** What the address asks for. Practice is part of it, so that a window can't change databases under open screens. */
export interface Launch {
  readonly isPractice: boolean;
  /** English mirrored and widened, for looking at the layout. */
  readonly isPseudo: boolean;
}

const PRACTICE = 'practice';
const PSEUDO = 'pseudo';

export function readLaunch(location: Pick<Location, 'search'>): Launch {
  const search = new URLSearchParams(location.search);
  return { isPractice: search.has(PRACTICE), isPseudo: search.has(PSEUDO) };
}

/** The address that opens the other database, at the counter. */
export function practiceAddress(isPractice: boolean, launch: Launch): string {
  const search = new URLSearchParams();
  if (isPractice) search.set(PRACTICE, '1');
  if (launch.isPseudo) search.set(PSEUDO, '1');
  return search.size === 0 ? '?#/' : `?${search.toString()}#/`;
}
