declare const brand: unique symbol;

/** A string that was checked or minted as one kind of id, so that two kinds can't be swapped by mistake. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type EventId = Branded<'EventId'>;
export type MemberId = Branded<'MemberId'>;
export type ProgramId = Branded<'ProgramId'>;
export type StaffId = Branded<'StaffId'>;
export type StreamId = Branded<'StreamId'>;
export type TillId = Branded<'TillId'>;
export type ShopId = Branded<'ShopId'>;
export type ImportId = Branded<'ImportId'>;

/** A phone number in E.164 form: `+` and 5 to 15 digits. Made by domain/phone-number only. */
export type PhoneNumber = Branded<'PhoneNumber'>;

/** A calendar date `YYYY-MM-DD` in the shop's time zone. */
export type PlainDay = Branded<'PlainDay'>;

/** SHA-256, 64 lower-case hexadecimal digits. */
export type Digest = Branded<'Digest'>;
