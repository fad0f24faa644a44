import 'temporal-polyfill/global';
import { BUGS, SOUND } from './bugs.ts';
import { FAULT_KINDS } from './faults.ts';
import { simulate, type SimulationReport } from './simulation.ts';

/** What `npm run sim` runs and says. */

export const bugNames = (): readonly string[] => Object.keys(BUGS);

export async function runSimulation(request: {
  readonly seed: number;
  readonly days: number;
  readonly world: number | undefined;
  readonly bug: string | undefined;
  readonly say: (line: string) => void;
}): Promise<boolean> {
  const { seed, days, world, bug, say } = request;
  const kit = bug === undefined ? SOUND : BUGS[bug]?.kit;
  if (!kit) throw new Error(`no bug ${bug}`);
  let told = 0;
  const report = await simulate({
    seed,
    tillDays: days,
    kit,
    world,
    onProgress: (lived) => {
      if (lived - told < 5000) return;
      told = lived;
      say(`  ${lived} till-days`);
    },
  });
  for (const kind of FAULT_KINDS) say(`  ${String(report.faults[kind]).padStart(8)}  ${kind}`);
  const { violation } = report;
  if (violation) {
    say(`  ✗ ${violation.message}`);
    say(`  again: npm run sim -- --seed ${seed} --world ${violation.world}${bug ? ` --bug ${bug}` : ''}`);
  }
  say(verdictOf(report));
  return violation === undefined;
}

/** Every bug, each until it is seen or `days` are over. @returns the names of those that were not seen. */
export async function tryBugs(request: {
  readonly seed: number;
  readonly days: number;
  readonly say: (line: string) => void;
}): Promise<readonly string[]> {
  const { seed, days, say } = request;
  const missed: string[] = [];
  for (const [name, { what, kit }] of Object.entries(BUGS)) {
    const { violation, tillDays } = await simulate({ seed, tillDays: days, kit });
    if (!violation) missed.push(name);
    say(`| ${name} | ${what} | ${violation ? short(violation.message) : '**not seen**'} | ${tillDays} |`);
  }
  return missed;
}

const short = (message: string): string => message.split('\n')[0]?.slice(0, 110) ?? '';

function verdictOf({
  worlds,
  tills,
  tillDays,
  events,
  requests,
  quietPoints,
  faults,
  violation,
}: SimulationReport): string {
  const counts = FAULT_KINDS.map((kind) => faults[kind]);
  const kinds = counts.filter((count) => count > 0).length;
  const sum = counts.reduce((all, count) => all + count, 0);
  return `${violation ? 'VIOLATED' : 'HELD'}: ${worlds} shops, ${tills} tills, ${tillDays} till-days, ${events} events, ${requests} requests, ${sum} faults of ${kinds} kinds, ${quietPoints} quiet points, ${violation ? 1 : 0} violations`;
}
