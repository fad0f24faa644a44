/**
 * Everything of a shop begins with `shop`, so a distributed engine can keep each shop in one place (partition by shop).
 *
 * `events` holds one row per filled position of a stream. `g` is the event's place in the shop's one order; a position that
 * names an event again (alias) or was refused has none. The constraints are the promises of the protocol: an id once, a place
 * once, a position once, whatever any process does.
 *
 * A refused event is kept once however often it is sent. Stamps are compared byte by byte (collation C), as the tills do.
 */
export const v001 = `
create table shops (
  shop text primary key,
  g bigint not null default 0,
  p bigint not null default 0,
  created_at bigint not null
);
create table meta (key text primary key, value text not null);
create table tills (
  shop text not null references shops,
  till text not null,
  name text not null,
  app text not null,
  token_hash text not null unique,
  paired_at bigint not null,
  revoked_at bigint,
  primary key (shop, till)
);
create table pairing_codes (
  code_hash text primary key,
  shop text not null references shops,
  expires_at bigint not null,
  till text
);
create table streams (
  shop text not null,
  stream text not null,
  seq bigint not null,
  link text not null,
  primary key (shop, stream)
);
create table events (
  shop text not null,
  stream text not null,
  seq bigint not null,
  id text not null,
  g bigint,
  body text,
  event text,
  primary key (shop, stream, seq)
);
create unique index events_g on events (shop, g) where g is not null;
create unique index events_id on events (shop, id) where g is not null;
create table quarantine (
  shop text not null,
  till text not null,
  at bigint not null,
  code text not null,
  digest text not null,
  raw text not null,
  primary key (shop, digest)
);
create table profiles (
  shop text not null,
  member text not null,
  p bigint not null,
  hlc text collate "C" not null,
  sealed text,
  primary key (shop, member)
);
create unique index profiles_p on profiles (shop, p);
`;
