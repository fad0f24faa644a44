import { createReplay } from '#shared/domain/what-if.ts';
import { createFactStore } from './fact-store.ts';
import { readFacts, type ReadDeps } from './read-facts.ts';
import type { WhatIfJob, WhatIfProgress, WhatIfReport } from './what-if-job.ts';

/** How much of the whole the reading is. */
const READING = 0.7;
/** Members played between two reports. */
const MEMBERS_A_REPORT = 500;

/** Reads, then plays member by member. Writes nothing. */
export async function runWhatIf(
  deps: ReadDeps,
  { draft, base, period }: WhatIfJob,
  report: (progress: WhatIfProgress) => void = () => undefined,
): Promise<WhatIfReport> {
  const days = { from: period.playedFrom, to: period.to };
  const facts = createFactStore({ program: draft.id, ...days });
  const events = await readFacts(deps, { facts, ...days }, ({ events: read, part }) =>
    report({ events: read, part: part * READING }),
  );
  const replay = createReplay({ draft, base, period });
  const members = facts.members();
  for (let member = 0; member < members; member += 1) {
    if (member % MEMBERS_A_REPORT === 0) {
      report({ events, part: READING + (1 - READING) * (member / members) });
    }
    replay.play(facts.factsOf(member));
  }
  return { ...replay.result(), events, unreadable: facts.unreadable() };
}
