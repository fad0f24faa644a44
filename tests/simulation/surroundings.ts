import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { OfflineRule } from '#shared/domain/redeeming.ts';
import type { Chance } from './chance.ts';
import type { Row } from './disk.ts';
import type { FaultKind } from './faults.ts';
import type { Kit } from './protocol.ts';
import type { Till } from './till.ts';
import type { Timeline } from './timeline.ts';

/** What a till finds around it. */

export const SHOP = 'shop-1';
export const OTHER_SHOP = 'shop-2';

/** What the world remembers of a key that a cashier pressed. */
export interface Intent {
  readonly id: string;
  readonly type: string;
  readonly staff: string;
  readonly till: string;
  shown: 'nothing' | 'done' | 'failed';
  /** Every medium that held it is gone, or it was damaged on the only one. */
  isExcused: boolean;
}

/** One version of a profile document, or its end. */
export interface Edit {
  readonly member: string;
  readonly hlc: string;
  /** The stamp of the version that it takes the place of. */
  readonly after: string | undefined;
  /** What was written; null: erased. */
  readonly name: string | null;
  isExcused: boolean;
}

export interface Surroundings {
  readonly kit: Kit;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly count: (fault: FaultKind) => void;
  readonly strike: (till: Till, row: Row) => void;
  /** The same member stands at two tills. */
  readonly shareMember: (till: Till, member: MemberId) => void;
  /** A new customer goes from one till to the next, which has not heard of the enrolment. */
  readonly sharePerson: (till: Till, phone: string) => void;
  readonly newId: (kind: string) => string;
  readonly intents: Map<string, Intent>;
  readonly edits: Edit[];
  /** Everybody who ever stood at a counter, by phone number. */
  readonly people: string[];
  /** Versions that can be published, in order. */
  readonly definitions: readonly ProgramDefinition[];
  readonly rule: OfflineRule;
  /** Redemptions that were confirmed online before they were handed over. */
  readonly confirmed: Set<string>;
  isQuiet: boolean;
  requests: number;
}
