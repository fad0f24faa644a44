import * as z from 'zod/mini';

/**
 * What a till does with a reward while nobody can say whether another till has given it a moment before. The shop's own
 * choice, the same on all of its tills.
 */

/** `allow`: give it, an exception may turn up. `manager-pin`: a manager decides. `main-till`: one till only gives rewards. */
export const OFFLINE_RULES = ['allow', 'manager-pin', 'main-till'] as const;
export type OfflineRule = (typeof OFFLINE_RULES)[number];

/** More unconfirmed rewards on one day at one till than a shop that trusts everybody gives. */
export const MAX_DAILY_CAP = 1000;

export const redeemingSchema = z.object({
  rule: z.enum(OFFLINE_RULES),
  /** The till that may give rewards alone. */
  mainTill: z.nullable(z.string().check(z.minLength(1), z.maxLength(64))),
  /** Rewards that one till may give unconfirmed on one business day before a manager is asked. */
  dailyCap: z.int().check(z.gte(0), z.lte(MAX_DAILY_CAP)),
});
export type Redeeming = z.infer<typeof redeemingSchema>;

export const DEFAULT_REDEEMING: Redeeming = { rule: 'allow', mainTill: null, dailyCap: 20 };
