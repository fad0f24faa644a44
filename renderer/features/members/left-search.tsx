import { createContext, useContext, useState, type ReactNode } from 'react';

/**
 * What stands in the search of the members' list, for whoever comes back to it. In the window's memory alone: a number or a
 * name in its history would outlive the person's erasure, also on the disk.
 */
export interface LeftSearch {
  readonly text: () => string;
  readonly leave: (text: string) => void;
}

function createLeftSearch(): LeftSearch {
  let left = '';
  return {
    text: () => left,
    leave: (text) => {
      left = text;
    },
  };
}

const NOTHING_LEFT: LeftSearch = { text: () => '', leave: () => undefined };
const LeftSearchContext = createContext(NOTHING_LEFT);

export function LeftSearchProvider({ children }: { readonly children: ReactNode }) {
  const [left] = useState(createLeftSearch);
  return <LeftSearchContext value={left}>{children}</LeftSearchContext>;
}

export const useLeftSearch = (): LeftSearch => useContext(LeftSearchContext);
