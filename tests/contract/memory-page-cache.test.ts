import { MemoryPageCache } from '#tests/fakes/memory-page-cache.ts';
import { describePageCache } from './page-cache.contract.ts';

describePageCache('in memory', async () => new MemoryPageCache());
